"""Two reports of a programme side by side: every difference, and the causes that lead to it."""

from collections.abc import Iterator

import pytest

from benefits.periods import Month
from eventlog import schema
from reports.archive import fetch
from reports.between import between
from reports.contents import ReportContents
from reports.printed import printed
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves
from tests.undrawn import undrawn

COMPARE = "/reports/care/compare"


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Three months: a plan, a claim verified, and another benefit approved."""
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    council = begin(url, folder)
    desk = council.in_delivery("One reception desk", saves(80_000, "2024-04"), benefit="desk")
    reports = council.realise.reports
    with undrawn(), at_their_desks(council, folder) as found:
        council.on("2024-05-03")
        reports.issue("care", Month(2024, 4), by="pat", at=council.at)
        council.verified(desk, council.claimed(desk, 30_000, "2024-05"))
        council.on("2024-06-03")
        reports.issue("care", Month(2024, 5), by="pat", at=council.at)
        council.in_delivery("Fewer homes", saves(120_000, "2024-09"), benefit="homes")
        council.on("2024-07-03")
        reports.issue("care", Month(2024, 6), by="pat", at=council.at)
        yield found


def contents(desks: Desks, month: int) -> ReportContents:
    with desks.scenario.realise.read() as connection:
        found = fetch(connection, "care", Month(2024, month))
    assert found is not None
    return printed(found.pdf)


def test_the_causes_lead_from_the_opening_to_the_closing_to_the_penny(desks: Desks) -> None:
    found = between(contents(desks, 4), [contents(desks, 5), contents(desks, 6)])
    assert found.moved
    for moved in found.moved:
        rows = (moved.opening, *moved.causes)
        sums = tuple(sum(amounts) for amounts in zip(*(row[1] for row in rows), strict=True))
        assert sums == moved.closing[1]
        assert "Put right" not in "".join(label for label, _ in moved.causes)
    labels = {label for moved in found.moved for label, _ in moved.causes}
    assert {"Newly approved", "Verified"} <= labels, labels


def test_figures_named_by_their_month_are_set_beside_one_another(desks: Desks) -> None:
    found = between(contents(desks, 4), [contents(desks, 5)]).figures
    summary = {one.figure: (one.then, one.now) for one in found.of("Summary") if "cash" in one.row}
    assert summary, "verified cash to date has another month in its basis, and is one figure"
    assert all(None not in pair for pair in summary.values())
    assert "Movements" not in found.sections


def test_the_page_shows_the_last_two_and_any_two(desks: Desks) -> None:
    page = desks["cleo"].get(COMPARE).text
    assert "From May 2024 to June 2024" in page
    assert "Newly approved" in page
    page = desks["cleo"].get(f"{COMPARE}?from=2024-06/1&to=2024-04/1").text
    assert "From April 2024 to June 2024" in page, "in the order of time, however it is asked"
    assert "£30,000" in page
    assert COMPARE in desks["cleo"].get("/reports").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=2024-06/1&to=2024-06/1", 422),
        ("from=2024-06/9&to=2024-04/1", 422),
        ("from=&to=x", 422),
    ],
)
def test_a_choice_that_cannot_be_compared_is_said(desks: Desks, query: str, status: int) -> None:
    assert desks["cleo"].get(f"{COMPARE}?{query}").status_code == status


def test_a_programme_without_a_report_has_nothing_to_compare(desks: Desks) -> None:
    assert desks["cleo"].get("/reports/none/compare").status_code == 404


def test_a_gap_left_by_a_new_edition_is_a_row_of_its_own(desks: Desks) -> None:
    found = between(contents(desks, 4), [contents(desks, 6)])
    labels = [label for moved in found.moved for label, _ in moved.causes]
    assert "Put right by a new edition of a report between" in labels
