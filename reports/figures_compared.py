"""Lays the figures of one report beside those of another made of the same parts.

Every whole number, every measured value and every number inside a sentence counts. Names do not:
they are not in the log.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_NUMBER = re.compile(r"[0-9][0-9,.]*[0-9]|[0-9]")
#: What names a part of the report, so that a person finds it.
_NAMES = ("caption", "title", "label", "figure", "name", "benefit", "subject", "line", "ref")
#: Who and when: these are printed and are not figures that follow from the log.
_LEFT_OUT = frozenset({"issuer", "issued_at", "checkpoint", "supersedes", "edition"})
#: Where a figure stands, in words, and the figure as text.
Said = tuple[str, str]
Found = tuple[str, Said]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that does not hold: where it stands, as printed, and as worked out again.

    ``printed`` or ``found`` is empty where one of the two has no such figure.
    """

    where: str
    printed: str
    found: str

    def __str__(self) -> str:
        printed = f"{self.printed} is printed" if self.printed else "nothing is printed"
        found = f"the log gives {self.found}" if self.found else "the log gives nothing"
        return f"{self.where}: {printed}, {found}."


@dataclass(frozen=True, slots=True)
class Compared:
    """How many figures were compared, and those that differ."""

    figures: int
    differences: tuple[Difference, ...]


def compare(printed: Any, found: Any) -> Compared:
    """Two reports as plain JSON values."""
    return _compared(dict(_figures(printed, "", ())), dict(_figures(found, "", ())))


def compare_tables(printed: bytes, found: bytes) -> Compared:
    """Two tables of figures (figures.csv), line by line."""
    return _compared(_lines(printed), _lines(found))


def _compared(printed: Mapping[str, Said], found: Mapping[str, Said]) -> Compared:
    places = list(dict.fromkeys((*printed, *found)))
    differences = []
    for place in places:
        said, worked = printed.get(place), found.get(place)
        if said is None or worked is None or said[1] != worked[1]:
            where = (said or worked or ("", ""))[0]
            differences.append(
                Difference(where, said[1] if said else "", worked[1] if worked else "")
            )
    return Compared(len(places), tuple(differences))


def _lines(content: bytes) -> dict[str, Said]:
    """Each line's amount, by the words before it and how often they have come."""
    seen: Counter[str] = Counter()
    lines: dict[str, Said] = {}
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"))):
        words, rest = ", ".join(row[:5]), row[5:]
        seen[words] += 1
        lines[f"{words} #{seen[words]}"] = f"figures.csv, {words}", " ".join(rest).strip()
    return lines


def _figures(value: Any, path: str, named: tuple[str, ...]) -> Iterator[Found]:
    """Each figure's path, with the words that say where it stands, and the figure as text."""
    if isinstance(value, Mapping):
        names = (*named, *_names(value))
        for key in (key for key in value if key not in _LEFT_OUT):
            yield from _figures(value[key], f"{path}.{key}" if path else key, names)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _figures(part, f"{path}[{place}]", named)
    else:
        yield from _leaf(value, path, named)


def _leaf(value: Any, path: str, named: tuple[str, ...]) -> Iterator[Found]:
    if isinstance(value, str):
        for place, number in enumerate(_NUMBER.findall(value)):
            yield f"{path}#{place}", (_where(path, named), number)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path, (_where(path, named), str(value))


def _names(value: Mapping[str, Any]) -> list[str]:
    said = (value.get(name) for name in _NAMES)
    return [one for one in said if isinstance(one, str) and one]


def _where(path: str, named: tuple[str, ...]) -> str:
    words = ", ".join(dict.fromkeys(name for name in named if len(name) < 80))
    last = path.rsplit(".", 1)[-1]
    return f"{words}: {last} ({path})" if words else f"{last} ({path})"
