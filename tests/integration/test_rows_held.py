"""Rows held from the act before are those that the stream gives, whoever wrote in between."""

from pathlib import Path

from sqlalchemy import func, select

from benefits.commands import details
from benefits.register import tables
from entrypoints.wiring import KINDS
from eventlog.held import Held
from eventlog.kinds import Standing
from eventlog.replay import compare
from tests.scenario import begin, open_realise, saves


def test_two_processes_that_change_one_benefit_in_turn_leave_the_register_right(
    database_url: str, tmp_path: Path
) -> None:
    council = begin(database_url, tmp_path)
    benefit = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    other = open_realise(database_url, tmp_path)
    for number in range(3):
        council.do(details.AddNote(benefit, f"Here {number}."))
        said = details.AddNote(benefit, f"There {number}.")
        other.handle(said, by="pat", at=council.at)
    assert compare(council.realise.store) == []
    with council.realise.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.register)) == 1
    other.database.close()
    council.realise.database.close()


def test_what_is_held_is_of_that_very_stream_and_the_longest_unused_is_forgotten(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    council = begin(migrated_sqlite_url, tmp_path)
    events = council.realise.store.load(
        f"benefit-{council.in_delivery('Fewer homes', saves(120_000, '2024-07'))}"
    )
    kind, held = KINDS["benefit"], Held(most=1)
    marked = Standing(kind, None, {}, {})
    held.keep(events[-1], marked)
    assert held.standing(kind, "b", events[:-1]).rows != {}, "it stood otherwise then"
    assert held.standing(kind, "b", events).rows == {}, "the held rows are used"
    held.keep(events[-1], marked)
    held.keep(events[-2], marked)
    assert held.standing(kind, "b", events).rows != {}, "only one is held"
    council.realise.database.close()
