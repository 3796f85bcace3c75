"""Everything that is kept, in one file, as it stood at one moment, while people go on working.

The file is a zip: ``log.jsonl`` (as ``exported`` writes it), ``tables/<name>.jsonl`` for each
table that a rebuild could not make again, and ``manifest.json`` with the SHA-256 of each.
"""

import json
import os
import secrets
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select

from eventlog.appending import last_row
from eventlog.driver import Driver
from eventlog.exported import export_log
from eventlog.faults import DatabaseFault
from eventlog.schema import revision_of
from eventlog.store import Store
from eventlog.tables import TWIN

LOG, MANIFEST, TABLES = "log.jsonl", "manifest.json", "tables/"
_FEW = 20
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BackupFault(DatabaseFault):
    """The backup could not be written, or cannot be used."""


@dataclass(frozen=True, slots=True)
class Member:
    """What one file within a backup holds: bytes, lines, and their SHA-256."""

    sha256: str
    size: int
    lines: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the log up to a position, tables of a revision, and each file."""

    format: int
    made_at: str
    revision: str
    position: int
    hash: str
    keys: list[str]
    members: dict[str, Member]


def back_up(store: Store, file: Path, made_at: str, keys: Sequence[str] = ()) -> Manifest:
    """Write the backup. ``file`` must not be there yet; only its owner may read it.

    ``keys`` are the public keys that have signed its checkpoints; no private one is in it.
    Raises ``BackupFault``; then no file is left.
    """
    if file.exists():
        raise BackupFault(f"{file} is there already. Give the backup another name.")
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        with _new(fresh) as opened:
            manifest = _fill(store, opened, made_at, keys)
            opened.flush()
            os.fsync(opened.fileno())
        file.hardlink_to(fresh)
    except FileExistsError as fault:
        raise BackupFault(f"{file} is there already. Give the backup another name.") from fault
    except OSError as fault:
        raise BackupFault(f"The backup cannot be written to {file}: {fault.strerror}.") from fault
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def _new(fresh: Path) -> Any:
    return os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _fill(store: Store, opened: Any, made_at: str, keys: Sequence[str]) -> Manifest:
    members: dict[str, Member] = {}
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
        with store.database.read() as connection:
            position, sealed, _ = last_row(Driver.of(connection))
            members[LOG] = _member(archive, LOG, export_log(connection))
            for table in kept_tables(store, connection):
                name = f"{TABLES}{table.name}.jsonl"
                members[name] = _member(archive, name, _lines(connection, table))
            revision = revision_of(connection)
        manifest = Manifest(1, made_at, str(revision), position, sealed, [*keys], members)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def kept_tables(store: Store, connection: Connection) -> list[Table]:
    """Every table there is but the log with its checkpoints, and those worked out from it.

    Read from the database itself, so that no table can be forgotten; in the order of their keys.
    """
    worked_out = {table.name for one in store.projections for table in one.tables}
    left_out = worked_out | {name + TWIN for name in worked_out}
    left_out |= {"events", "checkpoints", "alembic_version"}
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in left_out]


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_FEW)
    for row in connection.execute(query).mappings():
        yield _write({name: _plain(value) for name, value in row.items()})


def _plain(value: Any) -> Any:
    return {"base64": b64encode(value).decode()} if isinstance(value, bytes) else value


def _member(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> Member:
    digest, size, count = sha256(), 0, 0
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as opened:
        for line in lines:
            written = f"{line}\n".encode()
            opened.write(written)
            digest.update(written)
            size, count = size + len(written), count + 1
    return Member(digest.hexdigest(), size, count)
