"""Free text that looks like personal data is asked about before it is written, whatever its way."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from benefits.periods import FinancialYear
from benefits.savings_table import Options
from entrypoints.acts import ACTS
from entrypoints.flagged import CONFIRM, HEADER
from entrypoints.importing import Asked, NotImported, import_table
from entrypoints.questions import Shape, every_question
from eventlog import schema
from eventlog.tables import events
from tests.programs import program
from tests.scenario import Scenario, begin, saves
from tests.web import Visitor, give_password, visitor, web_of, web_settings

NOTE, GRID = "/benefits/homes/record/add-note", "/programmes/care/enter/claims?month=2024-08"
_OPTIONS = Options(first_year=FinancialYear(2024))
WORDS = "Ring Mrs Patel on 07700 900123."
TABLE = (
    "workstream,group,line,kind,low,high,year_1,year_2\n"
    "Placements,,Home of Mrs Patel,saving,,,100000,50000\n"
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    folder = tmp_path_factory.mktemp("asked")
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    made = begin(url, folder)
    made.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    give_password(made.realise.database, "pat", "pat@example.gov.uk")
    yield made
    made.realise.database.close()


@pytest.fixture
def app(council: Scenario, tmp_path: Path) -> Flask:
    return web_of(council.realise, web_settings(tmp_path))


@pytest.fixture
def pat(app: Flask) -> Visitor:
    officer = visitor(app)
    officer.sign_in("pat@example.gov.uk")
    return officer


def written(council: Scenario) -> int:
    with council.realise.database.read() as connection:
        return connection.execute(select(func.count()).select_from(events)).scalar_one()


def test_a_form_shows_the_words_beside_the_field_and_a_tick_writes_them(
    pat: Visitor, council: Scenario
) -> None:
    before, opened = written(council), pat.hidden(NOTE)
    asked = pat.send(NOTE, {"text": WORDS}, opened)
    assert asked.status_code == 422
    assert "somebody’s name (“Mrs Patel”) and a telephone number (“07700 900123”)" in asked.text
    assert f'name="{CONFIRM}"' in asked.text
    assert WORDS in asked.text
    assert written(council) == before
    done = pat.send(NOTE, {"text": WORDS, CONFIRM: "yes"}, opened)
    assert done.status_code == 303
    assert written(council) == before + 1
    with council.realise.database.read() as connection:
        query = select(events.c.payload).order_by(events.c.position.desc()).limit(1)
        assert "onfirm" not in connection.execute(query).scalar_one()


def test_a_form_without_such_words_asks_nothing(pat: Visitor, council: Scenario) -> None:
    assert CONFIRM not in pat.get(NOTE).text
    before = written(council)
    assert pat.send(NOTE, {"text": "The contract was let."}).status_code == 303
    assert written(council) == before + 1


def test_a_grid_shows_the_words_at_their_cell_and_a_tick_writes_them(
    pat: Visitor, council: Scenario
) -> None:
    opened = {**pat.hidden(GRID), "row": "homes"}
    typed = {"amount-homes": "1,000", "nature-homes": "recurring", "line-homes": "4711",
             "year-homes": "2024/25", "note-homes": WORDS}  # fmt: skip
    before = written(council)
    asked = pat.send(GRID, typed, opened)
    assert asked.status_code == 422
    assert 'id="note-homes-error"' in asked.text
    assert "Mrs Patel" in asked.text
    assert f'name="{CONFIRM}"' in asked.text
    assert written(council) == before
    done = pat.send(GRID, {**typed, CONFIRM: "yes"}, opened)
    assert done.status_code == 303, done.text.partition("There is a problem")[2][:600]
    assert written(council) > before


def test_the_api_names_the_fields_and_takes_a_header(app: Flask, council: Scenario) -> None:
    pat = program(app, council.realise, "pat")
    seen, before = pat.version("/benefits/homes"), written(council)
    asked = pat.post("/benefits/homes/add-note", {"text": WORDS}, seen, key="the-note-1")
    assert asked.status_code == 422
    assert asked.json
    assert asked.json["type"] == "/api#personal-data"
    assert [fault["pointer"] for fault in asked.json["faults"]] == ["/text"]
    assert written(council) == before
    again = pat.post(
        "/benefits/homes/add-note", {"text": WORDS}, seen, key="the-note-1", **{HEADER: "yes"}
    )
    assert again.status_code == 200
    assert written(council) == before + 1


def test_several_commands_are_each_looked_at(app: Flask, council: Scenario) -> None:
    pat = program(app, council.realise, "pat")
    notes = [{"command": "add-note", "benefit": "homes", "text": text} for text in ("Fine.", WORDS)]
    asked = pat.post("/acts", {"commands": notes}, pat.version("/benefits/homes"))
    assert asked.status_code == 422
    assert asked.json
    assert [fault["pointer"] for fault in asked.json["faults"]] == ["/commands/1/text"]


def test_an_import_tells_it_when_tried_and_refuses_it_unconfirmed(council: Scenario) -> None:
    asked, before = (
        Asked(TABLE.encode(), "t.csv", "Care closer to home", _OPTIONS),
        written(council),
    )
    tried = import_table(
        council.realise, asked, by="pat", at=council.at, dry_run=True, confirmed=False
    )
    assert any("Mrs Patel" in said for said in tried.account)
    with pytest.raises(NotImported, match="Mrs Patel"):
        import_table(council.realise, asked, by="pat", at=council.at, confirmed=False)
    assert written(council) == before


def test_a_sheet_being_taken_in_shows_a_warning(pat: Visitor) -> None:
    here = "/programmes/care/import"
    sheet = "Project,Benefit,Kind,2024/25 (£)\nPlacements,Home of Mrs Patel,saving,10000\n"
    data = {**pat.hidden(here), "what": "register", "file": (BytesIO(sheet.encode()), "a.csv")}
    answer = pat.client.post(here, data=data, buffered=True)
    assert answer.status_code == 303, answer.text
    shown = pat.get(str(answer.location)).text
    assert "Warning. Row 2: this looks like personal data: somebody’s name" in shown
    assert "Record all of it" in shown


def test_every_command_with_words_can_be_looked_at() -> None:
    """No command is of a shape that could not be walked through."""
    with_words = {
        act.command
        for act in ACTS.values()
        if any(each.shape in (Shape.TEXT, Shape.LINES) for each in every_question(act.command))
    }
    assert len(with_words) > 40
