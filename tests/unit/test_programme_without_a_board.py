"""A programme may start before its board is formed; no case is put until it is named."""

from benefits.commands.programme import ChangeProgramme, StartProgramme
from benefits.events.programme import ProgrammeChanged, ProgrammeStarted
from benefits.lifecycle import Gate
from benefits.rules.table import RULES
from tests.cases import ASKS, ready
from tests.unit.council import Y24, council
from workflows import sign_off


def test_a_programme_starts_without_a_board_and_keeps_the_one_that_it_is_given() -> None:
    world = council()
    (event,) = world.asked(RULES, StartProgramme("p2", "Roads", Y24, 3, board=""))
    assert isinstance(event, ProgrammeStarted)
    assert event.board == ""
    assert world.asked(RULES, ChangeProgramme("p2", board="board1")) == [
        ProgrammeChanged(board="board1")
    ]
    said = world.refused(RULES, ChangeProgramme("p2", board=""))
    assert said == "A programme keeps a board: name another one in its place."


def test_no_case_is_put_before_the_board_is_named() -> None:
    world = ready(Gate.VALIDATION).given("programme-p1", ProgrammeChanged(board=""))
    said = world.refused(sign_off.RULES, ASKS[Gate.VALIDATION])
    assert said == "The programme has no board yet. Name the programme's board first."
