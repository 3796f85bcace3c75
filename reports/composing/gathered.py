"""A public edition's contents with what is exempt gathered: one line, never one for each benefit.

Amounts of one basis are added up as "Exempt items"; every other entry (decisions, risks,
milestones, measures) is left out, and so is a sentence about an exempt benefit. Totals are not
touched: they are what they are in the exempt edition, to the penny.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from benefits.periods import FinancialYear
from reports.composing.published import EXEMPT_ITEMS
from reports.contents import ReportContents
from reports.entries import (
    BenefitEntry,
    BenefitYear,
    MtfsException,
    Pressure,
    StatusException,
    TracePart,
)
from reports.side_tables import SideRow, SideTable

_UNTOLD = "Not told here: it concerns exempt items."


def gathered(contents: ReportContents, refs: frozenset[str]) -> ReportContents:
    """The contents without a line, a sentence or a reference of the benefits with these refs."""
    if not refs:
        return contents
    found: ReportContents = _Gathering(refs).of(contents)
    return found


class _Gathering:
    def __init__(self, refs: frozenset[str]) -> None:
        any_of = "|".join(sorted(refs, key=len, reverse=True))
        self._refs = refs
        self._in_brackets = re.compile(rf" ?\((?:{any_of})\)")
        self._ref = re.compile(rf"\b(?:{any_of})\b")

    def of(self, value: Any) -> Any:
        """A value of the contents as the public reads it."""
        if isinstance(value, SideTable):
            return self._table(value)
        if is_dataclass(value) and not isinstance(value, type | FinancialYear):
            changed = {
                field.name: new
                for field in fields(value)
                if field.init
                and (new := self.of(getattr(value, field.name))) is not getattr(value, field.name)
            }
            return replace(value, **changed) if changed else value
        if type(value) is str:
            return "" if value in self._refs else self._text(value)
        return self._several(value) if isinstance(value, tuple) else value

    def _text(self, words: str) -> str:
        said = self._ref.sub(EXEMPT_ITEMS, self._in_brackets.sub("", words))
        return words if said == words else said

    def _about(self, words: str) -> bool:
        return EXEMPT_ITEMS in words or bool(self._ref.search(words))

    def _several(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        told = [one for one in value if not self._exempt(one)]
        found = [self.of(one) for one in told]
        found += _together([one for one in value if self._exempt(one)])
        same = len(found) == len(value) and all(a is b for a, b in zip(found, value, strict=True))
        return value if same else tuple(found)

    def _exempt(self, one: Any) -> bool:
        if type(one) is str:
            return self._about(one)
        return is_dataclass(one) and getattr(one, "ref", "") in self._refs

    def _table(self, table: SideTable) -> SideTable:
        mine = [row for row in table.rows if row.ref in self._refs or EXEMPT_ITEMS in row.label]
        rows = [self.of(row) for row in table.rows if row not in mine]
        if mine and table.total is not None:  # only rows that have a total may be added up
            rows.append(_row(mine))
        words = self._several(table.words)
        return replace(table, rows=tuple(rows), words=words)


def _row(rows: Sequence[SideRow]) -> SideRow:
    amounts = tuple(
        None if all(one is None for one in column) else sum(one or 0 for one in column)
        for column in zip(*(row.amounts for row in rows), strict=True)
    )
    return SideRow(EXEMPT_ITEMS, amounts)


def _together(entries: Iterable[Any]) -> list[Any]:
    """One entry for all that may be added up; nothing for entries that are words."""
    alike: dict[tuple[Any, ...], list[Any]] = {}
    for one in entries:
        if type(one) in _ALIKE:
            alike.setdefault((type(one), *_ALIKE[type(one)](one)), []).append(one)
    return [_SUM[key[0]](some, number) for number, (key, some) in enumerate(alike.items(), 1)]


def _exception(some: Sequence[StatusException], _: int) -> StatusException:
    whole = sum(one.amount for one in some)
    first = some[0]
    return StatusException(
        "", EXEMPT_ITEMS, first.workstream, first.status, whole, _UNTOLD, _UNTOLD, "", ""
    )


def _pressure(some: Sequence[Pressure], _: int) -> Pressure:
    return Pressure("", EXEMPT_ITEMS, some[0].month, sum(one.amount for one in some), _UNTOLD)


def _mtfs(some: Sequence[MtfsException], _: int) -> MtfsException:
    return MtfsException("", EXEMPT_ITEMS, sum(one.amount for one in some), _UNTOLD)


def _part(some: Sequence[TracePart], _: int) -> TracePart:
    return TracePart("", EXEMPT_ITEMS, sum(one.amount for one in some))


def _benefit(some: Sequence[BenefitEntry], number: int) -> BenefitEntry:
    first = some[0]
    stages = dict.fromkeys(one.stage for one in some)
    return replace(
        first,
        ref=f"X{number}",
        name=EXEMPT_ITEMS,
        stage=first.stage if len(stages) == 1 else "several",
        owner="not told",
        cabinet_member="not told",
        finance_partner="not told",
        confidence="not told",
        status=None,
        years=_years(some),
        events=(),
        note="These benefits are exempt: they are told of in totals only.",
        benefit="",
    )


def _years(some: Sequence[BenefitEntry]) -> tuple[BenefitYear, ...]:
    sums: dict[FinancialYear, list[int]] = {}
    for year in (year for one in some for year in one.years):
        held = sums.setdefault(year.year, [0, 0, 0, 0, 0])
        for place, name in enumerate(_COLUMNS):
            held[place] += getattr(year, name)
    return tuple(BenefitYear(year, *sums[year]) for year in sorted(sums))


_COLUMNS = ("original_plan", "plan", "forecast", "verified", "claimed")
#: By what entries are alike, so that their amounts may be added.
_ALIKE: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    StatusException: lambda one: (one.workstream, one.status),
    Pressure: lambda one: (one.month,),
    MtfsException: lambda one: (one.sentence.startswith("Signed off"),),
    TracePart: lambda _: (),
    BenefitEntry: lambda one: (one.workstream, one.kind, one.fund, one.nature, one.basis),
}
_SUM: dict[type, Callable[[Any, int], Any]] = {
    StatusException: _exception,
    Pressure: _pressure,
    MtfsException: _mtfs,
    TracePart: _part,
    BenefitEntry: _benefit,
}
