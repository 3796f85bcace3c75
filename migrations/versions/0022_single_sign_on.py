"""Kept table of who the people of the single sign-on are here."""

from sqlalchemy import Column, Text

from eventlog.migrating import make_kept_table

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty."""
    make_kept_table(
        "openid_people",
        Column("issuer", Text, primary_key=True),
        Column("subject", Text, primary_key=True),
        Column("person", Text, nullable=False, unique=True),
        Column("linked_at", Text, nullable=False),
    )
