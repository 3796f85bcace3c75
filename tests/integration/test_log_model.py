"""The log does what a few lines of Python would, whatever is asked of it and in what order."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import make_url

from eventlog.audit import audit
from eventlog.checkpoints import Checkpoint, checkpoint_now
from eventlog.exported import export_log, import_log
from eventlog.recorded import Batch
from eventlog.replay import compare, rebuild
from eventlog.schema import owning, upgrade
from eventlog.signed_note import Keys, Signer
from eventlog.store import Conflict, EventIdReused
from tests import postgres
from tests.integration import sample_log
from tests.integration.sample_log import NOON, Booked, counted, make_tables, open_store

KEYS = Keys(Signer.fresh())
#: Few steps in a usual run; in a soak (tests/soaking.py) many.
_EXAMPLES = max(6, settings.default.max_examples // 50 if settings.default else 6)
HALLS = st.sampled_from(["hall-1", "hall-2", "Halle “drei” – 東"])
EVENTS = st.lists(
    st.builds(
        Booked,
        st.integers(-1_000_000, 1_000_000),
        # NUL and half characters are refused by name: other tests see to that.
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
    ),
    max_size=4,
)

Fresh = Callable[[], str]


class LogModel(RuleBasedStateMachine):
    """The log, and beside it what it should hold: for each stream its events, in order."""

    fresh: Fresh

    def __init__(self) -> None:
        super().__init__()
        self.url = type(self).fresh()
        self.store = open_store(self.url)
        self.streams: dict[str, list[Booked]] = {}
        self.order: list[Booked] = []
        self.ids = itertools.count(1)
        self.last: tuple[str, int, tuple[Booked, ...], tuple[str, ...]] | None = None
        self.signed: list[Checkpoint] = []

    def _version(self, hall: str) -> int:
        return len(self.streams.get(hall, []))

    def _append(self, *batches: Batch[Booked]) -> int:
        return len(self.store.append(batches, actor="p", at=NOON, correlation="c"))

    @rule(hall=HALLS, events=EVENTS)
    def append(self, hall: str, events: list[Booked]) -> None:
        """At the version that it has, it goes through."""
        ids = tuple(f"id-{next(self.ids)}" for _ in events)
        expected = self._version(hall)
        assert self._append(Batch(hall, expected, tuple(events), ids)) == len(events)
        self.streams.setdefault(hall, []).extend(events)
        self.order += events
        if events:
            self.last = hall, expected, tuple(events), ids

    @rule(hall=HALLS, off=st.integers(-3, 2**70).filter(bool))
    def append_elsewhere(self, hall: str, off: int) -> None:
        """At any other version it does not."""
        expected = self._version(hall) + off
        if expected >= 0:
            with pytest.raises(Conflict):
                self._append(Batch(hall, expected, (Booked(1),)))

    @rule(hall=HALLS, guard=HALLS, moved=st.booleans())
    def append_with_a_guard(self, hall: str, guard: str, *, moved: bool) -> None:
        """A stream that moved holds back an append to another, whole."""
        if hall == guard:
            return
        held: Batch[Booked] = Batch(guard, self._version(guard) + moved)
        batches = (Batch(hall, self._version(hall), (Booked(7), Booked(8))), held)
        if moved:
            with pytest.raises(Conflict):
                self._append(*batches)
        else:
            self._append(*batches)
            self.streams.setdefault(hall, []).extend((Booked(7), Booked(8)))
            self.order += [Booked(7), Booked(8)]

    @precondition(lambda self: self.last is not None)
    @rule()
    def repeat(self) -> None:
        """The last append again writes nothing; with other contents it is refused."""
        assert self.last is not None
        hall, expected, events, ids = self.last
        assert self._append(Batch(hall, expected, events, ids)) == len(events)
        changed = (Booked(events[0].seats + 1), *events[1:])
        with pytest.raises(EventIdReused):
            self._append(Batch(hall, expected, changed, ids))

    @rule(hall=HALLS, events=EVENTS)
    def fail(self, hall: str, events: list[Booked]) -> None:
        """What fails at its end was never there."""

        def break_off(*_: object) -> None:
            raise ZeroDivisionError

        batch = Batch(hall, self._version(hall), tuple(events))
        with pytest.raises(ZeroDivisionError):
            self.store.append([batch], actor="p", at=NOON, correlation="c", also=break_off)

    @rule()
    def sign(self) -> None:
        """A checkpoint says how many events there are."""
        self.signed.append(checkpoint_now(self.store.database, KEYS, NOON))
        assert self.signed[-1].size == len(self.order)

    @rule()
    def rebuild(self) -> None:
        """The read tables made again stand where the log ends."""
        assert rebuild(self.store) == len(self.order)

    @rule()
    def reopen(self) -> None:
        """Another process would see the same."""
        self.store.database.close()
        self.store = open_store(self.url)

    @rule(upto=st.integers(0, 40))
    def look_back(self, upto: int) -> None:
        """The log up to a position is its beginning."""
        assert [one.event for one in self.store.read(upto=min(upto, len(self.order)))] == (
            self.order[:upto]
        )

    @invariant()
    def it_holds_what_it_should(self) -> None:
        """Every event, once, in order; each stream its own."""
        found = list(self.store.read())
        assert [one.position for one in found] == list(range(1, len(self.order) + 1))
        assert [one.event for one in found] == self.order
        for hall, events in self.streams.items():
            assert [one.event for one in self.store.load(hall)] == events

    def teardown(self) -> None:
        """In the end all is sound, and another log takes it in with the same hashes."""
        count = len(self.order)
        assert counted(self.store) == (count, count, count, count)
        assert compare(self.store) == []
        with self.store.database.read() as connection:
            assert audit(connection, KEYS.verifiers).sound
            lines = list(export_log(connection))
        taken = open_store(type(self).fresh())
        with owning(taken.database) as connection:
            assert import_log(taken, connection, lines).hash == self.store.head()[1]
        assert compare(taken) == []
        self.store.database.close()
        taken.database.close()


def _run(fresh: Fresh) -> None:
    model = type("LogModelHere", (LogModel,), {"fresh": staticmethod(fresh)})
    run_state_machine_as_test(
        model,
        settings=settings(
            max_examples=_EXAMPLES, stateful_step_count=20, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_the_log_in_a_file_does_what_the_model_does(file_log: str, tmp_path: Path) -> None:
    numbers, made = itertools.count(), Path(str(make_url(file_log).database))

    def fresh() -> str:
        file = tmp_path / f"model-{next(numbers)}.db"
        shutil.copy(made, file)
        return f"sqlite:///{file}"

    _run(fresh)


@pytest.fixture
def fresh_server_log(postgres_server: postgres.Postgres) -> Iterator[Fresh]:
    """Makes a sample log of one's own on PostgreSQL, as often as asked."""
    names: list[str] = []

    def fill(url: str) -> None:
        upgrade(url)
        make_tables(url)

    def fresh() -> str:
        names.append(postgres_server.create(postgres_server.template("model_log", fill)))
        return postgres_server.url(names[-1])

    yield fresh
    sample_log.close_stores()
    for name in names:
        postgres_server.drop(name)


def test_the_log_on_a_server_does_what_the_model_does(fresh_server_log: Fresh) -> None:
    _run(fresh_server_log)
