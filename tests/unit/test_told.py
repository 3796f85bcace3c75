"""What a person is told of an event that was first, whatever thing it happened to."""

from benefits.events import details, programme
from benefits.standing import stand
from tests.unit.council import council, identified
from workflows.told import told


def test_an_event_of_a_benefit_is_told_from_what_it_was_before_with_names() -> None:
    world = identified().given("benefit-b1", details.OwnerNamed("pat"))
    events = world.streams["benefit-b1"]
    names = {"olu": "Olu Ade", "pat": "Pat Lee"}
    said = told(events[-1], stand("b1", events[:-1]), names.__getitem__)
    assert "Olu Ade" in said
    assert "Pat Lee" in said


def test_an_event_of_a_programme_is_told_and_one_of_anything_else_is_not_guessed() -> None:
    world = council().given("programme-p1", programme.ToleranceSet(5, "As agreed."))
    event = world.streams["programme-p1"][-1]
    assert "5 per cent" in told(event, world.thing("programme-p1"), str)
    assert told(event, object(), str) == "This was changed by somebody else."
