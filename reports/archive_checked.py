"""Whether a report in the archive is the one that was issued: its bytes, and all beside them."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from eventlog.recorded import Recorded
from eventlog.stored import misfit
from reports.archive import report_archive

#: What the archive says as the event of the issue says it.
_AS_ISSUED = ("position", "closing", "reason", "pdf_sha256", "inputs_sha256")


def fault_of(row: Any, issued: Recorded[Any] | None, signed: set[str]) -> str:
    """What is wrong with a row of the archive, to follow its name; empty when nothing is.

    ``issued`` is the event that says that it was issued, ``signed`` are the notes of all
    checkpoints that are kept.
    """
    wrong = misfit(report_archive, row)  # both archives have the same columns
    if wrong:
        return wrong
    if issued is None:
        return "is kept but the log does not say that it was issued."
    return next(_faults(row, issued, signed), "")


def _faults(row: Any, issued: Recorded[Any], signed: set[str]) -> Iterator[str]:
    if sha256(row.pdf).hexdigest() != issued.event.pdf_sha256:
        yield "is not the file that was issued: its bytes have changed."
    if sha256(row.inputs.encode()).hexdigest() != issued.event.inputs_sha256:
        yield "has other inputs than those it was issued with."
    inputs = _inputs(row.inputs)
    if inputs is None:
        yield "has inputs that cannot be read."
        return
    for name, should in _beside(row, issued, inputs).items():
        if getattr(row, name) != should:
            yield f"has {name} {getattr(row, name)!r}, and was issued with {should!r}."
    yield from _pages(row)
    yield from _signature(inputs, signed)


def _inputs(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _beside(row: Any, issued: Recorded[Any], inputs: dict[str, Any]) -> dict[str, Any]:
    """What each column beside the bytes should be.

    The log writes an event down later than it happened when the row before is later still, so
    the moment of the issue is the one that the inputs give, which the event seals.
    """
    said = {name: getattr(issued.event, name) for name in _AS_ISSUED}
    at = inputs.get("time_of_issue", issued.recorded_at.isoformat())
    return said | {"issued_by": issued.actor, "issued_at": at, "size": len(row.pdf)}


def _pages(row: Any) -> Iterator[str]:
    from reports.pdf import NoPdf, page_count

    try:
        pages = page_count(row.pdf)
    except NoPdf:
        yield "is no PDF that can be read."
        return
    if pages != row.pages:
        yield f"has pages {row.pages}, and its file has {pages}."


def _signature(inputs: dict[str, Any], signed: set[str]) -> Iterator[str]:
    """Whether the checkpoint that the report printed is still kept."""
    printed = inputs.get("checkpoint", "")
    if printed and printed not in signed:
        yield "prints a signed checkpoint that is not kept any more: it was taken out."
