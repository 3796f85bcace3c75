"""Kept tables of what people are told, and of how they chose to hear of it."""

from sqlalchemy import Column, Index, Text

from eventlog.migrating import make_kept_table

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty: nobody is told of what happened before."""
    make_kept_table(
        "notices",
        Column("notice", Text, primary_key=True),
        Column("person", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("headline", Text, nullable=False),
        Column("says", Text, nullable=False),
        Column("path", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("read_at", Text, nullable=True),
        Column("digest", Text, nullable=False, index=True),
        Index(None, "person", "read_at"),
    )
    make_kept_table(
        "notice_choices",
        Column("person", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("how", Text, nullable=False),
    )
