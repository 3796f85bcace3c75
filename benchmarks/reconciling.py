"""A month's figures worked out from the log, beside reading the events and printing the pages.

The last report was issued a month ago; since then the money of every benefit has moved three times.
"""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.lives import TEMPORARY, founded, grow
from benchmarks.measuring import Figure, Size, seconds
from benchmarks.places import OPENED, Places
from benefits.periods import Month
from entrypoints.wiring import KINDS, Realise, rebuilding
from eventlog.replay import rebuild
from eventlog.undisturbed import undisturbed
from reports import archive, monthly, pdf
from reports.composing import moved, record
from reports.composing.book import book_of
from reports.composing.steps import LastReport, follow
from tests.report_files import FONTS
from tests.scenario import PROGRAMME, open_realise

READING = "reading those events, decoded"
PRINTING = "printing its pages"
#: Events of a benefit, and how many of them the last report knew.
_EACH, _BEFORE = 100, 96
_LAST, _MONTH = Month(2026, 7), Month(2026, 8)
_AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
#: A longer report is not printed here: benchmarks/printing.py measures pages.
_PRINTED = 1_000


@dataclass(frozen=True)
class _Council:
    realise: Realise
    benefits: int
    position: int

    def request(self, month: Month, position: int) -> monthly.Request:
        return monthly.Request(PROGRAMME, month, position, "pat", _AT, draft=False)

    @property
    def called(self) -> str:
        return f"{self.benefits:,} benefits and {self.position:,} events"


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """A programme of a fifth of the benefits, and of all: linear, or the time grows by more."""
    sizes = (max(1, size["reconciled"] // 5), size["reconciled"])
    printed = max((one for one in sizes if one <= _PRINTED), default=0)
    for benefits in sizes:
        council = _reported(places.url("sqlite"), benefits)
        yield _figures(council, min(3, size.rounds))
        if benefits == printed:
            yield _whole(council)


def _reported(url: str, benefits: int) -> _Council:
    """A council that issued its report a month ago."""
    database = founded(url)
    grow(database, 1, benefits, _BEFORE)
    realise = open_realise(url, Path(TEMPORARY.name))
    OPENED.callback(realise.database.close)
    then = realise.store.head()[0]
    grow(database, 1, benefits, _EACH, after=_BEFORE)
    rebuild(rebuilding(database))
    council = _Council(realise, benefits, realise.store.head()[0])
    made = monthly.compose(realise.store, KINDS, council.request(_LAST, then))
    inputs = archive.canonical(made.inputs)
    with realise.database.write() as connection:
        archive.keep(
            connection,
            archive.Archived(
                PROGRAMME, _LAST, 1, _AT, "pat", made.closing, "", then, 1, inputs, b"not drawn"
            ),
        )
    return council


def _figures(council: _Council, rounds: int) -> Figure:
    """Reconciliation and movements from the events in memory; reading them stands beside."""
    store, at = council.realise.store, council.position
    known = record.read(store, KINDS, PROGRAMME, _MONTH, at)
    assert known.last is not None
    last, stored = LastReport(known.last.position, known.last.month), monthly.stored(known)
    streams = [f"benefit-{told.benefit.benefit}" for told in known.benefits]

    def work() -> None:
        with undisturbed():  # as the whole report is composed
            for told in known.benefits:
                follow(told.benefit.benefit, told.events, _MONTH, last)
            moved.all_statements(book_of(known), stored)

    took, read = _in_turn(rounds, work, lambda: store.load_many(streams, at))
    return Figure(
        f"reconcile, and say what moved since the last report: {council.called}",
        took, {READING: read}, {READING: read / took}, "seconds",
        "under a second" if council.benefits == 1_000 else "",
        took < 1 if council.benefits == 1_000 else None,
    )  # fmt: skip


def _in_turn(rounds: int, ours: Callable[[], object], other: Callable[[], object]) -> list[float]:
    took = [(seconds(ours), seconds(other)) for _ in range(rounds)]
    return [statistics.median(each) for each in zip(*took, strict=True)]


def _whole(council: _Council) -> Figure:
    """All that the report says, read and worked out, beside drawing it with two workers."""
    asked, store = council.request(_MONTH, council.position), council.realise.store
    made: list[monthly.Composed] = []
    took = seconds(lambda: made.append(monthly.compose(store, KINDS, asked)))
    prints = seconds(lambda: pdf.render(made[0].contents, made[0].branding, FONTS, workers=2))
    return Figure(
        f"every figure and sentence of the report: {council.called}",
        took, {PRINTING: prints}, {PRINTING: prints / took}, "seconds",
        "a tenth of the whole", took * 10 < took + prints,
    )  # fmt: skip
