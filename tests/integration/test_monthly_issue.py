"""A report is drafted without a trace and issued once; the next opens with what it printed."""

import json
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update

from benefits.commands.details import AddNote
from benefits.periods import Month
from benefits.refusals import Refused
from entrypoints.wiring import KINDS
from reports import logos
from reports.archive import report_archive
from reports.composing.book import Family
from reports.composing.opening import from_json
from reports.issuing import Issued
from reports.money_tables import MovementTable, RecurringRow
from reports.monthly import DoesNotReconcile, compose_again
from tests.integration.of_a_month import Y24, annual, composed, in_year, kept, report
from tests.report_files import picture
from tests.scenario import Scenario, begin, money_of, saves
from tests.verapdf import verdicts
from workflows.directory import people

JULY = Month(2024, 7)


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


@pytest.fixture
def july(council: Scenario) -> Scenario:
    """Homes saved 60,000 of 120,000 by the end of July, and a claim dated August waits."""
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-07-09")
    council.verified(homes, council.claimed(homes, 60_000, "2024-07"))
    council.on("2024-08-02").claimed(homes, 10_000.01, "2024-08")
    return council.closed("2024-07")


def issued(council: Scenario, month: Month, **given: Any) -> Issued:
    return council.realise.reports.issue("care", month, by="pat", at=council.at, **given)


def opening_row(table: MovementTable[RecurringRow]) -> dict[str, int]:
    return {name: getattr(table.opening, name) for name, _ in RecurringRow.COLUMNS}


def test_a_draft_leaves_no_trace(july: Scenario) -> None:
    before = july.realise.store.head()
    made = july.realise.reports.draft("care", JULY, by="pat", at=july.at)
    assert made.pdf.startswith(b"%PDF")
    assert july.realise.store.head() == before
    assert issued(july, JULY).fresh


def test_a_month_issued_again_gives_the_archived_bytes(july: Scenario) -> None:
    first = issued(july, JULY)
    july.on("2024-08-20").forecast("benefit-1", money_of(120_000, "2025-04", Y24))
    again = issued(july, JULY)
    assert (first.fresh, again.fresh) == (True, False)
    assert again.archived.pdf == first.archived.pdf
    assert again.archived.inputs_sha256 == first.archived.inputs_sha256


def test_the_report_is_archival_and_accessible(july: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "july.pdf"
    file.write_bytes(issued(july, JULY).archived.pdf)
    assert verdicts([file]) == {
        ("july.pdf", "PDF/UA-1"): [],
        ("july.pdf", "PDF/A-3a"): [],
    }


def test_the_next_month_opens_with_exactly_what_this_one_printed(july: Scenario) -> None:
    printed = report(july, "2024-07")
    kept(july, JULY)
    july.on("2024-09-03").forecast("benefit-1", money_of(120_000, "2025-04", Y24))
    august = report(july, "2024-08")
    row = annual(printed)
    table = next(one for one in august.movements.recurring if str(one.year) == Y24)
    assert opening_row(table) == {name: getattr(row, name) for name, _ in RecurringRow.COLUMNS}
    assert table.closing.current_plan == annual(august).current_plan
    assert "the report of July 2024" in august.movements.since
    assert table.opening.label == "Opening, as the report of July 2024 printed it"
    cash = next(one for one in august.movements.cash if str(one.year) == Y24)
    assert cash.opening.verified_to_date == in_year(printed).verified_to_date == 5_000_00
    assert cash.closing.verified_to_date == 10_000_00


def test_a_claim_dated_after_the_month_waits_and_then_moves(july: Scenario) -> None:
    printed = report(july, "2024-07")
    assert annual(printed).claimed == 0
    assert "waits for the next report" in printed.appendix.benefits[0].note
    kept(july, JULY)
    august = report(july, "2024-08")
    assert annual(august).claimed == 10_000_01
    table = next(one for one in august.movements.recurring if str(one.year) == Y24)
    (cause,) = table.causes
    assert (cause.label, cause.claimed, cause.still_forecast) == (
        "Claimed",
        10_000_01,
        -10_000_01,
    )


def test_a_late_claim_for_a_closed_month_is_taken_by_the_next_report_and_marked(
    july: Scenario,
) -> None:
    kept(july, JULY)
    july.on("2024-09-02").claimed("benefit-1", 5_000, "2024-07")
    august = report(july, "2024-08")
    assert annual(august).claimed == 15_000_01
    assert "after that month was closed" in august.appendix.benefits[0].note


def test_a_reissue_says_what_it_replaces_and_the_next_month_opens_with_it(july: Scenario) -> None:
    issued(july, JULY)
    july.on("2024-08-20").forecast("benefit-1", money_of(120_000, "2025-04", Y24))
    with pytest.raises(Refused):
        issued(july, JULY, reissue=True)
    again = issued(july, JULY, reissue=True, reason="The forecast was missing.")
    assert again.archived.edition == 2
    august = report(july, "2024-08")
    assert "edition 2" in august.movements.since
    table = next(one for one in august.movements.recurring if str(one.year) == Y24)
    assert table.opening.slipped == 60_000_00


def test_a_report_as_known_before_an_issue_does_not_open_with_it(july: Scenario) -> None:
    known = july.realise.store.head()[0] - 1
    kept(july, JULY)
    assert report(july, "2024-08", position=known).movements.since.startswith("This is the first")


def test_the_signed_checkpoint_of_its_position_is_printed(july: Scenario) -> None:
    made = july.realise.checkpoint_now(july.at)
    july.do(AddNote("benefit-1", "Written after the checkpoint."))
    printed = composed(july, "2024-07")
    assert printed.contents.cover.checkpoint == made.note == printed.inputs["checkpoint"]
    before = composed(july, "2024-07", position=made.size - 1)
    assert made.note != before.contents.cover.checkpoint


def test_the_inputs_hold_what_the_bytes_depend_on(july: Scenario) -> None:
    kept(july, JULY)
    inputs = composed(july, "2024-08").inputs
    assert inputs["opened_by"]["month"] == "2024-07"
    assert inputs["log"]["position"] == july.realise.store.head()[0]
    assert inputs["names"]["olu"] == ["Olu Bright", "Director of Children’s Services"]
    assert inputs["calendar"]["due"] == "2024-09-04"
    assert inputs["versions"]["weasyprint"][0].isdigit()


def test_a_report_made_again_from_its_inputs_is_the_same_after_people_and_figures_have_changed(
    july: Scenario,
) -> None:
    kept(july, JULY)
    first = composed(july, "2024-08")
    july.forecast("benefit-1", money_of(120_000, "2025-04", Y24))
    with july.realise.database.write() as connection:
        connection.execute(update(people).values(name="Erased", post=""))
    again = compose_again(july.realise.store, KINDS, json.loads(json.dumps(first.inputs)))
    assert again == first


def test_a_report_made_again_has_the_logo_that_it_was_made_with(july: Scenario) -> None:
    database = july.realise.database
    with database.write() as connection:
        logos.keep(connection, logos.looked_at(picture()), july.at)
    first = composed(july, "2024-07")
    assert first.branding.logo.startswith("data:image/png;base64,")
    with database.write() as connection:
        logos.remove(connection)
    assert composed(july, "2024-07").branding.logo == ""
    assert compose_again(july.realise.store, KINDS, json.loads(json.dumps(first.inputs))) == first


@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [("PNG", "I;16", "RGBA"), ("PNG", "P", "RGBA"), ("JPEG", "CMYK", "RGB"), ("JPEG", "L", "RGB")],
)
def test_a_logo_is_drawn_anew_small_and_in_colours_that_every_reader_knows(
    council: Scenario, kind: str, mode: str, becomes: str
) -> None:
    with council.realise.database.write() as connection:
        logos.keep(connection, logos.looked_at(picture(kind, mode, 1_000)), council.at)
        drawn = logos.for_print(connection)
    with Image.open(BytesIO(b64decode(drawn.partition(",")[2]))) as found:
        assert (found.mode, found.size, found.info.get("icc_profile")) == (
            becomes,
            (600, 300),
            None,
        )


def test_a_logo_that_cannot_be_read_holds_no_report_up(council: Scenario) -> None:
    cut = logos.Logo("image/png", picture()[:24] + b"no picture at all")
    with council.realise.database.write() as connection:
        logos.keep(connection, cut, council.at)
        assert logos.for_print(connection) == ""


def test_the_stored_opening_comes_back_as_it_was(july: Scenario) -> None:
    made = composed(july, "2024-07")
    stored = json.loads(json.dumps(made.inputs["opening"]))
    (ref,) = stored["benefits"]
    opening = from_json(stored, Family.CASHABLE, [ref])
    assert opening.month == JULY
    assert opening.recurring[Y24] == opening.by_benefit[ref].recurring[Y24]
    assert opening.recurring[Y24]["verified"] == 60_000_00
    assert str(2024 + 13) + "/38" in opening.cash


def test_a_penny_that_was_printed_otherwise_stops_the_report_and_names_the_benefit(
    july: Scenario,
) -> None:
    kept(july, JULY)
    inputs = composed(july, "2024-07").inputs
    (ref,) = inputs["opening"]["benefits"]
    inputs["opening"]["benefits"][ref]["recurring"][Y24]["verified"] += 1
    with july.realise.database.write() as connection:
        connection.execute(update(report_archive).values(inputs=json.dumps(inputs)))
    with pytest.raises(DoesNotReconcile, match=f"Benefit {ref} does not reconcile"):
        report(july, "2024-08")


def test_an_empty_programme_can_be_issued(council: Scenario) -> None:
    council.on("2024-05-03")
    assert issued(council, Month(2024, 4)).archived.pages > 3
