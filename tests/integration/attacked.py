"""A log that somebody may do anything to, and an auditor who keeps an older checkpoint of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from eventlog.database import Database
from eventlog.export_lines import COLUMNS
from eventlog.exported import export_log
from eventlog.schema import owning
from eventlog.seal import hash_of
from eventlog.signed_note import Keys, Signer
from eventlog.store import Store
from tests.verifier import Verdict, run_verifier

KEYS = Keys(Signer.fresh())
KEY = str(KEYS.signer.verifier)


@dataclass
class Attacked:
    """A log of twelve events, signed at 4 and at 9, of which an auditor keeps the second."""

    store: Store
    owner: Database
    folder: Path

    @property
    def kept(self) -> Path:
        return self.folder / "kept.txt"

    def verify(self, *more: str | Path) -> Verdict:
        """Export the log as it is now, and have it verified."""
        export = self.folder / "log.jsonl"
        with self.store.database.read() as connection:
            lines = list(export_log(connection))
        export.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return run_verifier(self.folder, export, "--key", KEY, *more)

    def verify_with_kept(self) -> Verdict:
        return self.verify("--checkpoint", self.kept)

    def change(self, *statements: str) -> None:
        with owning(self.owner) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


def switch_off(connection: Connection, table: str) -> None:
    """Take the guards of a table away, as its owner can."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        return
    query = f"SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}'"
    for name in connection.exec_driver_sql(query).scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def sealed_again(connection: Connection, since: int) -> None:
    """Give every row from a position on the place and the hashes that make the chain whole."""
    rows = connection.exec_driver_sql(
        f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY position"
    ).all()
    last = "0" * 64
    for place, row in enumerate(rows, 1):
        values = [place, row[1], row[2], place, *row[4:11]]
        sealed = hash_of(last, values)
        if place >= since:
            connection.exec_driver_sql(
                f"UPDATE events SET position = {place}, version = {place}, prev_hash = '{last}', "
                f"hash = '{sealed}' WHERE event_id = '{row[1]}'"
            )
        last = sealed


def must_be_found(verdict: Verdict, *positions: int) -> None:
    """It failed, and the first row that is named is one of these."""
    assert verdict.status == 1, verdict
    named = re.search(r"Position (\d+)", verdict.bad)
    assert named is not None, verdict
    assert int(named[1]) in positions, verdict
