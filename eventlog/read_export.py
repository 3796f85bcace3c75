"""Reads the events of an exported log from its file alone, and checks its chain on the way.

No database is needed: whoever has the file and this program can work out again what follows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventlog.catalogue import Catalogue, UnknownEvent
from eventlog.export_lines import BadLine, ExportLines
from eventlog.faults import DatabaseFault
from eventlog.recorded import Recorded
from eventlog.seal import Row, Verdict, verify_rows


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
    read = ExportLines(lines)

    def kept() -> Iterator[Row]:
        for row in read.rows():
            rows.append(row)
            yield row

    try:
        verdict = verify_rows(kept())
        if verdict.sound:
            read.must_be_whole(verdict)
    except BadLine as fault:
        raise NotALog(f"{fault} Export it with: realise export-log") from fault
    events = tuple(_event(row, catalogue) for row in rows[: verdict.events])
    return ExportedLog(events, verdict)


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
