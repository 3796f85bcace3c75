"""What people and things are called, looked up when a sentence needs it."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from benefits.register import tables
from workflows import directory


@dataclass(frozen=True, slots=True)
class Called:
    """Names by id, each looked up once within one page."""

    connection: Connection
    people: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    def person(self, person: str) -> str:
        """A person's name, or that it was a former member of staff."""
        if person not in self.people:
            found = directory.names(self.connection, [person])
            self.people[person] = found.get(person, directory.FORMER)
        return self.people[person]

    def perhaps(self, person: str | None) -> str:
        """A person's name, or “nobody yet”."""
        return self.person(person) if person else "nobody yet"

    def thing(self, thing: str) -> str:
        """The title of a benefit or an MTFS line, by id."""
        if thing not in self.things:
            self.things[thing] = self._title(thing) or "another benefit"
        return self.things[thing]

    def _title(self, thing: str) -> str:
        benefits, lines = tables.register.c, tables.mtfs_lines.c
        benefit = select(benefits.title).where(benefits.benefit == thing)
        line = select(lines.title).where(lines.line == thing)
        found = self.connection.execute(benefit).scalar() or self.connection.execute(line).scalar()
        return str(found or "")
