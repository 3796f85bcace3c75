"""A council of any size, quickly: one life recorded by real commands, then copied under new names.

The copies are appended in bulk; the read tables are rebuilt from them afterwards.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from benchmarks.places import OPENED, opened
from benefits.commands import details, money
from benefits.events.details import NoteAdded
from benefits.periods import Month
from entrypoints.wiring import Realise, catalogue, rebuilding
from eventlog.database import Database
from eventlog.recorded import Batch
from eventlog.replay import rebuild
from eventlog.schema import upgrade
from eventlog.store import Store
from tests.amounts import line, money_of, profile
from tests.northmere import PEOPLE
from tests.scenario import Scenario, begin, open_realise
from workflows import directory

_STEP, _AT = 1_000, datetime(2026, 9, 1, tzinfo=UTC)
#: Where the councils of a run keep their secrets.
TEMPORARY = TemporaryDirectory(prefix="realise-")
_MADE_UP = ("benefit-1", "claim-", "case-")


@dataclass(frozen=True)
class Told:
    """Events as they are stored: the council's own, and those of one benefit."""

    council: tuple[tuple[str, str, int, str], ...]
    benefit: tuple[tuple[str, int, str], ...]


def _live(scenario: Scenario) -> None:
    """One benefit from its first idea through two years of claims."""
    plan = profile(line(240_000, "2024-07"))
    benefit = scenario.in_delivery("Fewer homes", plan)
    for number in range(24):
        month = Month(2024, 7).plus(number)
        scenario.on(f"{month.plus(1)}-09")
        claim = scenario.claimed(benefit, 10_000, str(month), "2024/25")
        scenario.verified(benefit, claim)
        later = money_of(240_000, str(month.plus(1)), "2024/25")
        scenario.do(money.RecordForecast(benefit, (later,), "Recruitment is late."))
        scenario.do(details.AddNote(benefit, f"Looked at in {month}."))


@cache
def told() -> Told:
    """The one life, recorded once a run."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/one.db"
        upgrade(url)
        scenario = begin(url, Path(folder))
        _live(scenario)
        with scenario.realise.database.read() as connection:
            rows = _stored(connection)
        scenario.realise.database.close()
    council = tuple(row for row in rows if row[0] != "benefit-benefit-1")
    return Told(council, tuple(row[1:] for row in rows if row[0] == "benefit-benefit-1"))


def _stored(connection: Connection) -> list[tuple[str, str, int, str]]:
    found = connection.exec_driver_sql(
        "SELECT stream, type, schema_version, payload FROM events ORDER BY position"
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


def fill(url: str, benefits: int, events_each: int) -> Realise:
    """A council of so many benefits of so many events each, with its read tables.

    Events beyond the one life are notes. Its secrets are kept in a folder of the run.
    """
    database = founded(url)
    grow(database, 1, benefits, events_each)
    rebuild(rebuilding(database))
    realise = open_realise(url, Path(TEMPORARY.name))
    OPENED.callback(realise.database.close)
    return realise


def founded(url: str) -> Database:
    """A council that has its people, its board and its programme, and no benefit yet."""
    upgrade(url)
    database = opened(url)
    with database.write() as connection:
        for person, name, post, _ in PEOPLE:
            address = f"{person}@northmere.example"
            entry = directory.Entry(person, name, address, post, "", active=True)
            directory.add(connection, entry)
    begun(database)
    return database


def begun(database: Database) -> None:
    """The council, its people, its board and its programme."""
    store, streams = Store(database, catalogue()), dict[str, list[object]]()
    for stream, kind, version, payload in told().council:
        event = store.catalogue.decode(kind, version, payload)
        streams.setdefault(stream, []).append(event)
    _write(store, [Batch(stream, 0, tuple(events)) for stream, events in streams.items()])


def grow(
    database: Database, first: int, benefits: int, events_each: int, *, after: int = 0
) -> None:
    """So many benefits more, numbered from ``first``; read tables are not touched.

    With ``after`` the benefits stand already with so many events, and are told the rest.
    """
    store, waiting = Store(database, catalogue()), list[Batch[object]]()
    for number in range(first, first + benefits):
        waiting.append(_copy(store, number, after, events_each))
        if len(waiting) * (events_each - after) >= _STEP:
            _write(store, waiting)
            waiting = []
    _write(store, waiting)


def _copy(store: Store, number: int, after: int, upto: int) -> Batch[object]:
    """The life under names of its own, cut or filled up with notes to its number of events."""
    name = f"b{number}"
    events: list[object] = []
    for kind, version, payload in told().benefit[after:upto]:
        for made_up in _MADE_UP:
            payload = payload.replace(f'"{made_up}', f'"{name}-{made_up}')
        events.append(store.catalogue.decode(kind, version, payload))
    notes = upto - after - len(events)
    events += [NoteAdded(f"Note {each} of an ordinary length.") for each in range(notes)]
    return Batch(f"benefit-{name}", after, tuple(events))


def _write(store: Store, batches: list[Batch[object]]) -> None:
    if batches:
        store.append(batches, actor="pat", at=_AT, correlation="bench")
