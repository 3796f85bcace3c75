"""What the month's checklist, the next gate and the MTFS exceptions are found by.

Read tables: they are filled when they are next made again from the log, which ``realise init``
does after it has changed them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, Text

from eventlog.migrating import make_read_table, with_twin

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NOTHING, _NO = "", sa.false()


def upgrade() -> None:
    """Add the columns, to each table and its twin, and the net amounts by plan year."""
    for table in with_twin("register"):
        for column in (
            Column("value_confirmed", Boolean, nullable=False, server_default=_NO),
            Column("forecast_on", Text, nullable=False, server_default=_NOTHING),
            Column("next_gate", Text, nullable=False, server_default=_NOTHING),
            Column("unmet", Integer, nullable=False, server_default="0"),
            Column("unmet_tests", Text, nullable=False, server_default=_NOTHING),
            Column("needs_tolerance", Integer, nullable=False, server_default="0"),
        ):
            op.add_column(table, column)
    for table in with_twin("claims"):
        op.add_column(table, Column("evidenced", Boolean, nullable=False, server_default=_NO))
    make_read_table(
        "committed",
        Column("benefit", Text, primary_key=True),
        Column("year", Text, primary_key=True),
        Column("amount", BigInteger, nullable=False),
    )
