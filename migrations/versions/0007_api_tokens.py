"""Kept table of the tokens by which programs come in."""

from sqlalchemy import Column, Text

from eventlog.migrating import make_kept_table

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty."""
    make_kept_table(
        "api_tokens",
        Column("token", Text, primary_key=True),
        Column("token_hash", Text, nullable=False, unique=True),
        Column("prefix", Text, nullable=False),
        Column("person", Text, nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("scopes", Text, nullable=False),
        Column("made_at", Text, nullable=False),
        Column("made_by", Text, nullable=False),
        Column("ends_at", Text, nullable=False),
        Column("revoked_at", Text, nullable=True),
        Column("last_used_at", Text, nullable=True),
    )
