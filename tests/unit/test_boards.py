"""Boards, people and the council: what may be set, and what is refused with a sentence."""

from dataclasses import replace

import pytest

from tests.cases import council
from workflows import boards, people
from workflows import council as settings
from workflows.commands import (
    FillSeat,
    FormBoard,
    GrantRole,
    NameCouncil,
    RegisterPerson,
    RevokeRole,
    Role,
    SeatKind,
    SetBoardRules,
    SetLists,
    Tie,
    VacateSeat,
)

RULES = {**boards.RULES, **people.RULES, **settings.RULES}
FORM = FormBoard("new", "New board", 2, 2)
SET = SetBoardRules("main", 2, 2, Tie.DEFER, 5)


@pytest.mark.parametrize(
    "wrong",
    [{"quorum": 0}, {"quorum": 31}, {"approvals": 0}, {"approvals": 31}, {"days": 0}, {"days": 61}],
)
def test_a_boards_numbers_are_within_bounds(wrong: dict[str, int]) -> None:
    assert "between 1 and" in council().refused(RULES, replace(FORM, **wrong))  # type: ignore[arg-type]


def test_a_board_is_formed_once_and_has_a_title() -> None:
    world = council()
    world.refused(RULES, replace(FORM, title=" "))
    world.asked(RULES, FORM)
    assert "already formed" in world.refused(RULES, FORM)


def test_a_full_board_cannot_be_made_to_need_more_than_sit_on_it() -> None:
    world = council()
    assert "between 1 and 3, the number of seats" in world.refused(RULES, replace(SET, quorum=4))
    world.refused(RULES, replace(SET, approvals=4))
    world.asked(RULES, replace(SET, quorum=3))
    assert world.board("main").quorum == 3


def test_a_board_that_is_still_being_filled_may_need_more_than_sit_on_it_yet() -> None:
    world = council()
    world.asked(RULES, FORM)
    world.asked(RULES, replace(SET, board="new", quorum=3))


@pytest.mark.parametrize(
    ("seat", "says"),
    [
        (FillSeat("main", "s4", SeatKind.CHAIR, "zed"), "has a chair already"),
        (FillSeat("main", "s4", SeatKind.MEMBER, "mo"), "One person has one seat"),
        (FillSeat("main", "s4", SeatKind.MEMBER, "dee"), "One person has one seat"),
        (FillSeat("main", "s4", SeatKind.MEMBER, "zed", "fin"), "One person has one seat"),
        (FillSeat("main", "s4", SeatKind.MEMBER, "zed", "dee"), "One person has one seat"),
        (FillSeat("main", "s4", SeatKind.MEMBER, "zed", "zed"), "their own deputy"),
        (FillSeat("main", "s4", SeatKind.MEMBER, "nobody"), "not on record"),
        (FillSeat("main", "s4", SeatKind.MEMBER, "zed", "nobody"), "not on record"),
        (FillSeat("main", " ", SeatKind.MEMBER, "zed"), "Give the seat a name"),
        (FillSeat("none", "s4", SeatKind.MEMBER, "zed"), "Form it first"),
    ],
)
def test_a_seat_is_filled_by_one_person_who_sits_nowhere_else(seat: FillSeat, says: str) -> None:
    assert says in council().refused(RULES, seat)


def test_a_seat_changes_hands_and_is_vacated() -> None:
    world = council()
    world.asked(RULES, FillSeat("main", "s1", SeatKind.CHAIR, "zed"))
    assert world.board("main").seat_of("chris") is None
    assert world.asked(RULES, FillSeat("main", "s1", SeatKind.CHAIR, "zed")) == []
    seat = world.board("main").seat_of("dee")
    assert seat is not None
    assert seat.person == "mo"
    world.asked(RULES, VacateSeat("main", "s2"))
    assert world.board("main").seat_of("dee") is None
    assert "Nobody sits" in world.refused(RULES, VacateSeat("main", "s2"))


def test_a_person_is_registered_once_and_not_under_a_reserved_id() -> None:
    world = council()
    world.asked(RULES, RegisterPerson("ann"))
    world.refused(RULES, RegisterPerson("ann"))
    for reserved in (people.SCHEDULER, people.SETUP):
        assert "stands for Realise" in world.refused(RULES, RegisterPerson(reserved))
    world.refused(RULES, RegisterPerson("ann example"))


def test_roles_are_granted_and_revoked_and_one_administrator_stays() -> None:
    world = council().people("ada", role=Role.ADMINISTRATOR)
    world.asked(RULES, GrantRole("zed", Role.PMO), by="ada")
    assert "already a PMO officer" in world.refused(RULES, GrantRole("zed", Role.PMO))
    world.asked(RULES, RevokeRole("zed", Role.PMO), by="ada")
    assert world.person("zed").roles == set()
    assert "not in finance" in world.refused(RULES, RevokeRole("zed", Role.FINANCE))
    assert "from yourself" in world.refused(RULES, RevokeRole("ada", Role.ADMINISTRATOR), by="ada")
    only = world.refused(RULES, RevokeRole("ada", Role.ADMINISTRATOR), by="zed")
    assert "the only administrator" in only
    world.refused(RULES, GrantRole("nobody", Role.PMO))


@pytest.mark.parametrize(
    ("colour", "readable"),
    [("#767676", True), ("#777777", False), ("#ffffff", False), ("#1D70B8", True)],
)
def test_white_words_must_be_readable_on_the_councils_colour(colour: str, readable: bool) -> None:
    world = council()
    if readable:
        world.asked(RULES, NameCouncil("Example Council", colour))
        assert world.council().colour == colour.lower()
    else:
        assert "at least 4.5 to 1" in world.refused(RULES, NameCouncil("Example Council", colour))


@pytest.mark.parametrize(
    "command",
    [
        NameCouncil(" ", "#1d70b8"),
        NameCouncil("X", "blue"),
        SetLists(("a", "A"), ()),
        SetLists((" ",), ()),
    ],
)
def test_a_council_that_makes_no_sense_is_refused(command: object) -> None:
    council().refused(RULES, command)


def test_the_councils_lists_are_set() -> None:
    world = council()
    world.asked(RULES, SetLists(("Homes ",), ("Adults",)))
    assert (world.council().themes, world.council().directorates) == (("Homes",), ("Adults",))
    assert world.asked(RULES, SetLists(("Homes",), ("Adults",))) == []
