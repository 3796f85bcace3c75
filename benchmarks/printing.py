"""A report printed as it is issued, beside WeasyPrint used plainly and Chromium on its HTML."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.measuring import Figure, Size
from benchmarks.places import Places

PLAINLY, CHROMIUM = "WeasyPrint, write_pdf in one process", "Chromium's print (no PDF/A)"
_NAMES = {PLAINLY: "straightforward", CHROMIUM: "chromium"}
#: Benefits that give a report of about so many pages. None is shorter than 22: each has every
#: section once, with charts.
_BENEFITS_OF = {22: 6, 60: 180, 200: 830, 530: 2_360}
#: Pages from which a report is drawn in parts, and the most that a process may hold (MB).
_LONG, _MOST = 60, 300
_A_PAGE = "pages a second"


@dataclass(frozen=True)
class _Printed:
    seconds: float
    pages: int
    megabytes: float


def measured(_: Places, size: Size) -> Iterator[Figure]:
    """Each length up to the size's longest: pages a second, and the most memory of a process."""
    for pages, benefits in _BENEFITS_OF.items():
        if pages <= size["printed"]:
            # The long ones take minutes a round.
            rounds = [
                _round(benefits, number) for number in range(1 if pages > 60 else size["prints"])
            ]
            yield from _figures(pages, rounds)


def _figures(about: int, rounds: list[Mapping[str, _Printed]]) -> Iterator[Figure]:
    ours = [one["realise"] for one in rounds]
    pages = ours[0].pages
    others = {
        name: statistics.median(one[way].pages / one[way].seconds for one in rounds)
        for name, way in _NAMES.items()
    }
    ratios = {
        name: statistics.median(one[way].seconds / one["realise"].seconds for one in rounds)
        for name, way in _NAMES.items()
    }
    long = about >= _LONG
    yield Figure(
        f"print a report of {pages} pages, two workers",
        statistics.median(pages / one.seconds for one in ours),
        others, ratios, _A_PAGE,
        f"2 of {PLAINLY}" if long else "", ratios[PLAINLY] >= 2 if long else None,
    )  # fmt: skip
    most = max(one.megabytes for one in ours)
    plainly = max(one["straightforward"].megabytes for one in rounds)
    yield Figure(
        f"the largest process that printed the {pages} pages",
        most, {PLAINLY: plainly}, {PLAINLY: plainly / most}, "MB",
        f"under {_MOST} MB", most < _MOST,
    )  # fmt: skip


def _round(benefits: int, number: int) -> Mapping[str, _Printed]:
    """Each way once, in an order that turns."""
    ways = ["realise", *_NAMES.values()]
    turned = ways[number % len(ways) :] + ways[: number % len(ways)]
    return {way: _printed(way, benefits) for way in turned}


def _printed(way: str, benefits: int) -> _Printed:
    command = [sys.executable, "-m", "benchmarks.printing_one", way, str(benefits)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return _Printed(**json.loads(done.stdout))
