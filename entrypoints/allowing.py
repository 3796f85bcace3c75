"""Whether a page shows the way to an act: the same table by which the act is allowed or refused.

The rule decides once more when the act is asked; this only spares people dead ends.
"""

from benefits.benefit import Benefit
from entrypoints.here import Viewer
from workflows.commands import MeetCondition, Role
from workflows.permissions import PERMISSIONS, Standing


def may_ask(viewer: Viewer, command: type, benefit: Benefit | None = None) -> bool:
    """Whether the person may ask this at all, by role or as the benefit's owner."""
    return any(
        (isinstance(who, Role) and who in viewer.roles)
        or (who is Standing.OWNER and benefit is not None and benefit.owner == viewer.person)
        for who in PERMISSIONS[command].who
    )


def may_meet(viewer: Viewer, benefit: Benefit, owner: str) -> bool:
    """Whether the person may say that a condition with this owner is met."""
    return viewer.person == owner or may_ask(viewer, MeetCondition, benefit)
