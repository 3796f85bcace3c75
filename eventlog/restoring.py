"""Puts a backup back into an empty place: all of it, or nothing."""

import json
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection, MetaData, Table, insert, inspect
from sqlalchemy.exc import (
    OperationalError,
    StatementError,
)  # fmt: skip

from eventlog.backup import LOG, MANIFEST, TABLES, BackupFault, Manifest, Member, kept_tables
from eventlog.database import Database
from eventlog.export_lines import without_repeats
from eventlog.exported import Imported, NotEmpty, import_log
from eventlog.schema import owning, revision_of, upgrade_within
from eventlog.signed_note import BadKey, Verifier
from eventlog.store import Store

_CHUNK, _FEW = 1 << 20, 50
Check: TypeAlias = Callable[[Connection, Manifest], None]


def restore_backup(
    store: Store, owner: Database, file: Path, check: Check | None = None
) -> tuple[Manifest, Imported]:
    """Make the tables in an empty database and fill them, with the read tables, or do nothing.

    ``store`` is the application's, with its projections; ``owner`` opens the same database for
    the owner of the tables. Every byte is compared with the manifest before anything is written.
    ``check`` looks at what was put back before it stays: what it raises, leaves nothing.
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
            there = set(inspect(connection).get_table_names())
            upgrade_within(connection, store.database)
            _must_have_every_table(store, connection, manifest, there)
            with closing(_lines(archive, LOG)) as lines:
                imported = import_log(store, connection, lines)
            _must_be_what_was_said(manifest, imported)
            if check is not None:
                check(connection, manifest)
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
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
        for key in manifest.keys:
            Verifier.read(key)
    except BadKey as fault:
        raise BackupFault(
            f"The backup names a public key that is none. {fault} Nothing was restored."
        ) from fault
    except (KeyError, ValueError, RecursionError) as fault:
        raise BackupFault("The file is not a backup of Realise: nothing was restored.") from fault
    if manifest.format != 1 or LOG not in manifest.members:
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


def _must_be_what_was_said(manifest: Manifest, imported: Imported) -> None:
    if (imported.events, imported.hash) != (manifest.position, manifest.hash):
        raise BackupFault(
            f"The backup says that its log has {manifest.position:,} events ending with hash "
            f"{manifest.hash[:64]}, and it has {imported.events:,} ending with {imported.hash}: "
            "nothing was restored."
        )


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
            with closing(_lines(archive, name)) as lines:
                _fill(connection, table, lines)
            wanted.remove(name)
    if wanted:
        raise BackupFault(f"The backup has tables that are not known here: {', '.join(wanted)}.")


def _must_have_every_table(
    store: Store, connection: Connection, manifest: Manifest, there: set[str]
) -> None:
    """Each kept table that the backup's own version had is in it, be it without a row."""
    names = (table.name for table in kept_tables(store, connection))
    left_out = sorted(
        f"{TABLES}{name}.jsonl"
        for name in names
        if name in there and f"{TABLES}{name}.jsonl" not in manifest.members
    )
    if left_out:
        raise BackupFault(
            f"The backup lacks {', '.join(left_out)}, and its list does not name it: somebody took "
            "it out. Nothing was restored."
        )


def _fill(connection: Connection, table: Table, lines: Iterator[str]) -> None:
    """Put the rows of a table back. Raises ``BackupFault`` for one that cannot be one of it."""
    name, done, columns = f"{TABLES}{table.name}.jsonl", 0, {column.name for column in table.c}
    try:
        while some := [_row(line, columns) for line in islice(lines, _FEW)]:
            connection.execute(insert(table), some)
            done += len(some)
    except OperationalError:  # of the database, not of the row
        raise
    except (ValueError, OverflowError, RecursionError, StatementError) as fault:
        raise BackupFault(
            f"{name} in the backup holds what is no row of that table, at one of its lines from "
            f"{done + 1:,} to {done + _FEW:,}: nothing was restored."
        ) from fault


def _row(line: str, columns: set[str]) -> dict[str, Any]:
    found = json.loads(line, object_pairs_hook=without_repeats)
    if not isinstance(found, dict) or found.keys() != columns:
        raise ValueError("It has other columns than the table.")
    return {name: _value(value) for name, value in found.items()}


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value.keys() != {"base64"} or not isinstance(value["base64"], str):
        raise ValueError("It is no value of a column.")
    return b64decode(value["base64"], validate=True)


def _lines(archive: zipfile.ZipFile, name: str) -> Generator[str, None, None]:
    with archive.open(name) as opened:
        for line in opened:  # bytes, so that only a line end ends a line
            try:
                yield line.decode()
            except UnicodeDecodeError as fault:
                raise BackupFault(
                    f"{name} in the backup is not text: nothing was restored."
                ) from fault
