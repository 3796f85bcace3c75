"""Whatever is asked of benefits, board and money, the record holds what was accepted and no more.

Hypothesis chooses what is asked, by whom, in which order, under which key and having seen what;
it looks for the shortest story that breaks a promise. ``tests/watched.py`` is what it compares.
"""

import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

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

from benefits.commands import details
from benefits.refusals import Refused, Stale
from entrypoints.wiring import rebuilding
from eventlog.audit import audit
from eventlog.replay import compare
from tests import postgres
from tests.any_history import EVERYBODY, Anything
from tests.conftest import RUN_DIRECTORY
from tests.copies import copying
from tests.lots import BENEFITS
from tests.scenario import begin, open_realise, saves
from tests.watched import Watched
from workflows.repeats import KeyUsed

#: Few in a usual run; in a soak (tests/soaking.py) many.
_EXAMPLES = max(2, settings.default.max_examples // 50 if settings.default else 2)
NOW = datetime.fromisoformat("2024-08-05T09:00:00+00:00")
CHANCES = st.randoms(use_true_random=False)
ANYBODY = st.sampled_from(EVERYBODY)
ANY = st.sampled_from(BENEFITS)

Fresh = Callable[[], tuple[str, Path]]


def _half_way(url: str, folder: Path) -> None:
    """One benefit that takes claims, one before the board, one just identified, one not yet."""
    council = begin(url, folder)
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="b1")
    council.identified("One desk", saves(80_000, "2024-09"), benefit="b2")
    council.described("b2")
    council.identified("Shared “buildings”", saves(5, "2025-04"), benefit="b3")
    council.on("2024-08-01").claimed("b1", 60_000, "2024-07", claim="begun")
    council.realise.database.close()


class LifecycleModel(RuleBasedStateMachine):
    """A council half way, of which anybody asks anything."""

    fresh: Fresh

    def __init__(self) -> None:
        super().__init__()
        url, folder = type(self).fresh()
        self.council = Watched(open_realise(url, folder), NOW)
        self.council.head = self.council.realise.store.head()[0]
        self.council.claimed_pence["b1", "begun"] = 60_000_00

    @rule(chance=CHANCES)
    def something_happens(self, chance: Random) -> None:
        """What such a council would do, mostly; by each family of commands."""
        self._anything(chance).step()

    @rule(chance=CHANCES)
    def money_is_claimed_and_decided(self, chance: Random) -> None:
        """Claims are made, verified in part or whole, rejected, corrected and lost again."""
        lived = self._anything(chance)
        for act in (lived._claimed, lived._decided_by_finance, lived._lost):
            act()

    @rule(chance=CHANCES)
    def the_board_is_asked(self, chance: Random) -> None:
        """A case is put, voted on, perhaps taken back; a vote is changed or cast again."""
        lived = self._anything(chance)
        for act in (lived._made_ready, lived._put_to_the_board, lived._voted, lived._voted):
            act()

    def _anything(self, chance: Random) -> Anything:
        return Anything(self.council, chance)

    @rule(benefit=ANY, by=ANYBODY)
    def noted(self, benefit: str, by: str) -> None:
        """Who may not is told so; nobody's note gets lost."""
        before = self.council.notes[benefit]
        try:
            self.council.do(details.AddNote(benefit, "Seen."), by=by)
        except Refused:
            assert self.council.notes[benefit] == before

    @rule(owner=st.sampled_from(["olu", "ola"]), behind=st.integers(0, 12))
    def named_having_seen_what_was(self, owner: str, behind: int) -> None:
        """An owner named by who has not seen the last one named is refused, and else is not."""
        stands = self.council.benefit("b1")
        seen = max(0, stands.version - behind)
        stream = self.council.realise.store.load("benefit-b1")
        overtaken = any(one.type == "owner-named" for one in stream[seen:])
        try:
            self.council.do(details.NameOwner("b1", owner), seen=seen)
        except Stale:
            assert overtaken
        except Refused:
            assert not stands.stage.takes_claims
        else:
            assert not overtaken

    @precondition(lambda self: self.council.done)
    @rule(chance=CHANCES)
    def sent_again(self, chance: Random) -> None:
        """What was done under a key gives its first answer again, and writes nothing."""
        council, earlier = self.council, chance.choice(self.council.done)
        before = council.weights()
        asked = list(earlier.commands)
        again = council.realise.handle(asked, by=earlier.by, at=council.at, key=earlier.key)
        assert again.repeated
        assert again.written == earlier.answer.written
        other = [*asked, details.AddNote("b1", "More.")]
        with pytest.raises(KeyUsed):
            council.realise.handle(other, by=earlier.by, at=council.at, key=earlier.key)
        assert council.weights() == before

    @rule()
    def opened_anew(self) -> None:
        """Another process would find the same."""
        url, folder = self.council.realise.settings.database_url, self.council.realise.settings.var
        self.council.realise.database.close()
        self.council.realise = open_realise(url, folder)

    @invariant()
    def the_record_is_whole(self) -> None:
        """The chain is sound and ends where the acts ended."""
        with self.council.realise.read() as connection:
            found = audit(connection, None)
        assert found.sound, found.chain
        assert found.chain.events == self.council.head

    @invariant()
    def it_holds_what_was_accepted(self) -> None:
        """No vote twice, no claim verified beyond its pence; what is held is what is replayed."""
        self.council.holds_what_was_accepted()
        self.council.holds_things_as_replayed()

    @invariant()
    def the_read_tables_are_what_the_log_gives(self) -> None:
        """Every row of every one, after every act."""
        assert compare(rebuilding(self.council.realise.database)) == []

    def teardown(self) -> None:
        """Let go of the database."""
        self.council.realise.database.close()


@pytest.mark.parametrize("kind", ["file", "server"])
def test_whatever_is_asked_the_record_holds_what_was_accepted_and_no_more(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server: postgres.Postgres | None = None
    if kind == "server":
        server = request.getfixturevalue("postgres_server")
    numbers = itertools.count(1)
    with copying("half_way", _half_way, request.config.stash[RUN_DIRECTORY], server) as copies:

        def fresh() -> tuple[str, Path]:
            copies.drop()
            folder = tmp_path / f"{next(numbers)}"
            return copies.fresh(folder), folder

        model = type("LifecycleModelHere", (LifecycleModel,), {"fresh": staticmethod(fresh)})
        run_state_machine_as_test(
            model,
            settings=settings(
                max_examples=_EXAMPLES, stateful_step_count=20, deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
