"""Which heading of a file is which column: guessed from names, then settled by the person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_YEAR = re.compile(r"(?:fy\s*)?(20\d{2})\s*[/-]\s*(\d{2}|20\d{2})")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that something is made of. ``also`` are other headings that people give it."""

    name: str
    label: str
    needed: bool = False
    also: tuple[str, ...] = ()
    hint: str = ""


def plain(heading: str) -> str:
    """A heading as it is compared."""
    return " ".join(re.sub(r"[^a-z0-9/-]+", " ", heading.lower()).split())


def year_of(heading: str) -> str:
    """``2026/27`` where a heading names a financial year, however it writes it; else nothing."""
    match = _YEAR.search(heading.lower())
    if match is None:
        return ""
    first, second = int(match[1]), int(match[2]) % 100
    return f"{first}/{second:02d}" if (first + 1) % 100 == second else ""


def guess(
    headings: Sequence[str],
    columns: Sequence[Column],
    saved: Mapping[str, Mapping[str, str]],
) -> dict[str, str]:
    """For each column the heading that it most likely has. A saved mapping that fits wins."""
    for mapping in saved.values():
        if mapping and set(mapping.values()) <= set(headings):
            return {name: heading for name, heading in mapping.items() if heading}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for exact in (True, False):
        for column in columns:
            if column.name in found:
                continue
            heading = _match(column, headings, taken, exact=exact)
            if heading:
                found[column.name] = heading
                taken.add(heading)
    return found


def _match(column: Column, headings: Sequence[str], taken: set[str], *, exact: bool) -> str | None:
    names = {plain(column.name), plain(column.label), *map(plain, column.also)}
    for heading in headings:
        said = plain(heading)
        if not said or heading in taken:
            continue
        if said in names or (column.name[:2] == "20" and year_of(heading) == column.name):
            return heading
        if not exact and any(f" {name} " in f" {said} " for name in names if len(name) > 3):
            return heading
    return None
