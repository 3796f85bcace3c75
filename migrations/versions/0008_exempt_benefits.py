"""The register says which benefits are kept out of public editions."""

from alembic import op
from sqlalchemy import Boolean, Column, false

from eventlog.migrating import with_twin

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. No benefit is exempt yet, so that every row is right as it is."""
    for table in with_twin("register"):
        op.add_column(table, Column("exempt", Boolean, nullable=False, server_default=false()))
