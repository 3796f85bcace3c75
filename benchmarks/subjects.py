"""The subjects in the order in which they are measured, and how much of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks import (
    appending,
    councils,
    growth,
    handling,
    importing,
    loaded,
    pages,
    printing,
    processes,
    reconciling,
    whole_log,
)
from benchmarks.measuring import Figure, Size
from benchmarks.places import POSTGRESQL, SQLITE, Places

Measured: TypeAlias = Callable[[Places, Size], Iterator[Figure]]
BOTH = f"{SQLITE}; {POSTGRESQL}"


@dataclass(frozen=True)
class Subject:
    """A module that measures something; ``quick`` ones are part of the quick pass."""

    title: str
    measured: Measured
    durability: str = BOTH
    quick: bool = True


SUBJECTS: Mapping[str, Subject] = {
    "appending": Subject("Appending to the log", appending.measured),
    "handling": Subject("One command through the whole house", handling.measured),
    "whole_log": Subject("Reading, verifying and rebuilding", whole_log.measured),
    "importing": Subject("Importing a savings table", importing.measured),
    "reconciling": Subject("The figures of a month's report", reconciling.measured, SQLITE),
    "printing": Subject("Printing a report", printing.measured, "no database"),
    "growth": Subject("A council that grows", growth.measured, SQLITE, quick=False),
    "pages": Subject("Pages", pages.measured, SQLITE),
    "loaded": Subject("The API under load", loaded.measured, POSTGRESQL),
    "processes": Subject(
        "What a process weighs, and how soon it answers", processes.measured, SQLITE
    ),
    "councils": Subject("Many councils in one table", councils.measured, POSTGRESQL),
}

#: For the test that runs every subject, so that none rots.
TINY = Size(
    "tiny",
    1,
    {
        "appends": 4, "writers": 2, "loads": 1, "whole_log": 200, "library_log": 100,
        "handles": 2, "benefits": 2, "events_each": 60, "pages": 1, "users": 2,
        "growth": 1_000, "reconciled": 5, "imported": 10,
        "printed": 22, "prints": 1, "load_seconds": 1, "clients": 3,
        "councils": 2, "council_events": 100,
    },
)  # fmt: skip
QUICK = Size(
    "quick",
    3,
    {
        "appends": 60, "writers": 4, "loads": 3, "whole_log": 5_000, "library_log": 2_000,
        "handles": 20, "benefits": 500, "events_each": 60, "pages": 2, "users": 20,
        "growth": 20_000, "reconciled": 50, "imported": 200,
        "printed": 22, "prints": 1, "load_seconds": 10, "clients": 8,
        "councils": 40, "council_events": 500,
    },
)  # fmt: skip
FULL = Size(
    "full",
    7,
    {
        "appends": 600, "writers": 4, "loads": 30, "whole_log": 200_000, "library_log": 20_000,
        "handles": 200, "benefits": 50_000, "events_each": 30, "pages": 5, "users": 20,
        "growth": 1_000_000, "reconciled": 5_000, "imported": 4_999,
        "printed": 530, "prints": 5, "load_seconds": 600, "clients": 8,
        "councils": 400, "council_events": 2_500,
    },
)  # fmt: skip
