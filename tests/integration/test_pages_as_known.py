"""A month as it was known on a day, beside the month as it is known now: a page and its tables."""

from pathlib import Path

import pytest

from tests.browsers import Browsers, words
from tests.scenario import Scenario, begin, saves


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    """Homes claimed 60,000 by 5 August; finance verified 40,000 of it on 5 September."""
    council = begin(migrated_sqlite_url, tmp_path)
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    claim = council.on("2024-08-05").claimed(homes, 60_000, "2024-07")
    council.on("2024-09-05").verified(homes, claim, 40_000)
    return council


def test_what_is_known_now_stands_beside_what_was_known_then(
    council: Scenario, tmp_path: Path
) -> None:
    reader = Browsers(council, tmp_path).of("aud")
    asked = "/reports/care/2024-07/as-known?known-day=5&known-month=8&known-year=2024"
    page = words(reader.get(asked).text)
    assert "figures differ between the record up to event" in page
    assert "Verified: All funds Headlines £0 £40,000 £40,000" in page
    same = "/reports/care/2024-07/as-known?known-day=6&known-month=9&known-year=2024"
    assert "figures are what they were at event" in words(reader.get(same).text)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?known-day=31&known-month=2&known-year=2024", "Write the day in figures"),
        ("?known-day=x", "Write the day in figures"),
        ("?known-day=1&known-month=1&known-year=2149", "has not come yet"),
    ],
)
def test_a_day_that_is_none_is_refused_in_a_sentence(
    council: Scenario, tmp_path: Path, query: str, sentence: str
) -> None:
    answer = Browsers(council, tmp_path).of("pat").get(f"/reports/care/2024-07/as-known{query}")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_without_a_day_and_without_a_report_it_asks_for_one(
    council: Scenario, tmp_path: Path
) -> None:
    browsers = Browsers(council, tmp_path)
    page = browsers.of("pat").get("/reports/care/2024-07/as-known").text
    assert "Give a day to compare with" in page
    assert browsers.of("pat").get("/reports/none/2024-07/as-known").status_code == 404
    assert browsers.of("pat").get("/reports/care/july/as-known").status_code == 404
    assert browsers.of("cleo").get("/reports/care/2024-07/as-known").status_code == 403
