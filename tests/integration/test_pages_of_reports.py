"""Reports through their pages: drafted, issued, issued again, downloaded, and what is refused."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from benefits.commands.programme import CloseMonth, StartProgramme
from benefits.periods import FinancialYear, Month
from entrypoints.asked_for import run_asked
from entrypoints.jobs import Did
from reports import archive, asked, pdf
from tests.desks import Desks, at_their_desks
from tests.scenario import BOARD, begin, saves

MONTH = "/reports/care/2024-05"


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.in_delivery("One reception desk", saves(80_000, "2024-05"), benefit="desk")
    with at_their_desks(scenario, tmp_path) as found:
        yield found


def test_a_report_is_issued_read_by_all_and_issued_again_with_a_reason(desks: Desks) -> None:
    opened = desks["pat"].hidden("/reports")
    issued = desks["pat"].send("/reports/issue", {"which": "care/2024-05"}, opened)
    assert (issued.status_code, issued.location) == (303, MONTH)
    page = desks["cleo"].get(MONTH).text
    assert "Cleo Park" in page, "to whom it is sent"
    assert "Waits to be sent" in page
    file = desks["cleo"].get(f"{MONTH}/1.pdf")
    assert file.data.startswith(b"%PDF")
    assert sha256(file.data).hexdigest() in page
    assert file.mimetype == "application/pdf"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "benefits-report-care-closer-to-home-2024-05.pdf" in file.headers["Content-Disposition"]

    before = desks.events()
    again = desks["pat"].send("/reports/issue", {"which": "care/2024-05"}, opened)
    assert again.status_code == 303
    assert desks.events() == before, "a month is issued once"

    seen = desks["pat"].hidden(MONTH)
    assert desks["pat"].send(f"{MONTH}/reissue", {"reason": " "}, seen).status_code == 422
    why = {"reason": "A claim was missing."}
    for _ in range(2):
        assert desks["pat"].send(f"{MONTH}/reissue", why, seen).status_code == 303
    assert desks.events() == before + 1, "sent twice, one new edition"
    page = desks["aud"].get(MONTH).text
    assert "A claim was missing." in page
    assert desks["aud"].get(f"{MONTH}/1.pdf").data == file.data, "the first stays as it was"
    assert desks["aud"].get(f"{MONTH}/2.pdf").data != file.data
    assert f"{MONTH}/2.pdf" in desks["cleo"].get("/reports").text


def test_a_draft_is_handed_over_and_nothing_is_written(desks: Desks) -> None:
    before, opened = desks.events(), desks["fay"].hidden("/reports")
    known = {"known-day": "2", "known-month": "4", "known-year": "2024"}
    made = desks["fay"].send("/reports/draft", {"which": "care/2024-05", **known}, opened)
    assert made.status_code == 200
    assert made.data.startswith(b"%PDF")
    assert made.headers["Content-Disposition"].startswith("attachment;")
    assert "-DRAFT.pdf" in made.headers["Content-Disposition"]
    assert desks.events() == before
    with desks.scenario.realise.read() as connection:
        assert not archive.listed(connection)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({}, 404),
        ({"which": "care"}, 404),
        ({"which": "nothing/2024-05"}, 404),
        ({"which": "care/2024-99"}, 404),
        ({"which": "care/" + "9" * 20}, 404),
        ({"which": "care/2031-01"}, 409),
        ({"which": "care/2024-05", "known-day": "31"}, 409),
        (
            {"which": "care/2024-05", "known-day": "31", "known-month": "2", "known-year": "2024"},
            409,
        ),
        (
            {"which": "care/2024-05", "known-day": "1", "known-month": "1", "known-year": "9999"},
            409,
        ),
    ],
)
def test_a_draft_that_cannot_be_made_is_said_so_above_the_form(
    desks: Desks, typed: dict[str, str], status: int
) -> None:
    answer = desks["pat"].send("/reports/draft", typed, desks["pat"].hidden("/reports"))
    assert answer.status_code == status
    assert "There is a problem" in answer.text


def test_a_month_that_is_not_over_cannot_be_issued(desks: Desks) -> None:
    before = desks.events()
    sent = desks["pat"].send(
        "/reports/issue", {"which": "care/2024-06"}, desks["pat"].hidden("/reports")
    )
    assert sent.status_code == 409
    assert "June 2024 is not over yet" in sent.text
    assert desks.events() == before


def test_a_plan_older_than_its_record_is_drafted_and_issued_once_its_month_is_closed(
    desks: Desks,
) -> None:
    desks.scenario.do(
        StartProgramme("older", "Older plan", FinancialYear(2023), 4, BOARD, None, "Scrutiny")
    )
    offered = desks["pat"].get("/reports").text
    assert offered.count('value="older/2024-02"') == 1, "a draft, and nothing to issue yet"
    assert "older/2023-03" not in offered, "before the plan there is nothing to say"
    desks.scenario.do(CloseMonth("older", Month(2024, 2)))
    assert desks["pat"].get("/reports").text.count('value="older/2024-02"') == 2


def test_only_the_pmo_issues_and_the_committee_makes_no_draft(desks: Desks) -> None:
    assert "/reports/draft" not in desks["cleo"].get("/reports").text
    assert "/reports/issue" not in desks["fay"].get("/reports").text
    opened = desks["cleo"].hidden("/reports")
    which = {"which": "care/2024-05"}
    assert desks["cleo"].send("/reports/draft", which, opened).status_code == 403
    assert desks["cleo"].send("/reports/issue", which, opened).status_code == 403
    opened = desks["fay"].hidden("/reports")
    assert desks["fay"].send("/reports/issue", which, opened).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        MONTH,
        "/reports/care/2024-5",
        "/reports/nothing/2024-05",
        f"{MONTH}/1.pdf",
        f"{MONTH}/{'9' * 20}.pdf",
        f"{MONTH}/-1.pdf",
        f"{MONTH}/one.pdf",
    ],
)
def test_a_report_that_was_not_issued_is_not_there(desks: Desks, address: str) -> None:
    assert desks["cleo"].get(address).status_code == 404


def test_a_long_report_is_made_by_the_scheduler_once_while_its_page_tells_how_far_it_is(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "LONG", 0)
    monkeypatch.setattr(pdf, "page_count", lambda _: 400)
    seen: list[str] = []

    def render(contents: Any, branding: Any, fonts: Any, workers: int, progress: Any) -> bytes:
        progress("Drew part 3 of 12.")
        seen.append(desks["pat"].get(MONTH).text)
        return f"%PDF {contents.cover.edition}".encode()

    monkeypatch.setattr(pdf, "render", render)
    realise, before = desks.scenario.realise, desks.events()
    opened = desks["pat"].hidden("/reports")
    before_asking = desks["pat"].get("/reports").text
    assert "is a long one: it is made in the background" in before_asking
    assert "several minutes" in before_asking
    for _ in range(2):
        answer = desks["pat"].send("/reports/issue", {"which": "care/2024-05"}, opened)
        assert (answer.status_code, answer.location) == (303, MONTH)
    assert desks.events() == before, "nothing is issued while somebody waits"
    page = desks["cleo"].get(MONTH)
    assert page.headers["Refresh"] == "10"
    assert "is being made" in page.text
    assert "It waits for its turn" in page.text

    at = desks.scenario.at
    assert run_asked(realise, lambda: at) == Did(done=1)
    assert run_asked(realise, lambda: at) == Did()
    assert "Drew part 3 of 12." in seen[0]
    page = desks["cleo"].get(MONTH)
    assert "Refresh" not in page.headers
    assert "is being made" not in page.text
    assert page.text.count("SHA-256 of the file") == 1

    known = desks["pat"].hidden(MONTH)
    why = {"reason": "A claim was missing."}
    assert desks["pat"].send(f"{MONTH}/reissue", why, known).status_code == 303
    assert "A new edition is being made." in desks["pat"].get(MONTH).text
    assert run_asked(realise, lambda: at) == Did(done=1)
    assert "A claim was missing." in desks["pat"].get(MONTH).text


def test_what_keeps_a_long_report_from_being_made_stands_on_its_page_and_it_is_tried_again(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "LONG", 0)

    def render(*_: Any) -> bytes:
        raise ValueError("No ink.")

    monkeypatch.setattr(pdf, "render", render)
    opened = desks["pat"].hidden("/reports")
    refused = desks["pat"].send("/reports/issue", {"which": "care/2030-01"}, opened)
    assert refused.status_code == 409, "what could not be issued is said at once"
    desks["pat"].send("/reports/issue", {"which": "care/2024-05"}, opened)
    at = desks.scenario.at
    assert run_asked(desks.scenario.realise, lambda: at) == Did(failed=1)
    assert "It could not be made: No ink." in desks["pat"].get(MONTH).text
    assert run_asked(desks.scenario.realise, lambda: at) == Did(), "not before its time"
    monkeypatch.setattr(pdf, "render", lambda *_: b"%PDF drawn")
    monkeypatch.setattr(pdf, "page_count", lambda _: 1)
    later = at + timedelta(minutes=5)
    assert run_asked(desks.scenario.realise, lambda: later) == Did(done=1)
