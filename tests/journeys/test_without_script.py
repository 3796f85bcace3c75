"""A month's claims in a grid, and a workbook with a wrong cell, in a browser without scripts."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Browser

from benefits.periods import Month
from benefits.wording.writing import month
from reports.calendar import LONDON
from tests.journeys.person import Person, at_browsers, served_council
from tests.scenario import saves

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_claims_are_entered_and_a_workbook_is_corrected_without_any_script(
    browser: Browser, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    last = Month.of(datetime.now(LONDON).date()).plus(-1)
    with served_council(migrated_sqlite_url, tmp_path) as served:
        council = served.council
        council.in_delivery("Fewer homes", saves(120_000, str(last)), benefit="homes")
        council.in_delivery("One desk", saves(80_000, str(last)), benefit="desk")
        with at_browsers(browser, served, scripts=False) as signed_in:
            pat = signed_in("pat")
            _claims(pat, last)
            _workbook(pat, last)
        assert {
            claim.tranche.amount
            for benefit in ("homes", "desk")
            for claim in council.benefit(benefit).claims.values()
        } == {30_000_00, 20_000_00, 4_000_00}


def _presses(who: Person, button: str) -> str:
    who.page.get_by_role("button", name=button, exact=True).click()
    who.page.wait_for_load_state()
    return who.text


def _claims(pat: Person, last: Month) -> None:
    """One amount is no amount: nothing is written until it is put right. Then both are, once."""
    here = f"/programmes/care/enter/claims?month={last}"
    pat.opens(here).types(amount__homes="30,000", amount__desk="lots")
    assert "“lots” is not an amount of money" in _presses(pat, "Save the claims")
    assert pat.page.title().startswith("Error: ")
    pat.page.locator(".govuk-error-summary a").click()
    assert pat.page.url.endswith("#amount-desk")
    wrong = pat.page.locator("[name='amount-desk']")
    assert (wrong.input_value(), wrong.get_attribute("aria-describedby")) != ("", None)
    assert pat.page.locator("[name='amount-homes']").input_value() == "30,000"
    pat.types(amount__desk="20,000")
    assert "2 changes recorded, as one act." in _presses(pat, "Save the claims")
    # The same amount once more, as after the browser's back button: it is asked about, once.
    pat.opens(here).types(amount__homes="30,000")
    assert "is claimed already. Send it again only if" in _presses(pat, "Save the claims")
    pat.types(amount__homes="")
    assert "Nothing was changed" in _presses(pat, "Save the claims")


def _workbook(pat: Person, last: Month) -> None:
    """Uploaded, its column named, its wrong cell put right on the page, and recorded."""
    pat.opens("/programmes/care/import").types(what="claims")
    pat.page.locator("[name=file]").set_input_files(
        {"name": "claims.xlsx", "mimeType": XLSX, "buffer": _claims_of(month(last))}
    )
    shown = _presses(pat, "Upload and look at it")
    assert "Say which column is" in shown
    choose = pat.page.locator("select[name='column:amount']")
    choose.select_option("Saved so far")
    shown = _presses(pat, "Look at it again")
    assert "four thousand" in pat.page.content()
    assert "is not an amount of money" in shown
    assert not pat.page.get_by_role("button", name="Record all of it").count()
    pat.page.locator("input[name$=':amount']").fill("4,000")
    _presses(pat, "Look at it again")
    assert "as one act" in _presses(pat, "Record all of it")


def _claims_of(words: str) -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Claims")
        heads = ["Benefit", "Saved so far", "Month", "Recurring or one-off", "Budget line"]
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, ["One desk", "four thousand", words, "Recurring", "4711"])
    return held.getvalue()
