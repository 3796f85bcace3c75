"""What the first page is made of: a section for each thing that the person is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from benefits.register import programme_queries as look
from entrypoints.here import Realise, Viewer
from entrypoints.views.grids import Grid
from entrypoints.views.naming import Called
from workflows.commands import Role

#: How many lines a list on the first page has; its own page has the rest.
FEW = 8
#: Of how many programmes the first page says in words what changed.
FEW_TOLD = 4


@dataclass(frozen=True, slots=True)
class Section:
    """What one role has to do: its tables, and the links to where the work is done."""

    heading: str
    grids: tuple[Grid, ...] = ()
    says: str = ""
    links: tuple[tuple[str, str], ...] = ()
    told: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Everything that the sections are made from, at one moment."""

    realise: Realise
    connection: Connection
    viewer: Viewer
    called: Called
    today: date

    @property
    def programmes(self) -> Sequence[Any]:
        return look.every(self.connection)

    def of(self, role: Role) -> Sequence[Any]:
        """The programmes for which the person has the role."""
        return [row for row in self.programmes if role in self.viewer.roles_for(row.programme)]
