"""Kept tables of the council's logo, and of what people put out of their sight."""

from sqlalchemy import Column, LargeBinary, Text

from eventlog.migrating import make_kept_table

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty."""
    make_kept_table(
        "council_logo",
        Column("sha256", Text, primary_key=True),
        Column("media_type", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
        Column("kept_at", Text, nullable=False),
    )
    make_kept_table(
        "hidden_parts",
        Column("person", Text, primary_key=True),
        Column("part", Text, primary_key=True),
    )
