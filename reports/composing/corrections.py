"""What was recorded wrongly and put right since the last report, each with its reason."""

from collections.abc import Callable, Iterator
from typing import Any

from benefits.benefit import Benefit
from benefits.events import delivery, details, money, programme
from benefits.periods import Month
from benefits.programme import MtfsLine
from benefits.standing import apply
from benefits.tranches import Tranche
from benefits.wording.writing import london_day, planned, pounds, tranche
from benefits.wording.writing import month as month_words
from eventlog.recorded import Recorded
from reports.composing.record import Record, Told
from reports.composing.steps import LastReport
from reports.composing.waiting import left_waiting
from reports.entries import Correction


def corrections(record: Record) -> tuple[Correction, ...]:
    """Corrections of the events that are new to this report, in the order of the log."""
    found = [
        *(one for told in record.benefits for one in _of_benefit(told, record)),
        *_of_programme(record),
        *_of_mtfs(record),
    ]
    return tuple(sorted(found, key=lambda one: one.position))


def _of_benefit(told: Told, record: Record) -> Iterator[Correction]:
    last = LastReport(record.last.position, record.last.month) if record.last else None
    known = [r for r in told.events if last and r.position <= last.position]
    waited = left_waiting(known, last.month) if last else {}
    waiting = left_waiting(told.events, record.month)
    before = Benefit(told.benefit.benefit)
    for recorded in told.events:
        new = recorded.position > record.since or recorded.position in waited
        moves_away = _moves_away(recorded.event, before, record.month)
        if new and (recorded.position not in waiting or moves_away):
            words = _said(recorded.event, before)
            if words:
                yield _correction(told.ref, told.benefit.title, recorded, *words)
        apply(before, recorded)


def _moves_away(event: object, before: Benefit, month: Month) -> bool:
    """Whether it takes out of this report what an earlier one may have printed."""
    if not isinstance(event, money.ClaimCorrected):
        return False
    return before.claims[event.claim].tranche.month <= month < event.tranche.month


def _correction(
    ref: str, subject: str, recorded: Recorded[Any], sentence: str, reason: str
) -> Correction:
    day = london_day(recorded.recorded_at)
    return Correction(ref, subject, day, sentence, reason, recorded.position)


def _claim_corrected(e: money.ClaimCorrected, b: Benefit) -> str:
    return _claim(b.claims[e.claim].tranche, e)


def _profile(e: details.ProfileRecorded, b: Benefit) -> str:
    was = planned(b.profile.tranches) if b.profile else "nothing"
    return f"The profile was {was} and is {planned(e.profile.tranches)}."


def _investment(e: details.InvestmentRecorded, _: Benefit) -> str:
    return f"The investment “{e.title}” is {planned(e.tranches)}."


def _investment_removed(e: details.InvestmentRemoved, b: Benefit) -> str:
    known = b.investments.get(e.investment)
    return f"The investment “{known.title}” is removed." if known else "An investment is removed."


def _classified(e: details.ClassificationCorrected, b: Benefit) -> str:
    return f"It was {b.kind.value}, {b.fund.value} and is {e.kind.value}, {e.fund.value}."


def _overlap_ended(_: details.OverlapEnded, __: Benefit) -> str:
    return "An overlap that was recorded no longer counts."


def _measure(e: delivery.MeasureDefined, _: Benefit) -> str:
    return f"The measure “{e.title}” is defined anew."


def _budget_line(e: delivery.BudgetLineNamed, b: Benefit) -> str:
    was = b.budget_lines[e.line].amount if e.line in b.budget_lines else 0
    return f"To be removed from {e.title}: it was {pounds(was)} a year and is {pounds(e.amount)}."


_SAY: dict[type, Callable[[Any, Benefit], str]] = {
    money.ClaimCorrected: _claim_corrected,
    details.ProfileRecorded: _profile,
    details.InvestmentRecorded: _investment,
    details.InvestmentRemoved: _investment_removed,
    details.ClassificationCorrected: _classified,
    details.OverlapEnded: _overlap_ended,
    delivery.MeasureDefined: _measure,
    delivery.BudgetLineNamed: _budget_line,
}


def _said(event: Any, before: Benefit) -> tuple[str, str] | None:
    """What was corrected, saying which month it concerns, and why; None when nothing was.

    What is recorded for the first time needs no reason, and is no correction.
    """
    say = _SAY.get(type(event))
    return (say(event, before), event.reason) if say and event.reason else None


def _claim(was: Tranche, event: money.ClaimCorrected) -> str:
    return (
        f"For {month_words(was.month)}: the claim of {tranche(was)} is {tranche(event.tranche)}, "
        "and waits for finance again."
    )


def _of_programme(record: Record) -> Iterator[Correction]:
    title = record.programme.title
    for recorded in record.programme_events:
        event = recorded.event
        if recorded.position <= record.since or not getattr(event, "reason", ""):
            continue
        if isinstance(event, programme.GroupInvestmentRecorded):
            said = f"The investment “{event.title}” is {planned(event.tranches)}."
            yield _correction("", title, recorded, said, event.reason)
        if isinstance(event, programme.GroupInvestmentRemoved):
            yield _correction("", title, recorded, "An investment is removed.", event.reason)


def _of_mtfs(record: Record) -> Iterator[Correction]:
    """Lines that take money of this programme, or of none yet."""
    for line in record.mtfs_lines:
        if concerns(line, record):
            yield from _of_line(line, record)


def concerns(line: MtfsLine, record: Record) -> bool:
    """Whether a line has taken money of a benefit of this programme."""
    return any(benefit in record.titles for benefit, _ in line.admitted)


def _of_line(line: MtfsLine, record: Record) -> Iterator[Correction]:
    stream = f"mtfs-line-{line.line}"
    for recorded in record.mtfs_events:
        event = recorded.event
        if recorded.stream != stream or recorded.position <= record.since:
            continue
        if isinstance(event, programme.MtfsLineRecorded) and event.reason:
            said = f"The line {event.reference} of the medium-term plan is recorded anew."
            yield _correction("", f"{event.reference} {event.title}", recorded, said, event.reason)
