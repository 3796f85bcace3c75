"""A council that has just been set up: every page opens, and says what to do first."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from benefits.commands.programme import StartProgramme
from benefits.periods import Month
from entrypoints.joining import add_person
from entrypoints.wiring import Realise
from tests.browsers import words
from tests.scenario import open_realise
from tests.walking import walk
from tests.web import PASSWORD, Visitor, visitor, web_of, web_settings
from workflows.commands import FormBoard, Role

ADA = "ada@northmere.example"
#: What each page tells whoever sees it first, before there is a board or a programme.
FIRST = {
    "/": "Name the council",
    "/register": "A PMO officer starts a programme",
    "/programmes": "Start a programme",
    "/help": "keeps the record of what the council promised",
    "/programmes/start": "Form a board first",
    "/boards": "An administrator forms one, then fills its seats",
    "/board": "forms one first",
    "/meetings": "A meeting is called from the page of its board",
    "/finance": "Finance records it on a programme’s page",
    "/finance/ledger": "Finance uploads what came out of each budget line",
    "/reports": "Start a programme first",
    "/scrutiny": "Ask here, or from the page of a report",
    "/scrutiny/ask": "none is started yet",
    "/priorities": "Record the first one",
    "/notices?show=all": "You are told here when",
    "/account/calendar": "Make an address",
    "/account/tokens": "Make a token",
    "/admin/jobs": "Start the scheduler",
    "/admin/email": "No email has been queued yet",
    "/audit/check": "realise checkpoint signs one now",
}
#: The same of a programme in which there is no benefit yet.
OF_A_PROGRAMME = {
    "/programmes/care": "Identify a benefit",
    "/programmes/care/money": "puts a benefit to the board",
    "/programmes/care/map": "Put an objective on the map",
    "/programmes/care/mtfs": "No overlap is recorded",
    "/programmes/care/enter/claims": "No benefit is in delivery here yet",
    "/programmes/care/enter/milestones": "Plan milestones on each benefit",
    "/programmes/care/enter/forecasts": "plan that the board approved",
    "/programmes/care/import": "Workbooks to fill in",
    "/programmes/care/closing": "the month can be closed",
    "/register": "identifies its benefits on the programme’s page",
}


@pytest.fixture
def realise(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Realise]:
    realise = open_realise(migrated_sqlite_url, tmp_path)
    yield realise
    realise.database.close()


def _silent(here: Visitor, told: dict[str, str]) -> list[str]:
    """The pages that do not say what they should."""
    shown = {address: words(here.get(address).text) for address in told}
    return [f"{one}: {shown[one]}" for one in told if told[one] not in unescape(shown[one])]


def test_every_page_of_a_new_council_opens_and_says_what_comes_first(
    realise: Realise, tmp_path: Path
) -> None:
    at, app = datetime.now(UTC), web_of(realise, web_settings(tmp_path))
    ada = add_person(realise, "Ada Moss", ADA, "", PASSWORD, list(Role), at - timedelta(days=1))
    here = visitor(app)
    assert here.sign_in(ADA).status_code == 303
    found = walk(app, here, "ada", 1)
    assert not found.faults
    assert len(found.pages) > 30
    assert not _silent(here, FIRST)
    year = Month.of(at.date()).financial_year
    realise.handle([FormBoard("main", "Main board", 2, 2)], by=ada, at=at)
    realise.handle([StartProgramme("care", "Better care", year, 3, "main")], by=ada, at=at)
    assert "Form a board first" not in here.get("/programmes/start").text
    found = walk(app, here, "ada", 1, ("/programmes/care",))
    assert not found.faults
    assert not _silent(here, OF_A_PROGRAMME)
