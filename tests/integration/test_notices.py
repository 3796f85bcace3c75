"""People are told once of what concerns them, in the same write, and as they chose."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from benefits.commands.details import MakeExempt
from benefits.commands.money import RejectClaim
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.plans import Condition
from benefits.refusals import Refused
from entrypoints.reminding import DIGESTS, remind
from tests.scenario import Scenario, begin, saves
from workflows import ledger, notices, outbox
from workflows.notices import How, NoticeKind
from workflows.scrutiny.commands import AnswerQuestion, AskQuestion, Sort

MORNING = datetime(2024, 6, 10, 8, 0, tzinfo=UTC)


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _told(council: Scenario, kind: NoticeKind) -> dict[str, str]:
    held = notices.notices.c
    with council.realise.read() as connection:
        rows = connection.execute(select(notices.notices).where(held.kind == kind.name))
        return {row.person: row.headline for row in rows}


def _emailed(council: Scenario, about: str) -> set[str]:
    with council.realise.read() as connection:
        return {row.recipient for row in outbox.latest(connection) if about in row.about}


def test_who_may_vote_is_told_and_who_is_barred_is_not(council: Scenario) -> None:
    council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.described("homes", owner="mo")
    council.submitted("homes", Gate.VALIDATION)
    told = _told(council, NoticeKind.VOTE_WANTED)
    board = council.realise.standing("board", "main")
    seated = {one for seat in board.seats.values() for one in seat.people}
    assert told.keys() == seated - {"mo"}, "the owner sits there and may not vote"
    assert all("Validation gate" in said and "Fewer homes" in said for said in told.values())
    assert _emailed(council, NoticeKind.VOTE_WANTED.value) == told.keys()


def test_an_act_that_is_refused_tells_nobody(council: Scenario) -> None:
    council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    with pytest.raises(Refused):
        council.submitted("homes", Gate.VALIDATION)
    assert _told(council, NoticeKind.VOTE_WANTED) == {}


def test_a_rejected_claim_is_told_to_its_maker_as_they_chose(council: Scenario) -> None:
    council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.validated("homes")
    council.on("2024-05-07").started("homes")
    with council.realise.database.write() as connection:
        notices.choose(connection, "pat", {NoticeKind.CLAIM_REJECTED: How.OFF})
    claim = council.on("2024-07-09").claimed("homes", 120_000, "2024-07")
    council.do(RejectClaim("homes", claim, "No line was reduced."), by="fay")
    told = _told(council, NoticeKind.CLAIM_REJECTED)
    owner = council.benefit("homes").owner
    assert "pat" not in told
    assert set(told) == {owner}
    assert _emailed(council, NoticeKind.CLAIM_REJECTED.value) == {owner}


def test_a_digest_holds_what_waited_and_is_sent_once(council: Scenario) -> None:
    council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.validated("homes")
    decided = _told(council, NoticeKind.DECISION_MADE)
    assert decided
    assert _emailed(council, "digest") == set(), "it waits for the morning"
    for _ in range(2):
        remind(council.realise, lambda: MORNING)
    assert _emailed(council, "digest") == decided.keys()
    with council.realise.read() as connection:
        bodies = [row.body for row in outbox.latest(connection) if "digest" in row.about]
        assert ledger.finished(connection, DIGESTS) == {"2024-06-10"}
    assert all("/account/notices" in body and "Fewer homes" in body for body in bodies)
    remind(council.realise, lambda: MORNING + timedelta(days=1))
    with council.realise.read() as connection:
        mails = [row for row in outbox.latest(connection) if "digest" in row.about]
    assert len(mails) == len(decided), "nothing new, so no email"


def test_nothing_is_sent_by_night(council: Scenario) -> None:
    night = MORNING.replace(hour=0, minute=30)
    assert remind(council.realise, lambda: night).done == 0
    with council.realise.read() as connection:
        assert ledger.finished(connection, DIGESTS) == set()


def test_an_overdue_milestone_and_a_condition_are_told_once_each(council: Scenario) -> None:
    council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.described("homes")
    case = council.submitted("homes", Gate.VALIDATION)
    asked = (Condition("c1", "Name a deputy.", "olu", date(2024, 6, 14)),)
    council.voted("homes", case, "chris", Choice.APPROVE_WITH_CONDITIONS, "Yes.", asked)
    council.voted("homes", case, "mo")
    asked_of = _told(council, NoticeKind.CONDITION_DUE)
    assert set(asked_of) == {"olu"}
    council.prepared("homes", milestone="2024-06-03")
    for later in (1, 2, 3):
        remind(council.realise, lambda later=later: MORNING + timedelta(days=later))  # type: ignore[misc]
    assert set(_told(council, NoticeKind.MILESTONE_OVERDUE)) == {"olu"}
    with council.realise.read() as connection:
        rows = list(connection.execute(select(notices.notices)))
    overdue = [row for row in rows if row.kind == NoticeKind.MILESTONE_OVERDUE.name]
    assert len(overdue) == 1, "once, not daily"
    due = [row for row in rows if row.kind == NoticeKind.CONDITION_DUE.name]
    assert len(due) == 2, "when it was made theirs, and a week before it is due"


def test_who_is_to_answer_scrutiny_is_told_and_who_asked_is_told_of_the_answer(
    council: Scenario,
) -> None:
    council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.described("homes", owner="olu")
    ask = partial(AskQuestion, programme="care", sort=Sort.QUESTION)
    council.do(ask("q1", text="Who moved out?", benefit="homes"), by="cleo")
    assert set(_told(council, NoticeKind.QUESTION_ASKED)) == {"olu"}
    assert _emailed(council, NoticeKind.QUESTION_ASKED.value) == {"olu"}
    council.do(AnswerQuestion("q1", "Twelve people."), by="olu")
    answered = _told(council, NoticeKind.QUESTION_ANSWERED)
    assert set(answered) == {"cleo"}
    assert "Fewer homes" in answered["cleo"]
    council.do(ask("q2", text="What of the programme?"), by="cleo")
    assert "pat" in _told(council, NoticeKind.QUESTION_ASKED), "nobody is named, so the PMO answers"


def test_a_notice_about_what_is_exempt_says_its_number_alone(council: Scenario) -> None:
    council.identified("Zebra crossing sold", saves(120_000, "2024-07"), benefit="zebra")
    council.described("zebra", owner="olu")
    council.do(MakeExempt("zebra", "A contract is being let."), by="pat")
    asked = AskQuestion("q1", "care", Sort.QUESTION, "Why sell the zebra?", "zebra")
    council.do(asked, by="cleo")
    with council.realise.read() as connection:
        rows = list(connection.execute(select(notices.notices)))
        mails = outbox.latest(connection)
    said = " ".join([*(f"{row.headline} {row.says}" for row in rows), *(row.body for row in mails)])
    assert "(exempt)" in said
    assert "zebra" not in said.casefold().replace("/zebra", "")
