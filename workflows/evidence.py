"""Evidence files, kept in the database under their SHA-256. Kept, not rebuilt from the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Table, Text, insert, select

from benefits.refusals import Refused
from eventlog.database import metadata
from eventlog.recorded import Recorded
from eventlog.stored import held_back, misfit

#: What may be kept, by ending. Nothing here runs in a browser; it is always served as a download.
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".eml": "message/rfc822",
}

evidence_files = Table(
    "evidence_files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_at", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes with their SHA-256 (lower-case hex), size in bytes and media type."""

    sha256: str
    size: int
    media_type: str
    content: bytes


def examine(name: str, content: bytes, largest: int) -> File:
    """Check a file before it is kept. ``largest`` is in bytes. Raises ``Refused``."""
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in MEDIA_TYPES:
        kinds = ", ".join(sorted(kind.removeprefix(".") for kind in MEDIA_TYPES))
        raise Refused(f"“{name[:80]}” cannot be kept as evidence. Use one of: {kinds}.")
    if not content:
        raise Refused(f"“{name[:80]}” is empty. Choose the file again.")
    if len(content) > largest:
        raise Refused(
            f"“{name[:80]}” is {len(content) / 1e6:.1f} MB; the most is {largest / 1e6:.0f} MB."
        )
    return File(sha256(content).hexdigest(), len(content), MEDIA_TYPES[ending], content)


def keep(connection: Connection, file: File, at: datetime) -> None:
    """Keep the bytes, once. For ``handle(also=…)``: in the transaction of the event."""
    known = select(evidence_files.c.sha256).where(evidence_files.c.sha256 == file.sha256)
    if connection.execute(known).first() is None:
        connection.execute(
            insert(evidence_files).values(
                sha256=file.sha256,
                size=file.size,
                media_type=file.media_type,
                content=file.content,
                kept_at=at.isoformat(),
            )
        )


def fetch(connection: Connection, digest: str) -> File | None:
    """The file with this SHA-256."""
    row = connection.execute(
        select(
            evidence_files.c.sha256,
            evidence_files.c.size,
            evidence_files.c.media_type,
            evidence_files.c.content,
        ).where(evidence_files.c.sha256 == digest)
    ).first()
    return File(*row) if row else None


def fault_of(connection: Connection, row: Any, attached: Sequence[Recorded[Any]]) -> str:
    """What is wrong with a row of ``evidence_files``, to follow its name; empty when nothing is.

    ``attached`` are the events that name the file, the first first: it was kept with that one.
    """
    wrong = misfit(evidence_files, row)
    if wrong:
        return wrong
    if sha256(row.content).hexdigest() != row.sha256:
        return "has changed since it was kept."
    if not attached:
        return "is kept but the log does not say that it was attached."
    first = attached[0]
    should = {"size": len(row.content), "media_type": first.event.media_type}
    for name, value in should.items():
        if getattr(row, name) != value:
            return f"has {name} {getattr(row, name)!r}, and was attached with {value!r}."
    return _kept_fault(connection, row.kept_at, attached[0])


def _kept_fault(connection: Connection, kept_at: str, first: Recorded[Any]) -> str:
    try:
        late = datetime.fromisoformat(kept_at) - first.recorded_at
    except (ValueError, TypeError):
        return f"has kept_at {kept_at!r}, which is no instant."
    if late and (late > timedelta() or not held_back(connection, first)):
        return f"has kept_at {kept_at!r}, and was attached at {first.recorded_at.isoformat()!r}."
    return ""
