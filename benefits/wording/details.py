"""The story of a benefit while it is described, valued and made ready."""

from collections.abc import Callable
from typing import Any

from benefits.benefit import Benefit
from benefits.events import details as happened
from benefits.money import pounds
from benefits.wording.names import Names, because, changed, quoted, stopped
from benefits.wording.writing import amounts_by_year, count, listed, planned

Say = Callable[[Any, Benefit, Names], str]


def _identified(e: happened.BenefitIdentified, _: Benefit, __: Names) -> str:
    source = f", read from {e.source}" if e.source else ""
    place = f"{e.workstream}, {e.group}" if e.group else e.workstream
    return (
        f"{quoted(e.title)} was put on the register in {place} as {e.kind.value} of "
        f"{e.fund.value}{source}."
    )


def _described(e: happened.DescriptionRecorded, b: Benefit, _: Names) -> str:
    told = {
        "description": (b.description, e.description),
        "outcome": (b.outcome, e.outcome),
        "attribution": (b.attribution, e.attribution),
    }
    if not b.description:
        return f"The benefit was described: {stopped(e.description)}"
    moved = [what for what, (before, after) in told.items() if before != after]
    return (
        f"The {listed(moved)} changed: {stopped(getattr(e, moved[0]))}"
        if moved
        else ("The description was recorded again, unchanged.")
    )


_LABELS = ("title", "avenue", "theme", "directorate", "workstream", "group")


def _labelled(e: happened.LabelsRecorded, b: Benefit, _: Names) -> str:
    changes = [
        changed(f"the {name}", _shown(getattr(b, name)), _shown(getattr(e, name)))
        for name in _LABELS
        if getattr(e, name) is not None
    ]
    text = listed(changes)
    return f"{text[:1].upper()}{text[1:]}."


def _shown(value: object) -> str:
    return quoted(str(value)) if value else ""


def _classified(e: happened.ClassificationCorrected, b: Benefit, _: Names) -> str:
    return (
        f"The classification was corrected from {b.kind.value} of {b.fund.value} to "
        f"{e.kind.value} of {e.fund.value}{because(e.reason)}"
    )


def _range(e: happened.RangeRecorded, b: Benefit, _: Names) -> str:
    before = f"between {pounds(b.range[0])} and {pounds(b.range[1])} a year" if b.range else ""
    after = f"between {pounds(e.low)} and {pounds(e.high)} a year"
    return f"{changed('The full-year range', before, after)}."


def _profile(e: happened.ProfileRecorded, b: Benefit, _: Names) -> str:
    new = planned(e.profile.tranches)
    if b.profile is None:
        return f"The profile was recorded: {new}, at the {e.profile.point.value} figure."
    old = planned(b.profile.tranches)
    moved = f"from {old} to {new}" if old != new else f"and is still {new}"
    return f"The profile was corrected {moved}{because(e.reason)}"


def _investment(e: happened.InvestmentRecorded, b: Benefit, _: Names) -> str:
    before = b.investments.get(e.investment)
    if before is None:
        return f"The investment {quoted(e.title)} was recorded: {planned(e.tranches)}."
    return (
        f"The investment {quoted(e.title)} was corrected from {planned(before.tranches)} to "
        f"{planned(e.tranches)}{because(e.reason)}"
    )


def _title(b: Benefit, investment: str) -> str:
    known = b.investments.get(investment)
    return quoted(known.title) if known else "that was removed"


def _confirmed_cost(e: happened.InvestmentConfirmed, b: Benefit, _: Names) -> str:
    known = b.investments.get(e.investment)
    before = known.confirmed if known else None
    was = f", not {pounds(before)}" if before is not None else ""
    return (
        f"Finance confirmed that the investment {_title(b, e.investment)} costs "
        f"{pounds(e.annual)} a year{was}{because(e.reason)}"
    )


def _removed(e: happened.InvestmentRemoved, b: Benefit, _: Names) -> str:
    return f"The investment {_title(b, e.investment)} was taken back{because(e.reason)}"


def _overlap(e: happened.OverlapDeclared, _: Benefit, names: Names) -> str:
    agreed = f"agreed by {names.person(e.agreed_by)}"
    other = names.thing(e.other)
    if not e.gives_up:
        return f"An overlap with {other} was {agreed}: this benefit keeps the money."
    return f"An overlap was {agreed}: {amounts_by_year(e.gives_up)} is given up to {other}."


def _overlap_ended(e: happened.OverlapEnded, b: Benefit, names: Names) -> str:
    known = b.overlaps.get(e.overlap)
    other = names.thing(known.other) if known else "another benefit"
    back = amounts_by_year(known.gives_up) if known and known.gives_up else ""
    given = f", which gave up {back}," if back else ""
    return f"The overlap with {other}{given} was taken back{because(e.reason)}"


def _evidence(e: happened.EvidenceAttached, _: Benefit, __: Names) -> str:
    return f"The file {quoted(e.title)} was attached as evidence ({count(e.size, 'byte')})."


def _confidence(e: happened.ConfidenceStated, b: Benefit, _: Names) -> str:
    before = b.confidence.value if b.confidence and b.confidence is not e.level else ""
    return f"{changed('Confidence', before, e.level.value)}{because(e.reason)}"


SAY: dict[type, Say] = {
    happened.BenefitIdentified: _identified,
    happened.DescriptionRecorded: _described,
    happened.LabelsRecorded: _labelled,
    happened.ClassificationCorrected: _classified,
    happened.OwnerNamed: lambda e, b, names: (
        f"{changed('The owner', names.person(b.owner) if b.owner else '', names.person(e.person))}."
    ),
    happened.FinancePartnerNamed: lambda e, b, names: (
        changed(
            "The finance partner",
            names.person(b.finance_partner) if b.finance_partner else "",
            names.person(e.person),
        )
        + "."
    ),
    happened.CabinetMemberNamed: lambda e, b, names: (
        changed(
            "The cabinet member",
            names.person(b.cabinet_member) if b.cabinet_member else "",
            names.person(e.person),
        )
        + "."
    ),
    happened.RangeRecorded: _range,
    happened.ProfileRecorded: _profile,
    happened.InvestmentRecorded: _investment,
    happened.InvestmentConfirmed: _confirmed_cost,
    happened.InvestmentRemoved: _removed,
    happened.NoInvestmentStated: lambda e, _b, _n: (
        f"No investment is deducted here{because(e.note)}"
    ),
    happened.ConfidenceStated: _confidence,
    happened.OverlapCheckStated: lambda e, _b, _n: (
        f"Overlaps were looked for and {'found' if e.found else 'none was found'}{because(e.note)}"
    ),
    happened.OverlapDeclared: _overlap,
    happened.OverlapEnded: _overlap_ended,
    happened.ValueConfirmed: lambda e, b, _n: (
        f"Finance confirmed the value, {planned(b.profile.tranches) if b.profile else 'nothing'}"
        f"{because(e.note)}"
    ),
    happened.EvidenceAttached: _evidence,
    happened.BenefitMadeExempt: lambda e, _b, _n: (
        f"The benefit was made exempt, to be kept out of public editions{because(e.reason)}"
    ),
    happened.ExemptionEnded: lambda e, _b, _n: (
        f"The benefit is exempt no more, and stands in public editions again{because(e.reason)}"
    ),
    happened.NoteAdded: lambda e, _b, _n: f"Note: {stopped(e.text)}",
}
