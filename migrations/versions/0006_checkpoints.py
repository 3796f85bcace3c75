"""Signed checkpoints of the log: kept, and like the log itself only ever added to."""

from alembic import op
from sqlalchemy import BigInteger, Column, Text

from eventlog.migrating import make_kept_table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REFUSAL = "A checkpoint is kept for good: it is not changed or removed."

SQLITE = [
    f"""
CREATE TRIGGER checkpoints_refuse_update BEFORE UPDATE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
""",
    f"""
CREATE TRIGGER checkpoints_refuse_delete BEFORE DELETE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
""",
    """
CREATE TRIGGER checkpoints_refuse_replace BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE size = NEW.size)
BEGIN
    SELECT RAISE(ABORT, '{refusal}');
END
""".replace("{refusal}", REFUSAL),
]

POSTGRESQL = [
    """
CREATE TRIGGER checkpoints_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_v1()
""",
    "ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER checkpoints_refuse_change",
]


def upgrade() -> None:
    """Make the table, empty, and what guards it."""
    make_kept_table(
        "checkpoints",
        Column("size", BigInteger, primary_key=True, autoincrement=False),
        Column("made_at", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("last_hash", Text, nullable=False),
        Column("peaks", Text, nullable=False),
    )
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement.strip())
