"""``realise init`` on a database of an earlier version: its read tables are filled anew."""

from pathlib import Path

from click.testing import CliRunner

from benefits.register import tables
from entrypoints.cli import realise as command
from entrypoints.wiring import catalogue, rebuilding
from eventlog.database import Database
from eventlog.recorded import Batch
from eventlog.replay import compare
from eventlog.schema import upgrade
from eventlog.store import Store
from tests.scenario import begin, saves


def test_what_was_recorded_before_stands_in_the_new_tables(tmp_path: Path) -> None:
    lately, before = tmp_path / "lately.db", tmp_path / "before.db"
    for path, version in ((lately, "head"), (before, "0007")):
        upgrade(f"sqlite:///{path}", to=version)
    council = begin(f"sqlite:///{lately}", tmp_path)
    council.described(council.identified("Fewer homes", saves(1_000, "2024-07"), benefit="homes"))
    source, target = council.realise.store, Database.open(f"sqlite:///{before}")
    _copy(source, Store(target, catalogue()))
    done = CliRunner().invoke(
        command, ["init"], env={"REALISE_DATABASE_URL": f"sqlite:///{before}"}
    )
    assert done.exit_code == 0, done.output
    assert "The read tables are made again from the log." in done.output
    assert compare(rebuilding(target)) == []
    with target.read() as connection:
        row = connection.execute(tables.register.select()).one()
    assert (row.next_gate, row.unmet, row.value_confirmed) == ("Validation", 0, True)
    target.close()


def _copy(source: Store, target: Store) -> None:
    """The same events in the other log, with no read table following them."""
    versions: dict[str, int] = {}
    for one in source.read():
        batch = Batch(one.stream, versions.get(one.stream, 0), (one.event,))
        target.append([batch], actor=one.actor, at=one.recorded_at, correlation=one.correlation)
        versions[one.stream] = one.version
