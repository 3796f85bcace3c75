"""One command through the whole house, beside the library's save, which asks nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count

from benchmarks.lives import fill
from benchmarks.measuring import Figure, Size, race
from benchmarks.peers import LIBRARY, TEXT, library_saves
from benchmarks.places import NAMES, Places
from benefits.commands.details import AddNote
from entrypoints.wiring import Realise

_AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
_BENEFITS = 40
_TARGETS = {"sqlite": 0.25, "postgresql": 1.0}


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """A note through permission, rule, guard, event and read tables, on both databases."""
    for kind, name in NAMES.items():
        realise = fill(places.url(kind), _BENEFITS, 100)
        library, times, numbers = library_saves(places.url(kind)), size["handles"], count()
        _noted(realise, _BENEFITS, numbers)  # the first act on each adds up all its events
        yield race(
            f"a command through handle(), {name}",
            times,
            partial(_noted, realise, times, numbers),
            {LIBRARY: partial(library, times)},
            rounds=size.rounds,
            target=(LIBRARY, _TARGETS[kind]),
        )


def _noted(realise: Realise, times: int, numbers: Iterator[int]) -> None:
    """Each to another benefit than the last, so that all stay of about a hundred events."""
    for _, number in zip(range(times), numbers, strict=False):
        note = AddNote(f"b{number % _BENEFITS + 1}", f"{number}. {TEXT}")
        realise.handle(note, by="pat", at=_AT)
