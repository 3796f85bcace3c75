"""What the database does not refuse, because its owner does it, is found by ``verify``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from entrypoints.verifying import verify_everything
from entrypoints.wiring import Realise
from eventlog.database import Database
from eventlog.guards import look_at_guards
from eventlog.schema import owning
from tests.kept import quick_reports
from tests.scenario import open_realise

EDITION = "The report of care for 2024-07, edition 1,"
#: What is done, and what is then said. The checkpoint removed is the one that the report prints.
DEEDS = {
    "UPDATE report_archive SET pdf = content FROM evidence_files": (
        f"{EDITION} is not the file that was issued: its bytes have changed."
    ),
    "UPDATE report_archive SET inputs = inputs || ' '": (
        f"{EDITION} has other inputs than those it was issued with."
    ),
    "UPDATE report_archive SET edition = 2": (
        "edition 2, is kept but the log does not say that it was issued."
    ),
    "DELETE FROM report_archive": f"{EDITION} issued at position",
    "UPDATE evidence_files SET content = pdf FROM report_archive": "has changed since it was kept.",
    "DELETE FROM evidence_files": "is not kept.",
    "DELETE FROM checkpoints WHERE size = (SELECT position FROM report_archive)": (
        f"{EDITION} prints a signed checkpoint that is not kept any more: it was taken out."
    ),
    "UPDATE register SET title = 'Another'": "register: the row benefit benefit-1 has title",
    "DELETE FROM votes": "is missing from the live table.",
}
SWITCHED_OFF = "was changed or switched off"
_REFUSE = (
    "DROP TRIGGER {name} ON events; CREATE TRIGGER {name} BEFORE {when} OR DELETE OR TRUNCATE ON "
    "events FOR EACH STATEMENT {only} EXECUTE FUNCTION events_refuse_v1(); "
    "ALTER TABLE events ENABLE ALWAYS TRIGGER {name}"
)
_LETS_IN = "append_events_v1 of the log was changed"
AWAY = {
    "sqlite": {
        "DROP TRIGGER events_refuse_update": "The guard events_refuse_update of the log is away",
        "DROP TRIGGER checkpoints_refuse_replace": "The guard checkpoints_refuse_replace",
        "CREATE TRIGGER quiet BEFORE INSERT ON events BEGIN SELECT 1; END": "quiet stands at",
        "CREATE TRIGGER loud BEFORE INSERT ON EVENTS BEGIN SELECT 1; END": "loud stands at",
        'CREATE TRIGGER odd BEFORE INSERT ON "Checkpoints" BEGIN SELECT 1; END': "odd stands at",
        "ALTER TABLE events ADD COLUMN more TEXT": "The table events of the log was changed",
        "ALTER TABLE checkpoints ADD COLUMN more TEXT": "The table checkpoints of the log was",
        "CREATE INDEX slow ON events (length(payload))": "slow stands at the log and is not ours",
        "ALTER TABLE events RENAME TO hidden": "The table events of the log is away",
        "CREATE TRIGGER quiet AFTER INSERT ON outbox BEGIN DELETE FROM outbox; END": (
            "The trigger quiet of the table outbox is not ours: somebody who owns the database"
        ),
    },
    "postgresql": {
        "ALTER TABLE events DISABLE TRIGGER ALL": SWITCHED_OFF,
        "ALTER TABLE events ENABLE TRIGGER events_refuse_change": SWITCHED_OFF,
        "DROP TRIGGER events_refuse_gap ON events": "The guard events_refuse_gap of the",
        "CREATE OR REPLACE FUNCTION events_refuse_v1() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NULL; END $$": SWITCHED_OFF,
        "CREATE RULE quiet AS ON INSERT TO events DO INSTEAD NOTHING": "quiet stands at the log",
        _REFUSE.format(name="events_refuse_change", when="UPDATE", only="WHEN (false)"): (
            "The guard events_refuse_change of the log was changed"
        ),
        _REFUSE.format(name="events_refuse_change", when="UPDATE OF position", only=""): (
            "The guard events_refuse_change of the log was changed"
        ),
        "CREATE RULE append_events_v1 AS ON INSERT TO events DO INSTEAD NOTHING": (
            "append_events_v1 stands at the log and is not ours"
        ),
        "CREATE TRIGGER events_refuse_gap BEFORE INSERT ON checkpoints EXECUTE FUNCTION "
        "events_refuse_v1()": "events_refuse_gap stands at the log and is not ours",
        "ALTER FUNCTION append_events_v1 SECURITY INVOKER": _LETS_IN,
        "ALTER FUNCTION append_events_v1 SET session_replication_role = replica": _LETS_IN,
        "CREATE FUNCTION append_events_v1(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'": (
            "append_events_v1 stands at the log and is not ours"
        ),
        "ALTER TABLE events FORCE ROW LEVEL SECURITY": "The table events of the log was changed",
        "CREATE POLICY early ON events USING (position < 9)": "early stands at the log",
        "ALTER TABLE events DROP CONSTRAINT uq_events_event_id": (
            "The guard uq_events_event_id of the log is away"
        ),
        "ALTER TABLE checkpoints DROP CONSTRAINT pk_checkpoints": "The guard pk_checkpoints of",
        "ALTER TABLE events ALTER hash DROP NOT NULL": "The table events of the log was changed",
        "CREATE TABLE hidden () INHERITS (events)": "hidden stands at the log and is not ours",
        "GRANT UPDATE ON events TO PUBLIC": "The right to UPDATE events of everybody stands at",
        "GRANT TRUNCATE ON checkpoints TO pg_monitor": (
            "The right to TRUNCATE checkpoints of pg_monitor stands at"
        ),
        "GRANT UPDATE (payload) ON events TO PUBLIC": "The right to UPDATE events of everybody",
        "GRANT INSERT ON events TO PUBLIC": "The right to INSERT events of everybody",
        "GRANT EXECUTE ON FUNCTION append_events_v1 TO PUBLIC": (
            "The right to call append_events_v1 of everybody stands at the log and is not ours"
        ),
        "ALTER TABLE events RENAME TO hidden": "The table events of the log is away",
        "ALTER TABLE events OWNER TO pg_monitor": "The owner of events, who is not that of append",
        "CREATE INDEX slow ON events (length(payload))": "slow stands at the log and is not ours",
        "UPDATE pg_index SET indisready = false WHERE indexrelid = "
        "'uq_events_event_id'::regclass": "The index uq_events_event_id, which is not kept up,",
        "CREATE TRIGGER quiet BEFORE INSERT ON outbox EXECUTE FUNCTION events_refuse_v1()": (
            "The trigger quiet of the table outbox is not ours: somebody who owns the database"
        ),
        "CREATE RULE quiet AS ON INSERT TO outbox DO INSTEAD NOTHING": (
            "The trigger quiet of the table outbox is not ours"
        ),
    },
}


@pytest.fixture
def council(lived_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Realise]:
    """A council that has lived; the guards of its checkpoints are away."""
    quick_reports(monkeypatch)
    realise = open_realise(lived_url, tmp_path)
    yield realise
    realise.database.close()


def _said_after(realise: Realise, deed: str, *before: str) -> list[str]:
    """What verification says once the owner has done this."""
    owner = Database.open(realise.settings.database_url)
    with owning(owner) as connection:
        for statement in (*before, deed):
            connection.execute(text(statement))
    owner.close()
    return verify_everything(realise).bad


@pytest.mark.parametrize("deed", DEEDS)
def test_what_the_owner_of_the_database_does_is_named(council: Realise, deed: str) -> None:
    off = []
    if "checkpoints" in deed:
        off = ["DROP TRIGGER checkpoints_refuse_delete"]
        if council.database.kind == "postgresql":
            off = ["ALTER TABLE checkpoints DISABLE TRIGGER ALL"]
    said = _said_after(council, deed, *off)
    assert any(DEEDS[deed] in sentence for sentence in said), said


def test_a_guard_that_was_taken_away_changed_or_added_is_named(council: Realise) -> None:
    deeds = AWAY[council.database.kind]
    owner = Database.open(council.settings.database_url)
    with owning(owner) as connection:
        assert look_at_guards(connection).faults == []
        for deed, sentence in deeds.items():
            with connection.begin_nested() as trial:
                connection.execute(text(deed))
                said = look_at_guards(connection).faults
                trial.rollback()
            assert said, deed
            assert sentence in " ".join(said), deed
    owner.close()
    first, sentence = next(iter(deeds.items()))
    assert sentence in " ".join(_said_after(council, first))


#: What the next version may add beside a host that still runs this one; and what none would.
LATER = {
    "sqlite": {
        "CREATE TRIGGER events_refuse_more BEFORE INSERT ON events BEGIN SELECT 1; END": "",
        "ALTER TABLE events ADD COLUMN more TEXT": "",
        "CREATE TRIGGER quiet BEFORE INSERT ON events BEGIN SELECT 1; END": "quiet stands at",
        "DROP TRIGGER events_refuse_update": "The guard events_refuse_update of the log is away",
    },
    "postgresql": {
        "CREATE FUNCTION append_events_v99(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'; "
        "REVOKE ALL ON FUNCTION append_events_v99 FROM PUBLIC": "",
        "ALTER TABLE events ADD CONSTRAINT ck_events_more CHECK (position > 0)": "",
        "ALTER TABLE events ADD COLUMN more text": "",
        "CREATE FUNCTION append_events_v1(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'": (
            "append_events_v1 stands at the log and is not ours"
        ),
        "GRANT UPDATE ON events TO PUBLIC": "The right to UPDATE events of everybody stands at",
        "CREATE RULE quiet AS ON INSERT TO events DO INSTEAD NOTHING": "quiet stands at the log",
        "ALTER TABLE events DISABLE TRIGGER ALL": SWITCHED_OFF,
    },
}


def test_a_host_of_the_version_before_leaves_what_a_newer_one_added_to_that_one(
    council: Realise,
) -> None:
    owner = Database.open(council.settings.database_url)
    with owning(owner) as connection:
        for deed, sentence in LATER[council.database.kind].items():
            with connection.begin_nested() as trial:
                connection.execute(text(deed))
                assert look_at_guards(connection).faults, deed
                connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
                found = look_at_guards(connection)
                trial.rollback()
            assert bool(found.newer) is not bool(sentence), (deed, found)
            assert bool(found.faults) is bool(sentence), (deed, found)
            assert sentence in " ".join(found.faults), deed
    owner.close()
