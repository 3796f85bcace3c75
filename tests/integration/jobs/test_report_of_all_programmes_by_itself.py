"""The report of all programmes is issued by itself where the council says so: once, and last."""

from datetime import UTC, datetime, timedelta

import pytest

from benefits.refusals import NotAllowed, Refused
from entrypoints.jobs import Did
from reports import pdf
from reports.issued import PORTFOLIO
from tests.integration.jobs.asked import DUE, emails, issued, look, runs
from tests.scenario import Scenario
from workflows import ledger
from workflows.commands import SetPortfolioSchedule


def programmes(council: Scenario) -> list[tuple[str, str]]:
    return [(one.event.programme, str(one.event.month)) for one in issued(council)]


def test_until_the_council_says_so_it_is_issued_only_when_asked(
    council: Scenario, quick: None
) -> None:
    look(council, DUE)
    assert programmes(council) == [("care", "2024-04")]


def test_it_comes_after_the_programmes_own_reports_and_once(council: Scenario, quick: None) -> None:
    council.do(SetPortfolioSchedule(by_schedule=True, working_day=3), by="ada")
    assert look(council, DUE) == Did(done=2)
    assert look(council, DUE + timedelta(hours=2)) == Did()
    assert programmes(council) == [("care", "2024-04"), (PORTFOLIO, "2024-04")]
    last = issued(council)[-1]
    assert last.actor == "scheduler"
    assert len({mail.message for mail in emails(council)}) == len(emails(council)) >= 2


def test_missed_months_are_caught_up_in_order(council: Scenario, quick: None) -> None:
    council.do(SetPortfolioSchedule(by_schedule=True, working_day=3), by="ada")
    look(council, datetime(2024, 7, 20, tzinfo=UTC))
    ours = [month for programme, month in programmes(council) if programme == PORTFOLIO]
    assert ours == ["2024-04", "2024-05", "2024-06"]


def test_it_waits_for_a_programme_whose_own_report_fails_but_not_for_ever(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(contents: object, *_: object) -> bytes:
        if not contents.cover.is_portfolio:  # type: ignore[attr-defined]
            raise ValueError("No ink.")
        return b"drawn"

    monkeypatch.setattr(pdf, "render", render)
    monkeypatch.setattr(pdf, "page_count", lambda _: 1)
    council.do(SetPortfolioSchedule(by_schedule=True, working_day=3), by="ada")
    at = DUE
    for _ in range(ledger.PATIENT):
        assert programmes(council) == []
        look(council, at)
        at += timedelta(hours=4)
    assert programmes(council) == [(PORTFOLIO, "2024-04")]
    assert {run.state for run in runs(council)} == {ledger.DONE, ledger.FAILED}


def test_an_administrator_sets_it_and_nobody_else_and_the_day_is_a_working_day(
    council: Scenario,
) -> None:
    with pytest.raises(NotAllowed):
        council.do(SetPortfolioSchedule(by_schedule=True, working_day=3), by="pat")
    with pytest.raises(Refused, match="working day"):
        council.do(SetPortfolioSchedule(by_schedule=True, working_day=0), by="ada")
    council.do(SetPortfolioSchedule(by_schedule=True, working_day=5), by="ada")
    council.do(SetPortfolioSchedule(by_schedule=False, working_day=5), by="ada")
    standing = council.realise.standing("council", "council")
    assert standing.portfolio_day == 0
