"""What a person has put out of their own sight. Kept, not rebuilt from the log."""

from sqlalchemy import Column, Connection, Table, Text, delete, insert, select

from eventlog.database import metadata

hidden = Table(
    "hidden_parts",
    metadata,
    Column("person", Text, primary_key=True),
    Column("part", Text, primary_key=True),
)


def is_hidden(connection: Connection, person: str, part: str) -> bool:
    """Whether the person has hidden this part."""
    query = select(hidden.c.part).where(hidden.c.person == person, hidden.c.part == part)
    return connection.execute(query).first() is not None


def hide(connection: Connection, person: str, part: str, *, away: bool) -> None:
    """Put a part out of the person's sight, or back into it."""
    connection.execute(delete(hidden).where(hidden.c.person == person, hidden.c.part == part))
    if away:
        connection.execute(insert(hidden).values(person=person, part=part))
