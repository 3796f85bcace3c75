"""The ledger of jobs: one row a due run."""

from sqlalchemy import Column, Integer, Text

from eventlog.migrating import make_kept_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the ledger."""
    make_kept_table(
        "job_runs",
        Column("job", Text, primary_key=True),
        Column("due", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("started_at", Text, nullable=False),
        Column("again_at", Text, nullable=False),
        Column("ended_at", Text, nullable=False),
        Column("said", Text, nullable=False),
    )
