"""Kept tables of uploads between steps, of named columns, and of ledger extracts."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Text

from eventlog.migrating import make_kept_table

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the four tables, empty."""
    make_kept_table(
        "uploads",
        Column("upload", Text, primary_key=True),
        Column("person", Text, nullable=False, index=True),
        Column("programme", Text, nullable=False),
        Column("what", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
        Column("state", Text, nullable=False),
        Column("made_at", Text, nullable=False),
        Column("ends_at", Text, nullable=False, index=True),
    )
    make_kept_table(
        "column_mappings",
        Column("what", Text, primary_key=True),
        Column("name", Text, primary_key=True),
        Column("columns", Text, nullable=False),
        Column("saved_by", Text, nullable=False),
        Column("saved_at", Text, nullable=False),
    )
    make_kept_table(
        "ledger_extracts",
        Column("extract", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("sha256", Text, nullable=False, unique=True),
        Column("loaded_by", Text, nullable=False),
        Column("loaded_at", Text, nullable=False),
    )
    make_kept_table(
        "ledger_lines",
        Column("line", Text, primary_key=True),
        Column("extract", Text, nullable=False, index=True),
        Column("number", Integer, nullable=False),
        Column("budget_line", Text, nullable=False, index=True),
        Column("month", Text, nullable=False, index=True),
        Column("amount", BigInteger, nullable=False),
        Column("words", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("noted_by", Text, nullable=False),
    )
