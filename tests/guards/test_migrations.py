"""The migrations make exactly the tables that the code declares, and leave the log alone."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from eventlog.database import Database, metadata
from eventlog.tables import TWIN

ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("eventlog", "benefits", "workflows", "reports", "entrypoints")
_DECLARES_A_TABLE = re.compile(r"\bTable\(\s*\n?\s*[\"'\w]+,\s*metadata")
_CHANGES_EVENTS = re.compile(
    r"batch_alter_table\(\s*[\"']events[\"']|drop_table\(\s*[\"']events[\"']"
    r"|(alter_column|drop_column|drop_constraint|rename_table|drop_index)\([^)]*[\"']events[\"']"
    r"|(ALTER\s+TABLE(?!\s+events\s+ENABLE\s+ALWAYS)|DROP\s+TABLE|UPDATE|DELETE\s+FROM|TRUNCATE)\s+events\b"
    r"|DROP\s+(TRIGGER|FUNCTION)\s+\w*event"
    r"|DISABLE\s+TRIGGER|CREATE\s+OR\s+REPLACE\s+FUNCTION\s+(append_)?events",
    re.IGNORECASE,
)


def _declare_every_table() -> None:
    for package in _PACKAGES:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            path = ROOT / (module.name.replace(".", "/") + ".py")
            if path.exists() and _DECLARES_A_TABLE.search(path.read_text()):
                importlib.import_module(module.name)


def test_the_migrated_database_is_what_the_code_declares(database_url: str) -> None:
    _declare_every_table()
    database = Database.open(database_url)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    database.close()
    assert differences == []


def test_every_read_table_has_its_twin_with_the_same_columns() -> None:
    _declare_every_table()
    twins = [table for name, table in metadata.tables.items() if name.endswith(TWIN)]
    for table in twins:
        live = metadata.tables[table.name.removesuffix(TWIN)]
        assert [(c.name, repr(c.type)) for c in live.c] == [(c.name, repr(c.type)) for c in table.c]


@pytest.mark.parametrize(
    "path",
    [p for p in sorted((ROOT / "migrations" / "versions").glob("0*.py")) if "0001" not in p.name],
    ids=lambda path: path.name,
)
def test_no_later_migration_changes_the_log_but_to_add_to_it(path: Path) -> None:
    assert _CHANGES_EVENTS.search(path.read_text()) is None


_TAKES_AWAY = re.compile(
    r"drop_(table|column|constraint)\(|rename_table\(|new_column_name|alter_column\("
    r"|DROP\s+(TABLE|COLUMN)|RENAME\s+(TO|COLUMN)|SET\s+NOT\s+NULL",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "migrations" / "versions").glob("0*.py")), ids=lambda path: path.name
)
def test_no_migration_takes_away_what_the_version_before_it_uses(path: Path) -> None:
    """Hosts of two versions work side by side while one after the other is upgraded."""
    upgrade = path.read_text().partition("def downgrade")[0]
    assert _TAKES_AWAY.search(upgrade) is None


@pytest.mark.parametrize(
    "text",
    [
        "with op.batch_alter_table('events') as batch:",
        'op.drop_column("events", "hash")',
        "op.execute('ALTER TABLE events DROP COLUMN hash')",
        "ALTER TABLE events ENABLE REPLICA TRIGGER events_refuse_gap",
        "DROP TRIGGER events_refuse_update",
        "CREATE OR REPLACE FUNCTION append_events_v1(",
    ],
)
def test_the_watch_on_migrations_sees_what_it_should(text: str) -> None:
    assert _CHANGES_EVENTS.search(text) is not None
