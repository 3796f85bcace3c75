"""Who came in, who was refused and who read what is exempt is kept, and for a while only."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from benefits.commands import details
from entrypoints import access_record
from entrypoints.access_record import What
from eventlog.schema import upgrade
from tests.desks import Desks, at_their_desks
from tests.scenario import Scenario, begin, saves
from tests.web import visitor


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url, url)
    council = begin(url, folder)
    council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.identified("Project Zebra", saves(3_000, "2024-07"), benefit="b-zebra")
    return council.do(details.MakeExempt("b-zebra", "Paragraph 3."))


@pytest.fixture(scope="module")
def desks(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with at_their_desks(scenario, tmp_path_factory.mktemp("site")) as found:
        yield found


def kept(scenario: Scenario) -> list[tuple[str, str, str, str]]:
    with scenario.realise.database.read() as connection:
        rows = access_record.found(connection, [], 100)
    return [(row.person, row.what, row.address, row.benefit) for row in reversed(rows)]


def test_signing_in_and_out_and_failing_is_kept_without_what_was_typed(desks: Desks) -> None:
    assert desks["quin"].get("/").status_code == 200
    stranger = visitor(desks.app)
    stranger.sign_in("nobody@northmere.example", "hunter2-hunter2")
    stranger.sign_in("pat@northmere.example", "hunter2-hunter2")
    rows = kept(desks.scenario)
    assert ("quin", "signed in", "/sign-in", "") in rows
    assert ("", "sign-in failed", "/sign-in", "") in rows
    assert ("pat", "sign-in failed", "/sign-in", "") in rows
    assert "hunter2" not in str(rows)
    assert "nobody" not in str(rows)


def test_who_is_refused_is_kept(desks: Desks) -> None:
    assert desks["cleo"].get("/admin/people").status_code == 403
    assert ("cleo", "refused", "/admin/people", "") in kept(desks.scenario)


@pytest.mark.parametrize(
    ("address", "benefit"),
    [
        ("/benefits/b-zebra", "b-zebra"),
        ("/benefits/b-zebra/story", "b-zebra"),
        ("/register.csv", ""),
    ],
)
def test_reading_what_is_exempt_is_kept(desks: Desks, address: str, benefit: str) -> None:
    before = len(kept(desks.scenario))
    assert desks["pat"].get(address).status_code == 200
    (row,) = kept(desks.scenario)[before:][-1:]
    assert row == ("pat", "read what is exempt", address, benefit)


def test_reading_what_is_not_exempt_is_not(desks: Desks) -> None:
    desks["pat"].get("/")
    before = kept(desks.scenario)
    desks["pat"].get("/benefits/benefit-1")
    assert desks["cleo"].get("/benefits/b-zebra").status_code == 404
    assert [row for row in kept(desks.scenario)[len(before) :] if row[1] == What.EXEMPT_READ] == []


def test_an_auditor_filters_it_and_takes_it_away(desks: Desks) -> None:
    desks["pat"].get("/benefits/b-zebra")
    number = desks.scenario.benefit("b-zebra").number
    page = desks["aud"].get(f"/audit/access?benefit={number}&person=pat").get_data(as_text=True)
    assert "Read what is exempt" in page
    assert "Refused" not in page.split("<table", 1)[1]
    held = desks["aud"].get("/audit/access.csv?what=refused").get_data(as_text=True).splitlines()
    assert all(",refused," in line for line in held[1:])
    assert desks["pat"].get("/audit/access").status_code == 403


def _found(desks: Desks, address: str) -> str:
    page = desks["aud"].get(address).get_data(as_text=True)
    return page.split('class="govuk-body app-found"><strong>', 1)[1].split("</strong>")[0]


@pytest.mark.parametrize("address", ["/audit", "/audit/access"])
def test_both_records_are_narrowed_to_some_days(desks: Desks, address: str) -> None:
    desks["pat"].get("/benefits/b-zebra")
    today = desks.scenario.at.date()
    before, after = "1990-01-02", today + timedelta(days=1)
    none = "0 events" if address == "/audit" else "0 rows"
    assert _found(desks, f"{address}?first={after}") == none
    assert _found(desks, f"{address}?last={before}") == none
    every = _found(desks, address)
    assert every != none
    assert _found(desks, f"{address}?first=1999-01-01&last={after}") == every
    page = desks["aud"].get(f"{address}?first=soon&last={before}").get_data(as_text=True)
    assert "“soon” is not a day, so it was left out" in page
    backwards = desks["aud"].get(f"{address}?first={after}&last={before}").get_data(as_text=True)
    assert "The last day is before the first" in backwards


def test_an_auditor_finds_the_events_of_a_benefit_by_its_number(desks: Desks) -> None:
    number = desks.scenario.benefit("benefit-1").number
    page = desks["aud"].get(f"/audit?stream={number}").get_data(as_text=True)
    assert "benefit-benefit-1" in page
    assert "b-zebra" not in page


def test_what_is_old_is_dropped(desks: Desks) -> None:
    at = desks.scenario.at
    with desks.scenario.realise.database.write() as connection:
        access_record.add(connection, at - timedelta(days=401), What.SIGNED_IN, "gil")
        access_record.add(connection, at - timedelta(days=399), What.SIGNED_IN, "gil")
        assert access_record.drop_older(connection, at, 400) == 1
    assert [row[0] for row in kept(desks.scenario)].count("gil") == 1
