"""Kept table of who came in, who was refused, and who read what is exempt."""

from sqlalchemy import Column, Text

from eventlog.migrating import make_kept_table

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty."""
    make_kept_table(
        "access_record",
        Column("access", Text, primary_key=True),
        Column("at", Text, nullable=False, index=True),
        Column("person", Text, nullable=False, index=True),
        Column("what", Text, nullable=False),
        Column("address", Text, nullable=False),
        Column("benefit", Text, nullable=False, index=True),
    )
