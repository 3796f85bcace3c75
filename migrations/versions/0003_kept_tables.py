"""Kept tables: people, first answers, evidence, outbox and the report archive."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Text

from eventlog.migrating import make_kept_table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables that a rebuild leaves alone."""
    make_kept_table(
        "people",
        Column("person", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("email", Text, nullable=True, unique=True),
        Column("post", Text, nullable=False),
        Column("password", Text, nullable=False),
        Column("active", Boolean, nullable=False),
    )
    make_kept_table(
        "answers",
        Column("person", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("asked", Text, nullable=False),
        Column("answer", Text, nullable=False),
        Column("at", Text, nullable=False),
    )
    make_kept_table(
        "evidence_files",
        Column("sha256", Text, primary_key=True),
        Column("size", BigInteger, nullable=False),
        Column("media_type", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
        Column("kept_at", Text, nullable=False),
    )
    make_kept_table(
        "outbox",
        Column("message", Text, primary_key=True),
        Column("recipient", Text, nullable=False),
        Column("about", Text, nullable=False, index=True),
        Column("subject", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("file_name", Text, nullable=False),
        Column("file", LargeBinary, nullable=True),
        Column("state", Text, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("queued_at", Text, nullable=False),
        Column("due_at", Text, nullable=False, index=True),
        Column("ended_at", Text, nullable=False),
        Column("fault", Text, nullable=False),
        Column("position", BigInteger, nullable=False),
    )
    make_kept_table(
        "report_archive",
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
