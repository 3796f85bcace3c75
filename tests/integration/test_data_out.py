"""Everything can be taken out; the open edition has no person, no free text, nothing exempt."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from benefits.commands import details, money, programme
from benefits.periods import FinancialYear, Month
from benefits.plans import YearAmount
from benefits.vocabulary import Fund
from entrypoints.cli import realise as command_line
from entrypoints.data_out.editions import SETS, Data, Edition, sets
from eventlog.schema import upgrade
from tests.northmere import PEOPLE
from tests.programs import program
from tests.scenario import Scenario, begin, saves
from tests.web import Visitor, give_password, visitor, web_of, web_settings

SECRET = "Moorside"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    """Two benefits in delivery, of which one is exempt, with something in every set."""
    folder = tmp_path_factory.mktemp("data")
    url = f"sqlite:///{folder}/realise.db"
    upgrade(url)
    scenario = begin(url, folder)
    homes = scenario.in_delivery("=Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    closing = scenario.in_delivery("Closing", saves(9_000, "2024-07"), benefit="closing")
    scenario.do(details.LabelBenefit(closing, title=f"Closing {SECRET}"))
    year = YearAmount(FinancialYear(2024), 5_000_00)
    scenario.do(programme.AgreeOverlap("shared", homes, closing, (year,), "fay"))
    scenario.do(
        programme.RecordMtfsLine(
            "line-1", "M1", "Care", Fund.GENERAL_FUND, (year,), cumulative=False
        ),
        by="fay",
    )
    scenario.on("2024-08-05")
    scenario.verified(homes, scenario.claimed(homes, 40_000, "2024-07"))
    scenario.verified(closing, scenario.claimed(closing, 1_234, "2024-07"))
    scenario.do(
        money.RecordPressure(homes, "cold", Month(2024, 7), 10_00, "A cold month."), by="fay"
    )
    scenario.do(details.MakeExempt(closing, "Paragraph 3: it names a care home."))
    for person in ("aud", "cleo"):
        give_password(scenario.realise.database, person, f"{person}@example.gov.uk")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture(scope="module")
def people(council: Scenario, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Visitor]:
    """The auditor and the scrutiny clerk, signed in."""
    app = web_of(council.realise, web_settings(tmp_path_factory.mktemp("web")))
    found = {name: visitor(app) for name in ("aud", "cleo")}
    for name, somebody in found.items():
        assert somebody.sign_in(f"{name}@example.gov.uk").status_code == 303
    return found


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_every_set_has_rows_and_each_file_of_it_says_the_same(
    council: Scenario, people: dict[str, Visitor]
) -> None:
    empty = []
    for of in SETS:
        rows = table(people["aud"].get(f"/data/full/{of.name}.csv").text)
        as_json = json.loads(people["aud"].get(f"/data/full/{of.name}.json").text)
        assert len(rows) == len(as_json)
        assert all(list(row) == [field.name for field in of.fields] for row in as_json)
        if not rows:
            empty.append(of.name)
    assert empty in ([], ["readings"], ["mtfs_admitted"], ["conditions", "mtfs_admitted"])
    claims = json.loads(people["aud"].get("/data/full/claims.json").text)
    assert [claim["verified"] for claim in claims] == ["40000.00", "1234.00"]


def test_the_open_edition_has_no_person_no_free_text_and_nothing_exempt(
    council: Scenario, people: dict[str, Visitor]
) -> None:
    answer = people["cleo"].get("/data/open/everything.json")
    whole = json.loads(answer.text)
    assert {row["benefit"] for row in whole["benefits"]} == {"homes"}
    assert whole["overlaps"] == [], "one side of it is exempt"
    assert SECRET not in answer.text
    assert "closing" not in answer.text
    assert "1234.00" not in answer.text
    assert "What an outsider would see." not in answer.text
    assert "people" not in whole
    assert "votes" not in whole
    values = {str(v) for name, rows in whole.items() if name != "dictionary"
              for row in rows for v in row.values()}  # fmt: skip
    for person, name, *_ in PEOPLE:
        assert person not in values
        assert name not in answer.text


def test_the_full_edition_is_for_those_who_answer_for_the_record(
    council: Scenario, people: dict[str, Visitor]
) -> None:
    for name in ("everything.json", "everything.xlsx", "claims.csv"):
        assert people["aud"].get(f"/data/full/{name}").status_code == 200
        assert people["cleo"].get(f"/data/full/{name}").status_code == 403
        assert people["cleo"].get(f"/data/open/{name}").status_code == 200
    assert "The full edition" not in people["cleo"].get("/data").text
    assert "The full edition" in people["aud"].get("/data").text
    for name in (
        "votes.csv",
        "people.json",
        "claims.exe",
        "nothing.csv",
        "claims",
        ".csv",
        "x.xlsx",
    ):
        assert people["cleo"].get(f"/data/open/{name}").status_code == 404


def test_what_is_hidden_from_a_person_is_hidden_in_files_that_are_sent_as_they_are_read(
    council: Scenario, people: dict[str, Visitor]
) -> None:
    for address in ("/register.csv", "/register"):
        assert SECRET in people["aud"].get(address).text
        assert SECRET not in people["cleo"].get(address).text
        assert "Fewer homes" in people["cleo"].get(address).text
    for somebody, held in (("aud", 2), ("cleo", 1)):
        book = CalamineWorkbook.from_filelike(
            io.BytesIO(people[somebody].get("/register.xlsx").data)
        )
        assert len(book.get_sheet_by_index(0).to_python()) - 4 == held


def test_the_workbook_has_a_sheet_for_every_set_and_no_formula(
    council: Scenario, people: dict[str, Visitor]
) -> None:
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(people["aud"].get("/data/full/everything.xlsx").data)
    )
    assert book.sheet_names == [*(of.name for of in SETS), "dictionary"]
    benefits = book.get_sheet_by_name("benefits").to_python()
    assert benefits[3][benefits[2].index("title")] == "=Fewer homes"
    claims = book.get_sheet_by_name("claims").to_python()
    assert claims[3][claims[2].index("verified")] == 40_000.0


def test_programs_take_the_same_sets_and_the_full_ones_only_in_their_roles(
    council: Scenario, tmp_path: Path
) -> None:
    app = web_of(council.realise, web_settings(tmp_path))
    aud, cleo = (program(app, council.realise, person) for person in ("aud", "cleo"))
    assert {row["benefit"] for row in aud.read("/data/full/benefits")} == {"homes", "closing"}
    assert {row["benefit"] for row in cleo.read("/data/open/benefits")} == {"homes"}
    assert cleo.get("/data/full/benefits").status_code == 403
    assert cleo.get("/data/open/votes").status_code == 404
    assert len(cleo.read("/data")["sets"]) == len(SETS)


def test_the_command_writes_a_folder_of_files(
    council: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", f"sqlite:///{council.realise.database.place}")
    monkeypatch.setenv("REALISE_VAR", str(tmp_path))
    done = CliRunner().invoke(command_line, ["data-out", str(tmp_path / "out"), "--open"])
    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    made = {f"{of.name}.{ending}" for of in sets(Edition.OPEN) for ending in ("csv", "json")}
    assert names == {*made, "everything.xlsx", "data-dictionary.csv"}
    written = (tmp_path / "out" / "benefits.csv").read_text()
    assert "'=Fewer homes" in written
    assert SECRET not in "".join(p.read_text() for p in (tmp_path / "out").glob("*.csv"))


def test_things_are_read_some_at_a_time(council: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    from entrypoints.data_out import editions

    monkeypatch.setattr(editions, "_SOME", 1)
    held: list[int] = []
    load = council.realise.store.load_many

    def counted(streams: list[str], **given: object) -> object:
        held.append(len(streams))
        return load(streams, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(council.realise.store, "load_many", counted)
    with council.realise.read() as connection:
        data = Data(council.realise.store, connection, Edition.FULL)
        assert len(list(data.rows(SETS[0]))) == 2
    assert held == [1, 1]
