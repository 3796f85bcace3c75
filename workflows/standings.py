"""What a person can be, beside a role, and what is permitted to whom."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.commands import Role
from workflows.people import SCHEDULER, SETUP, SIGN_ON


class Standing(StrEnum):
    """What a person can be to a benefit or to the house, beside a role."""

    OWNER = "the benefit's owner"
    SEAT = "a member or deputy of the programme's board"
    CHAIR = "the chair of the board"
    CONDITION = "the condition's owner"
    ANSWERS = "who is to answer it"
    SCHEDULER = "the scheduler"
    SETUP = "the command line"
    SIGN_ON = "the single sign-on"


Who = Role | Standing

#: Who acts when no person does.
ACTORS = {
    Standing.SCHEDULER: SCHEDULER,
    Standing.SETUP: SETUP,
    Standing.SIGN_ON: SIGN_ON,
}


@dataclass(frozen=True, slots=True)
class Permission:
    """What is permitted, in the words of a refusal, and to whom."""

    to: str
    who: tuple[Who, ...]


def named(who: Who) -> str:
    """Who that is, in the words of a refusal."""
    match who:
        case Role.PMO:
            return "a PMO officer"
        case Role.ADMINISTRATOR | Role.AUDITOR:
            return f"an {who.value}"
        case _:
            return who.value
