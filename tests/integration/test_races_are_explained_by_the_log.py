"""Several processes at the same benefits: the order of the log explains every answer.

What was done is done again, one after another in the order of the log, on a record of its own: each
must write the same events, and each refusal must be what a single writer would have been told at
some moment between the question and its answer. ``REALISE_RACES`` says how many races there are.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benefits.lifecycle import Gate
from benefits.refusals import Refused
from entrypoints.verifying import verify_everything
from entrypoints.wiring import Realise, rebuilding
from eventlog.exported import export_log, import_log
from eventlog.schema import owning, upgrade
from tests.racing import AT, CASE, CLAIMS, RACERS, Asking, asks, bound
from tests.scenario import Scenario, begin, open_realise, saves
from workflows import directory
from workflows.commands import SubmitCase

RACES = int(os.environ.get("REALISE_RACES", "1"))
SEED = os.environ.get("REALISE_SEED", "20261122")
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Answered:
    """What one racer asked, between which positions it was answered, and what."""

    asking: Asking
    first: int
    last: int
    seen: int | None
    refusal: str
    positions: list[int]
    repeated: bool = False
    explained: bool = False


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    scenario.identified("One desk", saves(80_000, "2024-09"), benefit="desk")
    scenario.described("desk").on("2024-08-05")
    for claim in CLAIMS:
        scenario.claimed("homes", 10_000, "2024-07", claim=claim)
    scenario.do(SubmitCase("desk", CASE, Gate.VALIDATION, "Please decide."))
    yield scenario
    scenario.realise.database.close()


def _another(council: Realise, folder: Path) -> Realise:
    """The same record as it was before the race, in a place of its own.

    The people too, whose names are no part of the log: a refusal names who changed what.
    """
    url = f"sqlite:///{folder / 'again.sqlite'}"
    folder.mkdir()
    upgrade(url)
    again = open_realise(url, folder)
    with council.read() as connection:
        lines, people = list(export_log(connection)), directory.everybody(connection)
    with owning(again.database) as connection:
        import_log(rebuilding(again.database), connection, lines)
    with again.database.write() as connection:
        for person in people:
            directory.add(connection, person)
    return again


def _race(council: Realise, folder: Path, seed: str) -> list[Answered]:
    url = council.settings.database_url
    subprocess.run(
        [sys.executable, "-m", "tests.racing", url, str(folder), seed],
        cwd=ROOT, check=True, timeout=120,
    )  # fmt: skip
    return [
        Answered(asking, **told)
        for racer in range(RACERS)
        for asking, told in zip(
            asks(seed, racer),
            json.loads((folder / f"racer-{racer}.json").read_text(encoding="utf-8")),
            strict=True,
        )
    ]


@pytest.mark.parametrize("race", range(RACES))
def test_the_order_of_the_log_explains_every_answer(
    race: int, council: Scenario, tmp_path: Path
) -> None:
    real, again = council.realise, _another(council.realise, tmp_path / "again")
    begun = real.store.head()[0]
    answers = _race(real, tmp_path, f"{SEED} {race}")
    done = sorted(
        (one for one in answers if one.positions and not one.repeated),
        key=lambda one: one.positions[0],
    )
    written = [position for one in done for position in one.positions]
    assert written == list(range(begun + 1, real.store.head()[0] + 1)), "lost, or written twice"
    wrote_nothing = [
        one for one in answers if not one.positions and not one.refusal.startswith("Busy")
    ]
    assert done, "nothing was done: this race shows nothing"
    assert any(one.refusal for one in wrote_nothing), "nothing was refused: this shows nothing"
    for one in [*done, None]:
        _explain(again, wrote_nothing)
        if one is not None:
            _do_again(again, one)
    assert _events(again, begun) == _events(real, begun)
    assert [one for one in wrote_nothing if not one.explained] == []
    _repeats_gave_the_first_answer(answers, done)
    assert verify_everything(real).bad == []
    again.database.close()


class _WouldWrite(Exception):
    """Raised inside the writing of an act, so that it is taken back."""


def _explain(again: Realise, answers: list[Answered]) -> None:
    """Which acts that wrote nothing would be answered the same at this moment of the log."""
    head = again.store.head()[0]
    for one in answers:
        if not one.explained and one.first <= head <= one.last:
            one.explained = _answer_now(again, one) == one.refusal


def _answer_now(again: Realise, one: Answered) -> str | None:
    """The refusal that the act gets now: empty if nothing had to change, None if it would write."""

    def take_back(*_: object) -> None:
        raise _WouldWrite

    asked, by = bound(again, one.asking.asked), one.asking.by
    try:
        again.handle(asked, by=by, at=AT, seen=one.seen, also=take_back)
    except Refused as fault:
        return f"{type(fault).__name__}: {fault}"
    except _WouldWrite:
        return None
    return ""


def _do_again(again: Realise, one: Answered) -> None:
    done = again.handle(
        bound(again, one.asking.asked), by=one.asking.by, at=AT, seen=one.seen, key=one.asking.key
    )
    assert [each.position for each in done.written] == one.positions


def _events(realise: Realise, since: int) -> list[Any]:
    return [
        (event.position, event.stream, event.version, event.actor, event.event)
        for event in realise.store.read(since)
    ]


def _repeats_gave_the_first_answer(answers: list[Answered], done: list[Answered]) -> None:
    first: dict[str | None, list[int]] = {one.asking.key: one.positions for one in done}
    for one in answers:
        if one.repeated:
            assert one.positions == first[one.asking.key]
