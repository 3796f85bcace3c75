"""How each benefit stands on any day, and the views of the register that people keep.

The first is a read table: it stays empty until the read tables are made again from the log,
which `realise init` does when it finds an older database.
"""

from sqlalchemy import BigInteger, Boolean, Column, Text

from eventlog.migrating import make_kept_table, make_read_table

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty."""
    make_read_table(
        "statuses",
        Column("benefit", Text, primary_key=True),
        Column("begins", Text, primary_key=True),
        Column("ends", Text, nullable=False),
        Column("delivered", BigInteger, nullable=False),
        Column("on_track", BigInteger, nullable=False),
        Column("at_risk", BigInteger, nullable=False),
        Column("not_delivered", BigInteger, nullable=False),
        Column("plan", BigInteger, nullable=False),
    )
    make_kept_table(
        "saved_views",
        Column("view", Text, primary_key=True),
        Column("person", Text, nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("asked", Text, nullable=False),
        Column("first", Boolean, nullable=False),
        Column("made_at", Text, nullable=False),
    )
