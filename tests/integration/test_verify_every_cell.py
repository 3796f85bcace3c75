"""Whatever is put into whichever cell of the record, ``verify`` says so and never falls over."""

import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from entrypoints import verifying
from entrypoints.verifying import verify_everything
from entrypoints.wiring import Realise
from eventlog.checkpoints import latest
from eventlog.exported import export_log
from eventlog.faults import NotAsWritten
from eventlog.seal import HASHED, hash_of
from tests.conftest import RUN_DIRECTORY
from tests.copies import copying
from tests.kept import has_lived
from tests.scenario import open_realise

LAST = "position = (SELECT max(position) FROM events)"
NO_TEXT = "cast(x'ff00' AS text)"
JUNK = ("x'ff00'", NO_TEXT, "'junk'", "-7", "0.5", "x''", "' '")
#: Where the last row of each table is, and how a finding about it begins or what it names.
TABLES = {
    "events": (LAST, ("Position", "position")),
    "checkpoints": (
        "size = (SELECT max(size) FROM checkpoints)",
        ("checkpoint of", "events when it was signed", "signed checkpoint"),
    ),
    "report_archive": ("1 = 1", ("The report of",)),
    "evidence_files": ("1 = 1", ("The evidence file",)),
}
PLANTED = [
    ("[]", ""),
    ("junk", "cannot be read."),
    ('[{"position": [1]}]', "cannot be read."),
    ('[{"position": 1, "stream": "x", "version": 1, "type": "y"}]', "names events that are not"),
    (
        '[{"position": 99999999, "stream": "x", "version": 1, "type": "y"}]',
        "names events that are not",
    ),
]
EDITION = "The report of care for 2024-07, edition 1,"
#: What is done to one column, and what is then said.
BESIDE = {
    "report_archive SET issued_by = 'mallory'": f"{EDITION} has issued_by 'mallory', and was",
    "report_archive SET issued_at = '2020-01-01T00:00:00+00:00'": f"{EDITION} has issued_at",
    "report_archive SET closing = 'open'": f"{EDITION} has closing 'open', and was issued with",
    "report_archive SET reason = 'Why not'": f"{EDITION} has reason 'Why not', and was issued",
    "report_archive SET position = 1": f"{EDITION} has position 1, and was issued with",
    "report_archive SET pages = 99": f"{EDITION} has pages 99, and its file has 1.",
    "report_archive SET size = 3": f"{EDITION} has size 3, and was issued with",
    "report_archive SET pdf_sha256 = 'mallory'": f"{EDITION} has pdf_sha256 'mallory'",
    "report_archive SET inputs_sha256 = 'mallory'": f"{EDITION} has inputs_sha256 'mallory'",
    "report_archive SET pdf = cast(pdf AS text)": f"{EDITION} holds what is no text as its pdf",
    "report_archive SET pdf = 'x'": f"{EDITION} holds text as its pdf, where bytes belong",
    "report_archive SET inputs = cast(inputs AS blob)": f"{EDITION} holds bytes as its inputs",
    "evidence_files SET size = 1": "has size 1, and was attached with",
    "evidence_files SET media_type = 'text/html'": "has media_type 'text/html', and was attached",
    "evidence_files SET kept_at = 'x'": "has kept_at 'x', which is no instant.",
    "evidence_files SET kept_at = '2020-01-01T00:00:00+00:00'": "has kept_at '2020-01-01",
    "evidence_files SET content = content || 'x'": "holds text as its content, where bytes",
    "checkpoints SET made_at = '2020-01-01T00:00:00.000000Z'": "says that it was made at 2020",
    "checkpoints SET peaks = '00'": "has other peaks than the tree of the log had there.",
    "checkpoints SET last_hash = 'x'": "has another last_hash than the log had there.",
    "checkpoints SET note = 'garbage'": "does not hold. This is not a",
    "checkpoints SET note = x'ff00'": "holds bytes as its note, where text belongs.",
}


@dataclass
class Tampered:
    """A council whose owner changes what he likes, and puts it back as it was."""

    realise: Realise
    owner: sqlite3.Connection


@pytest.fixture(scope="module")
def council(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Tampered]:
    """A council on SQLite that has lived; the guards of its tables are away."""
    folder = tmp_path_factory.mktemp("tampered")
    with copying("lived", has_lived, request.config.stash[RUN_DIRECTORY], None) as copies:
        url = copies.fresh(folder)
    owner = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for name, *_ in owner.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        owner.execute(f"DROP TRIGGER {name}")
    realise = open_realise(url, folder)
    yield Tampered(realise, owner)
    realise.database.close()
    owner.close()


@pytest.fixture
def no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The read tables come of the events alone, and are not compared where those stay."""
    monkeypatch.setattr(verifying, "compare", lambda _: [])


def _said(council: Tampered) -> list[str]:
    """What verification says, beside that the guards are away."""
    found = verify_everything(council.realise).bad
    return [one for one in found if not one.startswith("The guard ")]


@contextmanager
def _changed(council: Tampered, table: str, setting: str, where: str = "1 = 1") -> Iterator[None]:
    """Rows of the table changed so, and put back after."""
    before = council.owner.execute(f"SELECT * FROM {table}").fetchall()
    council.owner.execute(f"UPDATE {table} SET {setting} WHERE {where}")
    try:
        yield
    finally:
        marks = ", ".join("?" * len(before[0]))
        council.owner.execute("BEGIN IMMEDIATE")
        council.owner.execute(f"DELETE FROM {table}")
        council.owner.executemany(f"INSERT INTO {table} VALUES ({marks})", before)
        council.owner.execute("COMMIT")


def _reseal(council: Tampered) -> None:
    """Give the last row the hash that fits it."""
    columns = ", ".join((*HASHED, "prev_hash"))
    last = "ORDER BY position DESC LIMIT 1"
    *values, before = council.owner.execute(f"SELECT {columns} FROM events {last}").fetchone()
    council.owner.execute(f"UPDATE events SET hash = ? WHERE {LAST}", [hash_of(before, values)])


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize("deed", BESIDE)
def test_what_stands_beside_the_bytes_is_compared_too(council: Tampered, deed: str) -> None:
    table, setting = deed.split(" SET ")
    with _changed(council, table, setting):
        said = _said(council)
    assert any(BESIDE[deed] in sentence for sentence in said), said
    assert _said(council) == []


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize(("answer", "said"), PLANTED)
def test_an_answer_that_was_put_in_for_an_act_never_done_is_a_finding(
    council: Tampered, answer: str, said: str
) -> None:
    council.owner.execute(
        "INSERT INTO answers VALUES ('pat', 'planted', 'x', ?, '2024-08-05')", [answer]
    )
    found = _said(council)
    council.owner.execute("DELETE FROM answers WHERE key = 'planted'")
    assert [said in one for one in found] == ([True] if said else [])


@pytest.mark.usefixtures("no_tables")
def test_an_answer_of_somebody_else_is_a_finding_and_their_own_is_none(council: Tampered) -> None:
    columns = "position, stream, version, type, actor_id"
    *named, actor = council.owner.execute(f"SELECT {columns} FROM events LIMIT 1").fetchone()
    answer = json.dumps([dict(zip(columns.split(", "), named, strict=False))])
    for person, faults in ((actor, 0), ("mallory", 1)):
        council.owner.execute(
            "INSERT INTO answers VALUES (?, 'planted', 'x', ?, '2024-08-05')", [person, answer]
        )
        found = _said(council)
        council.owner.execute("DELETE FROM answers WHERE key = 'planted'")
        assert len(found) == faults, found


@pytest.mark.usefixtures("no_tables")
def test_a_checkpoint_of_which_a_witness_was_told_cannot_be_taken_out_unseen(
    council: Tampered,
) -> None:
    last = "(SELECT max(size) FROM checkpoints)"
    council.owner.execute(
        "INSERT INTO outbox (message, recipient, about, subject, body, file_name, state, tries, "
        "queued_at, due_at, ended_at, fault, position) SELECT 'checkpoint-' || size, 'x', "
        "'checkpoint', '', '', '', 'sent', 1, '', '', '', '', size FROM checkpoints "
        f"WHERE size = {last}"
    )
    held = _said(council)
    (row,) = council.owner.execute(f"SELECT * FROM checkpoints WHERE size = {last}").fetchall()
    council.owner.execute("DELETE FROM checkpoints WHERE size = ?", [row[0]])
    said = _said(council)
    council.owner.execute("INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?)", row)
    council.owner.execute("DELETE FROM outbox WHERE about = 'checkpoint'")
    assert held == []
    assert any(f"checkpoint-{row[0]} told a witness" in one for one in said), said


@pytest.mark.usefixtures("no_tables")
@pytest.mark.parametrize("table", TABLES)
def test_junk_in_any_one_cell_is_a_finding_that_names_it(council: Tampered, table: str) -> None:
    where, names = TABLES[table]
    columns = [row[1] for row in council.owner.execute(f"PRAGMA table_info({table})")]
    tried = 0
    for column, junk in itertools.product(columns, JUNK):
        try:
            with _changed(council, table, f"{column} = {junk}", where):
                said = _said(council)
        except sqlite3.IntegrityError:
            continue  # SQLite itself refuses it: the table of events is a strict one
        assert any(name in one for one in said for name in names), (column, junk, said)
        tried += 1
    assert tried > len(columns)
    assert _said(council) == []


def test_a_sealed_row_that_cannot_follow_is_a_finding_and_the_rest_is_still_checked(
    council: Tampered,
) -> None:
    deeds = {
        "type = 'report-issued'": "The log holds",
        "type = 'claim-verified', payload = (SELECT payload FROM events WHERE "
        "type = 'claim-verified')": "Position",
        "(stream, version) = (SELECT stream, max(version) + 1 FROM events "
        "WHERE stream LIKE 'programme-%')": "Position",
        "recorded_at = '9999-99-99T99:99:99.999999Z'": "Position",
        "schema_version = 99": "The log holds",
        "payload = '{'": "The log holds",
    }
    for deed, sentence in deeds.items():
        with (
            _changed(council, "evidence_files", "size = 1"),
            _changed(council, "events", deed, LAST),
        ):
            _reseal(council)
            said = _said(council)
        assert any("has size 1" in one for one in said), (deed, said)
        assert any(sentence in one for one in said), (deed, said)


def test_a_record_with_a_checkpoint_of_garbage_can_still_be_exported(council: Tampered) -> None:
    with _changed(council, "checkpoints", "note = 'garbage'"), council.realise.read() as reader:
        lines = [json.loads(line) for line in export_log(reader)]
        with pytest.raises(NotAsWritten, match="cannot be read"):
            latest(reader)
    assert lines[-1]["checkpoint"] == "garbage"
    for setting, table in (("note = x'ff00'", "checkpoints"), (f"payload = {NO_TEXT}", "events")):
        with (
            _changed(council, table, setting),
            pytest.raises(NotAsWritten, match="realise verify"),
            council.realise.read() as reader,
        ):
            list(export_log(reader))
