"""The rows that the register holds for a benefit as it stands."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Table

from benefits import lines
from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.lines import Source
from benefits.parts import Claim
from benefits.plans import PlannedTranche
from benefits.register import map_rows, tables
from benefits.rules.mtfs import net_increments
from benefits.tranches import Tranche
from benefits.wording.writing import london_day
from eventlog.kinds import Key, Lasting, Rows

Row = dict[str, Any]
#: A tranche, perhaps with its low and high; a list's source and item come before them.
_Parts: TypeAlias = Sequence[tuple[Tranche] | tuple[Tranche, int | None, int | None]]
_List: TypeAlias = tuple[str, str, _Parts]
#: As they are stored. Looked up once: a rebuild asks for them millions of times.
_ORIGINAL, _PLAN, _PROPOSED, _FORECAST, _CLAIMED, _VERIFIED, _INVESTMENT = (
    source.value for source in Source
)


def rows(b: Benefit) -> Rows:
    """Everything that the read tables hold for it, by table and key."""
    if not b.exists:
        return {}
    found: dict[Table, dict[Key, Row]] = {tables.register: {(b.benefit,): _register(b)}}
    found |= map_rows.of_benefit(b)
    found[tables.claims] = {(claim.claim,): _claim(b, claim) for claim in b.claims.values()}
    found[tables.erosions] = {
        (loss.erosion,): {
            "erosion": loss.erosion,
            "claim": loss.claim,
            "benefit": b.benefit,
            "programme": b.programme,
            "position": loss.position,
            "amount": loss.amount,
            "month": str(loss.month),
            "reason": loss.reason,
        }
        for loss in b.erosions.values()
        if loss.waiting
    }
    found[tables.milestones] = {
        (step.milestone,): {
            "milestone": step.milestone,
            "benefit": b.benefit,
            "programme": b.programme,
            "title": step.title,
            "planned": step.planned.isoformat(),
            "expected": step.expected.isoformat(),
            "reached": step.reached.isoformat() if step.reached else None,
            "waived": bool(step.waived),
            "drives": step.drives,
            "owner": step.owner,
        }
        for step in b.milestones.values()
    }
    found[tables.cases] = {(case.case,): _case(b, case) for case in b.cases.values()}
    found[tables.votes] = {
        (case.case, seat): {
            "case_id": case.case,
            "seat": seat,
            "voter": vote.voter,
            "choice": vote.choice.value,
        }
        for case in b.cases.values()
        for seat, vote in case.votes.items()
    }
    found[tables.conditions] = {
        (key,): {
            "condition_id": key,
            "benefit": b.benefit,
            "programme": b.programme,
            "text": standing.condition.text,
            "owner": standing.condition.owner,
            "due": standing.condition.due.isoformat(),
            "met": bool(standing.met),
        }
        for key, standing in b.conditions.items()
    }
    found[tables.committed] = {
        (b.benefit, str(when)): {"benefit": b.benefit, "year": str(when), "amount": amount}
        for when, amount in net_increments(b).items()
    }
    return found


def _register(b: Benefit) -> Row:
    planned = b.plan if b.stage.reconciled else lines.proposed(b)
    expected, claimed, verified = lines.expected(b), lines.all_claimed(b), lines.all_verified(b)
    waiting = sorted(
        (step for step in b.milestones.values() if step.open), key=lambda step: step.expected
    )
    return {
        "benefit": b.benefit,
        "position": b.position,
        "version": b.version,
        "last_position": b.last_position,
        "programme": b.programme,
        "workstream": b.workstream,
        "group_name": b.group,
        "title": b.title,
        "kind": b.kind.value,
        "fund": b.fund.value,
        "theme": b.theme,
        "directorate": b.directorate,
        "stage": b.stage.value,
        "owner": b.owner,
        "finance_partner": b.finance_partner,
        "cabinet_member": b.cabinet_member,
        "confidence": b.confidence.value if b.confidence else "",
        "has_profile": b.profile is not None,
        "approved": b.stage.reconciled,
        "exempt": b.exempt,
        "planned_run_rate": lines.annual(planned),
        "planned_one_off": lines.once(planned),
        "verified_run_rate": lines.annual(verified),
        "verified_one_off": lines.once(verified),
        "forecast_run_rate": lines.annual(expected),
        "forecast_one_off": lines.once(expected),
        "claimed_run_rate": lines.annual(claimed),
        "claimed_one_off": lines.once(claimed),
        "open_gate": b.open_case.submitted.gate.value if b.open_case else "",
        "next_milestone": waiting[0].title if waiting else "",
        "next_milestone_day": waiting[0].expected.isoformat() if waiting else "",
        "open_conditions": len(b.outstanding_conditions),
        "value_confirmed": bool(b.value_confirmed_by),
        "forecast_on": _looked_at(b),
        # What the next gate still asks for is added by those who know the gates.
        "next_gate": "",
        "unmet": 0,
        "unmet_tests": "",
        "needs_tolerance": 0,
        "words": f"{b.number} {b.title} {b.workstream} {b.group}".casefold(),
    }


def _looked_at(b: Benefit) -> str:
    """The day in London on which the forecast was last looked at; at first, the plan's own."""
    seen = b.forecast_at or b.stage_since.get(Stage.VALIDATED)
    return london_day(seen).isoformat() if seen else ""


def _claim(b: Benefit, claim: Claim) -> Row:
    return {
        "claim": claim.claim,
        "benefit": b.benefit,
        "programme": b.programme,
        "position": claim.position,
        "nature": claim.tranche.nature.value,
        "month": str(claim.tranche.month),
        "plan_year": str(claim.tranche.plan_year),
        "amount": claim.tranche.amount,
        "budget_line": claim.budget_line,
        "standing": claim.standing,
        "verified": claim.verified or 0,
        "eroded": claim.eroded,
        "grade": claim.grade.value if claim.grade else "",
        "evidenced": any(
            one.about == claim.claim or one.position > claim.position for one in b.evidence.values()
        ),
        "made_by": claim.made_by,
        "made_at": claim.made_at.isoformat(),
    }


def _case(b: Benefit, case: Any) -> Row:
    return {
        "case_id": case.case,
        "benefit": b.benefit,
        "programme": b.programme,
        "board": case.submitted.board,
        "gate": case.submitted.gate.value,
        "position": case.position,
        "binds_to": case.submitted.binds_to,
        "submitted_by": case.by,
        "submitted_at": case.at.isoformat(),
        "closes": case.submitted.closes.isoformat(),
        "outcome": case.outcome.value if case.outcome else "",
        "ended_at": case.ended_at.isoformat() if case.ended_at else "",
    }


def lasting(b: Benefit) -> Lasting:
    """The rows that hold from a position of the log on: tranches, and what it is filed under."""
    if not b.exists:
        return {}
    standing = {
        "benefit": b.benefit,
        "position": b.position,
        "programme": b.programme,
        "workstream": b.workstream,
        "group_name": b.group,
        "title": b.title,
        "kind": b.kind.value,
        "fund": b.fund.value,
        "stage": b.stage.value,
        "owner": b.owner,
        "replaced_by": b.replacement or "",
        "forecasted": b.forecast is not None,
    }
    return {
        tables.standings: {(b.benefit,): standing},
        tables.tranches: {
            (b.benefit, source, item, number): _Line(b.benefit, source, item, number, *line)
            for source, item, listed in _lists(b)
            for number, line in enumerate(listed)
        },
    }


class _Line(NamedTuple):
    """A tranche's row before it is written out: after each event all are compared, few written."""

    benefit: str
    source: str
    item: str
    number: int
    tranche: Tranche
    low: int | None = None
    high: int | None = None

    def columns(self) -> Row:
        tranche = self.tranche
        return {
            "benefit": self.benefit,
            "source": self.source,
            "item": self.item,
            "number": self.number,
            "amount": tranche.amount,
            "nature": tranche.nature.value,
            "month": str(tranche.month),
            "plan_year": str(tranche.plan_year),
            "low": self.low,
            "high": self.high,
        }


def _lists(b: Benefit) -> Iterator[_List]:
    yield _ORIGINAL, "", _plain(b.original)
    yield _PLAN, "", _plain(b.plan)
    if not b.stage.reconciled and b.profile:
        yield _PROPOSED, "", _ranged(b.profile.tranches)
    if b.forecast is not None:
        yield _FORECAST, "", _plain(b.forecast)
    for claim in b.claims.values():
        if claim.waiting:
            yield _CLAIMED, claim.claim, ((claim.tranche,),)
        yield _VERIFIED, claim.claim, _plain(lines.verified(b, claim))
    for spent in b.investments.values():
        yield _INVESTMENT, spent.investment, _ranged(spent.tranches)


def _plain(listed: Sequence[Tranche]) -> _Parts:
    return [(line,) for line in listed]


def _ranged(listed: Sequence[PlannedTranche]) -> _Parts:
    return [(line.tranche, line.low, line.high) for line in listed]
