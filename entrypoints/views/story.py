"""A benefit's story from the log: one sentence an event, with who, when and its reference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits import wording
from benefits.benefit import Benefit
from benefits.events import delivery, details, gates, money
from benefits.standing import apply
from benefits.wording.writing import instant, london_day
from entrypoints.views.knowing import read_day
from entrypoints.views.naming import Called
from eventlog.recorded import Recorded

#: The sorts of thing that a story can be narrowed to, by the name in the address.
SORTS: Mapping[str, tuple[str, str]] = {
    "description": ("Who, what and its value", details.__name__),
    "delivery": ("Milestones, measures and risks", delivery.__name__),
    "money": ("Forecasts, claims and verification", money.__name__),
    "decisions": ("The board and its decisions", gates.__name__),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is told."""

    sentence: str
    who: str
    actor: str
    when: str
    stamp: str
    day: date
    position: int
    sort: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a story is narrowed to, and a sentence for each thing that was not understood."""

    who: str = ""
    sort: str = ""
    since: date | None = None
    until: date | None = None
    faults: tuple[str, ...] = ()

    @property
    def narrowed(self) -> bool:
        return bool(self.who or self.sort or self.since or self.until)


def tell(benefit: str, events: Iterable[Recorded[Any]], called: Called) -> list[Told]:
    """Every event, the latest first."""
    before = Benefit(benefit)
    told: list[Told] = []
    for recorded in events:
        said = wording.sentence(recorded, before, called.person, called.thing)
        told.append(_told(recorded, said, called))
        apply(before, recorded)
    return told[::-1]


def _told(recorded: Recorded[Any], said: str, called: Called) -> Told:
    module = type(recorded.event).__module__
    return Told(
        said,
        called.person(recorded.actor),
        recorded.actor,
        instant(recorded.recorded_at),
        recorded.recorded_at.isoformat(),
        london_day(recorded.recorded_at),
        recorded.position,
        next((name for name, (_, within) in SORTS.items() if within == module), ""),
    )


def wanted(args: Mapping[str, str], told: Sequence[Told], today: date) -> Wanted:
    """What the address asks for. What cannot be understood is left out, and said."""
    faults: list[str] = []
    who, sort = args.get("who", "").strip(), args.get("sort", "").strip()
    if who and who not in {each.actor for each in told}:
        faults.append("That person did nothing here, so the story is not narrowed to them.")
        who = ""
    if sort and sort not in SORTS:
        faults.append(f"There is no sort of thing called “{sort[:40]}”.")
        sort = ""
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        text = args.get(name, "")
        days[name], fault = read_day(text, today) if text.strip() else (None, "")
        faults += [f"{fault} It was left out."] if fault else []
    return Wanted(who, sort, days["from"], days["to"], tuple(faults))


def narrowed(told: Sequence[Told], asked: Wanted) -> list[Told]:
    """The events that are wanted."""
    return [
        each
        for each in told
        if (not asked.who or each.actor == asked.who)
        and (not asked.sort or each.sort == asked.sort)
        and (asked.since is None or each.day >= asked.since)
        and (asked.until is None or each.day <= asked.until)
    ]
