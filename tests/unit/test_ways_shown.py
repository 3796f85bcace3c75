"""A page shows the way to an act if, and only if, the act would be allowed for that programme."""

from dataclasses import MISSING, fields
from typing import Any

import pytest

from benefits.events.programme import OverlapAgreed, ProgrammeStarted
from benefits.lifecycle import Gate
from benefits.periods import FinancialYear
from entrypoints.allowing import may_ask as shown
from entrypoints.here import Viewer
from tests.cases import ready
from tests.given import World
from workflows.commands import Role
from workflows.concerned import of_a_programme
from workflows.events import PersonRegistered, ProgrammeRoleGranted
from workflows.people import FOR_A_PROGRAMME
from workflows.permissions import PERMISSIONS, may_ask
from workflows.scrutiny import events as asked
from workflows.scrutiny.commands import Sort
from workflows.scrutiny.question import Question, question_after

MINE, OTHER = "p1", "p2"
IDS = {"benefit": "b1", "gives_up": "b1", "keeps": "line-7", "overlap": "o1", "question": "q1"}


def _world(role: Role, programme: str) -> World:
    """The benefit b1, its overlap and a question about it are of p1; zed has a role for one."""
    world = ready(Gate.VALIDATION)
    world.given("programme-p2", ProgrammeStarted("Other", FinancialYear(2024), 3, None, "main"))
    world.given("overlap-o1", OverlapAgreed("b1", "line-7", (), with_mtfs=True, agreed_by="fay"))
    world.given("question-q1", asked.QuestionAsked(MINE, Sort.QUESTION, "Why?"))
    world.given("person-zed", PersonRegistered(), ProgrammeRoleGranted(role, programme))
    world.by = "zed"
    return world


def _filled(command: type) -> Any:
    ids = {**IDS, "programme": MINE}
    return command(
        **{
            f.name: ids.get(f.name)
            for f in fields(command)
            if f.default is MISSING or f.name in ids
        }
    )


def _thing(world: World, command: type) -> Any:
    named = {field.name for field in fields(command)}
    if "benefit" in named:
        return world.benefit("b1")
    if "overlap" in named:
        return world.overlap("o1")
    if "question" in named:
        found: Question = question_after("q1", world.streams["question-q1"])
        return found
    return world.programme(MINE) if "programme" in named else None


@pytest.mark.parametrize("programme", [MINE, OTHER])
@pytest.mark.parametrize("role", FOR_A_PROGRAMME)
def test_whoever_has_a_role_for_one_programme_is_shown_what_they_may_do_there(
    role: Role, programme: str
) -> None:
    world = _world(role, programme)
    zed = Viewer("zed", "Zed", frozenset(), {}, frozenset(), {programme: frozenset({role})})
    different = []
    for command in PERMISSIONS:
        thing = _thing(world, command)
        benefit = thing if "benefit" in {f.name for f in fields(command)} else None
        let = may_ask(world, _filled(command), thing) is None
        if shown(zed, command, benefit, programme=MINE) != let:
            different.append(f"{command.__name__}: {'allowed' if let else 'refused'}")
    assert not different


@pytest.mark.parametrize("role", FOR_A_PROGRAMME)
def test_a_role_for_a_programme_opens_nothing_that_is_the_councils(role: Role) -> None:
    zed = Viewer("zed", "Zed", frozenset(), {}, frozenset(), {MINE: frozenset({role})})
    councils = [command for command in PERMISSIONS if not of_a_programme(command)]
    assert {"RecordMtfsLine", "FormBoard", "CallMeeting", "GrantProgrammeRole"} <= {
        command.__name__ for command in councils
    }
    assert not [each for each in councils if shown(zed, each, programme=MINE)]
