"""A long draft: asked for, made by the scheduler, and handed over to who asked, for a day."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from benefits.commands.details import MakeExempt
from entrypoints.asked_for import run_drafts
from entrypoints.jobs import Did
from entrypoints.personal import held_of
from reports import archive, asked, asked_drafts, pdf
from tests.desks import MORNING, Desks, at_their_desks
from tests.scenario import begin, saves
from workflows import ledger
from workflows.commands import GrantRole, RevokeRole, Role

KNOWN = {"known-day": "2", "known-month": "4", "known-year": "2024"}
WAITS = "Draft for Care closer to home, May 2024"


@pytest.fixture
def desks(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    """Every report is a long one, and drawn in no time."""
    monkeypatch.setattr(asked, "LONG", 0)
    monkeypatch.setattr(pdf, "page_count", lambda _: 400)
    monkeypatch.setattr(pdf, "render", lambda contents, *_: repr(contents.cover).encode())
    scenario = begin(database_url, tmp_path)
    scenario.in_delivery("One reception desk", saves(80_000, "2024-05"), benefit="desk")
    with at_their_desks(scenario, tmp_path) as found:
        yield found
    scenario.realise.database.close()


def ask(desks: Desks, person: str = "pat", **typed: str) -> None:
    """Ask for the draft of May 2024: nothing is handed over yet."""
    opened = desks[person].hidden("/reports")
    answer = desks[person].send("/reports/draft", {"which": "care/2024-05", **typed}, opened)
    assert (answer.status_code, answer.location) == (303, "/reports")


def look(desks: Desks, **later: int) -> Did:
    """What a scheduler does so much later."""
    return run_drafts(desks.scenario.realise, lambda: MORNING + timedelta(**later))


def opens(desks: Desks, person: str = "pat") -> list[str]:
    """The addresses of the drafts that the page of reports offers to a person."""
    page = desks[person].get("/reports").text
    return re.findall(r'href="(/reports/draft/[^"]+)"', page)


def kept(desks: Desks) -> tuple[int, int]:
    """How many drafts there are, and how many runs."""
    with desks.scenario.realise.read() as connection:
        rows = select(func.count()).select_from(asked_drafts.asked_drafts)
        return int(connection.execute(rows).scalar_one()), ledger.runs(connection)


def test_it_is_made_by_the_scheduler_and_handed_over_to_who_asked_and_to_nobody_else(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def render(contents: Any, branding: Any, fonts: Any, workers: int, progress: Any) -> bytes:
        progress("Drew part 3 of 12.")
        seen.append(desks["pat"].get("/reports").text)
        return b"%PDF drawn"

    monkeypatch.setattr(pdf, "render", render)
    before = desks.events()
    for _ in range(2):
        ask(desks, **KNOWN)
    page = desks["pat"].get("/reports").text
    assert page.count(WAITS) == 1, "asked twice, it stands there once"
    assert "as known at the end of 2 April 2024" in page
    assert "It waits for its turn" in page
    assert WAITS not in desks["fay"].get("/reports").text
    assert opens(desks) == []

    assert (look(desks), look(desks)) == (Did(done=1), Did())
    assert "Drew part 3 of 12." in seen[0]
    (address,) = opens(desks)
    file = desks["pat"].get(address)
    assert file.data == b"%PDF drawn"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "-DRAFT.pdf" in file.headers["Content-Disposition"]
    assert file.headers["Cache-Control"] == "no-store"
    assert desks["fay"].get(address).status_code == 404
    assert desks["cleo"].get(address).status_code == 403
    assert desks.events() == before, "a draft leaves no trace in the log"
    with desks.scenario.realise.read() as connection:
        assert not archive.listed(connection)
        assert len(held_of(connection, "pat")["asked_drafts"]) == 1, "told to whom it is of"


def test_it_is_dropped_after_a_day_and_when_the_same_is_asked_for_again(desks: Desks) -> None:
    ask(desks)
    assert look(desks) == Did(done=1)
    (first,) = opens(desks)
    ask(desks, **KNOWN)
    assert opens(desks) == [first], "another day of the record is another draft"
    ask(desks)
    assert opens(desks) == []
    assert desks["pat"].get(first).status_code == 404
    assert (look(desks), look(desks), look(desks)) == (Did(done=1), Did(done=1), Did())
    assert len(opens(desks)) == 2
    assert kept(desks) == (2, 2)
    look(desks, hours=23)
    assert kept(desks) == (2, 2)
    assert look(desks, hours=25) == Did()
    assert kept(desks) == (0, 0)
    assert opens(desks) == []


def test_what_keeps_it_from_being_made_is_said_and_it_is_tried_again(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = desks["pat"].hidden("/reports")
    refused = desks["pat"].send("/reports/draft", {"which": "care/2031-01"}, opened)
    assert refused.status_code == 409, "what could not be drafted is said at once"
    drawn = pdf.render

    def render(*_: Any) -> bytes:
        raise ValueError("No ink.")

    monkeypatch.setattr(pdf, "render", render)
    ask(desks)
    assert look(desks) == Did(failed=1)
    page = desks["pat"].get("/reports").text
    assert "It could not be made: No ink. It is tried again from" in page
    assert look(desks) == Did(), "not before its time"
    monkeypatch.setattr(pdf, "render", drawn)
    assert look(desks, minutes=5) == Did(done=1)
    assert len(opens(desks)) == 1


def test_what_failed_is_begun_at_once_when_it_is_asked_for_again(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = pdf.render
    monkeypatch.setattr(pdf, "render", lambda: None)
    ask(desks)
    assert look(desks) == Did(failed=1)
    monkeypatch.setattr(pdf, "render", drawn)
    ask(desks)
    assert look(desks) == Did(done=1)
    assert kept(desks) == (1, 1)


def test_a_scheduler_that_was_killed_leaves_it_to_another(desks: Desks) -> None:
    ask(desks)
    realise = desks.scenario.realise
    with realise.database.write() as connection:
        (waits,) = asked_drafts.waiting(connection)
        assert ledger.claim(connection, waits.job, waits.draft, MORNING)
    assert look(desks, minutes=29) == Did(), "the other may still be at it"
    assert opens(desks) == []
    assert look(desks, minutes=31) == Did(done=1)
    assert len(opens(desks)) == 1


def test_an_exempt_one_with_nothing_exempt_is_refused_at_once(desks: Desks) -> None:
    opened = desks["fay"].hidden("/reports")
    typed = {"which": "care/2024-05", "edition": "exempt"}
    answer = desks["fay"].send("/reports/draft", typed, opened)
    assert answer.status_code == 409
    assert "Nothing in the report of May 2024 is exempt" in answer.text
    assert kept(desks)[0] == 0


def test_an_exempt_one_is_for_whoever_may_read_it_when_it_is_opened(desks: Desks) -> None:
    desks.scenario.do(MakeExempt("desk", "It names a supplier."))
    ask(desks, "fay", edition="exempt")
    assert "(exempt edition)" in desks["fay"].get("/reports").text
    assert look(desks) == Did(done=1)
    (address,) = opens(desks, "fay")
    assert desks["fay"].get(address).status_code == 200
    assert desks["pat"].get(address).status_code == 404
    desks.scenario.do(
        GrantRole("fay", Role.ADMINISTRATOR), RevokeRole("fay", Role.FINANCE), by="ada"
    )
    refused = desks["fay"].get(address)
    assert refused.status_code == 403
    assert "This edition is exempt" in refused.text
    typed = {"which": "care/2024-05", "edition": "exempt"}
    again = desks["fay"].send("/reports/draft", typed, desks["fay"].hidden("/reports"))
    assert again.status_code == 403
