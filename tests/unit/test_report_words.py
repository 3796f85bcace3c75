"""How the report writes amounts, readings and events, and what it makes of odd letters."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from reports import printing
from reports.composing.cover import linked_address
from reports.pages import ColourNotUsable, check_colour, legible
from reports.printing import Events
from reports.references import LeadsNowhere, check_references
from tests.example_report import benefits, empty, example


def test_a_table_shows_pence_everywhere_or_nowhere_so_that_its_columns_line_up() -> None:
    assert not printing.has_pence([100, -200, 0])
    assert printing.has_pence([100, 201])
    assert printing.figure(123_456_700) == "1,234,567"
    assert printing.figure(123_456_700, pence=True) == "1,234,567.00"
    assert printing.figure(-50) == "−0.50"
    assert printing.figure(0, pence=True) == "0"
    assert printing.change(100) == "+1"


@pytest.mark.parametrize(
    ("pence", "shown"),
    [(0, "£0"), (925_050, "£9,250.50"), (3_833_350, "£38,334"),
     (34_000_000, "£340k"), (383_500_000, "£3.84m"),
     (-50_000_000_000_0, "−£5.00bn")],
)  # fmt: skip
def test_a_headline_is_short(pence: int, shown: str) -> None:
    assert printing.short_pounds(pence) == shown


def test_a_headline_never_says_a_thousand_thousand() -> None:
    assert printing.short_pounds(99_999_999) == "£1.00m"


def test_events_are_listed_in_runs() -> None:
    assert printing.events([20, 18, 12, 19, 15, 12]) == Events(
        ((12, "12"), (15, "15"), (18, "18–20")), 0
    )
    assert printing.events([1234]) == Events(((1234, "1,234"),), 0)
    assert printing.events([]) == Events((), 0)
    assert printing.events([1, 3, 5, 6, 9], most=2) == Events(((1, "1"), (3, "3")), 3)


def test_the_file_is_stamped_in_universal_time_and_tables_write_short_days() -> None:
    summer = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)
    assert printing.day_short(summer.date()) == "1 Jul 2024"
    assert printing.day_words(None) == "Not known"
    assert printing.stamp(summer) == "2024-07-01T23:30:00Z"


def test_a_reading_is_written_as_it_was_given() -> None:
    assert printing.number(Decimal("14200.50")) == "14,200.50"
    assert printing.number(Decimal(-3)) == "−3"
    assert printing.number(None) == "No reading"


def test_a_letter_that_the_font_lacks_is_named_in_words() -> None:
    known = frozenset(map(ord, "abcé <>&;"))
    assert legible("a😀b", known) == "a[grinning face]b"
    assert legible("e\u0301\x00", known) == "é"


@pytest.mark.parametrize("colour", ["#ffbf47", "red", "#12436", "#12436d;}"])
def test_a_colour_on_which_white_words_cannot_be_read_is_refused(colour: str) -> None:
    with pytest.raises(ColourNotUsable):
        check_colour(colour)


def test_the_default_colour_carries_white_words() -> None:
    check_colour("#12436d")


def test_a_figure_that_leads_nowhere_stops_the_report_and_is_named() -> None:
    report = example(count=2)
    with pytest.raises(LeadsNowhere, match="B3, B4, B5, B6"):
        check_references(report)


def test_every_figure_of_the_example_leads_to_its_events() -> None:
    check_references(example())
    check_references(empty())


def test_a_reference_that_stands_twice_stops_the_report() -> None:
    report = example()
    twice = replace(report.appendix, traces=(*benefits.TRACES, benefits.TRACES[0]))
    with pytest.raises(LeadsNowhere, match="twice in the appendix: F2"):
        check_references(replace(report, appendix=twice))


def test_a_reference_beside_another_figure_than_its_entry_gives_stops_the_report() -> None:
    report = example()
    aged = replace(report.status.aged[0], brought_forward=report.status.aged[0].verified)
    with pytest.raises(LeadsNowhere, match="another figure than their entry gives: F5"):
        check_references(replace(report, status=replace(report.status, aged=(aged,))))


def test_the_templates_hold_no_address_and_no_style_of_their_own() -> None:
    folder = Path(__file__).resolve().parents[2] / "templates" / "report"
    for path in folder.rglob("*.j2"):
        text = path.read_text()
        assert "http" not in text, path
        assert "|safe" not in text, path


@pytest.mark.parametrize(
    "address", ["", "http://127.0.0.1:8000", "http://localhost", "http://[::1]"]
)
def test_a_report_is_not_linked_to_an_address_that_only_one_machine_can_open(address: str) -> None:
    assert linked_address(address) == ""


def test_a_report_is_linked_to_the_record_where_everybody_can_read_it() -> None:
    assert linked_address("https://benefits.example/") == "https://benefits.example"
