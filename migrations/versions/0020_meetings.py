"""Meetings of boards, and when the person of a session last proved who they are."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, Text

from eventlog.migrating import make_read_table

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the read table, and add the column; until it is set the session's start counts."""
    make_read_table(
        "meetings",
        Column("meeting", Text, primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("board", Text, nullable=False, index=True),
        Column("day", Text, nullable=False, index=True),
        Column("starts", Text, nullable=False),
        Column("place", Text, nullable=False),
        Column("cases", Integer, nullable=False),
        Column("held", Boolean, nullable=False),
        Column("cancelled", Boolean, nullable=False),
    )
    op.add_column("sessions", Column("proved_at", Text, nullable=True))
