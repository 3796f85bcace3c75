"""Whether the guards of the log still stand: the triggers that refuse, the function that lets in,
the keys that are used once.

Whoever owns the database can take a guard away and put it back when the deed is done; what they
did to the rows, the chain and the checkpoints tell. A guard that is away, switched off or another
than ours is told here.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from eventlog.schema import made_by_newer

#: Each guard with the beginning of its text's SHA-256, as the migrations make it.
_SQLITE = {
    "The table checkpoints": "573ae9fc27cf7fc8",
    "The table events": "13a2635676b1ec34",
    "events_refuse_update": "9dc82e317ec1407d",
    "events_refuse_delete": "1dfb8a00f99ae031",
    "events_refuse_replace": "7ae4aac7eb08ee65",
    "events_refuse_gap": "4a9e47bdf8b7b792",
    "checkpoints_refuse_update": "2c99c3f6f349b7f4",
    "checkpoints_refuse_delete": "b5f8f5bdb7e7fa65",
    "checkpoints_refuse_replace": "59c20f9ba013d7ea",
}
_POSTGRESQL = {
    "The table checkpoints": "ecc81e023ee29e0a",
    "The table events": "0cf96a1e3604d83a",
    "append_events_v1": "65da5e82309c0449",
    "append_events_v2": "d1f5a618b368e7ec",
    "checkpoints_refuse_change": "e77aedd883fb3a4b",
    "events_refuse_change": "a9a503d003d218df",
    "events_refuse_gap": "3cbfd2eca1477d6e",
    "pk_checkpoints": "d5798ccbd01a9053",
    "pk_events": "d951756e6a1a33f1",
    "uq_events_event_id": "7e300d4eec9bc25b",
    "uq_events_prev_hash": "98ba56e843211765",
    "uq_events_stream_version": "ea842e0f58e78479",
}
_LENGTH = 16

#: The file keeps a table's name as somebody wrote it, and takes ``EVENTS`` for ``events``. Where
#: SQLAlchemy wrote the text of a table, a later one may break its lines otherwise.
_IN_FILE = """
SELECT CASE type WHEN 'table' THEN 'The table ' || name ELSE name END,
    CASE WHEN type = 'table' AND name = 'checkpoints'
    THEN replace(replace(replace(sql, char(10), ''), char(9), ''), ' ', '') ELSE sql END
FROM sqlite_schema
WHERE lower(tbl_name) IN ('events', 'checkpoints') AND sql IS NOT NULL
UNION ALL
SELECT 'The trigger ' || name || ' of the table ' || tbl_name, sql FROM sqlite_schema
WHERE type = 'trigger' AND lower(tbl_name) NOT IN ('events', 'checkpoints')
"""
#: What a function does besides its text: as whom, and with which settings.
_FUNCTION = """
concat_ws(' ', pg_get_function_identity_arguments(pg_proc.oid), prosecdef, provolatile,
    (SELECT lanname FROM pg_language WHERE pg_language.oid = prolang),
    CASE proconfig WHEN ARRAY['search_path=pg_catalog, ' || quote_ident(current_schema())
        || ', pg_temp'] THEN 'ours' ELSE proconfig::text END, prosrc)
"""
_ON_SERVER = f"""
WITH ours AS (
    SELECT * FROM pg_class WHERE oid IN (to_regclass('events'), to_regclass('checkpoints'))
), appending AS (
    SELECT * FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'append\\_events\\_v%%'
), rights AS (
    SELECT relname, relowner, (aclexplode(relacl)).* FROM ours
    UNION ALL
    SELECT relname, relowner, (aclexplode(attacl)).* FROM ours JOIN pg_attribute ON attrelid = oid
)
SELECT tgname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid, true), tgenabled, {_FUNCTION})
FROM pg_trigger JOIN ours ON ours.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal
UNION ALL
SELECT rulename, pg_get_ruledef(pg_rewrite.oid) FROM pg_rewrite JOIN ours ON ours.oid = ev_class
UNION ALL
SELECT polname, 'policy' FROM pg_policy JOIN ours ON ours.oid = polrelid
UNION ALL
SELECT proname, {_FUNCTION} FROM appending AS pg_proc
UNION ALL
SELECT conname, concat_ws(' ', relname, pg_get_constraintdef(pg_constraint.oid), convalidated)
FROM pg_constraint JOIN ours ON ours.oid = conrelid WHERE contype <> 'n'
UNION ALL
SELECT 'The table ' || relname, concat_ws(
    ' ', relkind, relpersistence, relrowsecurity, relforcerowsecurity,
    (SELECT string_agg(concat_ws(' ', attname, atttypid::regtype, attnotnull, attcollation,
         atthasdef), ', ' ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = ours.oid AND attnum > 0))
FROM ours
UNION ALL
SELECT pg_class.relname, 'kin' FROM pg_inherits
JOIN ours ON ours.oid IN (inhrelid, inhparent)
JOIN pg_class ON pg_class.oid IN (inhrelid, inhparent) AND pg_class.oid <> ours.oid
UNION ALL
SELECT concat('The right to ', privilege_type, ' ', relname, ' of ',
    CASE grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(grantee) END), 'right'
FROM rights
WHERE grantee <> relowner AND (privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
    OR privilege_type = 'INSERT' AND relname = 'events')
UNION ALL
SELECT concat('The right to call ', proname, ' of everybody'), 'right' FROM appending,
    aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0
UNION ALL
SELECT concat('The owner of ', relname, ', who is not that of ', proname, ','), 'owner'
FROM ours JOIN appending ON proowner <> relowner
UNION ALL
SELECT pg_class.relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN ours ON ours.oid = indrelid
JOIN pg_class ON pg_class.oid = indexrelid
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
UNION ALL
SELECT concat('The index ', pg_class.relname, ', which is not kept up,'), 'index' FROM pg_index
JOIN ours ON ours.oid = indrelid JOIN pg_class ON pg_class.oid = indexrelid
WHERE NOT (indisvalid AND indisready AND indislive)
UNION ALL
SELECT concat('The trigger ', tgname, ' of the table ', relname), 'trigger'
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
  AND pg_class.oid NOT IN (SELECT oid FROM ours)
UNION ALL
SELECT concat('The trigger ', rulename, ' of the table ', relname), 'rule'
FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
  AND pg_class.oid NOT IN (SELECT oid FROM ours)
"""  # noqa: S608 - only our own texts


def guards_of(connection: Connection) -> list[tuple[str, str]]:
    """Everything that stands at the log, by name, with the beginning of its text's SHA-256.

    Two things may have one name: a trigger can be called what a function is called.
    """
    query = _IN_FILE if connection.dialect.name == "sqlite" else _ON_SERVER
    return [
        (str(name), sha256(str(text).encode()).hexdigest()[:_LENGTH])
        for name, text in connection.exec_driver_sql(query)
    ]


#: How what a later version adds to the log is called: a way in, a refusal, a key; or a column.
_OF_OURS = re.compile(
    r"append_events_v\d+|(events|checkpoints)_refuse_\w+|(ck|ix|uq)_(events|checkpoints)_\w+"
    r"|The table (events|checkpoints)|The trigger .*"
)


@dataclass(frozen=True, slots=True)
class Guards:
    """Sentences about the guards that are not as they were made, and the names of newer ones."""

    faults: list[str]
    newer: list[str]


def _called(name: str) -> str:
    return name if name.startswith("The ") else f"The guard {name}"


def look_at_guards(connection: Connection) -> Guards:
    """Compare what stands at the log with what the migrations made.

    While a newer version is brought in, host by host, the older one goes on beside its tables:
    what that version added, this one cannot judge. Such tables keep every guard that this one
    knows, and no version gives anybody a right to change the log: those are judged all the same.
    """
    expected = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    found = guards_of(connection)
    names = {name for name, _ in found}
    others = sorted(set(found) - set(expected.items()))
    changed = {
        name for name, text in expected.items() if name in names and (name, text) not in found
    }
    # Of several things with the name of a guard that was changed, one is the guard itself.
    for name in changed:
        others.remove(next(one for one in others if one[0] == name))
    newer: set[str] = set()
    if made_by_newer(connection):
        newer = {name for name, _ in others if name not in expected and _OF_OURS.fullmatch(name)}
        newer |= {name for name in changed if name.startswith("The table ")}
    away = sorted(expected.keys() - names)
    added = [name for name, _ in others if name not in newer]
    return Guards(_sentences(away, sorted(changed - newer), added), sorted(newer))


def _sentences(away: list[str], changed: list[str], added: list[str]) -> list[str]:
    return [
        *(
            f"{_called(name)} of the log is away: somebody who owns the database removed it."
            for name in away
        ),
        *(
            f"{_called(name)} of the log was changed or switched off by somebody who owns the "
            "database."
            for name in changed
        ),
        *(
            f"{name} {'is' if name.startswith('The trigger ') else 'stands at the log and is'} not "
            "ours: somebody who owns the database added it."
            for name in added
        ),
    ]
