"""Every page asks the database as often for many benefits as for a few."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from benefits.lifecycle import Gate
from eventlog.schema import upgrade
from tests.desks import MORNING
from tests.querying import statements
from tests.scenario import Scenario, begin, saves
from tests.walking import Walk, walk
from tests.web import Visitor, give_password, visitor, web_of, web_settings

PEOPLE = ("pat", "ada", "fay", "chris", "cleo")
#: What is drawn, or read by a calendar, is no page.
NOT_COUNTED = (".pdf", ".ics")


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    folder = tmp_path_factory.mktemp("queries")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url, url)
    scenario = begin(url, folder)
    scenario.on("2024-06-03")
    with time_machine.travel(MORNING):
        grow(scenario, 0, 2)
        for person in PEOPLE:
            give_password(scenario.realise.database, person, f"{person}@example.gov.uk")
        yield scenario
    scenario.realise.database.close()


def grow(scenario: Scenario, first: int, upto: int) -> None:
    """More benefits: one in delivery with a claim, and one with a case before the board, each."""
    for number in range(first, upto):
        scenario.in_delivery(f"Homes {number}", saves(90_000, "2024-05"), benefit=f"homes{number}")
        scenario.claimed(f"homes{number}", 40_000, "2024-05", claim=f"c{number}")
        new = scenario.identified(
            f"Cars {number}", saves(9_000, "2024-07"), benefit=f"cars{number}"
        )
        scenario.described(new)
        scenario.submitted(new, Gate.VALIDATION)


def counts(here: Visitor, found: Walk) -> dict[str, int]:
    """How many statements each page took."""
    asked = {}
    for addresses in found.reached.values():
        for address in addresses:
            if address.partition("?")[0].endswith(NOT_COUNTED):
                continue
            here.get(address)
            with statements() as sent:
                assert here.get(address).status_code in (200, 302, 303), address
            asked[address] = len(sent)
    return asked


@pytest.fixture(scope="module")
def app(council: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return web_of(council.realise, web_settings(tmp_path_factory.mktemp("site")))


def test_every_page_asks_as_often_for_many_benefits_as_for_a_few(
    council: Scenario, app: Flask
) -> None:
    before: dict[str, dict[str, int]] = {}
    signed: dict[str, Visitor] = {}
    walks: dict[str, Walk] = {}
    for person in PEOPLE:
        signed[person] = visitor(app)
        assert signed[person].sign_in(f"{person}@example.gov.uk").status_code == 303
        walks[person] = walk(app, signed[person], person, 1)
        before[person] = counts(signed[person], walks[person])
    assert sum(len(held) for held in before.values()) > 150
    grow(council, 2, 5)
    grown = []
    for person in PEOPLE:
        after = counts(signed[person], walks[person])
        grown += [
            f"{person}: {address} took {before[person][address]} and then {count}"
            for address, count in after.items()
            if count > before[person][address]
        ]
    assert not grown, "\n".join(grown)
