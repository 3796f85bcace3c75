"""Kept table of the reports that hold what is exempt, apart from those for the public."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Text

from eventlog.migrating import make_kept_table

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty."""
    make_kept_table(
        "exempt_archive",
        Column("programme", Text, primary_key=True),
        Column("month", Text, primary_key=True),
        Column("edition", Integer, primary_key=True, autoincrement=False),
        Column("issued_at", Text, nullable=False),
        Column("issued_by", Text, nullable=False),
        Column("closing", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("pages", Integer, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("pdf_sha256", Text, nullable=False, unique=True),
        Column("inputs_sha256", Text, nullable=False),
        Column("inputs", Text, nullable=False),
        Column("pdf", LargeBinary, nullable=False),
    )
