"""Reads the events of an exported log from its file alone, and checks its chain on the way.

No database is needed: whoever has the file and this program can work out again what follows.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventlog.catalogue import Catalogue, UnknownEvent
from eventlog.faults import DatabaseFault
from eventlog.recorded import Recorded
from eventlog.seal import HASHED, Row, Verdict, verify_rows

COLUMNS = (*HASHED, "prev_hash", "hash")


class NotALog(DatabaseFault):
    """The file is not an exported log that can be read."""


@dataclass(frozen=True, slots=True)
class ExportedLog:
    """The events in the order of the log, and what the check of its chain found.

    When the chain breaks, the events before the break are here.
    """

    events: tuple[Recorded[Any], ...]
    verdict: Verdict


def read_export(lines: Iterable[str], catalogue: Catalogue) -> ExportedLog:
    """Every event of an export's lines. Raises ``NotALog``, naming the line that is at fault."""
    rows: list[Row] = []

    def kept() -> Iterator[Row]:
        for number, line in enumerate(lines, 1):
            found = _parsed(number, line)
            if found is None:
                return
            row = tuple(found[name] for name in COLUMNS)
            rows.append(row)
            yield row

    verdict = verify_rows(kept())
    events = tuple(_event(row, catalogue) for row in rows[: verdict.events])
    return ExportedLog(events, verdict)


def _parsed(number: int, line: str) -> dict[str, Any] | None:
    """The columns of a row; None for the checkpoints, which stand after the last row."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and "checkpoint" in found:
        return None
    if not isinstance(found, dict) or found.keys() != set(COLUMNS):
        raise NotALog(
            f"Line {number} of the file is not a row of a log. Export it with: realise export-log"
        )
    return found


def _event(row: Row, catalogue: Catalogue) -> Recorded[Any]:
    (position, event_id, stream, version, kind, schema_version, stamp, actor, correlation,
     causation, payload, _, sealed) = row  # fmt: skip
    try:
        event = catalogue.decode(str(kind), int(schema_version or 0), str(payload))
        instant = datetime.fromisoformat(str(stamp))
    except (UnknownEvent, ValueError, TypeError) as fault:
        raise NotALog(f"Position {position} cannot be read by this version: {fault}") from fault
    return Recorded(
        int(position or 0), str(event_id), str(stream), int(version or 0), str(kind),
        int(schema_version or 0), instant, str(actor), str(correlation),
        None if causation is None else str(causation), event, str(sealed),
    )  # fmt: skip
