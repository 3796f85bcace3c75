"""The report of all programmes: their records laid together, each programme like a workstream.

Every figure is that of the programmes' own reports at the same position of the log: nothing is
worked in another way, and funds and kinds stay apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from benefits.parts import Investment
from benefits.periods import Month
from benefits.programme import GroupInvestment, Programme
from benefits.refusals import NotFound
from benefits.wording.writing import listed
from reports.composing.record import Record, Told
from reports.issued import PORTFOLIO
from workflows.boards import Board

TITLE = "All programmes"


def together(records: Sequence[Record]) -> Record:
    """The records of every programme at one position, as one. Raises ``NotFound`` for none."""
    if not records:
        raise NotFound("There is no programme at this position of the log.")
    first, labels = records[0], _labels([one.programme for one in records])
    events = [recorded for one in records for recorded in one.programme_events]
    return replace(
        first,
        programme=all_programmes([one.programme for one in records]),
        programme_events=sorted(events, key=lambda recorded: recorded.position),
        benefits=_benefits(records, labels),
        board=Board("", title=listed(dict.fromkeys(one.board.title for one in records))),
        questions=tuple(
            sorted((q for one in records for q in one.questions), key=lambda q: q.position)
        ),
        boards={key: board for one in records for key, board in one.boards.items()},
    )


def _labels(programmes: Sequence[Programme]) -> dict[str, str]:
    """What each programme is called in the tables: its title, with its id where two share one."""
    titles = [one.title for one in programmes]
    return {
        one.programme: one.title
        if titles.count(one.title) == 1
        else f"{one.title} ({one.programme})"
        for one in programmes
    }


def _benefits(records: Sequence[Record], labels: Mapping[str, str]) -> tuple[Told, ...]:
    told = [
        replace(each, tolerance=one.programme.tolerance) for one in records for each in one.benefits
    ]
    for each in told:
        each.benefit.workstream = labels[each.benefit.programme]  # a report's own copy
    return tuple(sorted(told, key=lambda each: each.benefit.position))


def all_programmes(programmes: Sequence[Programme]) -> Programme:
    """The programmes as one: its workstreams are they, and its recipients are all of theirs."""
    labels = _labels(programmes)
    first = min(one.window.first for one in programmes)
    last = max(one.window.last for one in programmes)
    whole = Programme(
        PORTFOLIO,
        version=1,
        position=min(one.position for one in programmes),
        title=TITLE,
        first_year=first,
        years=last.start - first.start + 1,
        workstreams=[labels[one.programme] for one in programmes],
        recipients=tuple(dict.fromkeys(who for one in programmes for who in one.recipients)),
        working_day=max(one.working_day for one in programmes),
        closed=_in_all([one.closed for one in programmes]),
        reviewed=_in_all([one.reviewed for one in programmes]),
    )
    for one in programmes:
        for key, spent in one.investments.items():
            investment: Investment = spent.investment
            whole.investments[f"{one.programme}/{key}"] = GroupInvestment(
                investment, labels[one.programme], spent.group
            )
    return whole


def _in_all(months: Sequence[Mapping[Month, int]]) -> dict[Month, int]:
    """The months that are closed (or reviewed) in every programme."""
    common = set(months[0]).intersection(*months[1:])
    return {month: max(each[month] for each in months) for month in sorted(common)}
