"""The rows that the register holds for a benefit as it stands, in parts that change apart.

Each part is a function of the benefit alone. A part is worked out again only when a fact that it
reads is another one, so none asks whether the benefit exists by its version, which every event
changes: a benefit has a position from its first event on.
"""

from typing import Any

from benefits import lines
from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.parts import Case, Claim
from benefits.register import map_rows, tables
from benefits.rules.mtfs import net_increments
from benefits.wording.writing import london_day
from eventlog.kinds import Rows, RowsOf

Row = dict[str, Any]


def _moved(b: Benefit) -> Rows:
    """How far its stream has come: what every event changes."""
    return _of_register(b, {"version": b.version, "last_position": b.last_position})


def _described(b: Benefit) -> Rows:
    """What it is, and who answers for it."""
    row = {
        "benefit": b.benefit,
        "position": b.position,
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
        "value_confirmed": bool(b.value_confirmed_by),
        "forecast_on": _looked_at(b),
        "words": f"{b.number} {b.title} {b.workstream} {b.group}".casefold(),
    }
    return _of_register(b, row)


def _waits(b: Benefit) -> Rows:
    """What waits: a case before the board, a milestone, conditions."""
    waiting = sorted(
        (step for step in b.milestones.values() if step.open), key=lambda step: step.expected
    )
    row = {
        "open_gate": b.open_case.submitted.gate.value if b.open_case else "",
        "next_milestone": waiting[0].title if waiting else "",
        "next_milestone_day": waiting[0].expected.isoformat() if waiting else "",
        "open_conditions": len(b.outstanding_conditions),
    }
    return _of_register(b, row)


def _money(b: Benefit) -> Rows:
    """Its sums, in pence."""
    planned = b.plan if b.stage.reconciled else lines.proposed(b)
    expected, claimed, verified = lines.expected(b), lines.all_claimed(b), lines.all_verified(b)
    row = {
        "planned_run_rate": lines.annual(planned),
        "planned_one_off": lines.once(planned),
        "verified_run_rate": lines.annual(verified),
        "verified_one_off": lines.once(verified),
        "forecast_run_rate": lines.annual(expected),
        "forecast_one_off": lines.once(expected),
        "claimed_run_rate": lines.annual(claimed),
        "claimed_one_off": lines.once(claimed),
    }
    return _of_register(b, row)


def _of_register(b: Benefit, columns: Row) -> Rows:
    return {tables.register: {(b.benefit,): columns}} if b.position else {}


def _claims(b: Benefit) -> Rows:
    return {tables.claims: {(claim.claim,): _claim(b, claim) for claim in b.claims.values()}}


def _erosions(b: Benefit) -> Rows:
    return {
        tables.erosions: {
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
    }


def _milestones(b: Benefit) -> Rows:
    return {
        tables.milestones: {
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
    }


def _cases(b: Benefit) -> Rows:
    return {tables.cases: {(case.case,): _case(b, case) for case in b.cases.values()}}


def _votes(b: Benefit) -> Rows:
    return {
        tables.votes: {
            (case.case, seat): {
                "case_id": case.case,
                "seat": seat,
                "voter": vote.voter,
                "choice": vote.choice.value,
            }
            for case in b.cases.values()
            for seat, vote in case.votes.items()
        }
    }


def _conditions(b: Benefit) -> Rows:
    return {
        tables.conditions: {
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
    }


def _committed(b: Benefit) -> Rows:
    return {
        tables.committed: {
            (b.benefit, str(when)): {"benefit": b.benefit, "year": str(when), "amount": amount}
            for when, amount in net_increments(b).items()
        }
    }


#: All but what those add who know the gates (the register's row) and the reports (statuses).
PARTS: tuple[RowsOf, ...] = (
    _moved,
    _described,
    _waits,
    _money,
    _claims,
    _erosions,
    _milestones,
    _cases,
    _votes,
    _conditions,
    _committed,
    map_rows.of_benefit,
)


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


def _case(b: Benefit, case: Case) -> Row:
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
