"""The read tables of benefits maps: what stands on each, and what serves what."""

from sqlalchemy import Column, Integer, Table, Text

from eventlog.database import metadata

#: One row an objective, an outcome or an enabling change of a programme.
map_items = Table(
    "map_items",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("sort", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("milestone", Text, nullable=False),
)

#: One row what an objective serves (a priority) or an outcome serves (an objective): ids.
map_links = Table(
    "map_links",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("serves", Text, primary_key=True, index=True),
)

#: One row an outcome that a benefit serves or a change that it needs, hidden with the benefit.
benefit_links = Table(
    "benefit_links",
    metadata,
    Column("benefit", Text, primary_key=True),
    Column("item", Text, primary_key=True, index=True),
    Column("programme", Text, nullable=False, index=True),
)

READ_TABLES = (map_items, map_links, benefit_links)
