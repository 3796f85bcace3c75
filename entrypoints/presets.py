"""What a form about a benefit starts with: what stands already, and what can be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from benefits.benefit import Benefit
from benefits.commands import delivery, details, money
from benefits.commands.details import LabelBenefit
from benefits.lifecycle import Gate
from benefits.lines import expected
from benefits.money import pounds
from benefits.parts import Claim
from benefits.register import tables
from benefits.slippage import proposed
from entrypoints import choosing
from entrypoints.forms import Option
from entrypoints.here import Realise
from entrypoints.questions import Shape, questions
from workflows.commands import SubmitCase


@dataclass(frozen=True, slots=True)
class Preset:
    """Answers to start with, by field, and the things that may be named, by field."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Option]] = field(default_factory=dict)


def preset(command: type, benefit: Benefit, about: str, realise: Realise) -> Preset:
    """The preset of a command about this benefit. ``about`` is the id of the part that it changes.

    A field may name only what is on the list, so a list with nothing in it is a choice too.
    """
    asked = [each for question in questions(command) for each in (question, *question.parts)]
    with realise.database.read() as connection:
        choices = {
            question.name: CHOICES[question.name](benefit, connection)
            for question in asked
            if question.shape is Shape.ID and question.name in CHOICES
        }
        choices |= {
            question.name: choosing.for_benefit(command, benefit, connection)
            for question in asked
            if question.shape is Shape.ID and question.name in PEOPLE
        }
    if command is LabelBenefit:
        choices |= _lists(benefit, realise)
    start = STARTS.get(command)
    return Preset(start(benefit, about) if start else {}, choices)


def _lists(benefit: Benefit, realise: Realise) -> dict[str, list[Option]]:
    """The programme's workstreams and the council's own lists, with what the benefit has now."""
    council = realise.standing("council", "council")
    names = {
        "workstream": (*realise.standing("programme", benefit.programme).workstreams,),
        "theme": council.themes,
        "directorate": council.directorates,
    }
    return {
        field: [(name, name) for name in dict.fromkeys((*listed, getattr(benefit, field))) if name]
        for field, listed in names.items()
        if listed
    }


def _other_benefits(benefit: Benefit, connection: Connection) -> list[Option]:
    register = tables.register.c
    rows = connection.execute(
        select(register.benefit, register.title)
        .where(register.programme == benefit.programme, register.benefit != benefit.benefit)
        .order_by(register.title)
    )
    return [(row.benefit, row.title) for row in rows]


def _claim(claim: Claim) -> str:
    tranche = claim.tranche
    return f"{pounds(tranche.amount)} {tranche.nature.value} from {tranche.month}"


Find = Callable[[Benefit, Connection], Sequence[Option]]

#: The fields that name a person, and what can be named in others, by the field's name.
PEOPLE = frozenset({"owner", "person"})
CHOICES: Mapping[str, Find] = {
    "replacement": _other_benefits,
    "milestone": lambda benefit, _: [
        (each.milestone, each.title) for each in benefit.milestones.values() if each.open
    ],
    "measure": lambda benefit, _: [
        (each.measure, each.title) for each in benefit.measures.values()
    ],
    "risk": lambda benefit, _: [
        (each.risk, f"{each.title} ({each.score})")
        for each in benefit.risks.values()
        if not each.closed
    ],
    "investment": lambda benefit, _: [
        (each.investment, each.title) for each in benefit.investments.values()
    ],
    "claim": lambda benefit, _: [(each.claim, _claim(each)) for each in benefit.claims.values()],
    "erosion": lambda benefit, _: [
        (each.erosion, f"{pounds(each.amount)} from {each.month}: {each.reason}")
        for each in benefit.erosions.values()
        if each.waiting
    ],
    "condition": lambda benefit, _: [
        (each.condition.condition, each.condition.text)
        for each in benefit.conditions.values()
        if not each.met
    ],
    "case": lambda benefit, _: [
        (each.case, f"{each.submitted.gate.value} gate")
        for each in benefit.cases.values()
        if each.open
    ],
}


def _same(*names: str) -> Callable[[Benefit, str], Mapping[str, Any]]:
    """Starts with what the benefit has under the same names."""
    return lambda benefit, _: {name: getattr(benefit, name) for name in names}


def _person(name: str) -> Callable[[Benefit, str], Mapping[str, Any]]:
    return lambda benefit, _: {"person": getattr(benefit, name)}


def _of(parts: str, *names: str) -> Callable[[Benefit, str], Mapping[str, Any]]:
    """Starts with what one part of the benefit has, when it is there already."""

    def start(benefit: Benefit, about: str) -> Mapping[str, Any]:
        part = getattr(benefit, parts).get(about)
        return {name: getattr(part, name) for name in names} if part else {}

    return start


#: In an address: start the forecast's form with the forecast as it stands.
AS_IT_STANDS = "as-it-stands"


def _forecast(benefit: Benefit, about: str) -> Mapping[str, Any]:
    """What is forecast now; where moved milestones propose another forecast, that one."""
    standing = expected(benefit)
    if about == AS_IT_STANDS:
        return {"tranches": standing}
    return {"tranches": proposed(benefit) or standing}


def _range(benefit: Benefit, _: str) -> Mapping[str, Any]:
    return dict(zip(("low", "high"), benefit.range, strict=True)) if benefit.range else {}


def _claiming(benefit: Benefit, _: str) -> Mapping[str, Any]:
    """The budget line, when there is no choice."""
    lines = list(benefit.budget_lines)
    return {"budget_line": lines[0]} if len(lines) == 1 else {}


def _verifying(benefit: Benefit, about: str) -> Mapping[str, Any]:
    claim = benefit.claims.get(about)
    if claim is None:
        return {}
    return {"claim": about, "amount": claim.tranche.amount, "against": claim.budget_line}


def gate_answers(gate: Gate) -> dict[str, Any]:
    """What is not asked when a case is put to this gate: the gate itself, and others' questions."""
    asked = _ONLY_AT.get(gate, ())
    others = {"profile": None, "cause": None, "replacement": None, "shortfall": ""}
    return {"gate": gate.value, **{name: no for name, no in others.items() if name not in asked}}


_ONLY_AT: Mapping[Gate, Sequence[str]] = {
    Gate.REALISATION: ("shortfall",),
    Gate.REBASELINE: ("profile", "cause"),
    Gate.WITHDRAWAL: ("replacement",),
}

STARTS: Mapping[type, Callable[[Benefit, str], Mapping[str, Any]]] = {
    details.DescribeBenefit: _same("description", "outcome", "attribution"),
    LabelBenefit: _same("title", "avenue", "theme", "directorate", "workstream", "group"),
    details.CorrectClassification: _same("kind", "fund"),
    details.NameOwner: _person("owner"),
    details.NameFinancePartner: _person("finance_partner"),
    details.NameCabinetMember: _person("cabinet_member"),
    details.RecordRange: _range,
    details.RecordProfile: _same("profile"),
    details.RecordInvestment: _of("investments", "title", "spent_on", "funding", "tranches"),
    details.StateConfidence: lambda benefit, _: {
        "level": benefit.confidence,
        "reason": benefit.confidence_reason,
    },
    delivery.StateDeliveryPlan: lambda benefit, _: {"summary": benefit.delivery_plan},
    delivery.DefineMeasure: _of(
        "measures", "title", "unit", "direction", "baseline", "baseline_day", "targets",
        "counter", "tolerance",
    ),
    delivery.ScoreRisk: _of("risks", "title", "likelihood", "impact", "mitigation", "owner"),
    SubmitCase: _same("profile"),
    money.RecordForecast: _forecast,
    money.MakeClaim: _claiming,
    money.VerifyClaim: _verifying,
    money.CorrectClaim: _of("claims", "claim", "tranche", "budget_line"),
}  # fmt: skip
