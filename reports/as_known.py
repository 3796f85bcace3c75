"""One month told twice: as it was known at one position of the log, and as it is known at another.

Every figure of the two reports is laid side by side by the words that name it; those that
differ are listed, with what was known then and what is known now. Whole pence.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from benefits.money import Pence
from benefits.wording import writing
from eventlog.kinds import Kind
from eventlog.store import Store
from reports.attachments import Line, figure_lines
from reports.contents import ReportContents
from reports.monthly import Request, compose

_Key = tuple[str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that is not what it was. None where there was, or is, no such figure."""

    section: str
    basis: str
    table: str
    row: str
    figure: str
    then: Pence | None
    now: Pence | None
    ref: str = ""

    @property
    def change(self) -> Pence:
        return (self.now or 0) - (self.then or 0)


@dataclass(frozen=True, slots=True)
class AsKnown:
    """The figures that differ, in the order of the report, of how many; and the two positions."""

    then: int
    now: int
    figures: int
    changed: tuple[ChangedFigure, ...]

    def of(self, section: str) -> tuple[ChangedFigure, ...]:
        """Those of one section of the report, such as ``Summary``."""
        return tuple(one for one in self.changed if one.section == section)

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections in which something differs, in the order of the report."""
        return tuple(dict.fromkeys(one.section for one in self.changed))


def compared(
    then: ReportContents, now: ReportContents, left_out: frozenset[str] = frozenset()
) -> AsKnown:
    """Two reports of one programme: of a month from two positions of the log, or of two months.

    Sections that are ``left_out`` are not compared.
    """
    before, after = _figures(then, left_out), _figures(now, left_out)
    keys = list(dict.fromkeys((*after, *before)))
    changed = tuple(
        _changed(before.get(key), after.get(key))
        for key in keys
        if _amount(before.get(key)) != _amount(after.get(key))
    )
    return AsKnown(then.cover.log_position, now.cover.log_position, len(keys), changed)


def _changed(before: Line | None, after: Line | None) -> ChangedFigure:
    """The words are those of the later report, where it has the figure."""
    line = after or before
    assert line is not None, "A figure stands in one of the two reports at least."
    return ChangedFigure(*line[:5], _amount(before), _amount(after), line[-1])


def _amount(line: Line | None) -> Pence | None:
    return line[5] if line else None


def _figures(contents: ReportContents, left_out: frozenset[str]) -> dict[_Key, Line]:
    """By the words that name each, and how often the same words have come.

    Words that name the report's own month, such as “April to May 2024”, are the same for both.
    """
    month = writing.month(contents.cover.month)
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[_Key, Line] = {}
    for line in figure_lines(contents):
        if line[0] not in left_out:
            section, basis, table, row, figure = (
                word.replace(f"April to {month}", month).replace(month, "the month")
                for word in line[:5]
            )
            words = (section, basis, table, row, figure)
            seen[words] += 1
            found[(*words, seen[words])] = line
    return found


def as_known(
    store: Store, kinds: Mapping[str, Kind], request: Request, then: int, now: int
) -> AsKnown:
    """The month of the request as known at two positions of the log. Nothing is written.

    Raises as ``monthly.compose`` does.
    """
    before, after = (
        compose(store, kinds, replace(request, position=position, draft=True)).contents
        for position in (then, now)
    )
    return compared(before, after)
