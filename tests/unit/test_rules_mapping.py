"""The rules for benefits maps and for the priorities of the council plan."""

from typing import Any

from benefits.commands import mapping as asked
from benefits.events import mapping as happened
from benefits.events.gates import BenefitWithdrawn
from benefits.lifecycle import Gate
from benefits.rules.mapping import MOST_ITEMS, RULES
from tests.cases import B, ready
from workflows import council
from workflows.commands import RecordPriority, RemovePriority
from workflows.events import PriorityRecorded, PriorityRemoved

PRIORITY = PriorityRecorded("p1", "Every child thrives", "Council Plan, page 4")
OBJECTIVE = happened.ObjectiveRecorded("o1", "Fewer children in care", ("p1",))
OUTCOME = happened.OutcomeRecorded("c1", "Children live with families", ("o1",))
CHANGE = happened.EnablingChangeRecorded("e1", "A team for families")
ON_MAP = (OBJECTIVE, OUTCOME, CHANGE)


def only(answer: Any) -> Any:
    (event,) = answer
    return event


def world(*on_map: object) -> Any:
    found = ready(Gate.VALIDATION).given("council-council", PRIORITY)
    programme = found.benefit("b1").programme
    return found.given(f"programme-{programme}", *on_map)


P = ready(Gate.VALIDATION).benefit("b1").programme


def test_an_objective_serves_priorities_of_the_councils_list_only() -> None:
    objective = asked.RecordObjective(P, "o1", " Fewer children in care ", ("p1", "p1"))
    assert world().asked(RULES, objective) == [OBJECTIVE]
    unknown = asked.RecordObjective(P, "o1", "Fewer", ("p9",))
    assert "no priority “p9”" in world().refused(RULES, unknown)
    assert world(OBJECTIVE).asked(RULES, objective) == []


def test_a_priority_that_was_taken_off_the_list_may_stay_on_its_objective() -> None:
    then = world(OBJECTIVE).given("council-council", PriorityRemoved("p1", "Done."))
    renamed = asked.RecordObjective(P, "o1", "Fewer in care", ("p1",))
    assert only(then.asked(RULES, renamed)).title == "Fewer in care"
    assert "no priority" in then.refused(RULES, asked.RecordObjective(P, "o2", "Other", ("p1",)))


def test_an_outcome_serves_objectives_of_its_own_programme() -> None:
    outcome = asked.RecordOutcome(P, "c1", "Children live with families", ("o1",))
    assert world(OBJECTIVE).asked(RULES, outcome) == [OUTCOME]
    assert "no objective “o1”" in world().refused(RULES, outcome)


def test_an_id_means_one_thing_on_a_map_even_after_it_is_taken_off() -> None:
    assert "has this id" in world(*ON_MAP).refused(RULES, asked.RecordOutcome(P, "e1", "X"))
    gone = world(CHANGE, happened.MapItemRemoved("e1", "Twice."))
    assert "has this id" in gone.refused(RULES, asked.RecordEnablingChange(P, "e1", "X"))


def test_a_change_is_marked_only_by_a_milestone_of_its_programme() -> None:
    unknown = asked.RecordEnablingChange(P, "e1", "A team for families", "none")
    assert "has that milestone" in world().refused(RULES, unknown)
    delivering = ready(Gate.DELIVERY)
    (milestone, *_) = delivering.benefit("b1").milestones
    known = asked.RecordEnablingChange(P, "e1", "A team for families", milestone)
    assert only(delivering.asked(RULES, known)).milestone == milestone


def test_an_objective_stays_while_an_outcome_serves_it() -> None:
    refusal = world(*ON_MAP).refused(RULES, asked.RemoveFromMap(P, "o1", "Not ours."))
    assert "“Children live with families” serves this objective" in refusal
    for item in ("c1", "e1"):
        removed = world(*ON_MAP).asked(RULES, asked.RemoveFromMap(P, item, "Not ours."))
        assert removed == [happened.MapItemRemoved(item, "Not ours.")]
    assert "look at the map" in world().refused(RULES, asked.RemoveFromMap(P, "o1", "Not ours."))


def test_a_benefit_names_only_what_is_on_the_map() -> None:
    place = asked.PlaceOnMap("b1", ("c1",), ("e1",))
    assert world(*ON_MAP).asked(RULES, place) == [happened.BenefitMapped(("c1",), ("e1",))]
    assert "no outcome “o1”" in world(*ON_MAP).refused(RULES, asked.PlaceOnMap("b1", ("o1",)))
    assert "no enabling change" in world(OBJECTIVE).refused(
        RULES, asked.PlaceOnMap("b1", (), ("e1",))
    )
    placed = world(*ON_MAP).given(B, happened.BenefitMapped(("c1",), ("e1",)))
    assert placed.asked(RULES, place) == []


def test_a_withdrawn_benefit_keeps_its_place() -> None:
    gone = world(*ON_MAP).given(B, BenefitWithdrawn("", "No longer needed.", None))
    assert "withdrawn" in gone.refused(RULES, asked.PlaceOnMap("b1", ("c1",)))


def test_a_map_holds_no_more_than_a_person_could_read() -> None:
    many = [happened.ObjectiveRecorded(f"x{n}", f"Aim {n}") for n in range(MOST_ITEMS)]
    assert "at most 200" in world(*many).refused(RULES, asked.RecordObjective(P, "o1", "More"))
    changed = asked.RecordObjective(P, "x1", "Better put")
    assert only(world(*many).asked(RULES, changed)).title == "Better put"


def test_a_priority_stands_once_on_the_list() -> None:
    twice = RecordPriority("p2", "every child THRIVES")
    assert "on the list already" in world().refused(council.RULES, twice)
    said = RecordPriority("p1", "Every child thrives", "Council Plan, page 4")
    assert world().asked(council.RULES, said) == []
    removed = world().asked(council.RULES, RemovePriority("p1", "Met."))
    assert removed == [PriorityRemoved("p1", "Met.")]
    assert "no such priority" in world().refused(council.RULES, RemovePriority("p9", "Met."))
