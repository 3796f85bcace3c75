"""The register answers with as many questions for five thousand benefits as for fifty."""

import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import insert, select, text

from benefits.register import tables
from benefits.register.status_table import statuses
from benefits.tranches import Nature
from tests.querying import statements
from tests.scenario import Scenario, begin, saves
from tests.web import Visitor, give_password, visitor, web_of, web_settings


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    from eventlog.schema import upgrade

    folder = tmp_path_factory.mktemp("register")
    url = f"sqlite:///{folder}/realise.db"
    upgrade(url)
    scenario = begin(url, folder)
    scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    scenario.identified("Rent", saves(9_000, "2024-07", Nature.ONE_OFF), workstream="Property")
    give_password(scenario.realise.database, "aud", "aud@example.gov.uk")
    return scenario


@pytest.fixture
def reader(council: Scenario, tmp_path: Path) -> Visitor:
    somebody = visitor(web_of(council.realise, web_settings(tmp_path)))
    assert somebody.sign_in("aud@example.gov.uk").status_code == 303
    return somebody


def fill(council: Scenario, upto: int) -> None:
    """So many more benefits, like those that are there, straight into the read tables."""
    with council.realise.database.write() as connection:
        held = tables.register.c
        like = select(tables.register).where(held.title == "Fewer homes")
        first = connection.execute(like).mappings().one()
        same = statuses.c.benefit == first["benefit"]
        spells = connection.execute(select(statuses).where(same)).mappings().all()
        there = connection.execute(select(tables.register.c.position)).scalars().all()
        numbers = range(10_000 + len(there), 10_000 + upto)
        if not numbers:
            return
        connection.execute(
            insert(tables.register),
            [
                dict(first)
                | {"benefit": f"copy-{n}", "position": n, "title": "=Copy", "words": "copy"}
                for n in numbers
            ],
        )
        connection.execute(
            insert(statuses),
            [{**row, "benefit": f"copy-{n}"} for n in numbers for row in spells],
        )


ADDRESSES = (
    "/register?sort=-planned",
    "/register?status=At+risk&sort=owner",
    "/register?year=2024/25&needs=finance+to+decide+a+claim&sort=-status&page=2",
    "/register.csv?sort=owner",
    "/register.xlsx?status=At+risk",
)


def test_the_register_asks_as_often_for_five_thousand_benefits_as_for_fifty(
    council: Scenario, reader: Visitor
) -> None:
    counts: list[list[int]] = []
    for size in (50, 5_000):
        fill(council, size)
        asked = []
        for address in ADDRESSES:
            with statements() as told:
                assert reader.get(address).status_code == 200
            asked.append(len(told))
        counts.append(asked)
    assert "5,000 benefits" in reader.get("/register").text
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 30


def test_the_workbook_holds_all_of_them_as_text_and_figures(
    council: Scenario, reader: Visitor
) -> None:
    fill(council, 5_000)
    answer = reader.get("/register.xlsx?sort=-planned&q=copy")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert str(rows[1][0]).startswith("Filter: Words: Copy. Sorted by: Planned a year, most first.")
    assert "committed point" in str(rows[2][0])
    heads, first = rows[3], rows[4]
    assert heads[:2] == ["Reference", "Benefit"]
    assert len(rows) - 4 == 4_998
    assert str(first[1]).startswith("=Copy")
    assert first[heads.index("Planned a year (£, run rate, gross)")] == 120_000.0


def test_the_status_of_a_benefit_is_found_by_an_index(council: Scenario) -> None:
    with council.realise.database.read() as connection:
        plan = connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT * FROM register LEFT JOIN statuses ON "
                "statuses.benefit = register.benefit AND begins <= '2024-08-01' "
                "AND ends > '2024-08-01' WHERE register.programme = 'care'"
            )
        ).all()
    said = " ".join(str(row) for row in plan)
    assert "SCAN statuses" not in said
    assert "SCAN register" not in said
