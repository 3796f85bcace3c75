"""The one door for every change: one act, one append, the first answer again, on both databases."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from benefits.commands import delivery, details, money, programme
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.refusals import NotAllowed, NotFound, Refused, SeveralRefused, Stale
from benefits.vocabulary import Fund, Kind, Likelihood
from eventlog.recorded import Batch
from eventlog.store import Conflict
from eventlog.tables import events
from tests.scenario import Scenario, begin, money_of, saves
from workflows.commands import CastVote, FormBoard, SubmitCase
from workflows.repeats import Answer, KeyUsed


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _homes(council: Scenario) -> str:
    return council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")


def _head(council: Scenario) -> int:
    return council.realise.store.head()[0]


# A form sent twice.


def test_the_same_form_sent_twice_gives_the_first_answer_and_writes_once(
    council: Scenario,
) -> None:
    note = details.AddNote(_homes(council), "The lease ends in May.")
    first = council.realise.handle(note, by="pat", at=council.at, key="form-1")
    head = _head(council)
    again = council.realise.handle(note, by="pat", at=council.at, key="form-1")
    assert again == replace(first, repeated=True)
    assert (first.position, _head(council)) == (head, head)


def test_a_form_sent_twice_is_answered_even_when_it_would_be_refused_by_now(
    council: Scenario,
) -> None:
    claim = money.MakeClaim("homes", "c1", money_of(10_000, "2024-07"), "4711")
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.on("2024-08-05")
    first = council.realise.handle(claim, by="pat", at=council.at, key="form-1")
    council.verified("homes", "c1")
    again = council.realise.handle(claim, by="pat", at=council.at, key="form-1", seen=1)
    assert (again.written, again.repeated) == (first.written, True)


def test_other_contents_under_a_used_key_are_refused(council: Scenario) -> None:
    homes = _homes(council)
    council.realise.handle(details.AddNote(homes, "One."), by="pat", at=council.at, key="form-1")
    head = _head(council)
    with pytest.raises(KeyUsed, match="sent before with other contents"):
        council.realise.handle(
            details.AddNote(homes, "Two."), by="pat", at=council.at, key="form-1"
        )
    assert _head(council) == head


def test_the_same_key_of_another_person_is_another_form(council: Scenario) -> None:
    homes = _homes(council)
    one = council.realise.handle(details.AddNote(homes, "."), by="pat", at=council.at, key="k")
    two = council.realise.handle(details.AddNote(homes, "."), by="fay", at=council.at, key="k")
    assert not two.repeated
    assert two.position == one.position + 1


def test_a_form_sent_many_times_at_once_is_done_once(council: Scenario) -> None:
    note = details.AddNote(_homes(council), "The lease ends in May.")
    before, gate = _head(council), threading.Barrier(6)

    def send(_: int) -> Answer:
        gate.wait()
        return council.realise.handle(note, by="pat", at=council.at, key="form-1")

    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(send, range(6)))
    assert _head(council) == before + 1
    assert {answer.written for answer in given} == {given[0].written}
    assert [answer.repeated for answer in given].count(False) == 1


def test_a_refused_form_may_be_sent_again_under_its_key(council: Scenario) -> None:
    homes = _homes(council)
    with pytest.raises(Refused):
        council.realise.handle(details.AddNote(homes, " "), by="pat", at=council.at, key="k")
    put_right = details.AddNote(homes, "Now it says something.")
    assert not council.realise.handle(put_right, by="pat", at=council.at, key="k").repeated


def test_a_form_that_had_nothing_to_change_changes_nothing_when_it_comes_again_later(
    council: Scenario,
) -> None:
    homes = _homes(council)
    council.do(details.NameOwner(homes, "olu"))
    name = details.NameOwner(homes, "olu")
    first = council.realise.handle(name, by="pat", at=council.at, key="k")
    council.do(details.NameOwner(homes, "ola"))
    again = council.realise.handle(name, by="pat", at=council.at, key="k")
    assert (first.written, again.written, again.repeated) == ((), (), True)
    assert council.benefit(homes).owner == "ola"


# What the person saw.


def test_a_change_that_matters_is_named_to_whoever_had_not_seen_it(council: Scenario) -> None:
    homes = _homes(council)
    seen = council.benefit(homes).version
    council.do(details.NameOwner(homes, "olu"))
    with pytest.raises(Stale, match=r"Olu Bright.*after you opened this page"):
        council.realise.handle(details.NameOwner(homes, "ola"), by="pat", at=council.at, seen=seen)
    assert council.benefit(homes).owner == "olu"


def test_a_change_that_does_not_matter_stops_nobody(council: Scenario) -> None:
    homes = _homes(council)
    seen = council.benefit(homes).version
    council.do(details.AddNote(homes, "A note."))
    council.do(delivery.ScoreRisk(homes, "r1", "Too few", Likelihood.C, 3, "Recruit.", "olu"))
    council.realise.handle(details.NameOwner(homes, "ola"), by="pat", at=council.at, seen=seen)
    assert council.benefit(homes).owner == "ola"


def test_two_members_vote_on_one_pack_though_each_vote_is_an_event(council: Scenario) -> None:
    homes = _homes(council)
    council.described(homes)
    case = council.submitted(homes, Gate.VALIDATION)
    seen = council.benefit(homes).version
    bound = council.benefit(homes).cases[case].submitted.binds_to
    for member in ("chris", "sam"):
        vote = CastVote(homes, case, bound, Choice.APPROVE, "Yes.")
        council.realise.handle(vote, by=member, at=council.at, seen=seen)
    assert council.benefit(homes).stage.value == "validated"


# Several commands as one act.


def test_a_list_is_one_append_that_each_command_sees_the_ones_before_in(
    council: Scenario,
) -> None:
    before = _head(council)
    answer = council.realise.handle(
        [
            details.IdentifyBenefit(
                "homes", "care", "Placements", "Homes", Kind.INCOME, Fund.GENERAL_FUND
            ),
            details.NameOwner("homes", "olu"),
            programme.AddWorkstream("care", "Fostering"),
            details.AddNote("homes", "Begun."),
        ],
        by="pat",
        at=council.at,
    )
    assert sorted(written.position for written in answer.written) == list(
        range(before + 1, before + 5)
    )
    recorded = list(council.realise.store.read(before))
    assert {event.correlation for event in recorded} == {recorded[0].correlation}


def test_every_fault_of_a_list_is_returned_and_nothing_of_it_is_written(
    council: Scenario,
) -> None:
    homes, before = _homes(council), _head(council)
    with pytest.raises(SeveralRefused) as refused:
        council.realise.handle(
            [
                details.AddNote(homes, "Good."),
                details.NameOwner(homes, "nobody"),
                details.AddNote("unknown", "Where?"),
                details.ConfirmValue(homes, "Seen."),
            ],
            by="pat",
            at=council.at,
        )
    assert [number for number, _ in refused.value.faults] == [1, 2, 3]
    assert isinstance(refused.value.faults[2][1], NotAllowed)
    assert all(str(fault).endswith(".") for _, fault in refused.value.faults)
    assert _head(council) == before


def test_a_rehearsal_refuses_what_handling_would_and_writes_nothing(council: Scenario) -> None:
    homes, before = _homes(council), _head(council)
    council.realise.handling.rehearse([details.NameOwner(homes, "ola")], by="pat", at=council.at)
    with pytest.raises(Refused):
        council.realise.handling.rehearse([details.NameOwner(homes, "x")], by="pat", at=council.at)
    assert _head(council) == before
    assert council.benefit(homes).owner is None


def test_what_changes_nothing_is_no_event_and_no_error(council: Scenario) -> None:
    homes = _homes(council)
    council.do(details.NameOwner(homes, "olu"))
    before = _head(council)
    assert (
        council.realise.handle(details.NameOwner(homes, "olu"), by="pat", at=council.at) == Answer()
    )
    assert _head(council) == before


# Who may, and what is not there.


def test_who_may_not_ask_is_refused_in_a_sentence(council: Scenario) -> None:
    homes = _homes(council)
    with pytest.raises(NotAllowed, match="Only a PMO officer may name an owner"):
        council.realise.handle(details.NameOwner(homes, "olu"), by="cleo", at=council.at)
    with pytest.raises(NotAllowed):
        council.realise.handle(FormBoard("b", "B", 1, 1), by="pat", at=council.at)


def test_what_is_not_there_is_said_to_be_so(council: Scenario) -> None:
    with pytest.raises(NotFound):
        council.realise.handle(details.AddNote("nothing", "."), by="pat", at=council.at)
    with pytest.raises(NotFound):
        council.realise.handle(
            SubmitCase("nothing", "c", Gate.VALIDATION, "."), by="pat", at=council.at
        )


def test_an_event_recorded_out_of_turn_is_a_conflict(council: Scenario) -> None:
    homes = _homes(council)
    event = council.realise.store.load(f"benefit-{homes}")[0].event
    with pytest.raises(Conflict):
        council.realise.store.append(
            [Batch(f"benefit-{homes}", 0, (event,))], actor="pat", at=council.at, correlation="x"
        )


def test_times_are_kept_in_order_even_when_a_clock_goes_back(council: Scenario) -> None:
    homes = _homes(council)
    early = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    council.realise.handle(details.AddNote(homes, "Late."), by="pat", at=early)
    with council.realise.read() as connection:
        stamps = list(connection.execute(select(events.c.recorded_at).order_by(text("position"))))
    assert stamps == sorted(stamps)
