"""Several hosts on one PostgreSQL: any of them may answer, and any may be unplugged at any moment.

``make soak`` unplugs them more often (REALISE_UNPLUGGED).
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
import requests
from alembic.script import ScriptDirectory

from benefits.events.details import NoteAdded
from entrypoints import tokens
from entrypoints.here import now
from entrypoints.tokens import Scope
from entrypoints.verifying import verify_everything
from eventlog import schema
from tests.clients import Client
from tests.hosts import Host
from tests.integration.jobs.asked import emails, months, runs
from tests.kept import FILE, attach
from tests.scenario import Scenario, begin, saves
from tests.web import PASSWORD, give_password
from workflows import ledger

UNPLUGGED = int(os.environ.get("REALISE_UNPLUGGED", "1"))
#: The reports of April to July are due by then.
AUGUST = datetime(2024, 8, 20, tzinfo=UTC)
WRITING = 1.0
#: Schedulers live in August 2024 beside pages of today; reports are no PDF, to be made quickly.
_MADE_SO = re.compile("The log is sound|The report of care .* is no PDF")
_NEXT = """
from alembic import op
from sqlalchemy import Column, Text
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None
def upgrade():
    op.create_table("of_the_next_version", Column("key", Text, primary_key=True))
    op.add_column("people", Column("of_the_next_version", Text, nullable=True))
    op.execute("SELECT pg_sleep(0.5)")
"""


@pytest.fixture
def council(migrated_postgres_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(migrated_postgres_url, tmp_path)
    homes = scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    attach(scenario, homes, "minutes")
    give_password(scenario.realise.database, "pat", "pat@northmere.example")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def hosts(migrated_postgres_url: str, tmp_path: Path) -> Iterator[list[Host]]:
    shared = {
        "REALISE_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
        "REALISE_SIGNING_KEY_FILE": str(tmp_path / "signing-key"),
    }
    found = [Host(name, tmp_path, migrated_postgres_url, **shared) for name in ("one", "two")]
    yield found
    for host in found:
        host.kill()


def test_a_host_may_be_unplugged_while_everybody_writes(
    council: Scenario, hosts: list[Host], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = hosts
    one.serve(processes=2)
    two.serve()
    for host in hosts:
        host.wait()
    session = _signed_in(one.address)
    secret = _token(council)
    clients = [
        Client(name, secret, [one.address, two.address], "homes") for name in ("ann", "bob", "cy")
    ]
    at, looking = AUGUST, []
    for client in clients:
        client.start()
    for _ in range(UNPLUGGED):
        looking.append(one.schedule(at))
        two.schedule(at)
        _until_one_draws(hosts)
        time.sleep(WRITING)
        two.kill()
        time.sleep(WRITING / 2)
        assert "Sign out" in session.get(f"{one.address}/").text
        two.serve()
        at += ledger.ABANDONED + timedelta(minutes=1)
    two.wait()
    assert "Sign out" in session.get(f"{two.address}/").text
    for scheduler in looking:  # a report under way is finished before it ends
        scheduler.terminate()
        assert scheduler.wait(60) == 0
    for _ in range(2):  # what the slower of two found claimed is left for the next look
        assert two.schedule(at, "--once").wait(60) == 0
    _upgraded_beside(council, hosts, tmp_path, monkeypatch)
    for client in clients:
        client.enough.set()
    for client in clients:
        client.join()
    _nothing_is_lost_or_double(council, clients)
    _each_report_is_made_once(council)
    _anything_is_read_from_any(hosts, secret)
    _counts_are_of_all_processes(one, clients)
    assert _not_of_this_test(verify_everything(council.realise).bad) == []


def _not_of_this_test(bad: list[str]) -> list[str]:
    """What is wrong, but for what the test made so."""
    return [line for line in bad if not _MADE_SO.match(line)]


def _until_one_draws(hosts: list[Host]) -> None:
    """A report is being made on either, unless all were made the time before."""
    drawn = sum(host.printed.stat().st_size for host in hosts)
    for _ in range(600):
        if drawn or sum(host.printed.stat().st_size for host in hosts):
            return
        time.sleep(0.1)
    raise AssertionError("no scheduler makes a report")


def _signed_in(address: str) -> requests.Session:
    session = requests.Session()
    page = session.get(f"{address}/sign-in", timeout=60).text
    carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    typed = {"email": "pat@northmere.example", "password": PASSWORD}
    form = {**{name: unescape(value) for name, value in carried}, **typed}
    assert "Sign out" in session.post(f"{address}/sign-in", data=form, timeout=60).text
    return session


def _token(council: Scenario) -> str:
    with council.realise.database.write() as connection:
        return tokens.make(connection, "pat", "load", tuple(Scope), 1, "pat", now())[0]


def _upgraded_beside(
    council: Scenario, hosts: list[Host], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables of the next version are made while the hosts of this one go on."""
    config, more = schema._config(), folder / "next"
    head = ScriptDirectory.from_config(config).get_current_head()
    more.mkdir()
    (more / "9999_next.py").write_text(_NEXT.format(head=head))
    config.set_main_option("version_locations", f"{schema._MIGRATIONS / 'versions'}:{more}")
    with monkeypatch.context() as newer:
        newer.setattr(schema, "_config", lambda: config)
        schema.upgrade(str(council.realise.settings.database_url))
    for host in hosts:
        host.wait()


def _nothing_is_lost_or_double(council: Scenario, clients: list[Client]) -> None:
    written = Counter(
        recorded.event.text
        for recorded in council.realise.store.load("benefit-homes")
        if isinstance(recorded.event, NoteAdded)
    )
    assert max(written.values()) == 1
    for client in clients:
        assert client.lost == []
        assert len(client.acknowledged) > 5
        assert set(client.acknowledged) <= set(written)


def _each_report_is_made_once(council: Scenario) -> None:
    assert months(council) == ["2024-04", "2024-05", "2024-06", "2024-07"]
    mails = emails(council)
    assert len({mail.message for mail in mails}) == len(mails) == 4
    reports = [run for run in runs(council) if run.job.startswith("report of")]
    assert {run.state for run in reports} == {ledger.DONE}


def _anything_is_read_from_any(hosts: list[Host], secret: str) -> None:
    """No disk is shared: what one host took is read from the other."""
    headers = {"Authorization": f"Bearer {secret}"}
    for host in hosts:
        get = f"{host.address}/api"
        evidence = requests.get(
            f"{get}/benefits/homes/evidence/minutes", headers=headers, timeout=60
        )
        assert evidence.content == FILE.content
        listed = requests.get(f"{get}/reports", headers=headers, timeout=60).json()["reports"]
        assert len(listed) == 4
        pdf = requests.get(f"{host.address}{listed[0]['pdf']}", headers=headers, timeout=60)
        assert len(pdf.content) == listed[0]["size"]


def _counts_are_of_all_processes(host: Host, clients: list[Client]) -> None:
    """Each process of a host tells what all of them counted."""
    answered = sum(client.answered[f"{host.address} 200"] for client in clients)
    line = r'realise_requests_total\{method="POST",page="api.AddNote",status="200"\} (\S+)'
    for _ in range(6):
        told = requests.get(f"{host.address}/metrics", timeout=60).text
        (counted,) = re.findall(line, told)
        assert float(counted) == answered
    for name in ("realise_commands_total", "realise_append_seconds_count", "realise_job_runs"):
        assert re.search(rf"^{name}\S* [1-9]", told, re.MULTILINE), name
