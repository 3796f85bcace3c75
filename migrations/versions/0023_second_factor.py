"""Kept tables of second factors and their recovery codes."""

from sqlalchemy import BigInteger, Column, Text

from eventlog.migrating import make_kept_table

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty."""
    make_kept_table(
        "second_factors",
        Column("person", Text, primary_key=True),
        Column("secret", Text, nullable=False),
        Column("set_at", Text, nullable=False),
        Column("confirmed_at", Text, nullable=True),
        Column("last_step", BigInteger, nullable=False),
    )
    make_kept_table(
        "recovery_codes",
        Column("code_hash", Text, primary_key=True),
        Column("person", Text, nullable=False, index=True),
        Column("used_at", Text, nullable=True),
    )
