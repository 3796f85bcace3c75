"""The read table of how each benefit's pounds stand on any day: in pence, days as text."""

from sqlalchemy import BigInteger, Column, Table, Text

from eventlog.database import metadata

#: One row a spell: a benefit's pounds of all plan years by status, for ``begins <= day < ends``.
statuses = Table(
    "statuses",
    metadata,
    Column("benefit", Text, primary_key=True),
    Column("begins", Text, primary_key=True),
    Column("ends", Text, nullable=False),
    Column("delivered", BigInteger, nullable=False),
    Column("on_track", BigInteger, nullable=False),
    Column("at_risk", BigInteger, nullable=False),
    Column("not_delivered", BigInteger, nullable=False),
    Column("plan", BigInteger, nullable=False),
)
