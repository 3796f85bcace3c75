"""Whether a page shows the way to an act: the same table by which the act is allowed or refused.

The rule decides once more when the act is asked; this only spares people dead ends.
"""

from benefits.benefit import Benefit
from benefits.refusals import NotAllowed
from entrypoints.here import Viewer
from workflows.commands import MeetCondition, Role
from workflows.permissions import PERMISSIONS, Standing, may


def may_ask(
    viewer: Viewer, command: type, benefit: Benefit | None = None, *, programme: str = ""
) -> bool:
    """Whether the person may ask this at all, by role or as the benefit's owner.

    What names no programme is the council's business: a role for one programme does not count.
    """
    roles = viewer.roles_for(benefit.programme if benefit else programme)
    return any(
        (isinstance(who, Role) and who in roles)
        or (who is Standing.OWNER and benefit is not None and benefit.owner == viewer.person)
        for who in PERMISSIONS[command].who
    )


def require_may(viewer: Viewer, command: type, benefit: Benefit) -> None:
    """Refuse, in the sentence of the table, whoever may not ask this. Raises ``NotAllowed``."""
    if may_ask(viewer, command, benefit):
        return
    unfilled: object = object.__new__(command)  # only its kind is looked at
    raise NotAllowed(
        may(viewer.person, set(viewer.roles_for(benefit.programme)), unfilled, benefit) or ""
    )


def may_meet(viewer: Viewer, benefit: Benefit, owner: str) -> bool:
    """Whether the person may say that a condition with this owner is met."""
    return viewer.person == owner or may_ask(viewer, MeetCondition, benefit)


def require_may_meet(viewer: Viewer, benefit: Benefit, condition: str) -> None:
    """Refuse whoever may not say that a condition is met. Raises ``NotAllowed``."""
    asked = MeetCondition(benefit.benefit, condition, "")
    refusal = may(viewer.person, set(viewer.roles_for(benefit.programme)), asked, benefit)
    if refusal is not None:
        raise NotAllowed(refusal)
