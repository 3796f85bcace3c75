"""On PostgreSQL an append looks whether its rows are there before it says that they are.

A trigger or a rule that somebody put at the log can let a row fall without a word: the first
function would then give positions and hashes of rows that nobody kept. It stays as it is, for the
processes of the version before.
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STATEMENTS = [
    """
CREATE FUNCTION append_events_v2(
    given_streams text[], given_expected bigint[], given_ids text[], given_event_streams text[],
    given_types text[], given_schema_versions integer[], given_payloads text[],
    given_at text, given_actor text, given_correlation text, given_causation text,
    given_wait integer
) RETURNS TABLE (
    out_position bigint, out_version bigint, out_recorded_at text, out_prev_hash text,
    out_hash text, out_stored_before boolean
) LANGUAGE plpgsql SET search_path = pg_catalog, {schema}, pg_temp AS $body$
DECLARE
    kept text;
BEGIN
    FOR out_position, out_version, out_recorded_at, out_prev_hash, out_hash, out_stored_before IN
        SELECT * FROM append_events_v1(given_streams, given_expected, given_ids,
            given_event_streams, given_types, given_schema_versions, given_payloads, given_at,
            given_actor, given_correlation, given_causation, given_wait)
    LOOP
        SELECT e.hash INTO kept FROM events e WHERE e.position = out_position;
        IF kept IS DISTINCT FROM out_hash THEN
            RAISE EXCEPTION USING ERRCODE = 'RL005', MESSAGE = 'A row was not kept.';
        END IF;
        RETURN NEXT;
    END LOOP;
END
$body$
""",
    "REVOKE ALL ON FUNCTION append_events_v2 FROM PUBLIC",
]


def upgrade() -> None:
    """Add the function on PostgreSQL; on SQLite the application looks for itself."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        return
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement.strip().replace("{schema}", str(schema)))


def downgrade() -> None:
    """Refuse: there is no way back."""
    raise NotImplementedError("The event log is kept for good; restore an earlier backup instead.")
