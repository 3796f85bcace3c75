"""The rules for programmes: their window, workstreams, tolerance, report schedule and months."""

from collections.abc import Iterator
from typing import Any

from benefits.benefit import Benefit
from benefits.commands import programme as asked
from benefits.events import programme as happened
from benefits.events.gates import CaseLapsed
from benefits.lifecycle import Gate
from benefits.parts import Case
from benefits.periods import FinancialYear, Month
from benefits.programme import Programme
from benefits.refusals import require
from benefits.rules import Answer, Context, Elsewhere, Rule, checks, stream_of
from benefits.wording.writing import count, day, month, year

EARLIEST_START, LATEST_START = FinancialYear(2000), FinancialYear(2100)
LONGEST_NARRATIVE = 2_000
MOST_YEARS, LATEST_WORKING_DAY, MOST_RECIPIENTS = 30, 15, 200


def _start(p: Programme, c: asked.StartProgramme, context: Context) -> Answer:
    checks.fresh_id(c.programme, "programme")
    checks.number(c.years, "The number of financial years in the plan window", 1, MOST_YEARS)
    require(
        EARLIEST_START <= c.first_year <= LATEST_START,
        f"The plan window starts in {year(c.first_year)}: give a year from {year(EARLIEST_START)} "
        f"to {year(LATEST_START)}.",
    )
    if c.sponsor is not None:
        checks.known(context, c.sponsor, "the sponsor")
    event = happened.ProgrammeStarted(
        checks.title(c.title, "The title of the programme"),
        c.first_year,
        c.years,
        c.sponsor,
        _board(c.board),
        checks.title(c.committee, "The committee", needed=False),
    )
    if not p.exists:
        _only_one_called(event.title, p, context)
        return [event]
    same = (p.title, p.first_year, p.years) == (event.title, event.first_year, event.years)
    require(same, f"“{p.title}” already has this id: open a new form and try again.")
    return []


def _only_one_called(title: str, p: Programme, context: Context) -> None:
    """People name a programme by its title, in an import and at a report: it has to mean one."""
    called = context.programmes_called()
    same = [
        one for key, one in called.items() if key != p.programme and _plain(one) == _plain(title)
    ]
    require(not same, f"“{title}” is already the title of a programme: choose another title.")


def _board(written: str) -> str:
    """A programme may start without a board; a case is put only when it has one."""
    return checks.fresh_id(written, "board") if written else ""


def _change(p: Programme, c: asked.ChangeProgramme, context: Context) -> Answer:
    checks.running(p)
    new: dict[str, Any] = {}
    if c.title is not None:
        new["title"] = checks.title(c.title, "The title of the programme")
        _only_one_called(new["title"], p, context)
    if c.sponsor is not None:
        new["sponsor"] = checks.known(context, c.sponsor, "the sponsor")
    if c.board is not None:
        require(c.board or not p.board, "A programme keeps a board: name another one in its place.")
        new["board"] = _board(c.board)
    if c.committee is not None:
        new["committee"] = checks.title(c.committee, "The committee", needed=False)
    changed = {name: value for name, value in new.items() if value != getattr(p, name)}
    return [happened.ProgrammeChanged(**changed)] if changed else []


def _workstream(p: Programme, c: asked.AddWorkstream, _: Context) -> Answer:
    checks.running(p)
    name = checks.title(c.workstream, "The name of the workstream")
    if name in p.workstreams:
        return []
    alike = next((one for one in p.workstreams if _plain(one) == _plain(name)), None)
    require(alike is None, f"“{alike}” is already a workstream of this programme: use that one.")
    return [happened.WorkstreamAdded(name)]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _tolerance(p: Programme, c: asked.SetTolerance, context: Context) -> Answer:
    """A vote is on figures that cannot move under it: cases put on another tolerance lapse."""
    checks.running(p)
    checks.number(c.per_cent, "The tolerance in per cent", 0, 100)
    if p.tolerance == c.per_cent:
        return []
    why = checks.reason(c.reason, "Say why the tolerance changes")
    because = (
        f"The programme's tolerance at Realisation changed from {p.tolerance} per cent to "
        f"{c.per_cent} per cent."
    )
    lapsed = (
        Elsewhere(
            stream_of("benefit", benefit.benefit),
            CaseLapsed(case.case, Gate.REALISATION, because),
        )
        for benefit, case in _resting_on_tolerance(p, c.per_cent, context)
    )
    return [happened.ToleranceSet(c.per_cent, why), *lapsed]


def _resting_on_tolerance(
    p: Programme, per_cent: int, context: Context
) -> Iterator[tuple[Benefit, Case]]:
    for benefit_id in context.open_cases(p.programme):
        benefit = context.benefit(benefit_id)
        case = benefit.open_case
        if case is None or case.submitted.gate is not Gate.REALISATION:
            continue
        if case.submitted.tolerance != per_cent:
            yield benefit, case


def _recipients(p: Programme, c: asked.SetRecipients, context: Context) -> Answer:
    checks.running(p)
    people = tuple(dict.fromkeys(c.people))
    require(
        len(people) <= MOST_RECIPIENTS,
        f"A report is sent to at most {count(MOST_RECIPIENTS, 'person', 'people')}: name fewer.",
    )
    for person in people:
        checks.known(context, person, "the recipients")
    return [] if p.recipients == people else [happened.RecipientsSet(people)]


def _schedule(p: Programme, c: asked.SetReportSchedule, _: Context) -> Answer:
    checks.running(p)
    checks.number(c.working_day, "The working day of the report", 1, LATEST_WORKING_DAY)
    same = (p.working_day, p.unclosed) == (c.working_day, c.unclosed)
    return [] if same else [happened.ReportScheduleSet(c.working_day, c.unclosed)]


def _over(p: Programme, when: Month, context: Context, done: str) -> None:
    """A month can be said to be complete, or to have been reviewed, from its last day."""
    checks.running(p)
    checks.month_near(when, p.window, f"The month {done}")
    require(
        context.today >= when.last_day,
        f"{month(when)} is not over: it can be {done} from {day(when.last_day)}.",
    )


def _close(p: Programme, c: asked.CloseMonth, context: Context) -> Answer:
    _over(p, c.month, context, "closed")
    require(c.month not in p.closed, f"{month(c.month)} is closed already: nothing is left to do.")
    return [happened.MonthClosed(c.month, checks.words(c.note, "The note", needed=False))]


def _review(p: Programme, c: asked.ReviewMonth, context: Context) -> Answer:
    """Finance may review a month before or after the PMO closes it: a report waits for both."""
    _over(p, c.month, context, "reviewed")
    require(
        c.month not in p.reviewed, f"{month(c.month)} is reviewed already: nothing is left to do."
    )
    return [happened.MonthReviewed(c.month, checks.words(c.note, "The note", needed=False))]


def _narrative(p: Programme, c: asked.WriteNarrative, context: Context) -> Answer:
    checks.running(p)
    checks.month_near(c.month, p.window, "The month of the report")
    checks.month_come(c.month, context.today, "The month of the report")
    text = checks.words(c.text, "The narrative", needed=False, longest=LONGEST_NARRATIVE)
    known = p.narratives.get((c.month, c.section))
    require(
        text or known,
        f"Nothing is written for “{c.section.value}” of {month(c.month)} yet: write it.",
    )
    same = known is not None and known.text == text
    return [] if same else [happened.NarrativeWritten(c.month, c.section, text)]


RULES: dict[type, Rule] = {
    asked.StartProgramme: Rule(_start, "programme", "programme"),
    asked.ChangeProgramme: Rule(_change, "programme", "programme", (happened.ProgrammeChanged,)),
    asked.AddWorkstream: Rule(_workstream, "programme", "programme"),
    asked.SetTolerance: Rule(_tolerance, "programme", "programme", (happened.ToleranceSet,)),
    asked.SetRecipients: Rule(_recipients, "programme", "programme", (happened.RecipientsSet,)),
    asked.SetReportSchedule: Rule(
        _schedule, "programme", "programme", (happened.ReportScheduleSet,)
    ),
    asked.CloseMonth: Rule(_close, "programme", "programme"),
    asked.ReviewMonth: Rule(_review, "programme", "programme"),
    asked.WriteNarrative: Rule(
        _narrative, "programme", "programme", (happened.NarrativeWritten,), ("month", "section")
    ),
}
