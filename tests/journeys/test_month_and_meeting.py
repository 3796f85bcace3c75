"""The month is closed by the keyboard alone, and a chair runs a meeting, in a real browser."""

from datetime import date, datetime
from pathlib import Path

from playwright.sync_api import Browser

from benefits.lifecycle import Gate
from benefits.periods import Month
from reports.calendar import LONDON
from tests.browsers import words
from tests.journeys.keys import Keys
from tests.journeys.person import Person, at_browsers, served_council
from tests.scenario import saves


def test_the_month_is_closed_by_the_keyboard_and_the_chair_runs_a_meeting(
    browser: Browser, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    last = Month.of(datetime.now(LONDON).date()).plus(-1)
    with served_council(migrated_sqlite_url, tmp_path) as served:
        council = served.council
        council.in_delivery("Fewer homes", saves(120_000, str(last)), benefit="homes")
        council.described(council.identified("One desk", saves(8_000, str(last)), benefit="desk"))
        case = council.submitted("desk", Gate.VALIDATION)
        with at_browsers(browser, served) as signed_in:
            _month(signed_in("pat"), last)
            _meeting(signed_in("chris"), case)
        assert [claim.tranche.amount for claim in council.benefit("homes").claims.values()] == [
            30_000_00
        ]
        assert council.benefit("desk").cases[case].interests.keys() == {"mo"}


def _month(pat: Person, last: Month) -> None:
    """Claims and forecasts in grids, and the month closed, without a mouse."""
    page = pat.opens(f"/programmes/care/closing?month={last}").page
    keys = Keys(page)
    keys.tab_to("Record the claims of the programme in one grid").enters()
    pat.sees()
    keys.tab_to("Amount").types("30,000").enters()
    assert "1 change recorded, as one act." in words(page.content())
    keys.tab_to("Forecasts").enters()
    keys.tab_to("Tick “Reviewed” on every benefit of this page").enters()
    keys.tab_to("Save the forecasts").enters()
    assert "recorded, as one act." in words(page.content())
    pat.opens(f"/programmes/care/closing?month={last}")
    keys.tab_to("Close ").enters().tab_to("Close the month").enters()
    assert (
        "The PMO has closed this month" in pat.opens(f"/programmes/care/closing?month={last}").text
    )


def _meeting(chris: Person, case: str) -> None:
    """Called for today, an interest declared, attendance recorded, the chair's own vote cast."""
    today: date = datetime.now(LONDON).date()
    chris.opens("/boards/main/meetings/new").types(
        day__day=str(today.day), day__month=str(today.month), day__year=str(today.year),
        starts="14:00", place="The long room",
    ).sends()  # fmt: skip
    meeting = chris.page.url.removeprefix(chris.address)
    chris.opens(f"/cases/{case}/interest").types(
        person="mo", interest="A relative bids for it."
    ).sends()
    chris.opens(f"{meeting}/attendance")
    for name in ("Chris Vane", "Mo Amin"):
        chris.page.get_by_label(name).check()
    chris.sends().opens(meeting)
    assert "Not quorate: 1 of the 2 seats present may vote on it" in chris.text
    with chris.page.expect_navigation():
        chris.page.get_by_role("link", name="Read and vote").click()
    chris.sees().types(choice="defer", statement="Wait until the finance seat is here.")
    with chris.page.expect_navigation():
        chris.page.get_by_role("button", name="Cast your vote").click()
    with chris.sees().page.expect_navigation():
        chris.page.get_by_role("link", name="the board’s meeting on").click()
    assert "Wait until the finance seat is here." in chris.sees().text
    minutes = chris.page.request.get(f"{chris.address}{meeting}/minutes.pdf")
    assert minutes.body().startswith(b"%PDF-1.7")
