"""The event log: a table that can only grow, and the one function that lets events in.

There is no way down: the record is kept for good.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REFUSAL = (
    "The event log can only grow: nothing in it is changed or removed. "
    "Record a new event that corrects the old one."
)

SQLITE = [
    """
CREATE TABLE events (
    position INTEGER NOT NULL CONSTRAINT pk_events PRIMARY KEY,
    event_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id TEXT,
    payload TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT uq_events_event_id UNIQUE (event_id),
    CONSTRAINT uq_events_stream_version UNIQUE (stream, version),
    CONSTRAINT uq_events_prev_hash UNIQUE (prev_hash)
) STRICT
""",
    f"""
CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
""",
    f"""
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
""",
    # INSERT OR REPLACE removes the row in the way without asking the trigger above.
    """
CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
  OR EXISTS (SELECT 1 FROM events WHERE event_id = NEW.event_id)
  OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
  OR EXISTS (SELECT 1 FROM events WHERE prev_hash = NEW.prev_hash)
BEGIN
    SELECT RAISE(ABORT, '{refusal}');
END
""".replace("{refusal}", REFUSAL),
    """
CREATE TRIGGER events_refuse_gap BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
  OR NEW.prev_hash IS NOT coalesce(
         (SELECT hash FROM events ORDER BY position DESC LIMIT 1), printf('%064d', 0))
BEGIN
    SELECT RAISE(ABORT, 'The event log takes the next row of its chain and no other.');
END
""",
]

POSTGRESQL = [
    """
CREATE TABLE events (
    position bigint NOT NULL CONSTRAINT pk_events PRIMARY KEY,
    event_id text NOT NULL CONSTRAINT uq_events_event_id UNIQUE,
    stream text NOT NULL,
    version bigint NOT NULL,
    type text NOT NULL,
    schema_version integer NOT NULL,
    recorded_at text NOT NULL,
    actor_id text NOT NULL,
    correlation_id text NOT NULL,
    causation_id text,
    payload text NOT NULL,
    prev_hash text NOT NULL CONSTRAINT uq_events_prev_hash UNIQUE,
    hash text NOT NULL,
    CONSTRAINT uq_events_stream_version UNIQUE (stream, version)
)
""",
    f"""
CREATE FUNCTION events_refuse_v1() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'RL000', MESSAGE = '{REFUSAL}';
END
$body$
""",
    # For each statement, so that one which would touch no row is refused as well; ALWAYS, so that
    # they hold in replica mode too.
    """
CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_v1()
""",
    "ALTER TABLE events ENABLE ALWAYS TRIGGER events_refuse_change",
    """
CREATE FUNCTION append_events_v1(
    given_streams text[], given_expected bigint[], given_ids text[], given_event_streams text[],
    given_types text[], given_schema_versions integer[], given_payloads text[],
    given_at text, given_actor text, given_correlation text, given_causation text,
    given_wait integer
) RETURNS TABLE (
    out_position bigint, out_version bigint, out_recorded_at text, out_prev_hash text,
    out_hash text, out_stored_before boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $body$
DECLARE
    known text;
    other text;
    unlike bigint;
    actual bigint;
    parts text;
    ending text;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION USING ERRCODE = 'RL003', MESSAGE = 'Append in READ COMMITTED only.';
    END IF;
    IF given_at !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$' THEN
        RAISE EXCEPTION USING ERRCODE = 'RL004', MESSAGE = 'The instant is not written in full.';
    END IF;
    -- One writer at a time until it commits: no reader ever sees a gap that fills later.
    PERFORM set_config('lock_timeout', given_wait::text || 'ms', true);
    PERFORM pg_advisory_xact_lock({lock});

    SELECT min(e.event_id) INTO known FROM events e WHERE e.event_id = ANY (given_ids);
    IF known IS NOT NULL THEN
        SELECT count(*), min(g.id) FILTER (WHERE e.position IS NOT NULL) INTO unlike, other
        FROM unnest(given_ids, given_event_streams, given_types, given_schema_versions,
                    given_payloads) AS g (id, stream, type, schema_version, payload)
        LEFT JOIN events e ON e.event_id = g.id
        WHERE e.position IS NULL
           OR (e.stream, e.type, e.schema_version, e.payload, e.actor_id)
              IS DISTINCT FROM (g.stream, g.type, g.schema_version, g.payload, given_actor);
        IF unlike > 0 THEN
            RAISE EXCEPTION USING ERRCODE = 'RL002', MESSAGE = 'An event id was used before.',
                DETAIL = json_build_object('event_id', coalesce(other, known))::text;
        END IF;
        RETURN QUERY SELECT e.position, e.version, e.recorded_at, e.prev_hash, e.hash, true
                     FROM events e WHERE e.event_id = ANY (given_ids) ORDER BY e.position;
        RETURN;
    END IF;

    FOR i IN 1 .. cardinality(given_streams) LOOP
        SELECT coalesce(max(e.version), 0) INTO actual FROM events e
        WHERE e.stream = given_streams[i];
        IF actual <> given_expected[i] THEN
            RAISE EXCEPTION USING ERRCODE = 'RL001', MESSAGE = 'The stream has moved.',
                DETAIL = json_build_object('stream', given_streams[i],
                    'expected', given_expected[i], 'actual', actual)::text;
        END IF;
    END LOOP;

    SELECT e.position, e.hash, e.recorded_at INTO out_position, out_hash, out_recorded_at
    FROM events e ORDER BY e.position DESC LIMIT 1;
    out_position := coalesce(out_position, 0);
    out_hash := coalesce(out_hash, repeat('0', 64));
    out_recorded_at := greatest(coalesce(out_recorded_at, ''), given_at COLLATE "C");
    out_stored_before := false;
    ending := octet_length(out_recorded_at) || ':' || out_recorded_at
        || octet_length(given_actor) || ':' || given_actor
        || octet_length(given_correlation) || ':' || given_correlation
        || coalesce(octet_length(given_causation) || ':' || given_causation, '-');

    FOR i IN 1 .. cardinality(given_ids) LOOP
        IF NOT given_event_streams[i] = ANY (given_streams) THEN
            RAISE EXCEPTION USING ERRCODE = 'RL004', MESSAGE = 'A stream has no expected version.';
        END IF;
        SELECT coalesce(max(e.version), 0) + 1 INTO out_version FROM events e
        WHERE e.stream = given_event_streams[i];
        out_position := out_position + 1;
        out_prev_hash := out_hash;
        parts := octet_length(out_prev_hash) || ':' || out_prev_hash
            || octet_length(out_position::text) || ':' || out_position
            || octet_length(given_ids[i]) || ':' || given_ids[i]
            || octet_length(given_event_streams[i]) || ':' || given_event_streams[i]
            || octet_length(out_version::text) || ':' || out_version
            || octet_length(given_types[i]) || ':' || given_types[i]
            || octet_length(given_schema_versions[i]::text) || ':' || given_schema_versions[i]
            || ending
            || octet_length(given_payloads[i]) || ':' || given_payloads[i];
        out_hash := encode(sha256(convert_to(parts, 'UTF8')), 'hex');
        INSERT INTO events (position, event_id, stream, version, type, schema_version, recorded_at,
            actor_id, correlation_id, causation_id, payload, prev_hash, hash)
        VALUES (out_position, given_ids[i], given_event_streams[i], out_version, given_types[i],
            given_schema_versions[i], out_recorded_at, given_actor, given_correlation,
            given_causation, given_payloads[i], out_prev_hash, out_hash);
        RETURN NEXT;
    END LOOP;
END
$body$
""",
    "REVOKE ALL ON FUNCTION append_events_v1 FROM PUBLIC",
    "REVOKE ALL ON FUNCTION events_refuse_v1 FROM PUBLIC",
]

#: The number of the lock that every append takes. It is the log's for good.
LOCK = 7_352_604_511


def upgrade() -> None:
    """Make the table, what guards it, and on PostgreSQL the function that appends."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        statements = SQLITE
    else:
        schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        statements = [
            text.replace("{schema}", str(schema)).replace("{lock}", str(LOCK))
            for text in POSTGRESQL
        ]
    for statement in statements:
        # A percent sign would be read as a mark for a value on PostgreSQL.
        connection.exec_driver_sql(statement.strip())


def downgrade() -> None:
    """Refuse: there is no way back."""
    raise NotImplementedError("The event log is kept for good; restore an earlier backup instead.")
