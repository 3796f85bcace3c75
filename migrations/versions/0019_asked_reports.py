"""A kept table of the long reports that somebody asked for and that wait to be issued."""

from sqlalchemy import Column, Integer, Text

from eventlog.migrating import make_kept_table

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty: until now a report was issued while who asked waited."""
    make_kept_table(
        "asked_reports",
        Column("programme", Text, primary_key=True),
        Column("month", Text, primary_key=True),
        Column("edition", Integer, primary_key=True),
        Column("asked_by", Text, nullable=False),
        Column("asked_at", Text, nullable=False),
        Column("reason", Text, nullable=False),
    )
