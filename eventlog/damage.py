"""What the database itself finds wrong with how it keeps its tables and indexes.

An index that lost an entry hides a row from everybody who looks by it, while the row stands and
the chain is whole: only the database can compare the two.
"""

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

#: After so many findings nobody reads on.
_MOST = 20


def damage(connection: Connection) -> list[str]:
    """A sentence for each thing that the database finds wrong with itself; none when it is whole.

    SQLite reads its whole file for it. PostgreSQL has nothing of the kind that any role may ask.
    """
    if connection.dialect.name != "sqlite":
        return []
    try:
        said = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST:d})").scalars().all()
    except DBAPIError as fault:
        said = [str(fault.orig)]
    return [f"The database file is damaged: {one}." for one in said if one != "ok"]
