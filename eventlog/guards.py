"""Whether the guards of the log still stand: the triggers that refuse, the function that lets in.

Whoever owns the database can take a guard away and put it back when the deed is done; what they
did to the rows, the chain and the checkpoints tell. A guard that is away, switched off or another
than ours is told here.
"""

from hashlib import sha256

from sqlalchemy import Connection

#: Each guard with the beginning of its text's SHA-256, as the migrations make it.
_SQLITE = {
    "events_refuse_update": "9dc82e317ec1407d",
    "events_refuse_delete": "1dfb8a00f99ae031",
    "events_refuse_replace": "7ae4aac7eb08ee65",
    "events_refuse_gap": "4a9e47bdf8b7b792",
    "checkpoints_refuse_update": "2c99c3f6f349b7f4",
    "checkpoints_refuse_delete": "b5f8f5bdb7e7fa65",
    "checkpoints_refuse_replace": "59c20f9ba013d7ea",
}
_POSTGRESQL = {
    "events_refuse_change": "a10e2f96c5390499",
    "events_refuse_gap": "e031f913247cecaf",
    "checkpoints_refuse_change": "222ad49e57d84c5f",
    "append_events_v1": "4f5a89b1fe01b5ed",
}
_LENGTH = 16

_IN_FILE = """
SELECT name, sql FROM sqlite_schema
WHERE type = 'trigger' AND tbl_name IN ('events', 'checkpoints')
"""
_ON_SERVER = """
SELECT tgname, concat_ws(' ', tgrelid::regclass::text, tgenabled, tgtype, prosrc)
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid IN (to_regclass('events'), to_regclass('checkpoints')) AND NOT tgisinternal
UNION ALL
SELECT rulename, pg_get_ruledef(pg_rewrite.oid) FROM pg_rewrite
WHERE ev_class IN (to_regclass('events'), to_regclass('checkpoints'))
UNION ALL
SELECT proname, prosrc FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'append\\_events\\_v%%'
"""


def guards_of(connection: Connection) -> dict[str, str]:
    """Every guard that there is, by name, with the beginning of its text's SHA-256."""
    query = _IN_FILE if connection.dialect.name == "sqlite" else _ON_SERVER
    return {
        str(name): sha256(str(text).encode()).hexdigest()[:_LENGTH]
        for name, text in connection.exec_driver_sql(query)
    }


def guard_faults(connection: Connection) -> list[str]:
    """A sentence for each guard that is away, or is not as it was made."""
    expected = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    found = guards_of(connection)
    return [
        *(
            f"The guard {name} of the log is away: somebody who owns the database removed it."
            for name in sorted(expected.keys() - found.keys())
        ),
        *(
            f"The guard {name} of the log was changed or switched off by somebody who owns the "
            "database."
            for name in sorted(expected.keys() & found.keys())
            if expected[name] != found[name]
        ),
        *(
            f"{name} stands at the log and is not ours: somebody who owns the database added it."
            for name in sorted(found.keys() - expected.keys())
        ),
    ]
