"""Read tables of benefits maps."""

from sqlalchemy import Column, Integer, Text

from eventlog.migrating import make_read_table

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables with their twins, empty."""
    make_read_table(
        "map_items",
        Column("programme", Text, primary_key=True),
        Column("item", Text, primary_key=True),
        Column("sort", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("number", Integer, nullable=False),
        Column("milestone", Text, nullable=False),
    )
    make_read_table(
        "map_links",
        Column("programme", Text, primary_key=True),
        Column("item", Text, primary_key=True),
        Column("serves", Text, primary_key=True, index=True),
    )
    make_read_table(
        "benefit_links",
        Column("benefit", Text, primary_key=True),
        Column("item", Text, primary_key=True, index=True),
        Column("programme", Text, nullable=False, index=True),
    )
