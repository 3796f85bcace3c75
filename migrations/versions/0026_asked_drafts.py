"""A kept table of the long drafts that somebody asked for, with their bytes once they are made."""

from sqlalchemy import Column, LargeBinary, Text

from eventlog.migrating import make_kept_table

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty: until now a draft was made while who asked waited."""
    make_kept_table(
        "asked_drafts",
        Column("person", Text, primary_key=True),
        Column("programme", Text, primary_key=True),
        Column("month", Text, primary_key=True),
        Column("circulation", Text, primary_key=True),
        Column("known", Text, primary_key=True),
        Column("draft", Text, nullable=False, unique=True),
        Column("asked_at", Text, nullable=False, index=True),
        Column("pdf", LargeBinary, nullable=True),
    )
