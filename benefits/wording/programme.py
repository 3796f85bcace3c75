"""The story of a programme, of an overlap and of a line of the medium-term plan."""

from collections.abc import Callable
from typing import Any

from benefits.events import programme as happened
from benefits.money import pounds
from benefits.wording.names import Names, because, changed, quoted
from benefits.wording.writing import amounts_by_year, count, listed, month, planned, year


def _started(e: happened.ProgrammeStarted, _: Any, names: Names) -> str:
    return (
        f"The programme {quoted(e.title)} was started for {count(e.years, 'year')} from "
        f"{year(e.first_year)}; its sponsor is {names.perhaps(e.sponsor)}."
    )


def _changed(e: happened.ProgrammeChanged, p: Any, names: Names) -> str:
    changes = []
    for field in ("title", "board", "committee"):
        if getattr(e, field) is not None:
            before = quoted(getattr(p, field)) if getattr(p, field) else ""
            after = quoted(getattr(e, field)) if getattr(e, field) else ""
            changes.append(changed(f"the {field}", before, after))
    if e.sponsor is not None:
        before = names.person(p.sponsor) if p.sponsor else ""
        changes.append(changed("the sponsor", before, names.person(e.sponsor)))
    text = listed(changes)
    return f"{text[:1].upper()}{text[1:]}."


def _recipients(e: happened.RecipientsSet, _: Any, names: Names) -> str:
    people = listed(names.person(person) for person in e.people) if e.people else "nobody"
    return f"The report is sent to {people}."


def _investment(e: happened.GroupInvestmentRecorded, p: Any, _: Names) -> str:
    place = listed(part for part in (e.workstream, e.group) if part) or "the whole programme"
    before = p.investments.get(e.investment)
    if before is None:
        return f"The investment {quoted(e.title)} for {place} was recorded: {planned(e.tranches)}."
    return (
        f"The investment {quoted(e.title)} for {place} was corrected from "
        f"{planned(before.investment.tranches)} to {planned(e.tranches)}{because(e.reason)}"
    )


def _investment_removed(e: happened.GroupInvestmentRemoved, p: Any, _: Names) -> str:
    known = p.investments.get(e.investment)
    title = quoted(known.investment.title) if known else e.investment
    return f"The investment {title} was taken back{because(e.reason)}"


def _narrative(e: happened.NarrativeWritten, _: Any, __: Names) -> str:
    place = f"the report of {month(e.month)}, section {quoted(e.section.value)}"
    if not e.text:
        return f"The PMO took back its words for {place}."
    return f"The PMO wrote for {place}: {e.text}"


def _overlap(e: happened.OverlapAgreed, _: Any, names: Names) -> str:
    return (
        f"{names.thing(e.gives_up)} gives up {amounts_by_year(e.amounts)} to "
        f"{names.thing(e.keeps)}, agreed by {names.person(e.agreed_by)}."
    )


def _mtfs_line(e: happened.MtfsLineRecorded, line: Any, _: Names) -> str:
    verb = "was corrected to" if line.exists else "was recorded:"
    given = ", given as cumulative amounts" if e.given_cumulative else ""
    return (
        f"The MTFS line {e.reference} {quoted(e.title)} of {e.fund.value} {verb} "
        f"{amounts_by_year(e.increments)}{given}{because(e.reason)}"
    )


def _admitted(e: happened.MtfsAmountAdmitted, line: Any, names: Names) -> str:
    before = line.admitted.get((e.benefit, e.year), 0)
    told = changed(
        f"What {names.thing(e.benefit)} brings into the line in {year(e.year)}",
        pounds(before) if before else "",
        pounds(e.amount),
    )
    return f"{told}{because(e.reason)}"


def _counted(e: happened.MtfsValueCounted, _: Any, names: Names) -> str:
    return (
        f"{names.thing(e.benefit)} holds {amounts_by_year(e.amounts)} that is in the line already."
    )


def _freed(e: happened.MtfsValueFreed, line: Any, names: Names) -> str:
    known = line.counted.get(e.overlap)
    whose = names.thing(known.benefit) if known else "A benefit"
    return f"{whose} holds nothing of the line any more{because(e.reason)}"


SAY: dict[type, Callable[[Any, Any, Names], str]] = {
    happened.ProgrammeStarted: _started,
    happened.ProgrammeChanged: _changed,
    happened.WorkstreamAdded: lambda e, _p, _n: f"The workstream {quoted(e.workstream)} was added.",
    happened.ToleranceSet: lambda e, p, _n: (
        f"The tolerance at Realisation changed from {p.tolerance} per cent to {e.per_cent} "
        f"per cent{because(e.reason)}"
    ),
    happened.RecipientsSet: _recipients,
    happened.ReportScheduleSet: lambda e, _p, _n: (
        f"The report is due on working day {e.working_day}; when the month is not closed: "
        f"{e.unclosed.value}."
    ),
    happened.GroupInvestmentRecorded: _investment,
    happened.GroupInvestmentRemoved: _investment_removed,
    happened.MonthClosed: lambda e, _p, _n: f"{month(e.month)} was closed{because(e.note)}",
    happened.MonthReviewed: lambda e, _p, _n: f"Finance reviewed {month(e.month)}{because(e.note)}",
    happened.NarrativeWritten: _narrative,
    happened.OverlapAgreed: _overlap,
    happened.OverlapCancelled: lambda e, _o, _n: f"The overlap was taken back{because(e.reason)}",
    happened.MtfsLineRecorded: _mtfs_line,
    happened.MtfsValueCounted: _counted,
    happened.MtfsValueFreed: _freed,
    happened.MtfsAmountAdmitted: _admitted,
}
