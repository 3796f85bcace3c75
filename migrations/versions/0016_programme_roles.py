"""Read table of the roles that people hold for one programme."""

from sqlalchemy import Column, Text

from eventlog.migrating import make_read_table

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty: nobody holds such a role yet."""
    make_read_table(
        "programme_roles",
        Column("person", Text, primary_key=True),
        Column("role", Text, primary_key=True),
        Column("programme", Text, primary_key=True),
    )
