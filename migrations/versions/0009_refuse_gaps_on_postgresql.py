"""On PostgreSQL, as on SQLite from the start, the log takes the next row of its chain and no other.

Where one role owns the tables and runs the application, a plain INSERT would otherwise be let in.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = [
    """
CREATE FUNCTION events_refuse_gap_v1() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, {schema}, pg_temp AS $body$
DECLARE
    last record;
BEGIN
    SELECT e.position, e.hash INTO last FROM events e ORDER BY e.position DESC LIMIT 1;
    IF NEW.position IS DISTINCT FROM coalesce(last.position, 0) + 1
       OR NEW.prev_hash IS DISTINCT FROM coalesce(last.hash, repeat('0', 64))
       OR NEW.version IS DISTINCT FROM (
           SELECT coalesce(max(e.version), 0) + 1 FROM events e WHERE e.stream = NEW.stream)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'RL000',
            MESSAGE = 'The event log takes the next row of its chain and no other.';
    END IF;
    RETURN NEW;
END
$body$
""",
    # ALWAYS, so that it holds in replica mode too.
    """
CREATE TRIGGER events_refuse_gap BEFORE INSERT ON events
FOR EACH ROW EXECUTE FUNCTION events_refuse_gap_v1()
""",
    "ALTER TABLE events ENABLE ALWAYS TRIGGER events_refuse_gap",
    "REVOKE ALL ON FUNCTION events_refuse_gap_v1 FROM PUBLIC",
]


def upgrade() -> None:
    """Add the trigger on PostgreSQL; SQLite has had its own since the first migration."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        return
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement.strip().replace("{schema}", str(schema)))


def downgrade() -> None:
    """Refuse: there is no way back."""
    raise NotImplementedError("The event log is kept for good; restore an earlier backup instead.")
