"""A writer killed at any moment: nothing that was acknowledged is lost, and nothing is torn.

``REALISE_CRASHES`` sets how many writers are killed (a soak takes hundreds).
"""

import os
import random
from pathlib import Path

import pytest

from eventlog.replay import compare
from eventlog.seal import verify
from tests.integration.sample_log import book, open_store
from tests.victim import Victim

CRASHES = int(os.environ.get("REALISE_CRASHES", "4"))
SEED = int(os.environ.get("REALISE_SEED", "20261122"))


@pytest.mark.parametrize("act", ["book", "book alone"])
def test_nothing_acknowledged_is_lost_when_a_writer_is_killed(
    act: str, log_url: str, victim: Victim, tmp_path: Path
) -> None:
    victim.lives_at(log_url, tmp_path)
    chance = random.Random(f"{SEED} {act}")
    moments = victim.moments(act)
    for number in range(CRASHES):
        if number % 2:
            said = victim.killed(act, chance.uniform(0.01, 0.25))
        else:
            said = victim.killed_at(act, 1 + (number // 2) % moments)
        store = open_store(log_url)
        with store.database.read() as connection:
            verdict = verify(connection)
        assert verdict.sound, verdict
        assert verdict.events >= max(map(int, said), default=0)
        assert verdict.events % 20 == 0  # each append stands whole or not at all
        if act == "book":
            assert compare(store) == []
            book(store, "hall-1", verdict.events, *range(20))
