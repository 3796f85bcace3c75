"""Which edition of a report an address names, and whether the person may open it.

An exempt edition is for the people of its own programme: a role, or a seat, for another opens none.
"""

import re

from flask import abort

from benefits.periods import Month, NotAPeriod
from benefits.refusals import NotAllowed, NotFound
from entrypoints.accesses import reads_exempt
from entrypoints.here import Viewer, realise, viewer
from reports import archive
from reports.archive import Archived
from reports.issued import Circulation
from workflows.commands import Role
from workflows.exempt import may_read_exempt

#: Who may make a draft.
DRAFTERS = (Role.PMO, Role.FINANCE, Role.ADMINISTRATOR)
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
NOT_ISSUED = "No such edition was issued. Look for it in the list of reports."
NOT_FOR_ALL = "This edition is exempt: only those who may read what is exempt open it."


def may_open_exempt(person: Viewer, programme: str) -> bool:
    """Whether the person may read the exempt edition of this programme's report.

    That of all programmes together takes a role for the whole council.
    """
    board = realise().programme(programme).board
    return may_read_exempt(person.roles_for(programme), seated=board in person.boards)


def may_draft(programme: str) -> None:
    """Raises ``NotAllowed`` for whoever has no role of this programme that drafts its reports."""
    if not viewer().roles_for(programme).intersection(DRAFTERS):
        raise NotAllowed("Drafts of this programme are for its PMO and finance. Choose another.")


def allowed_circulation(programme: str, *, exempt: bool) -> Circulation:
    """The edition that is asked for; reading an exempt one is put on record.

    Raises ``NotAllowed`` for whoever may not read it.
    """
    if not exempt:
        return Circulation.PUBLIC
    if not may_open_exempt(viewer(), programme):
        raise NotAllowed(NOT_FOR_ALL)
    reads_exempt()
    return Circulation.EXEMPT


def month_of(written: str) -> Month:
    """The month of an address, such as 2024-10. Raises ``NotFound``."""
    try:
        return Month.parse(written)
    except NotAPeriod as fault:
        raise NotFound(str(fault)) from fault


def archived(programme: str, month: str, edition: str, *, exempt: bool = False) -> Archived:
    """One edition from the archive. Raises ``NotFound`` and ``NotAllowed``."""
    if not NUMBER.fullmatch(edition):
        abort(404)
    circulation = allowed_circulation(programme, exempt=exempt)
    with realise().database.read() as connection:
        found = archive.fetch(connection, programme, month_of(month), int(edition), circulation)
    if found is None:
        raise NotFound(NOT_ISSUED)
    return found
