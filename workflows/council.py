"""The council's own settings: its name, its colour and its lists of themes and directorates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benefits.discounting import DiscountRates
from benefits.periods import Month
from benefits.refusals import NotFound, require
from benefits.rules import Answer, Context, Rule, checks
from benefits.rules.programme import LATEST_WORKING_DAY
from benefits.wording.writing import london_day
from eventlog.recorded import Recorded
from workflows.commands import (
    NameCouncil,
    RecordPriority,
    RemovePriority,
    SetLists,
    SetPortfolioSchedule,
    SetVotingRules,
)
from workflows.events import (
    CouncilNamed,
    DiscountRatesSet,
    ListsSet,
    OptimismBiasSet,
    PortfolioScheduleSet,
    PriorityRecorded,
    PriorityRemoved,
    VotingRulesSet,
)

STREAM = "council"  # there is one council, so its stream's kind is its key too
MOST_MINUTES = 240
MOST_PRIORITIES = 50
BLUE = "#1d70b8"
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3, for white words on the colour

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(slots=True)
class Council:
    """The council after so many events (``version``)."""

    version: int = 0
    name: str = ""
    colour: str = BLUE
    themes: tuple[str, ...] = ()
    directorates: tuple[str, ...] = ()
    priorities: dict[str, PriorityRecorded] = field(default_factory=dict)
    rates: list[DiscountRates] = field(default_factory=list)
    portfolio_day: int = 0  # the working day of the report of all programmes; 0: when asked
    portfolio_since: Month | None = None  # the first month that is issued by itself
    sign_in_within: int = 0  # minutes; 0 asks nobody to sign in again
    optimism: dict[str, int] = field(default_factory=dict)  # category in small letters -> per cent

    @property
    def exists(self) -> bool:
        return self.version > 0


def apply_to_council(council: Council, recorded: Recorded[Any]) -> None:
    """Add one event to the council."""
    council.version = recorded.version
    match recorded.event:
        case CouncilNamed(name, colour):
            council.name, council.colour = name, colour
        case ListsSet(themes, directorates):
            council.themes, council.directorates = themes, directorates
        case DiscountRatesSet(from_day, steps, _):
            council.rates.append(DiscountRates(from_day, steps))
        case PortfolioScheduleSet(by_schedule, working_day):
            if by_schedule and not council.portfolio_day:
                council.portfolio_since = Month.of(london_day(recorded.recorded_at))
            council.portfolio_day = working_day if by_schedule else 0
        case VotingRulesSet(minutes):
            council.sign_in_within = minutes
        case other:
            _apply_lists(council, other)


def _apply_lists(council: Council, event: object) -> None:
    match event:
        case OptimismBiasSet(adjustments, _):
            council.optimism = {one.category.casefold(): one.allowance for one in adjustments}
        case PriorityRecorded(key):
            council.priorities[key] = event
        case PriorityRemoved(key, _):
            council.priorities.pop(key, None)


def council_after(events: Iterable[Recorded[Any]]) -> Council:
    """The council after all these events."""
    council = Council()
    for recorded in events:
        apply_to_council(council, recorded)
    return council


def contrast_with_white(colour: str) -> float:
    """The contrast ratio, 1 to 21, of a colour (#rrggbb) with white, as WCAG 2.2 defines it."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)
    return 1.05 / (light + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def name_council(council: Council, command: NameCouncil, _: Context) -> Answer:
    """Name the council and choose a colour on which white words can be read."""
    name, colour = command.name.strip(), command.colour.strip().lower()
    require(name, "Say what the council is called.")
    require(
        _COLOUR.fullmatch(colour),
        "Write the colour as # and six figures or letters from a to f, such as #1d70b8.",
    )
    ratio = contrast_with_white(colour)
    require(
        ratio >= LEAST_CONTRAST,
        f"White words on {colour} have a contrast of {_rounded_down(ratio)} to 1, and need at"
        " least 4.5 to 1. Choose a darker colour.",
    )
    if (name, colour) == (council.name, council.colour):
        return []
    return [CouncilNamed(name, colour)]


def _rounded_down(ratio: float) -> str:
    return f"{int(ratio * 10) / 10:.1f}"


def set_voting_rules(council: Council, command: SetVotingRules, _: Context) -> Answer:
    """Say how lately a member must have proved who they are to vote."""
    minutes = command.sign_in_within
    require(0 <= minutes <= MOST_MINUTES, f"Write from 0 to {MOST_MINUTES} minutes.")
    return [] if minutes == council.sign_in_within else [VotingRulesSet(minutes)]


def set_lists(council: Council, command: SetLists, _: Context) -> Answer:
    """Set the lists that benefits are filed under."""
    themes = _list(command.themes, "theme")
    directorates = _list(command.directorates, "directorate")
    if (themes, directorates) == (council.themes, council.directorates):
        return []
    return [ListsSet(themes, directorates)]


def _list(written: tuple[str, ...], called: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in written)
    require(all(names), f"Give every {called} a name.")
    twice = {name for name in names if [n.lower() for n in names].count(name.lower()) > 1}
    require(not twice, f"Each {called} stands once in the list. Twice: {', '.join(sorted(twice))}.")
    return names


def record_priority(council: Council, command: RecordPriority, _: Context) -> Answer:
    """Put a priority on the list, once, or change its words."""
    event = PriorityRecorded(
        checks.fresh_id(command.priority, "priority"),
        checks.title(command.title, "The priority"),
        checks.title(command.source, "Where it stands", needed=False),
    )
    others = [each for key, each in council.priorities.items() if key != event.priority]
    alike = [each.title for each in others if each.title.casefold() == event.title.casefold()]
    require(not alike, f"“{event.title}” is on the list already: change that one.")
    require(
        event.priority in council.priorities or len(others) < MOST_PRIORITIES,
        f"The list holds at most {MOST_PRIORITIES} priorities: put some together.",
    )
    return [] if event == council.priorities.get(event.priority) else [event]


def remove_priority(council: Council, command: RemovePriority, _: Context) -> Answer:
    """Take a priority off the list."""
    if command.priority not in council.priorities:
        raise NotFound("There is no such priority: look for it in the list of priorities.")
    return [PriorityRemoved(command.priority, checks.reason(command.reason))]


def set_portfolio_schedule(council: Council, command: SetPortfolioSchedule, _: Context) -> Answer:
    """Issue the report of all programmes by itself, from this month's on, or only when asked."""
    checks.number(command.working_day, "The working day of the report", 1, LATEST_WORKING_DAY)
    if council.portfolio_day == (command.working_day if command.by_schedule else 0):
        return []
    return [PortfolioScheduleSet(command.by_schedule, command.working_day)]


RULES: dict[type, Rule] = {
    NameCouncil: Rule(name_council, STREAM, ""),
    SetVotingRules: Rule(set_voting_rules, STREAM, ""),
    SetLists: Rule(set_lists, STREAM, ""),
    RecordPriority: Rule(record_priority, STREAM, "", (PriorityRecorded,), ("priority",)),
    RemovePriority: Rule(remove_priority, STREAM, ""),
    SetPortfolioSchedule: Rule(set_portfolio_schedule, STREAM, "", (PortfolioScheduleSet,)),
}
