"""Read table of scrutiny's questions and recommendations."""

from sqlalchemy import BigInteger, Column, Text

from eventlog.migrating import make_read_table

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table with its twin, empty."""
    make_read_table(
        "questions",
        Column("question", Text, primary_key=True),
        Column("position", BigInteger, nullable=False, unique=True),
        Column("version", BigInteger, nullable=False),
        Column("programme", Text, nullable=False, index=True),
        Column("benefit", Text, nullable=False, index=True),
        Column("sort", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("month", Text, nullable=False),
        Column("figure", Text, nullable=False),
        Column("owner", Text, nullable=True, index=True),
        Column("due", Text, nullable=False),
        Column("state", Text, nullable=False, index=True),
        Column("response", Text, nullable=False),
        Column("answer", Text, nullable=False),
    )
