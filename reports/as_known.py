"""One month told twice: as it was known at one position of the log, and as it is known at another.

Every figure of the two reports is laid side by side by the words that name it; those that
differ are listed, with what was known then and what is known now. Whole pence.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from benefits.money import Pence
from eventlog.kinds import Kind
from eventlog.store import Store
from reports.attachments import figure_lines
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


def compared(then: ReportContents, now: ReportContents) -> AsKnown:
    """Two reports of one programme and month, made from two positions of the log."""
    before, after = _figures(then), _figures(now)
    keys = list(dict.fromkeys((*after, *before)))
    changed = tuple(
        ChangedFigure(*key[:5], was, held, ref)
        for key in keys
        for was, held, ref in [_both(before.get(key), after.get(key))]
        if was != held
    )
    return AsKnown(then.cover.log_position, now.cover.log_position, len(keys), changed)


def _both(
    before: tuple[Pence, str] | None, after: tuple[Pence, str] | None
) -> tuple[Pence | None, Pence | None, str]:
    ref = (after or before or (0, ""))[1]
    return (before[0] if before else None), (after[0] if after else None), ref


def _figures(contents: ReportContents) -> dict[_Key, tuple[Pence, str]]:
    """By the words that name each, and how often the same words have come."""
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[_Key, tuple[Pence, str]] = {}
    for section, basis, table, row, figure, amount, ref in figure_lines(contents):
        words = (section, basis, table, row, figure)
        seen[words] += 1
        found[(*words, seen[words])] = amount, ref
    return found


def as_known(
    store: Store, kinds: Mapping[str, Kind], request: Request, then: int, now: int
) -> AsKnown:
    """The month of the request as known at two positions of the log. Nothing is written.

    Raises as ``monthly.compose`` does.
    """
    told = [
        compose(store, kinds, replace(request, position=position, draft=True)).contents
        for position in (then, now)
    ]
    return compared(*told)
