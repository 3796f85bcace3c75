"""A report as it was printed, read back from the data that its own PDF carries.

Nothing is worked out again: the pages made of it can hold no figure that the PDF does not.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from benefits.periods import FinancialYear, Month
from reports.attached import NotAReport, attached
from reports.composing.tables import OneOffRow
from reports.contents import ReportContents
from reports.money_tables import CashRow, RecurringRow

_Known = Mapping[Any, type]
#: Rows of money say what they count; the same columns can stand for unlike money.
_ROWS: dict[str, type] = {row.BASIS: row for row in (RecurringRow, CashRow, OneOffRow)}


@lru_cache(maxsize=8)
def printed(pdf: bytes) -> ReportContents:
    """What a report prints. Raises ``NotAReport`` for a file that is none, or that is damaged."""
    return contents_of(attached(pdf).report)


def contents_of(report: Mapping[str, Any]) -> ReportContents:
    """The contents from the plain values of ``report.json``. Raises ``NotAReport``."""
    try:
        found: ReportContents = _read(ReportContents, report, {})
    except (TypeError, ValueError, KeyError) as fault:
        raise NotAReport(f"The figures in the PDF cannot be read: {fault}") from fault
    return found


def _read(wanted: Any, value: Any, known: _Known) -> Any:
    wanted = known.get(wanted, wanted) if isinstance(wanted, TypeVar) else wanted
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        return _one_of(parts, value, known)
    if origin is tuple:
        return _tuple(parts, value, known)
    if is_dataclass(origin) and isinstance(origin, type):
        names = getattr(origin, "__parameters__", ())
        return _fields(origin, value, dict(zip(names, parts, strict=True)))
    return _plain(wanted, value)


def _plain(wanted: Any, value: Any) -> Any:
    if wanted in (Month, FinancialYear):
        return wanted.parse(value)
    if wanted in (datetime, date):
        return wanted.fromisoformat(value)
    if wanted is Decimal or (isinstance(wanted, type) and issubclass(wanted, Enum)):
        return wanted(value)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _fields(wanted, value, {})
    if wanted is not Any and (
        type(value) is not (type(None) if wanted is None else wanted)  # True is no number
    ):
        raise TypeError(f"{value!r} stands where {wanted} should.")
    return value


def _one_of(kinds: tuple[Any, ...], value: Any, known: _Known) -> Any:
    for kind in kinds:
        try:
            return _read(kind, value, known)
        except (TypeError, ValueError, KeyError, AttributeError):
            continue
    raise TypeError("A part of the report has a shape that is not known.")


def _tuple(parts: tuple[Any, ...], value: Any, known: _Known) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError("A list is missing.")
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_read(parts[0], one, known) for one in value)
    return tuple(_read(part, one, known) for part, one in zip(parts, value, strict=True))


def _fields(kind: type, value: Any, known: _Known) -> Any:
    if not isinstance(value, Mapping):
        raise TypeError(f"{kind.__name__} is missing.")
    kind, held = _row_of(kind, dict(value))
    hints = _hints(kind)
    if held.keys() - hints.keys():
        raise KeyError(f"{kind.__name__} has no {', '.join(sorted(held.keys() - hints.keys()))}")
    return kind(
        **{
            one.name: _read(hints[one.name], held[one.name], known)
            for one in fields(kind)
            if one.name in held or _needed(one)
        }
    )


def _row_of(kind: type, held: dict[str, Any]) -> tuple[type, dict[str, Any]]:
    """The sort of row that was printed, which must be of the kind that is wanted."""
    counted = held.pop("counted", "") if hasattr(kind, "BASIS") else ""
    found = _ROWS[counted] if counted else kind
    if not issubclass(found, kind):
        raise TypeError(f"{counted} stands where {kind.__name__} should.")
    return found, held


def _needed(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


@lru_cache(maxsize=128)
def _hints(kind: type) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in names}
