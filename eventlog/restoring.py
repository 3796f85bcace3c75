"""Puts a backup back into an empty place: all of it, or nothing."""

import json
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, inspect

from eventlog.backup import LOG, MANIFEST, TABLES, BackupFault, Manifest, Member
from eventlog.database import Database
from eventlog.exported import Imported, NotEmpty, import_log
from eventlog.schema import owning, revision_of, upgrade_within
from eventlog.store import Store

_CHUNK, _FEW = 1 << 20, 50


def restore_backup(store: Store, owner: Database, file: Path) -> tuple[Manifest, Imported]:
    """Make the tables in an empty database and fill them, with the read tables, or do nothing.

    ``store`` is the application's, with its projections; ``owner`` opens the same database for
    the owner of the tables. Every byte is compared with the manifest before anything is written.
    Raises ``BackupFault`` or ``NotEmpty``.
    """
    with _opened(file) as archive:
        manifest = read_manifest(archive)
        for name, member in manifest.members.items():
            _compare(archive, name, member)
        with owning(owner) as connection:
            _must_be_empty(connection, manifest)
            upgrade_within(connection, store.database, manifest.revision)
            _fill_kept(connection, archive, manifest)
            upgrade_within(connection, store.database)
            imported = import_log(store, connection, _lines(archive, LOG))
    return manifest, imported


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise BackupFault(f"{file} is encrypted, as no backup of Realise is.")
            yield archive
    except FileNotFoundError as fault:
        raise BackupFault(f"There is no file {file}: check its name.") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
        raise BackupFault(
            f"{file} is not a backup, or is damaged: nothing was restored."
        ) from fault
    except OSError as fault:
        raise BackupFault(f"{file} cannot be read: {fault.strerror}.") from fault


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the backup says that it holds. Raises ``BackupFault``."""
    try:
        said = json.loads(archive.read(MANIFEST))
        members = {name: Member(**member) for name, member in said.pop("members").items()}
        manifest = Manifest(**said, members=members)
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise BackupFault("The file is not a backup of Realise: nothing was restored.") from fault
    if manifest.format != 1 or LOG not in members:
        raise BackupFault("The backup was made by a newer Realise than this one. Use that one.")
    return manifest


def _compare(archive: zipfile.ZipFile, name: str, member: Member) -> None:
    digest = sha256()
    try:
        with archive.open(name) as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
    except KeyError as fault:
        raise BackupFault(f"The backup lacks {name}: nothing was restored.") from fault
    if digest.hexdigest() != member.sha256:
        raise BackupFault(f"{name} in the backup has changed: nothing was restored.")


def _must_be_empty(connection: Connection, manifest: Manifest) -> None:
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    quoted = connection.dialect.identifier_preparer.quote_identifier
    for name in names:
        query = f"SELECT 1 FROM {quoted(name)} LIMIT 1"  # noqa: S608 - a name of the database's own
        if connection.exec_driver_sql(query).first() is not None:
            raise NotEmpty(
                "The database is not empty: nothing was restored. Set REALISE_DATABASE_URL to a "
                "new one (and REALISE_OWNER_DATABASE_URL with it)."
            )
    if names and revision_of(connection) != manifest.revision:
        raise NotEmpty(
            "The tables here are of another version than the backup. Restore into a database "
            "that has no tables yet: they are made."
        )


def _fill_kept(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    found = MetaData()
    found.reflect(connection)
    wanted = {name for name in manifest.members if name.startswith(TABLES)}
    for table in found.sorted_tables:
        name = f"{TABLES}{table.name}.jsonl"
        if name in wanted:
            _fill(connection, table, _lines(archive, name))
            wanted.remove(name)
    if wanted:
        raise BackupFault(f"The backup has tables that are not known here: {', '.join(wanted)}.")


def _fill(connection: Connection, table: Table, lines: Iterator[str]) -> None:
    while some := [_row(line) for line in islice(lines, _FEW)]:
        connection.execute(insert(table), some)


def _row(line: str) -> dict[str, Any]:
    return {name: _value(value) for name, value in json.loads(line).items()}


def _value(value: Any) -> Any:
    return b64decode(value["base64"]) if isinstance(value, dict) else value


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as opened:
        for line in opened:  # bytes, so that only a line end ends a line
            yield line.decode()
