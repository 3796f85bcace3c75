"""``realise import`` on both databases: whole or not at all, and the same however often."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from benefits.commands.programme import StartProgramme
from benefits.money import pounds
from benefits.periods import FinancialYear
from benefits.register import tables
from benefits.savings_table import Options
from entrypoints.cli.opening import opened
from entrypoints.importing import Asked, Imported, import_table
from entrypoints.joining import add_person
from entrypoints.wiring import Realise
from eventlog.tables import events
from tests.command_line import Command
from tests.given import BEGAN
from workflows.commands import Role
from workflows.people import SETUP
from workflows.repeats import Answer

SAMPLES = Path(__file__).parents[2] / "entrypoints" / "sample_data"
NORTHUMBERLAND = SAMPLES / "northumberland_savings.csv"
LEICESTERSHIRE = SAMPLES / "leicestershire_savings_by_theme_millions_cumulative.csv"
INTO = ("--programme", "Best Value", "--first-year", "2023/24")
AS_LEICESTERSHIRE_PRINTS = ["--cumulative", "--savings-negative", "--unit=millions", "--years-down"]
HEADING = "workstream,group,line,kind,low,high,year_1,year_2\n"


@pytest.fixture
def realise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "var"))
    return Command(monkeypatch, capsys)


@pytest.fixture
def record(
    database_url: str, monkeypatch: pytest.MonkeyPatch, realise: Command
) -> Iterator[Realise]:
    """An empty record on each database, for the command and for looking into it."""
    assert realise.err == ""  # it has set where Realise keeps its own files
    monkeypatch.setenv("REALISE_DATABASE_URL", database_url)
    with opened() as found:
        yield found


def how_many(record: Realise) -> int:
    with record.read() as connection:
        return int(connection.execute(select(func.count()).select_from(events)).scalar_one())


def run_rates(record: Realise) -> dict[str, str]:
    register = tables.register.c
    with record.read() as connection:
        rows = connection.execute(select(register.title, register.planned_run_rate)).all()
    return {row.title: pounds(row.planned_run_rate) for row in rows}


def programme(record: Realise) -> str:
    with record.read() as connection:
        return str(connection.execute(select(tables.programmes.c.programme)).scalar_one())


def test_the_northumberland_table_imports_whole_and_twice_is_once(
    record: Realise, realise: Command
) -> None:
    assert realise("import", NORTHUMBERLAND, *INTO) == 0
    assert "28 new lines: 23 benefits and 5 investments." in realise.out
    assert "adds up but for rounding" in realise.out
    assert "1033000 is printed" in realise.out
    rates = run_rates(record)
    assert len(rates) == 23
    assert rates["Demand for Homecare"] == "£3,841,344"
    assert rates["Spend with Third Parties (total without ICT)"] == "£1,032,000"
    assert rates["Waste"] == "£0"
    found = record.programme(programme(record))
    assert (found.title, str(found.first_year), found.years, found.board) == (
        "Best Value",
        "2023/24",
        3,
        "",
    )
    assert sorted(shared.investment.title for shared in found.investments.values()) == [
        "Back-office team",
        "Digital service design",
        "Independent travel training team",
    ]
    before = how_many(record)
    assert realise("import", NORTHUMBERLAND, *INTO) == 0
    assert "28 lines known already, nothing changed." in realise.out
    assert (how_many(record), run_rates(record)) == (before, rates)


def test_what_was_read_of_each_line_is_kept(record: Realise, realise: Command) -> None:
    realise("import", NORTHUMBERLAND, *INTO)
    with record.read() as connection:
        keys = dict(
            connection.execute(select(tables.register.c.title, tables.register.c.benefit)).all()
        )
    support = record.benefit(keys["Corporate business support"])
    assert support.range == (1_500_000_00, 2_300_000_00)
    assert support.profile is not None
    assert [line.committed for line in support.profile.tranches] == [1_500_000_00]
    assert not support.profile.ranged
    assert support.source == "northumberland_savings.csv (line 37)"
    customer = record.benefit(keys["Customer (total)"])
    assert customer.profile is not None
    assert len(customer.profile.components) == 7
    waste = record.benefit(keys["Waste"])
    assert (waste.profile, waste.range) == (None, (398_000_00, 1_375_000_00))
    provision = record.benefit(keys["Community-based service provision"])
    (investment,) = provision.investments.values()
    assert [line.committed for line in investment.tranches] == [188_188_00, 251_353_00]


def test_a_name_that_two_programmes_have_imports_into_neither(
    record: Realise, realise: Command
) -> None:
    for key, title in (("one", "Best Value"), ("two", "Another")):
        start = StartProgramme(key, title, FinancialYear(2023), 3, board="")
        record.handle(start, by=SETUP, at=BEGAN)
    with record.database.write() as connection:  # as two who start one at the same moment could
        connection.execute(update(tables.programmes).values(title="Best Value"))
    before = how_many(record)
    assert realise("import", str(NORTHUMBERLAND), *INTO) == 1
    assert "Name one by its id: one, two." in realise.err
    assert how_many(record) == before
    assert realise("import", str(NORTHUMBERLAND), "--programme", "two", *INTO[2:]) == 0
    assert how_many(record) > before


def test_a_dry_run_says_the_same_and_writes_nothing(record: Realise, realise: Command) -> None:
    assert realise("import", NORTHUMBERLAND, *INTO, "--dry-run") == 0
    tried = realise.out.splitlines()
    assert how_many(record) == 0
    assert realise("import", NORTHUMBERLAND, *INTO) == 0
    done = realise.out.splitlines()
    assert tried[:-1] == done[:-1]
    assert (tried[-1], done[-1]) == ("This was a dry run: nothing was written.", "Recorded.")


def test_the_cumulative_leicestershire_table_imports_as_increments(
    record: Realise, realise: Command
) -> None:
    words = ("import", LEICESTERSHIRE, "--programme", "MTFS", *AS_LEICESTERSHIRE_PRINTS)
    assert realise(*words) == 0
    assert run_rates(record)["DSG/HNB savings"] == "£65,600,000"
    assert sum(int(rate[1:].replace(",", "")) for rate in run_rates(record).values()) == 159_900_000
    assert "The table adds up: 16 sums tested." in realise.out
    assert "are not savings, and nothing is recorded for them: “Total”, “Gap”" in realise.out
    before = how_many(record)
    assert realise(*words) == 0
    assert "6 lines known already, nothing changed." in realise.out
    assert how_many(record) == before


def test_every_fault_of_a_file_is_listed_and_nothing_is_written(
    record: Realise, realise: Command, tmp_path: Path
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(
        HEADING
        + "A,,Good,saving,,,100,\n"
        + "A,,Ten pounds,saving,,,ten,\n"
        + "A,,Backwards,saving,9,1,,\n"
        + "A,,Odd,gift,,,1,\n"
    )
    for dry in ((), ("--dry-run",)):
        assert realise("import", file, *INTO, *dry) == 1
        assert "Line 3, column year_1: “ten” is not an amount of money." in realise.err
        assert "Line 4, column low: The low end, £9, is above the high end" in realise.err
        assert "Line 5, column kind: “gift” is not a kind" in realise.err
        assert realise.err.endswith("Nothing was recorded.\n")
        assert how_many(record) == 0


def test_what_a_rule_refuses_is_told_with_its_line_and_once(
    record: Realise, realise: Command, tmp_path: Path
) -> None:
    file = tmp_path / "receipts.csv"
    file.write_text(
        HEADING
        + "A,,Depot,capital receipt,,,100,\n"
        + "A,,Depot,recurring investment,,,50,\n"
        + "A,,Fine,saving,,,100,\n"
        + "A,,Hidden \u202e,saving,,,100,\n",
        encoding="utf-8",
    )
    assert realise("import", file, *INTO) == 1
    assert realise.err.splitlines()[:2] == [
        "Line 2: A capital receipt belongs to the capital fund: choose capital as its fund.",
        (
            "Line 5: The title holds a character that cannot be shown, or a line break where none "
            "belongs: take it out."
        ),
    ]
    assert how_many(record) == 0


def test_a_year_outside_the_plan_of_a_programme_is_refused_with_its_line(
    record: Realise, realise: Command, tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(HEADING + "A,,Good,saving,,,100,\n")
    assert realise("import", file, *INTO) == 0
    before = how_many(record)
    file.write_text(HEADING + "A,,Late,saving,,,,100\n")
    assert realise("import", file, "--programme", "Best Value", "--first-year", "2040/41") == 1
    assert "Line 2: The profile: April 2041 is 2041/42, outside the programme's" in realise.err
    assert realise("import", file, *INTO, "--years", "9") == 1
    assert "leave out --years" in realise.err
    assert how_many(record) == before


def test_a_changed_figure_is_refused_until_update_corrects_it_with_a_reason(
    record: Realise, realise: Command, tmp_path: Path
) -> None:
    realise("import", NORTHUMBERLAND, *INTO)
    before = how_many(record)
    text = NORTHUMBERLAND.read_text().replace("55000,55000,,110000", "55000,66000,,121000")
    file = tmp_path / "later.csv"
    file.write_text("\n".join(line for line in text.splitlines() if "Housing DLO" not in line))
    assert realise("import", file, *INTO) == 1
    assert "Line 4: “Pick up points” is known already" in realise.err
    assert realise("import", file, *INTO, "--update", "--dry-run") == 0
    assert how_many(record) == before
    assert realise("import", file, *INTO, "--update") == 0
    assert "1 line corrected." in realise.out
    assert "not in this file, and left as they are: “Housing DLO”." in realise.out
    assert how_many(record) == before + 1
    assert run_rates(record)["Pick up points"] == "£121,000"
    assert "Housing DLO" in run_rates(record)
    last = next(iter(record.store.read(after=before)))
    assert last.event.reason == "Corrected by import of later.csv"
    assert realise("import", file, *INTO, "--update") == 0
    assert how_many(record) == before + 1


def test_two_imports_at_once_double_nothing(record: Realise) -> None:
    words = [sys.executable, "-m", "entrypoints", "import", str(NORTHUMBERLAND), *INTO]
    running = [
        subprocess.Popen(
            words, env=os.environ.copy(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], ended
    with record.read() as connection:
        found = connection.execute(select(func.count()).select_from(tables.register)).scalar_one()
        started = connection.execute(select(func.count()).select_from(tables.programmes))
        assert (found, started.scalar_one()) == (23, 1)
    assert len(record.programme(programme(record)).investments) == 3


def test_an_import_that_the_same_import_overtakes_adds_nothing(
    record: Realise, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(first_year=FinancialYear(2023))
    asked = Asked(NORTHUMBERLAND.read_bytes(), "savings.csv", "Best Value", options)
    handle = record.handle
    first: list[Imported] = []

    def overtaken(commands: object, **given: Any) -> Answer:
        monkeypatch.setattr(record, "handle", handle)
        first.append(import_table(record, asked, by=SETUP, at=BEGAN))
        return handle(commands, **given)

    monkeypatch.setattr(record, "handle", overtaken)
    second = import_table(record, asked, by=SETUP, at=BEGAN)
    assert first[0].written
    assert (second.changes, second.written) == (True, False)
    assert second.account == first[0].account
    assert len(run_rates(record)) == 23


def test_an_import_is_the_act_of_the_command_line_or_of_a_pmo_officer(
    record: Realise, realise: Command
) -> None:
    pat = add_person(record, "Pat", "pat@council.example", "", None, [Role.PMO], BEGAN)
    add_person(record, "Fay", "fay@council.example", "", None, [Role.FINANCE], BEGAN)
    before = how_many(record)
    assert realise("import", NORTHUMBERLAND, *INTO, "--by", "fay@council.example") == 1
    assert "Only a PMO officer may put a benefit on the register." in realise.err.splitlines()
    assert realise("import", NORTHUMBERLAND, *INTO, "--by", "nobody@council.example") == 1
    assert "Nobody with the address nobody@council.example can act here" in realise.err
    assert how_many(record) == before
    assert realise("import", NORTHUMBERLAND, *INTO, "--by", "PAT@council.example") == 0
    assert {event.actor for event in record.store.read(after=before)} == {pat}
