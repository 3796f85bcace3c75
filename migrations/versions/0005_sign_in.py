"""Kept tables of signing in: sessions, and how often a sign-in was tried."""

from sqlalchemy import Column, Text

from eventlog.migrating import make_kept_table

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables, empty."""
    make_kept_table(
        "sessions",
        Column("token_hash", Text, primary_key=True),
        Column("person", Text, nullable=False, index=True),
        Column("started_at", Text, nullable=False),
        Column("ends_at", Text, nullable=False, index=True),
        Column("revoked_at", Text, nullable=True),
    )
    make_kept_table(
        "sign_in_attempts",
        Column("attempt", Text, primary_key=True),
        Column("subject", Text, nullable=False, index=True),
        Column("at", Text, nullable=False, index=True),
    )
