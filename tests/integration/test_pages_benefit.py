"""A benefit's pages: its money, what is next, its story, and how it stood on an earlier day."""

from datetime import date
from pathlib import Path

import pytest

from benefits.commands import delivery, details
from benefits.periods import Month
from benefits.register import programme_queries as look
from entrypoints.views import money, programme_money
from reports.composing.steps import lines_of
from reports.reconciliation import total
from tests.browsers import Browsers, words
from tests.scenario import Scenario, begin, money_of, saves
from tests.web import visitor


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


@pytest.fixture
def pages(council: Scenario, tmp_path: Path) -> Browsers:
    return Browsers(council, tmp_path)


@pytest.fixture
def homes(council: Scenario) -> str:
    benefit = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    claim = council.on("2024-07-09").claimed(benefit, 70_000, "2024-07")
    council.verified(benefit, claim)
    council.claimed(benefit, 20_000, "2024-07")
    return benefit


def test_a_director_sees_where_it_is_what_it_brings_and_who_answers(
    pages: Browsers, homes: str
) -> None:
    page = words(pages.of("aud").get(f"/benefits/{homes}").text)
    assert "B31 · Care closer to home › Placements Fewer homes" in page
    assert "✓ Validated On 2 April 2024" in page
    assert "● In delivery Since 2 April 2024" in page
    assert "Current plan £120,000 a year" in page
    assert "Verified £70,000 a year" in page
    assert "2024/25 £120,000 £120,000 £70,000 £20,000" in page
    assert "Annual amounts (run rate), gross of recurring investment" in page
    assert "Owner Olu Bright" in page
    assert "1 claim waits for finance." in page


def test_the_chart_stands_in_the_page_with_its_words(pages: Browsers, homes: str) -> None:
    page = pages.of("aud").get(f"/benefits/{homes}").text
    chart = page[page.index("<svg") : page.index("</svg>")]
    assert "<title" in chart
    assert "planned £0.12m, verified £0.07m" in chart or "planned £120k" in chart
    assert "style=" not in chart, "The page's policy lets no inline style through."


def test_the_page_has_the_figures_of_the_reports_reconciliation(
    council: Scenario, homes: str
) -> None:
    council.forecast(homes, money_of(90_000, "2024-07"), money_of(10_000, "2025-05", "2024/25"))
    today = date(2024, 9, 15)
    benefit, window = council.benefit(homes), council.realise.programme("care").window
    found = money.position(benefit, window, today)
    assert found is not None
    row = found.recurring
    assert row.current_plan == 12_000_000
    assert (row.verified, row.claimed, row.slipped) == (7_000_000, 2_000_000, 1_000_000)
    assert row.not_delivered == 2_000_000
    year = next(year for year in found.years if str(year.year) == "2024/25")
    assert year.cash.plan == 9_000_000, "From July there are nine months."
    assert year.cash.plan_to_date == 2_000_000, "To the end of August: the month before."


def test_a_programme_adds_exactly_what_its_benefits_come_to(council: Scenario, homes: str) -> None:
    second = council.in_delivery("Shared transport", saves(50_000.07, "2024-09"))
    council.rebaselined(second, saves(60_000, "2024-10"))
    gone = council.in_delivery("Given up", saves(5_000, "2024-09"))
    council.withdrawn(gone)
    today, window = date(2024, 9, 15), council.realise.programme("care").window
    with council.realise.database.read() as connection:
        (together,) = programme_money.alike(look.tranches_of(connection, "care"), window, today)
    singly = []
    for benefit in (homes, second, gone):
        lines = lines_of(council.benefit(benefit), Month(2024, 9))
        assert lines is not None
        singly.append(money.position_of(lines, window, Month(2024, 8)))
    assert together.benefits == 3
    assert together.money.recurring == total([each.recurring for each in singly])
    for number, year in enumerate(together.money.years):
        assert year.cash == total([each.years[number].cash for each in singly])


def test_what_the_next_gate_wants_is_listed_with_the_form_that_mends_it(
    council: Scenario, pages: Browsers
) -> None:
    benefit = council.identified("Fewer homes")
    page = pages.of("pat").get(f"/benefits/{benefit}").text
    assert "Ready for the Validation gate?" in page
    assert f'href="/benefits/{benefit}/record/name-owner"' in page
    assert f'href="/benefits/{benefit}/record/record-profile"' in page
    seen = pages.of("aud").get(f"/benefits/{benefit}").text
    assert "Ready for the Validation gate?" in seen
    assert "/record/" not in seen, "An auditor reads, and is offered no form."


@pytest.mark.parametrize(
    ("person", "offered", "kept"),
    [
        ("pat", "make-claim", "verify-claim"),
        ("olu", "record-forecast", "name-owner"),
        ("fay", "verify-claim", "make-claim"),
    ],
)
def test_each_person_is_offered_what_they_may_do_and_nothing_else(
    pages: Browsers, homes: str, person: str, offered: str, kept: str
) -> None:
    page = pages.of(person).get(f"/benefits/{homes}").text
    assert f"/benefits/{homes}/record/{offered}" in page
    assert f"/benefits/{homes}/record/{kept}" not in page


def test_what_the_board_approved_at_validation_is_not_offered_to_be_changed_after_it(
    pages: Browsers, council: Scenario, homes: str
) -> None:
    fresh = council.identified("More homes", saves(10_000, "2024-07"))
    for slug in ("describe-benefit", "correct-classification", "record-profile"):
        assert f"/record/{slug}" in pages.of("pat").get(f"/benefits/{fresh}").text
        assert f"/record/{slug}" not in pages.of("pat").get(f"/benefits/{homes}").text


@pytest.mark.parametrize("person", ["aud", "cleo"])
def test_everybody_who_is_signed_in_may_read_every_part(
    pages: Browsers, homes: str, person: str
) -> None:
    reader, nobody = pages.of(person), visitor(pages.app)
    for part in ("", "/money", "/delivery", "/decisions", "/evidence", "/story"):
        assert reader.get(f"/benefits/{homes}{part}").status_code == 200, part
        turned_away = nobody.get(f"/benefits/{homes}{part}")
        assert turned_away.status_code == 303
        assert turned_away.location.startswith("/sign-in")


def test_a_benefit_that_is_not_there_is_not_found_in_a_sentence(pages: Browsers) -> None:
    page = pages.of("aud").get("/benefits/nothing/money")
    assert page.status_code == 404
    assert "There is no such benefit" in page.text


def test_the_delivery_and_decisions_pages_hold_what_was_recorded(
    council: Scenario, pages: Browsers, homes: str
) -> None:
    council.do(delivery.ReadMeasure(homes, f"{homes}-days", date(2024, 7, 1), "90"))
    reader = pages.of("aud")
    delivered = words(reader.get(f"/benefits/{homes}/delivery").text)
    assert "The new service starts" in delivered
    assert "Better by 10 days" in delivered
    assert "Too few carers C3" in delivered
    decided = words(reader.get(f"/benefits/{homes}/decisions").text)
    assert "Delivery gate" in decided
    assert "Approved" in decided


# Its story, and how it stood.


def test_the_story_tells_each_event_with_who_when_and_where_it_is_in_the_log(
    pages: Browsers, homes: str
) -> None:
    page = pages.of("aud").get(f"/benefits/{homes}/story").text
    told = words(page)
    assert "by Pat Reeve" in told
    assert "9 July 2024 at 10:00am" in told, "In London, an hour ahead in July."
    assert 'href="/events/31"' in page


def test_the_story_is_narrowed_by_who_sort_and_day(pages: Browsers, homes: str) -> None:
    reader = pages.of("aud")
    by_finance = words(reader.get(f"/benefits/{homes}/story?who=fay").text)
    assert "by Fay Okoro" in by_finance
    assert "by Pat Reeve" not in by_finance
    claims = words(reader.get(f"/benefits/{homes}/story?sort=money&from=2024-07-01").text)
    assert "3 events of" in claims
    none = reader.get(f"/benefits/{homes}/story?to=2020-01-01")
    assert "Nothing is like that." in none.text


NONSENSE = {
    "who=stranger": "did nothing here",
    "sort=gossip": "There is no sort of thing",
    "from=yesterday": "is not a date",
    "to=2024-02-31": "is not a date",
    "from=9999-12-31": "is still to come",
    "known=0001-01-01": "does not go back",
    "known=2023-01-01": "was not on the register on 1 January 2023",
    "known=5+October": "is not a date",
}


def test_a_story_asked_for_in_a_way_that_makes_no_sense_says_so(
    pages: Browsers, homes: str
) -> None:
    reader = pages.of("aud")
    for asked, said in NONSENSE.items():
        page = reader.get(f"/benefits/{homes}/story?{asked}")
        assert page.status_code == 200, asked
        assert said in page.text, asked


def test_the_page_shows_the_benefit_as_it_stood_on_an_earlier_day(
    council: Scenario, pages: Browsers, homes: str
) -> None:
    council.on("2024-08-01").do(details.LabelBenefit(homes, title="Fewer residential homes"))
    reader = pages.of("pat")
    then = reader.get(f"/benefits/{homes}?known=2024-07-08").text
    assert "As known at the end of 8 July 2024." in then
    assert "<h1" in then
    assert "Fewer residential homes" not in words(then)
    assert "Verified £0 a year" in words(then)
    assert "/record/" not in then, "Nothing can be recorded in the past."
    day_after = words(reader.get(f"/benefits/{homes}?known=2024-07-09").text)
    assert "Verified £70,000 a year" in day_after
    assert "Fewer residential homes" in words(reader.get(f"/benefits/{homes}").text)
