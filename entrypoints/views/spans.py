"""A filter by days: from one day to another, both in London, and either may be left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from reports.calendar import LONDON

LONGEST = 20


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that are wanted, as they are typed; empty where it is open."""

    first: str = ""
    last: str = ""

    @property
    def parts(self) -> dict[str, str]:
        """The filter as an address has it."""
        return {"first": self.first, "last": self.last}

    @property
    def begins(self) -> datetime | None:
        """The instant from which on, if any."""
        day = _day(self.first)
        return datetime.combine(day, time(), LONDON) if day else None

    @property
    def ends(self) -> datetime | None:
        """The instant before which, if any: midnight at the end of the last day."""
        day = _day(self.last)
        return datetime.combine(day + timedelta(days=1), time(), LONDON) if day else None


def read(args: Mapping[str, str]) -> tuple[Span, list[str]]:
    """The days that an address asks for, and a sentence for each that is none."""
    typed = {name: args.get(name, "").replace("\0", "").strip() for name in ("first", "last")}
    faults = [
        f"“{written[:LONGEST]}” is not a day, so it was left out: use 2024-10-31."
        for written in typed.values()
        if written and _day(written) is None
    ]
    span = Span(**{name: written if _day(written) else "" for name, written in typed.items()})
    if span.first and span.last and span.first > span.last:
        faults.append("The last day is before the first, so nothing is found: change one of them.")
    return span, faults


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2149 else None
