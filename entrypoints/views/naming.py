"""What people and things are called on a page: names by id, from the directory and the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from benefits.register import queries
from workflows import directory


@dataclass(frozen=True, slots=True)
class Called:
    """Names by id, all read at one moment."""

    people: Mapping[str, str]
    things: Mapping[str, str] = field(default_factory=dict)

    def person(self, person: str | None) -> str:
        """A person's name; who has left is a former member of staff, and None is nobody."""
        return self.people.get(person, directory.FORMER) if person else "nobody"

    def thing(self, thing: str | None) -> str:
        """The title of a benefit or an MTFS line."""
        return self.things.get(thing or "", "another benefit or MTFS line")


def called(connection: Connection) -> Called:
    """Everybody's name and everything's title: three queries, whatever a page then asks for."""
    return Called(directory.names(connection), queries.titles(connection))
