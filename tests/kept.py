"""A council with something in every table: for tests of backups, exports and crashes."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import Result
from sqlalchemy import Connection, MetaData, select

from benefits.commands.details import AttachEvidence
from benefits.periods import Month
from eventlog.checkpoints import latest
from eventlog.database import Database
from eventlog.recorded import Recorded
from reports.archive import canonical
from reports.issuing import Made, Reports
from tests.scenario import PROGRAMME, Scenario, begin, saves
from workflows import evidence, ledger

JULY = Month(2024, 7)
FILE = evidence.examine("minutes.txt", "Agreed: £1.2m “in full”.\n".encode() * 300, 10**6)


def one_page(held: bytes) -> bytes:
    """A PDF of an empty page that holds these bytes beside it."""
    written = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.Held = made.make_stream(held)
        made.save(written, static_id=True, compress_streams=False)
    return written.getvalue()


def quick_reports(patch: pytest.MonkeyPatch) -> None:
    """Reports of a few bytes that differ by position, so that no pages are drawn."""

    def make(reports: Reports, request: Any, _: object) -> Made:
        pdf = one_page(f"{request.month} {request.position}".encode() + bytes(range(256)) * 40)
        with reports.store.database.read() as connection:
            signed = latest(connection, request.position)
        inputs = {"position": request.position, "checkpoint": signed.note if signed else ""}
        return Made(pdf, 1, canonical(inputs), request.position, "closed")

    patch.setattr(Reports, "_make", make)


def lived_in(url: str, folder: Path) -> Scenario:
    """Benefits in delivery, evidence, an issued report with its email, checkpoints, a job's run."""
    scenario = begin(url, folder)
    homes = scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    scenario.on("2024-07-09")
    scenario.verified(homes, scenario.claimed(homes, 60_000, "2024-07"))
    attach(scenario, homes, "minutes")
    scenario.on("2024-08-05").closed("2024-07")
    scenario.realise.reports.issue(PROGRAMME, JULY, by="pat", at=scenario.at)
    with scenario.realise.database.write() as connection:
        ledger.claim(connection, "a job", "2024-08-05", scenario.at)
    scenario.on("2024-08-06").identified("Shared “buildings” – 東", saves(5, "2025-04"))
    return scenario


def has_lived(url: str, folder: Path) -> None:
    """The same, made to be copied (tests/copies.py)."""
    with pytest.MonkeyPatch.context() as patch:
        quick_reports(patch)
        lived_in(url, folder).realise.database.close()


def attach(scenario: Scenario, benefit: str, name: str) -> None:
    """Keep the file as evidence of a benefit."""

    def keep(connection: Connection, _: Sequence[Recorded[Any]]) -> None:
        evidence.keep(connection, FILE, scenario.at)

    asked = AttachEvidence(benefit, name, "Minutes", FILE.sha256, FILE.size, FILE.media_type)
    scenario.realise.handle(asked, by="pat", at=scenario.at, also=keep)


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in order, whatever the database."""
    database = Database.open(url)
    try:
        with database.read() as connection:
            found = MetaData()
            found.reflect(connection)
            return {
                table.name: sorted(
                    (tuple(row) for row in connection.execute(select(table))), key=repr
                )
                for table in found.sorted_tables
            }
    finally:
        database.close()


def did(result: Result) -> Result:
    """What a command said that must have ended well."""
    assert result.exit_code == 0, (result.output, result.exception)
    return result
