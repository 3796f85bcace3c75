"""A programme, an overlap and an MTFS line as they stand: their events added up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benefits.events import mapping
from benefits.events import programme as happened
from benefits.money import Pence
from benefits.parts import Investment
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.vocabulary import Fund, ReportSection
from eventlog.recorded import Recorded


@dataclass(slots=True)
class GroupInvestment:
    """Money spent for a group, a workstream or the whole programme."""

    investment: Investment
    workstream: str
    group: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """The PMO's words for a section of a month's report: by whom (an id) and when."""

    text: str
    by: str
    at: datetime
    position: int


@dataclass(slots=True)
class Programme:
    """A programme after so many events (``version``)."""

    programme: str
    version: int = 0
    position: int = 0
    title: str = ""
    first_year: FinancialYear | None = None
    years: int = 0
    sponsor: str | None = None
    board: str = ""
    committee: str = ""
    workstreams: list[str] = field(default_factory=list)
    tolerance: int = 0
    recipients: tuple[str, ...] = ()
    working_day: int = 3
    unclosed: happened.Unclosed = happened.Unclosed.ISSUE
    investments: dict[str, GroupInvestment] = field(default_factory=dict)
    closed: dict[Month, int] = field(default_factory=dict)  # month -> position of the event
    reviewed: dict[Month, int] = field(default_factory=dict)
    narratives: dict[tuple[Month, ReportSection], Narrative] = field(default_factory=dict)
    objectives: dict[str, mapping.ObjectiveRecorded] = field(default_factory=dict)
    outcomes: dict[str, mapping.OutcomeRecorded] = field(default_factory=dict)
    changes: dict[str, mapping.EnablingChangeRecorded] = field(default_factory=dict)
    off_map: set[str] = field(default_factory=set)  # ids that were on the map and stay used

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def window(self) -> PlanWindow:
        """The financial years that it plans for. Only an existing programme has one."""
        assert self.first_year is not None
        return PlanWindow(self.first_year, self.years)


@dataclass(slots=True)
class Overlap:
    """An agreed overlap after so many events."""

    overlap: str
    version: int = 0
    position: int = 0
    agreed: happened.OverlapAgreed | None = None
    cancelled: str = ""

    @property
    def exists(self) -> bool:
        return self.version > 0


@dataclass(slots=True)
class MtfsLine:
    """A line of the medium-term plan after so many events. Amounts in pence."""

    line: str
    version: int = 0
    position: int = 0
    reference: str = ""
    title: str = ""
    fund: Fund = Fund.GENERAL_FUND
    increments: dict[FinancialYear, Pence] = field(default_factory=dict)
    admitted: dict[tuple[str, FinancialYear], Pence] = field(default_factory=dict)
    counted: dict[str, happened.MtfsValueCounted] = field(default_factory=dict)  # by overlap

    @property
    def exists(self) -> bool:
        return self.version > 0


def apply_to_programme(p: Programme, recorded: Recorded[Any]) -> None:
    """Add one event to a programme. Raises ``KeyError`` for an event that none has."""
    if isinstance(recorded.event, happened.NarrativeWritten):
        _narrative(p, recorded.event, recorded)
    else:
        _APPLY[type(recorded.event)](p, recorded.event, recorded.position)
    p.version = recorded.version


def _started(p: Programme, e: happened.ProgrammeStarted, position: int) -> None:
    p.position, p.title, p.first_year = position, e.title, e.first_year
    p.years, p.sponsor, p.board, p.committee = e.years, e.sponsor, e.board, e.committee


def _changed(p: Programme, e: happened.ProgrammeChanged, _: int) -> None:
    for name in ("title", "sponsor", "board", "committee"):
        if getattr(e, name) is not None:
            setattr(p, name, getattr(e, name))


def _workstream(p: Programme, e: happened.WorkstreamAdded, _: int) -> None:
    p.workstreams.append(e.workstream)


def _tolerance(p: Programme, e: happened.ToleranceSet, _: int) -> None:
    p.tolerance = e.per_cent


def _recipients(p: Programme, e: happened.RecipientsSet, _: int) -> None:
    p.recipients = e.people


def _schedule(p: Programme, e: happened.ReportScheduleSet, _: int) -> None:
    p.working_day, p.unclosed = e.working_day, e.unclosed


def _investment(p: Programme, e: happened.GroupInvestmentRecorded, position: int) -> None:
    spent = Investment(e.investment, e.title, e.spent_on, e.funding, e.tranches, position)
    p.investments[e.investment] = GroupInvestment(spent, e.workstream, e.group)


def _investment_removed(p: Programme, e: happened.GroupInvestmentRemoved, _: int) -> None:
    p.investments.pop(e.investment, None)


def _month_closed(p: Programme, e: happened.MonthClosed, position: int) -> None:
    p.closed[e.month] = position


def _month_reviewed(p: Programme, e: happened.MonthReviewed, position: int) -> None:
    p.reviewed[e.month] = position


def _narrative(p: Programme, e: happened.NarrativeWritten, recorded: Recorded[Any]) -> None:
    written = Narrative(e.text, recorded.actor, recorded.recorded_at, recorded.position)
    p.narratives.pop((e.month, e.section), None)
    if e.text:
        p.narratives[(e.month, e.section)] = written


def _objective(p: Programme, e: mapping.ObjectiveRecorded, _: int) -> None:
    p.objectives[e.objective] = e


def _outcome(p: Programme, e: mapping.OutcomeRecorded, _: int) -> None:
    p.outcomes[e.outcome] = e


def _enabling_change(p: Programme, e: mapping.EnablingChangeRecorded, _: int) -> None:
    p.changes[e.change] = e


def _off_map(p: Programme, e: mapping.MapItemRemoved, _: int) -> None:
    p.off_map.add(e.item)
    p.objectives.pop(e.item, None)
    p.outcomes.pop(e.item, None)
    p.changes.pop(e.item, None)


_APPLY: dict[type, Callable[[Programme, Any, int], None]] = {
    happened.ProgrammeStarted: _started,
    happened.ProgrammeChanged: _changed,
    happened.WorkstreamAdded: _workstream,
    happened.ToleranceSet: _tolerance,
    happened.RecipientsSet: _recipients,
    happened.ReportScheduleSet: _schedule,
    happened.GroupInvestmentRecorded: _investment,
    happened.GroupInvestmentRemoved: _investment_removed,
    happened.MonthClosed: _month_closed,
    happened.MonthReviewed: _month_reviewed,
    mapping.ObjectiveRecorded: _objective,
    mapping.OutcomeRecorded: _outcome,
    mapping.EnablingChangeRecorded: _enabling_change,
    mapping.MapItemRemoved: _off_map,
}


def apply_to_overlap(o: Overlap, recorded: Recorded[Any]) -> None:
    """Add one event to an overlap."""
    o.version = recorded.version
    match recorded.event:
        case happened.OverlapAgreed() as e:
            o.position, o.agreed = recorded.position, e
        case happened.OverlapCancelled() as e:
            o.cancelled = e.reason


def apply_to_mtfs_line(line: MtfsLine, recorded: Recorded[Any]) -> None:
    """Add one event to an MTFS line."""
    line.version = recorded.version
    match recorded.event:
        case happened.MtfsLineRecorded() as e:
            line.position = line.position or recorded.position
            line.reference, line.title, line.fund = e.reference, e.title, e.fund
            line.increments = {amount.year: amount.amount for amount in e.increments}
        case happened.MtfsAmountAdmitted() as e:
            line.admitted[(e.benefit, e.year)] = e.amount
        case happened.MtfsValueCounted() as e:
            line.counted[e.overlap] = e
        case happened.MtfsValueFreed() as e:
            line.counted.pop(e.overlap, None)


def programme_after(programme: str, events: Iterable[Recorded[Any]]) -> Programme:
    """The programme after all these events of its stream."""
    standing = Programme(programme)
    for recorded in events:
        apply_to_programme(standing, recorded)
    return standing
