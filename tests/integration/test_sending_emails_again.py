"""An email that was given up goes again when an administrator says so, and no other one does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from entrypoints.cli import realise
from eventlog.database import Database
from tests.desks import Desks, at_their_desks
from tests.scenario import begin
from workflows import outbox
from workflows.outbox import Fault, Message

AT = datetime(2024, 5, 3, 9, tzinfo=UTC)
REFUSED = "The mail server refused the address."


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    with scenario.realise.database.write() as connection:
        notes = [Message(name, "cleo", "report", f"Report {name}", "Words.") for name in ("a", "b")]
        outbox.queue(connection, notes, AT)
        for _ in notes:
            taken = outbox.take(connection, AT)
            assert taken is not None
            if taken.message.message == "a":
                outbox.failed(connection, taken, AT, Fault(REFUSED, final=True))
            else:
                outbox.sent(connection, taken.message.message, AT)
    with at_their_desks(scenario, tmp_path) as found:
        yield found


def _states(url: str) -> dict[str, Any]:
    database = Database.open(url)
    with database.read() as connection:
        kept = outbox.outbox.c
        rows = connection.execute(select(kept.message, kept.state, kept.tries, kept.due_at)).all()
    database.close()
    return {row.message: SimpleNamespace(**row._mapping) for row in rows}


def test_an_administrator_sends_a_given_up_email_again_from_the_page(
    desks: Desks, migrated_sqlite_url: str
) -> None:
    ada, events = desks["ada"], desks.events()
    assert "1 email could not be sent" in ada.get("/admin").text
    page = ada.get("/admin/emails").text
    assert REFUSED in page
    assert "Report a" in page
    assert "Report b" not in page
    hidden = ada.hidden("/admin/emails")
    unticked = ada.send("/admin/emails", {}, hidden)
    assert (unticked.status_code, "Tick the emails" in unticked.text) == (422, True)
    done = ada.send("/admin/emails", {"emails": "a"}, hidden)
    assert done.status_code == 303
    found = _states(migrated_sqlite_url)
    assert (found["a"].state, found["a"].tries) == (outbox.QUEUED, 0)
    assert datetime.fromisoformat(found["a"].due_at) > AT + timedelta(days=1), "due at once, now"
    forged = ada.send("/admin/emails", {"emails": "b"}, hidden)
    assert (forged.status_code, found["b"].state) == (422, outbox.SENT), "nobody gets one twice"
    assert desks.events() == events
    assert "Nothing needs to be sent again" in ada.get("/admin/emails").text


def test_the_command_lists_what_was_given_up_and_queues_it_again(
    desks: Desks, migrated_sqlite_url: str
) -> None:
    def run(*words: str) -> tuple[int, str]:
        place = {"REALISE_DATABASE_URL": migrated_sqlite_url}
        done = CliRunner().invoke(realise, ["send-again", *words], env=place)
        return done.exit_code, done.output

    assert run()[0] == 0
    assert "“Report a” to Cleo" in run()[1]
    assert REFUSED in run()[1]
    refused = run("a", "b")
    assert (refused[0], "“b” is not an email that was given up" in refused[1]) == (1, True)
    assert run("--all") == (0, "1 email is queued again.\n")
    assert run() == (0, "No email was given up.\n")
    assert _states(migrated_sqlite_url)["a"].state == outbox.QUEUED
