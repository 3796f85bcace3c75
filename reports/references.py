"""Every short reference that the report prints must lead to an entry of its appendix.

A reference to a figure must lead to that figure: its entry gives an amount that stands beside it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from reports.contents import ReportContents


class LeadsNowhere(ValueError):
    """A reference has no entry in the appendix, or two, so its figure cannot be traced."""


def check_references(contents: ReportContents) -> None:
    """Raise ``LeadsNowhere``, naming the references, unless each leads to exactly one entry."""
    appendix = contents.appendix
    held = [benefit.ref for benefit in appendix.benefits]
    entries = Counter([*held, *(trace.ref for trace in appendix.traces)])
    twice = sorted(ref for ref, times in entries.items() if times > 1)
    lost = sorted({ref for ref in _references(contents) if ref and ref not in entries})
    if twice or lost:
        what = "stand twice in the appendix" if twice else "have no entry in the appendix"
        raise LeadsNowhere(
            f"These references {what}: {', '.join((twice or lost)[:10])}. "
            "Their figures could not be traced, so the report was not made."
        )
    given = {trace.ref: trace.amount for trace in appendix.traces}
    other = sorted(
        {ref for ref, beside in _beside(contents) if ref in given and given[ref] not in beside}
    )
    if other:
        raise LeadsNowhere(
            "These references stand beside another figure than their entry gives: "
            f"{', '.join(other[:10])}. So the report was not made."
        )


def _references(value: Any) -> Iterator[str]:
    return (ref for ref, _ in _beside(value))


def _beside(value: Any) -> Iterator[tuple[str, list[Any]]]:
    """Each reference, with what is printed beside it."""
    if isinstance(value, tuple):
        for part in value:
            yield from _beside(part)
    elif is_dataclass(value):
        held = {field.name: getattr(value, field.name) for field in fields(value)}
        if "ref" in held:
            yield held["ref"], [*held.values(), *held.get("amounts", ())]
        for part in held.values():
            yield from _beside(part)
