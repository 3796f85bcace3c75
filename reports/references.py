"""Every short reference that the report prints must lead to an entry of its appendix."""

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


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for part in value:
            yield from _references(part)
    elif is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            if field.name == "ref":
                yield part
            else:
                yield from _references(part)
