"""Which programmes a command is about, and so which of a person's roles count for it.

A role held for one programme counts where that programme alone is concerned. What concerns no
programme, such as a board or a line of the MTFS, takes a role for the council.
"""

from dataclasses import fields
from typing import Any

from benefits.benefit import Benefit
from benefits.programme import Overlap, Programme
from benefits.refusals import NotFound
from workflows.commands import GrantProgrammeRole, RevokeProgrammeRole, Role
from workflows.context import Context
from workflows.scrutiny.question import Question

#: Who holds a role is the council's business, whatever programme it is held for.
_OF_THE_COUNCIL = (GrantProgrammeRole, RevokeProgrammeRole)
#: What a command names when it is about a programme, or about something of one.
_OF_A_PROGRAMME = frozenset({"programme", "benefit", "overlap", "question"})


def of_a_programme(command: type) -> bool:
    """Whether commands of this kind are about a programme; if not, they take a council's role."""
    named = {field.name for field in fields(command)}
    return command not in _OF_THE_COUNCIL and bool(named & _OF_A_PROGRAMME)


def roles_concerned(context: Context, command: object, thing: Any) -> frozenset[Role]:
    """The roles of whoever asks that count here: those held for every programme concerned."""
    person = context.person(context.by)
    if not person.programme_roles:
        return person.roles
    each = [person.roles_for(one) for one in programmes(context, command, thing)]
    return frozenset.intersection(*each) if each else person.roles


def programmes(context: Context, command: object, thing: Any) -> list[str]:
    """The programmes that a command is about, by id: both sides' of an overlap."""
    if not of_a_programme(type(command)):
        return []
    if isinstance(thing, Benefit | Programme | Question) and thing.exists:
        return [thing.programme]
    if isinstance(thing, Overlap):
        agreed = thing.agreed or command
        sides = (getattr(agreed, "gives_up", ""), getattr(agreed, "keeps", ""))
        return [found for side in sides if (found := _of_benefit(context, side))]
    named = getattr(command, "programme", "") or _of_benefit(
        context, getattr(command, "benefit", "")
    )
    return [named] if named else []


def _of_benefit(context: Context, benefit: str) -> str:
    """The programme of a benefit; empty where there is no such benefit, as for an MTFS line."""
    try:
        return context.benefit(benefit).programme if benefit else ""
    except NotFound:
        return ""
