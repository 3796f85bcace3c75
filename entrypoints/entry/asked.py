"""Which part of a programme a grid shows: its workstream, its month and its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from benefits.periods import Month, NotAPeriod
from benefits.programme import Programme

#: How many lines a grid shows at once: what a person can look over before sending it.
PAGE = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. ``owner`` is a person who sees only benefits of their own."""

    programme: Programme
    grid: str
    workstream: str
    month: Month
    page: int
    owner: str = ""

    def address(self, *, grid: str = "", page: int = 1, month: Month | None = None) -> str:
        """The address of this grid, or of another of the same part of the programme."""
        home = f"/programmes/{self.programme.programme}/enter/{grid or self.grid}"
        given = {"month": str(month or self.month)}
        if self.workstream:
            given["workstream"] = self.workstream
        if page > 1:
            given["page"] = str(page)
        return f"{home}?{urlencode(given)}"


def read(
    given: Mapping[str, str], programme: Programme, grid: str, today: date, owner: str
) -> Asked:
    """What the address asks for; what cannot be read is as if it were not there."""
    workstream = given.get("workstream", "")
    if workstream not in programme.workstreams:
        workstream = ""
    page = given.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return Asked(programme, grid, workstream, _month(given, today), max(1, number), owner)


def _month(given: Mapping[str, str], today: date) -> Month:
    """The month asked for; unless it can be read, the last one that is over."""
    try:
        return Month.parse(given.get("month", ""))
    except NotAPeriod:
        return Month.of(today).plus(-1)


def months_to_choose(programme: Programme, today: date, chosen: Month) -> list[tuple[str, bool]]:
    """The last fifteen months of the programme that have begun, the latest first."""
    last = Month.of(today)
    found = [last.plus(-back) for back in range(15)]
    shown = [month for month in found if month >= programme.window.first.first]
    return [(str(month), month == chosen) for month in dict.fromkeys([*shown, chosen])]
