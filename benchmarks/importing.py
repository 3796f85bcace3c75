"""A savings table of thousands of lines becomes benefits, in one act."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.lives import TEMPORARY, begun
from benchmarks.measuring import Figure, Size, seconds
from benchmarks.peers import LIBRARY, library_saves
from benchmarks.places import NAMES, OPENED, Places, opened
from benefits.periods import FinancialYear
from benefits.savings_table import Options
from entrypoints.importing import Asked, import_table
from tests.scenario import open_realise

_AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
_MINUTE = 60


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """The import, beside the library saving as many events, ten at once."""
    lines = size["imported"]
    for kind, name in NAMES.items():
        url = places.made(kind)
        begun(opened(url))
        realise = open_realise(url, Path(TEMPORARY.name))
        OPENED.callback(realise.database.close)
        before = realise.store.head()[0]
        asked = Asked(_table(lines), "savings.csv", "Savings", Options(FinancialYear(2024)))
        took = seconds(lambda r=realise, a=asked: import_table(r, a, by="pat", at=_AT))  # type: ignore[misc]
        events = realise.store.head()[0] - before
        save = library_saves(places.url(kind), 10)
        theirs = seconds(lambda save=save, events=events: save(max(1, events // 10)))  # type: ignore[misc]
        yield Figure(
            f"import {lines:,} benefits ({events:,} events), {name}",
            took, {f"{LIBRARY}, as many events": theirs},
            {f"{LIBRARY}, as many events": theirs / took}, "seconds",
            "under a minute", took < _MINUTE,
        )  # fmt: skip


def _table(lines: int) -> bytes:
    """A savings table of so many lines, as a council prints one."""
    rows = (
        f"Stream {n % 12},Group {n % 40},Line {n},saving,,,{1000 + n},{2000 + n},{500 + n}"
        for n in range(lines)
    )
    heading = "workstream,group,line,kind,low,high,year_1,year_2,year_3"
    return "\n".join((heading, *rows, "")).encode()
