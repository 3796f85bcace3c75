"""A benefit's page proposes the forecast that a moved milestone asks for; a person accepts it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benefits.commands import delivery
from benefits.periods import Month
from benefits.plans import UnitModel
from tests.browsers import Browsers, words
from tests.scenario import Scenario, begin, saves


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


@pytest.fixture
def pages(council: Scenario, tmp_path: Path) -> Browsers:
    return Browsers(council, tmp_path)


def test_a_moved_milestone_proposes_a_forecast_that_the_pmo_accepts_with_a_reason(
    council: Scenario, pages: Browsers
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"), milestone="2024-06-30")
    assert "Proposed forecast" not in words(pages.of("pat").get(f"/benefits/{homes}/money").text)
    council.do(delivery.ForecastMilestone(homes, f"{homes}-starts", date(2024, 9, 30), "Builders."))
    page = pages.of("pat").get(f"/benefits/{homes}/money").text
    said = words(page)
    assert "£120,000 a year from October 2024" in said
    assert "Cash lost or moved in 2024/25 £30,000" in said
    assert f"/benefits/{homes}/record/record-forecast" in page
    assert "Accept it or change it" not in pages.of("aud").get(f"/benefits/{homes}/money").text
    form = pages.of("pat").get(f"/benefits/{homes}/record/record-forecast").text
    assert "2024-10" in form


def test_a_reading_of_the_unit_model_is_offered_and_shown(
    council: Scenario, pages: Browsers
) -> None:
    model = UnitModel(100, 60, 100_00, 12, "placements")
    homes = council.in_delivery("Fewer homes", replace(saves(48_000, "2024-04"), drivers=model))
    assert "read-drivers" in pages.of("pat").get(f"/benefits/{homes}").text
    council.on("2024-06-03").do(delivery.ReadDrivers(homes, Month(2024, 5), 70))
    said = words(pages.of("aud").get(f"/benefits/{homes}/money").text)
    assert "a change of 30 placements of 40 planned in all" in said
    assert "Difference from plan −£12,000" in said
