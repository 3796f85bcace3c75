"""Kept table of the secret addresses of people's calendars."""

from sqlalchemy import Column, Text

from eventlog.migrating import make_kept_table

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty."""
    make_kept_table(
        "calendar_addresses",
        Column("person", Text, primary_key=True),
        Column("address_hash", Text, nullable=False, unique=True),
        Column("made_at", Text, nullable=False),
    )
