"""What every page may ask for: the record behind the doors, the settings, the hour, who is here."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol, cast

from flask import current_app, g
from sqlalchemy import Connection

from benefits.benefit import Benefit
from benefits.programme import Programme
from benefits.wording.writing import london_day
from entrypoints.settings import Settings
from eventlog.store import Store
from workflows.commands import Role
from workflows.context import Context
from workflows.handling import Also, Seen
from workflows.repeats import Answer


class Database(Protocol):
    """Where the record and the kept tables are."""

    def read(self) -> AbstractContextManager[Connection]: ...
    def write(self) -> AbstractContextManager[Connection]: ...


class Realise(Protocol):
    """What the pages need of the application (``entrypoints.wiring.Realise``)."""

    @property
    def database(self) -> Database: ...

    @property
    def store(self) -> Store: ...

    def handle(
        self,
        commands: object | Sequence[object],
        *,
        by: str,
        at: datetime,
        seen: Seen = None,
        key: str | None = None,
        also: Also | None = None,
    ) -> Answer: ...

    def rehearse(
        self, commands: Sequence[object], *, by: str, at: datetime, seen: Seen = None
    ) -> None: ...

    def standing(self, kind: str, key: str, upto: int | None = None) -> Any: ...
    def benefit(self, benefit: str, upto: int | None = None) -> Benefit: ...
    def programme(self, key: str, upto: int | None = None) -> Programme: ...
    def position_at(self, instant: datetime) -> int: ...
    def context(
        self, connection: Connection, by: str, at: datetime, reading: Sequence[str] = ()
    ) -> Context: ...


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who looks: roles for the council and for programmes by id, the boards with a
    seat (titles by id), and the programmes in which a benefit is theirs."""

    person: str
    name: str
    council_roles: frozenset[Role]
    boards: Mapping[str, str]
    owns_in: frozenset[str]
    programme_roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)

    def roles_for(self, programme: str) -> frozenset[Role]:
        """The roles that count where one programme is concerned."""
        return self.council_roles | self.programme_roles.get(programme, frozenset())

    @property
    def roles(self) -> frozenset[Role]:
        """Every role, for the council or for any programme: which pages open."""
        return self.council_roles.union(*self.programme_roles.values())

    @property
    def owns(self) -> bool:
        """Whether any benefit is theirs."""
        return bool(self.owns_in)

    def records_in(self, programme: str) -> bool:
        """Whether the person records its month: of every benefit, or of their own there."""
        return programme in self.owns_in or self.imports_into(programme)

    def imports_into(self, programme: str) -> bool:
        """Whether the person takes in spreadsheets of the programme."""
        return Role.PMO in self.roles_for(programme)

    def within(self, *roles: Role) -> frozenset[str] | None:
        """The programmes for which the person has one of the roles; ``None`` for the council."""
        if self.council_roles.intersection(roles):
            return None
        held = self.programme_roles.items()
        return frozenset(programme for programme, each in held if each.intersection(roles))

    def acts_wherever(self, role: Role, within: frozenset[str] | None) -> bool:
        """Whether the person has the role for all of these programmes (``None``: the council)."""
        if within is None:
            return role in self.council_roles
        return all(role in self.roles_for(programme) for programme in within)

    def has(self, *roles: Role) -> bool:
        """Whether the person acts in any of these roles."""
        return bool(self.roles.intersection(roles))


def realise() -> Realise:
    """The application behind the doors."""
    return cast(Realise, current_app.extensions["realise"])


def settings() -> Settings:
    """The settings that the application started with."""
    return cast(Settings, current_app.extensions["realise_settings"])


def now() -> datetime:
    """The instant, in UTC. Pages read the clock here and nowhere else."""
    return datetime.now(UTC)


def today() -> date:
    """The day in London."""
    return london_day(now())


def viewer_or_none() -> Viewer | None:
    """Who is signed in, if anybody."""
    return cast("Viewer | None", g.get("viewer"))


def viewer() -> Viewer:
    """Who is signed in; only for pages that ask people to be."""
    found = viewer_or_none()
    assert found is not None, "A page for signed-in people was reached by nobody."
    return found
