"""The record as the public may read it: an exempt benefit keeps its money and loses its words.

Nothing that anybody wrote of such a benefit goes any further than here, so that no section of a
public edition can print it, whatever is added to the report later.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from benefits.benefit import Benefit
from reports.composing.record import Record, Told

#: What exempt benefits are called in a public edition.
EXEMPT_ITEMS = "Exempt items"
#: Text that is no words: ids, what money is filed under, and measured values.
_KEPT = frozenset(
    {
        *("benefit", "programme", "workstream", "group", "claim", "milestone", "measure", "risk"),
        *("erosion", "evidence", "case", "condition", "overlap", "other", "investment", "line"),
        *("seat", "board", "budget_line", "pressure", "cover", "replacement", "sha256"),
        *("media_type", "baseline", "value"),
    }
)
#: Ids of people: a public edition does not say who they are.
_PEOPLE = frozenset(
    {
        *("owner", "finance_partner", "cabinet_member", "person", "agreed_by", "by", "made_by"),
        *("verified_by", "reported_by", "voter", "value_confirmed_by"),
    }
)


def exempt_refs(record: Record) -> frozenset[str]:
    """The references of the exempt benefits, such as ``B41``."""
    return frozenset(told.ref for told in record.benefits if told.exempt)


def published(record: Record) -> Record:
    """The record without a word of the exempt benefits."""
    return _each(record, _silent)


def marked(record: Record) -> Record:
    """The record for those who may read all of it: exempt benefits are marked as such."""
    return _each(record, _called_exempt)


def _each(record: Record, change: Any) -> Record:
    if not any(told.exempt for told in record.benefits):
        return record
    told = tuple(change(one) if one.exempt else one for one in record.benefits)
    return replace(record, benefits=told)


def _called_exempt(told: Told) -> Told:
    title = f"{told.benefit.title} (exempt)"
    return replace(told, benefit=replace(told.benefit, title=title))


def _silent(told: Told) -> Told:
    benefit: Benefit = _wordless(told.benefit)
    events = [recorded.telling(_wordless(recorded.event)) for recorded in told.events]
    return replace(told, benefit=benefit, events=events)


def _wordless(value: Any) -> Any:
    """The same value with every word in it replaced; what was empty stays empty."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            held = getattr(value, field.name)
            new = _text(field.name, held) if type(held) is str else _wordless(held)
            if new is not held:
                changed[field.name] = new
        return replace(value, **changed) if changed else value
    if isinstance(value, tuple | list) and value:
        return type(value)(_wordless(part) for part in value)
    if isinstance(value, Mapping) and value:
        return {key: _wordless(part) for key, part in value.items()}
    return value


def _text(name: str, held: str) -> str:
    if name in _KEPT or not held:
        return held
    return "" if name in _PEOPLE else EXEMPT_ITEMS
