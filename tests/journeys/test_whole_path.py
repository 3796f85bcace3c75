"""A benefit's whole path in a real browser: from an idea to a report that prints its figures."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from benefits.commands import delivery, details
from benefits.lifecycle import Gate, Stage
from benefits.periods import Month
from reports.calendar import LONDON
from tests.journeys.person import Person, Served, at_browsers, served_council
from tests.scenario import Scenario


@pytest.fixture
def served(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Served]:
    """The council, served."""
    with served_council(migrated_sqlite_url, tmp_path) as found:
        yield found


@pytest.fixture
def signed_in(browser: Browser, served: Served) -> Iterator[Any]:
    """Signs a person in at a browser of their own."""
    with at_browsers(browser, served) as sign_in:
        yield sign_in


def test_a_benefit_is_promised_approved_delivered_verified_realised_and_reported(
    served: Served, signed_in: Any, tmp_path: Path
) -> None:
    council = served.council
    last = Month.of(datetime.now(LONDON).date()).plus(-1)
    pat, fay, chris, sam = (signed_in(person) for person in ("pat", "fay", "chris", "sam"))

    # The PMO identifies it and says what it is; finance confirms what it is worth.
    pat.opens("/programmes/care/record/identify-benefit").types(
        workstream="Placements", title="Fewer agency carers", kind="cash-releasing saving",
        fund="general fund",
    ).sends()  # fmt: skip
    pat.opens("/register")
    pat.page.get_by_role("link", name="Fewer agency carers").click()
    pat.sees()
    benefit = pat.page.url.rpartition("/benefits/")[2].split("/")[0].split("?")[0]
    home = f"/benefits/{benefit}"
    pat.opens(f"{home}/record/record-profile").types(
        profile__tranches__0__nature="one-off", profile__tranches__0__month=str(last),
        profile__tranches__0__committed="123,456.78", profile__point="stated",
    ).sends()  # fmt: skip
    council.described(benefit)
    if not council.benefit(benefit).value_confirmed_by:
        fay.opens(f"{home}/record/confirm-value").types(note="Agreed to the budget.").sends()

    # Two members of the board approve.
    _decided(pat, (chris, sam), home, "validation", council, benefit)
    assert council.benefit(benefit).stage is Stage.VALIDATED
    council.at = datetime.now(UTC)
    council.prepared(benefit, milestone=f"{council.at:%Y-%m-%d}")
    _decided(pat, (chris, sam), home, "delivery", council, benefit)
    assert council.benefit(benefit).stage is Stage.IN_DELIVERY

    # The PMO claims, and finance verifies.
    pat.opens(f"{home}/record/make-claim").types(
        tranche__amount="123,456.78", tranche__nature="one-off", tranche__month=str(last),
        tranche__plan_year=str(last.financial_year), budget_line="4711",
    ).sends()  # fmt: skip
    fay.opens("/finance")
    fay.page.locator("a[href^='/claims/']").first.click()
    fay.sees().types(grade="Final", against="Ledger, period 8", reason="Seen.").sends()
    (claim,) = council.benefit(benefit).claims.values()
    assert claim.verified == 123_456_78

    # It is done: the milestone is reached, the measure read, and the board accepts it.
    council.at = datetime.now(UTC)
    today = datetime.now(LONDON).date()
    council.do(
        delivery.ReachMilestone(benefit, f"{benefit}-starts", today),
        delivery.ReadMeasure(benefit, f"{benefit}-days", today, "79"),
        details.AddNote(benefit, "All of it is in the ledger."),
    )
    _decided(pat, (chris, sam), home, "realisation", council, benefit)
    assert council.benefit(benefit).stage is Stage.REALISED
    for part in ("", "/money", "/delivery", "/decisions", "/evidence", "/story"):
        pat.opens(home + part)

    # The report is made and downloaded, and its text has the figures.
    pat.opens("/reports")
    form = pat.page.locator("form").filter(has=pat.page.locator("#issue"))
    form.locator("select").select_option(f"care/{last}")
    with pat.page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert "is issued and on its way" in pat.sees().text
    cleo = signed_in("cleo").opens(f"/reports/care/{last}")
    link = cleo.page.get_by_role("button", name="Open the PDF").get_attribute("href")
    given = cleo.page.request.get(f"{served.address}{link}")
    assert given.headers["content-type"] == "application/pdf"
    (tmp_path / "report.pdf").write_bytes(given.body())
    words = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Fewer agency carers" in words
    assert "123,456.78" in words or "123,457" in words
    assert "DRAFT" not in words


def _decided(
    pat: Person,
    members: tuple[Person, ...],
    home: str,
    gate: str,
    council: Scenario,
    benefit: str,
) -> None:
    """The PMO puts a case, and the members approve it from their queue."""
    pat.opens(f"{home}/ask/{gate}").types(summary="Please approve what the pack shows.").sends()
    case = council.benefit(benefit).open_case
    assert case is not None
    assert case.submitted.gate is Gate(gate.capitalize())
    for member in members:
        member.opens("/board")
        member.page.locator(f"a[href='/cases/{case.case}']").first.click()
        member.sees().types(choice="approve", statement="I am content with the pack.").sends()
