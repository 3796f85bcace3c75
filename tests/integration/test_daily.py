"""Once a day the record is signed and checked, and its witness is told; faults can be seen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from benefits.register import tables
from entrypoints.daily import CHECKING, SIGNING, run_daily
from entrypoints.mail import send_waiting
from entrypoints.settings import BadSetting, read_settings
from entrypoints.wiring import Realise
from eventlog.checkpoints import every, latest
from eventlog.schema import owning
from eventlog.signed_note import text_of
from tests.kept import JULY, lived_in, quick_reports
from tests.scenario import PROGRAMME, Scenario
from tests.web import give_password, visitor, web_of, web_settings
from workflows import ledger, notices
from workflows.notices import NoticeKind
from workflows.outbox import outbox

MORNING = datetime(2024, 9, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def council(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scenario]:
    quick_reports(monkeypatch)
    scenario = lived_in(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _runs(realise: Realise, day: datetime = MORNING) -> dict[str, tuple[str, str]]:
    with realise.read() as connection:
        found = ledger.latest(connection)
    due = day.date().isoformat()
    return {row.job: (row.state, row.said) for row in found if row.due == due}


def test_the_record_is_signed_and_checked_once_a_day(council: Scenario) -> None:
    realise = council.realise
    for hour in (0, 3):
        run_daily(realise, lambda hour=hour: MORNING + timedelta(hours=hour))  # type: ignore[misc]
    runs = _runs(realise)
    head = realise.store.head()[0]
    assert runs[SIGNING] == (ledger.DONE, f"Signed with {head:,} events.")
    assert runs[CHECKING][0] == ledger.DONE
    with realise.read() as connection:
        last = latest(connection)
    assert last is not None
    assert last.size == head
    run_daily(realise, lambda: MORNING + timedelta(days=1))
    assert _runs(realise, MORNING + timedelta(days=1))[SIGNING][0] == ledger.DONE


def test_a_report_is_made_from_a_signed_log_and_its_issue_is_signed_too(council: Scenario) -> None:
    with council.realise.read() as connection:
        sizes = [one.size for one in every(connection)]
    (issue,) = council.realise.store.load(f"report-{PROGRAMME}:{JULY}")
    assert issue.event.position in sizes
    assert issue.position in sizes


def test_what_is_wrong_stops_the_signature_and_is_kept_to_see(council: Scenario) -> None:
    realise = council.realise
    with realise.database.write() as connection:
        connection.execute(update(tables.register).values(title="Another title"))
    run_daily(realise, lambda: MORNING)
    runs = _runs(realise)
    assert runs[SIGNING][0] == ledger.DONE
    assert runs[CHECKING][0] == ledger.FAILED
    assert "and the log gives" in runs[CHECKING][1]
    with owning(realise.database) as connection:
        _let_me(connection)
        connection.exec_driver_sql("UPDATE events SET actor_id = 'mallory' WHERE position = 5")
    run_daily(realise, lambda: MORNING + timedelta(days=1))
    runs = _runs(realise, MORNING + timedelta(days=1))
    assert runs[SIGNING][0] == runs[CHECKING][0] == ledger.FAILED
    assert runs[SIGNING][1].startswith("Position 5: the row was changed")


def test_administrators_and_auditors_are_told_of_a_fault_at_home_and_by_a_notice_once_a_day(
    council: Scenario, tmp_path: Path
) -> None:
    realise = council.realise
    desk = visitor(web_of(realise, web_settings(tmp_path)))
    give_password(realise.database, "ada", "ada@northmere.example")
    desk.sign_in("ada@northmere.example")
    run_daily(realise, lambda: MORNING - timedelta(days=1))
    assert "did not pass its check" not in desk.get("/").text
    with realise.database.write() as connection:
        connection.execute(update(tables.register).values(title="Another title"))
    for hour in (0, 5):
        run_daily(realise, lambda hour=hour: MORNING + timedelta(hours=hour))  # type: ignore[misc]
    assert "The record did not pass its check of 2 September 2024" in desk.get("/").text
    with realise.read() as connection:
        told = connection.execute(
            select(notices.notices.c.person, notices.notices.c.says).where(
                notices.notices.c.kind == NoticeKind.RECORD_FAULT.name
            )
        ).all()
        mails = connection.scalars(select(outbox.c.recipient).where(
            outbox.c.about == f"notice: {NoticeKind.RECORD_FAULT.value}"
        )).all()  # fmt: skip
    assert sorted(row.person for row in told) == ["ada", "aud"]
    assert sorted(mails) == ["ada", "aud"]
    assert not any("Another title" in row.says for row in told)


def _let_me(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER events_refuse_update")
    else:
        connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER ALL")


def test_the_witness_is_sent_each_new_checkpoint_once(council: Scenario, tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    settings = replace(
        council.realise.settings, witness_email="auditor@elsewhere.example", mail_folder=folder
    )
    realise = Realise(council.realise.database, settings)
    made = realise.checkpoint_now(MORNING)
    realise.checkpoint_now(MORNING)
    send_waiting(realise.database, settings, lambda: MORNING)
    mails = [
        mail
        for mail in (
            message_from_bytes(file.read_bytes(), policy=policy.default)
            for file in folder.iterdir()
        )
        if mail["To"] == "auditor@elsewhere.example"
    ]
    assert len(mails) == 1
    (attached,) = list(mails[0].iter_attachments())
    assert attached.get_filename() == f"checkpoint-{made.size}.txt"
    content = attached.get_content()
    assert isinstance(content, bytes)
    assert content.decode() == made.note
    keys = realise.keys()
    assert keys is not None
    assert text_of(content.decode(), keys.verifiers)


def test_the_signing_key_is_for_its_owner_only_and_is_made_once(
    council: Scenario, tmp_path: Path
) -> None:
    file = tmp_path / "signing-key"
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_text()
    council.realise.checkpoint_now(MORNING)
    assert file.read_text() == before
    file.chmod(0o644)
    with pytest.raises(BadSetting, match="chmod 600"):
        council.realise.checkpoint_now(MORNING)
    file.chmod(0o600)
    for wrong in ("", "PRIVATE+KEY+x", before[:-5], f"{before}what is this\n"):
        file.write_text(wrong)
        with pytest.raises(BadSetting, match="REALISE_SIGNING_KEY_FILE"):
            council.realise.checkpoint_now(MORNING)


@pytest.mark.parametrize("wrong", ["auditor", "a b@c", "a@b,c@d", "<a@b>"])
def test_a_witness_is_one_address(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(BadSetting, match="Write one e-mail address"):
        read_settings({"REALISE_WITNESS_EMAIL": wrong}, tmp_path, tmp_path)
