"""What is held of a person is told whole, and erased from everything but log and reports."""

import csv
import io
import json
import re

import pytest
from sqlalchemy import Text, select

from benefits.commands import details
from benefits.refusals import Refused
from entrypoints import personal, sessions
from entrypoints.verifying import verify_everything
from eventlog.database import metadata
from eventlog.tables import TWIN
from tests.desks import at_their_desks
from tests.scenario import Scenario, begin, saves
from workflows import commands, directory, outbox
from workflows.commands import Role
from workflows.outbox import Message
from workflows.people import SETUP


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Gil wrote a note, signed in, is owed an email and is named in one to another."""
    scenario = begin(migrated_sqlite_url, tmp_path_factory.mktemp("council"))
    homes = scenario.identified("Fewer homes", saves(120_000, "2024-07"))
    scenario.do(details.AddNote(homes, "Seen."), by="gil")
    with scenario.realise.database.write() as connection:
        sessions.start(connection, "gil", scenario.at, 8)
        told = [
            Message("m1", "gil", "hello", "Hello", "Dear Gil Stone"),
            Message("m2", "pat", "hello", "Gil Stone wrote", "Gil Stone wrote a note."),
        ]
        outbox.queue(connection, told, scenario.at)
    return scenario


def everywhere(council: Scenario, text: str) -> set[str]:
    """The tables that hold a text anywhere, as words: a signature may hold any three letters."""
    found, words = set(), re.compile(rf"\b{re.escape(text)}\b")
    with council.realise.database.read() as connection:
        for name, table in metadata.tables.items():
            for column in table.c:
                if isinstance(column.type, Text) and not name.endswith(TWIN):
                    query = select(column).where(column.contains(text))
                    held = connection.execute(query).scalars()
                    found |= {name} if any(words.search(value) for value in held) else set()
    return found


def test_everything_that_is_held_of_a_person_is_told(council: Scenario) -> None:
    with council.realise.database.read() as connection:
        found = personal.held_of(connection, "gil")
    assert found["people"][0]["email"] == "gil@northmere.example"
    assert len(found["sessions"]) == 1
    assert found["roles"][0]["role"] == Role.FINANCE
    assert found["what they did"][0]["type"] == "note-added"
    assert found["outbox"][0]["body"] == "Dear Gil Stone"
    assert not {"password", "token_hash"} & set(str(found).split("'"))


def test_nothing_of_a_person_is_left_but_ids_in_the_log(council: Scenario) -> None:
    council.do(commands.RevokeRole("gil", Role.FINANCE), by="ada")
    council.realise.checkpoint_now(council.at)
    before = council.realise.store.head()
    assert personal.erase(council.realise, "gil", by=SETUP) == "Gil Stone"
    assert everywhere(council, "Gil Stone") == set()
    assert everywhere(council, "gil@northmere") == set()
    assert everywhere(council, "gil") <= {"events"}
    assert council.realise.store.head() == before
    with council.realise.database.read() as connection:
        assert directory.by_id(connection, "gil") is None
        assert "a former member of staff wrote" in str(
            connection.execute(select(outbox.outbox.c.body)).all()
        )
    # The chain, its checkpoints and the read tables are what they were.
    assert verify_everything(council.realise).bad == []


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("gil", "Gil Stone still acts as finance: take that away first."),
        ("mo", "Mo Amin sits on “"),
        ("dee", "Dee Frost sits on “"),
        ("ada", "You cannot erase yourself."),
    ],
)
def test_who_still_acts_is_not_erased(council: Scenario, person: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        personal.erase(council.realise, person, by="ada")
    assert "people" in everywhere(council, f"{person}@northmere.example")


def test_who_owns_a_benefit_that_goes_on_is_not_erased(council: Scenario) -> None:
    council.do(details.NameOwner("benefit-1", "olu"))
    with pytest.raises(Refused, match="Olu Bright owns “Fewer homes”: name another owner first"):
        personal.erase(council.realise, "olu", by="ada")


def test_an_administrator_tells_and_erases_on_a_page(
    council: Scenario, tmp_path_factory: pytest.TempPathFactory
) -> None:
    council.do(commands.RevokeRole("gil", Role.FINANCE), by="ada")
    with at_their_desks(council, tmp_path_factory.mktemp("site")) as desks:
        page = desks["ada"].get("/admin/people/gil/data").get_data(as_text=True)
        assert "gil@northmere.example" in page
        held = json.loads(desks["ada"].get("/admin/people/gil/data.json").data)
        assert held["people"][0]["name"] == "Gil Stone"
        table = desks["ada"].get("/admin/people/gil/data.csv").get_data(as_text=True)
        rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
        assert ["people", "1", "name", "Gil Stone"] in rows
        assert desks["pat"].get("/admin/people/gil/data").status_code == 403
        erase = "/admin/people/gil/erase"
        form = desks["ada"].hidden("/admin/people/gil/data")
        assert desks["ada"].send(erase, {"name": "Gil"}, form).status_code == 422
        assert desks["ada"].send(erase, {"name": "Gil Stone"}, form).status_code == 303
        story = desks["ada"].get("/benefits/benefit-1/story").get_data(as_text=True)
        assert "former member of staff" in story
        assert "Gil Stone" not in story
