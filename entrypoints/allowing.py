"""Whether a page shows the way to an act: the same table by which the act is allowed or refused.

A link is shown if, and only if, the act would be allowed for this programme or thing. The rule
decides once more when the act is asked; this only spares people dead ends.
"""

from benefits.benefit import Benefit
from benefits.refusals import NotAllowed
from entrypoints.here import Viewer
from workflows.commands import MeetCondition, Role
from workflows.concerned import of_a_programme
from workflows.permissions import PERMISSIONS, Standing, may


def roles_counting(viewer: Viewer, command: type, programme: str) -> frozenset[Role]:
    """The roles that count where this is asked about the programme (empty for none).

    What is the council's business takes a role for the council, from whatever page it is asked.
    """
    return viewer.roles_for(programme) if of_a_programme(command) else viewer.council_roles


def may_ask(
    viewer: Viewer, command: type, benefit: Benefit | None = None, *, programme: str = ""
) -> bool:
    """Whether the person may ask this at all, by role or as the benefit's owner."""
    roles = roles_counting(viewer, command, benefit.programme if benefit else programme)
    return any(
        (isinstance(who, Role) and who in roles)
        or (who is Standing.OWNER and benefit is not None and benefit.owner == viewer.person)
        for who in PERMISSIONS[command].who
    )


def require_may(
    viewer: Viewer, command: type, benefit: Benefit | None = None, *, programme: str = ""
) -> None:
    """Refuse, in the sentence of the table, whoever may not ask this. Raises ``NotAllowed``."""
    if may_ask(viewer, command, benefit, programme=programme):
        return
    roles = roles_counting(viewer, command, benefit.programme if benefit else programme)
    unfilled: object = object.__new__(command)  # only its kind is looked at
    refusal = may(viewer.person, roles, unfilled, benefit)
    raise NotAllowed(f"{refusal or 'This form is not for you.'}{_held_elsewhere(viewer, command)}")


def _held_elsewhere(viewer: Viewer, command: type) -> str:
    """What to add to a refusal of somebody who has such a role, for other programmes only."""
    if not viewer.roles.intersection(PERMISSIONS[command].who):
        return ""
    if of_a_programme(command):
        return " You have that role for another programme, not for this one."
    return " This is for the whole council, and you have that role for a programme only."


def may_meet(viewer: Viewer, benefit: Benefit, owner: str) -> bool:
    """Whether the person may say that a condition with this owner is met."""
    return viewer.person == owner or may_ask(viewer, MeetCondition, benefit)


def require_may_meet(viewer: Viewer, benefit: Benefit, condition: str) -> None:
    """Refuse whoever may not say that a condition is met. Raises ``NotAllowed``."""
    asked = MeetCondition(benefit.benefit, condition, "")
    refusal = may(viewer.person, set(viewer.roles_for(benefit.programme)), asked, benefit)
    if refusal is not None:
        raise NotAllowed(refusal)
