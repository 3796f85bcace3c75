"""Words for migrations: make a read table with its twin, or a kept table.

The application's role is granted its rights on both by ``eventlog.schema.upgrade``.
"""

from alembic import op
from sqlalchemy import MetaData, Table
from sqlalchemy.schema import SchemaItem

from eventlog.database import naming
from eventlog.tables import TWIN, twin


def make_read_table(name: str, *parts: SchemaItem) -> None:
    """Make a read table and its empty twin, with their keys and indexes."""
    table = Table(name, MetaData(naming_convention=naming), *parts)
    for made in (table, twin(table)):
        made.create(op.get_bind(), checkfirst=False)


def make_kept_table(name: str, *parts: SchemaItem) -> None:
    """Make a table that a rebuild leaves alone, with its keys and indexes.

    A foreign key names its target as ``"people.person_id"``; that table must be there already.
    """
    within = MetaData(naming_convention=naming)
    table = Table(name, within, *parts)
    for key in table.foreign_key_constraints:
        for element in key.elements:
            target = element.target_fullname.rpartition(".")[0]
            if target != name and target not in within.tables:
                Table(target, within, autoload_with=op.get_bind())
    table.create(op.get_bind(), checkfirst=False)


def with_twin(name: str) -> tuple[str, str]:
    """The names of a read table and its twin, for a later change that both must have."""
    return name, name + TWIN
