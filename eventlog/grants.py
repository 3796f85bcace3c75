"""What the application's role may do on PostgreSQL: read the log and append to it, no more."""

from sqlalchemy import Connection

_EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
#: Tables that the application only reads, or only adds to.
_LESS = {"events": "SELECT", "alembic_version": "SELECT", "checkpoints": "SELECT, INSERT"}


def grant_application(connection: Connection, role: str) -> None:
    """Grant a role what the application needs, on every table there is. Safe to repeat.

    Nothing is done when the role is the owner's own: then it may do everything, and only the
    triggers stand in its way (``application_is_owner``).
    """
    if role == connection.exec_driver_sql("SELECT current_user").scalar_one():
        return
    named = connection.dialect.identifier_preparer.quote_identifier(role)
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    statements = [f"GRANT USAGE ON SCHEMA {schema} TO {named}"]
    for table in _tables(connection):
        allowed = _LESS.get(table, _EVERYTHING)
        statements += [
            f'REVOKE ALL ON "{table}" FROM {named}',
            f'GRANT {allowed} ON "{table}" TO {named}',
        ]
    statements += [
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {named}",
        *(f"GRANT EXECUTE ON FUNCTION {one} TO {named}" for one in _functions(connection)),
    ]
    for statement in statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))


def _tables(connection: Connection) -> list[str]:
    return list(
        connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        ).scalars()
    )


def _functions(connection: Connection) -> list[str]:
    """Those that append: processes of the version before call an earlier one."""
    return list(
        connection.exec_driver_sql(
            "SELECT oid::regprocedure::text FROM pg_proc "
            "WHERE pronamespace = current_schema()::regnamespace "
            "AND proname IN ('append_events_v1', 'append_events_v2') ORDER BY 1"
        ).scalars()
    )


def application_is_owner(connection: Connection) -> bool:
    """Whether the role of this connection could switch the log's triggers off.

    True always on SQLite, where whoever can write to the file can; verification finds it.
    """
    if connection.dialect.name == "sqlite":
        return True
    return bool(
        connection.exec_driver_sql(
            "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class "
            "WHERE oid = to_regclass('events')"
        ).scalar_one()
    )
