"""Finance verifies and a board votes by the keyboard alone, with scripts and without."""

from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser

from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.periods import Month
from reports.calendar import LONDON
from tests.journeys.keys import Keys
from tests.journeys.person import Served, served_council
from tests.scenario import saves
from tests.web import PASSWORD

_FOCUS = "() => document.activeElement.className"


def test_finance_verifies_and_a_member_votes_without_a_mouse_and_without_scripts(
    browser: Browser, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    last = Month.of(datetime.now(LONDON).date()).plus(-1)
    with served_council(migrated_sqlite_url, tmp_path) as served:
        council = served.council
        council.in_delivery("Fewer homes", saves(120_000, str(last)), benefit="homes")
        council.described(council.identified("One desk", saves(8_000, str(last)), benefit="desk"))
        case = council.submitted("desk", Gate.VALIDATION)
        for scripts, choice in ((False, Choice.REJECT), (True, Choice.DEFER)):
            claim = council.claimed("homes", 20_000, str(last))
            with browser.new_context(java_script_enabled=scripts) as context:
                _verifies(_signed_in(Keys(context.new_page()), served, "fay"), claim, scripts)
            assert council.benefit("homes").claims[claim].verified == 20_000_00, scripts
            with browser.new_context(java_script_enabled=scripts) as context:
                # The second time the stop is at the vote that stands, which is changed.
                at, to = ("Reject", ["ArrowUp"]) if scripts else ("Approve", ["ArrowDown"] * 3)
                _votes(_signed_in(Keys(context.new_page()), served, "chris"), at, to)
            held = council.benefit("desk").cases[case].votes
            assert [vote.choice for vote in held.values()] == [choice], scripts


def _signed_in(keys: Keys, served: Served, person: str) -> Keys:
    """The first stop of a page is the link that skips to what the page is about."""
    keys.opens(f"{served.address}/sign-in")
    assert keys.tab() == "Skip to main content"
    keys.presses("Enter").tab_to("Email address").types(f"{person}@example.gov.uk")
    keys.tab_to("Password").types(PASSWORD).enters()
    assert not keys.page.url.endswith("/sign-in")
    return keys


def _verifies(keys: Keys, claim: str, scripts: bool) -> None:
    """From the queue to the claim; a wrong amount first, then the right one."""
    keys.tab_to("Finance", exactly=True).enters().tab_to("£20,000 a year").enters()
    assert keys.page.url.endswith(f"/claims/{claim}")
    keys.tab_to("Amount confirmed").types("lots").tab_to("Preliminary").presses("Space")
    keys.tab_to("Verify the claim", exactly=True).enters()
    assert keys.page.title().startswith("Error: ")
    if scripts:
        assert "govuk-error-summary" in keys.page.evaluate(_FOCUS)
    summary = keys.page.locator(".govuk-error-summary a").first.inner_text()
    keys.tab_to(summary).presses("Enter")
    if not scripts:  # the browser goes there, and Tab goes on from it
        keys.page.keyboard.press("Shift+Tab")
        keys.tab_to("Amount confirmed")
    keys.types("20,000").tab_to("Verify the claim", exactly=True).enters()
    assert "Verified" in keys.page.inner_text("h1")


def _votes(keys: Keys, stop: str, arrows: list[str]) -> None:
    """From the queue to the case; radios by the arrows, and a reason."""
    keys.tab_to("Board", exactly=True).enters()
    keys.tab_to("One desk").enters().tab_to(stop, exactly=True).presses("Space", *arrows)
    keys.tab_to("Statement").types("The unit costs should be checked first.")
    keys.tab_to("Cast your vote", exactly=True).enters()
    assert not keys.page.locator(".govuk-error-summary").count()
