"""Processes that race each other at a few benefits, and write down what each was answered.

    python -m tests.racing URL FOLDER SEED

What a racer asks follows from the seed, so that another process can ask the same again.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benefits.commands import details, money
from benefits.events.gates import Choice
from benefits.refusals import Refused
from benefits.vocabulary import Grade
from entrypoints.wiring import Realise
from tests.amounts import money_of
from tests.scenario import open_realise
from workflows import commands

RACERS, EACH = 3, 14
AT = datetime(2024, 8, 6, 9, tzinfo=UTC)
#: The claims and the case that every racer wants to have a hand in.
CLAIMS, CASE = ("c1", "c2", "c3", "c4"), "the-case"


@dataclass(frozen=True, slots=True)
class Asking:
    """One act: by whom, what, and under which key if any. ``looks``: it says what it saw."""

    by: str
    asked: tuple[object, ...]
    key: str | None = None
    looks: bool = False


def asks(seed: str, racer: int) -> Iterator[Asking]:
    """What one racer asks, one after another."""
    chance = random.Random(f"{seed} {racer}")
    for number in range(EACH):
        yield _one(chance, f"{racer}-{number}")


def _one(chance: random.Random, name: str) -> Asking:
    claim, desk, homes = chance.choice(CLAIMS), "desk", "homes"
    shared = chance.randint(1, 3)
    amount = money_of(1_000 * shared, "2024-07")
    return chance.choice(
        (
            Asking("pat", (details.AddNote(homes, name),)),
            Asking("pat", (details.NameOwner(homes, chance.choice(("olu", "ola"))),), looks=True),
            Asking("fay", (money.VerifyClaim(homes, claim, 100_00, Grade.FINAL, "L", "Part."),)),
            Asking("fay", (money.RejectClaim(homes, claim, f"Not seen: {name}."),)),
            Asking("pat", (money.MakeClaim(homes, f"new-{shared}", amount, "4711", name),)),
            Asking("pat", (details.AddNote(homes, "Once."), details.AddNote(desk, "Once.")),
                   key=f"key-{shared}"),
            Asking(chance.choice(("chris", "sam", "mo")),
                   (commands.CastVote(desk, CASE, 0, chance.choice(list(Choice)[:2]), name),)),
            Asking("pat", (commands.RetractCase(desk, CASE, f"Not yet: {name}."),)),
            Asking("mo", (details.NameOwner(desk, "olu"),)),
        )
    )  # fmt: skip


def bound(realise: Realise, asked: tuple[object, ...]) -> list[object]:
    """The commands as they are asked: a vote is on the version that the case was put at."""
    found: list[object] = []
    for one in asked:
        if isinstance(one, commands.CastVote):
            case = realise.benefit(one.benefit).cases[one.case]
            one = replace(one, version=case.submitted.binds_to)
        found.append(one)
    return found


def _raced(realise: Realise, asking: Asking) -> dict[str, Any]:
    """Ask, and say between which positions of the log it was answered, and what."""
    first = realise.store.head()[0]
    asked = bound(realise, asking.asked)
    seen = realise.benefit("homes").version if asking.looks else None
    told: dict[str, Any] = {"first": first, "seen": seen, "refusal": "", "positions": []}
    try:
        done = realise.handle(asked, by=asking.by, at=AT, seen=seen, key=asking.key)
    except Refused as refused:
        told["refusal"] = f"{type(refused).__name__}: {refused}"
    else:
        told["positions"] = [one.position for one in done.written]
        told["repeated"] = done.repeated
    return {**told, "last": realise.store.head()[0]}


def main() -> None:
    """Fork the racers, let them go at once, and wait for them."""
    url, folder, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    gate_out, gate_in = os.pipe()
    children = []
    for racer in range(RACERS):
        child = os.fork()
        if child == 0:
            _race(url, folder, seed, racer, gate_out, gate_in)
        children.append(child)
    os.close(gate_out)
    os.close(gate_in)  # the last end that is open: they go
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [
        0
    ] * RACERS


def _race(url: str, folder: Path, seed: str, racer: int, gate_out: int, gate_in: int) -> None:
    status = 1
    try:
        os.close(gate_in)
        realise = open_realise(url, folder)
        realise.store.head()
        os.read(gate_out, 1)  # ends when nobody holds the other end any more
        told = [_raced(realise, asking) for asking in asks(seed, racer)]
        (folder / f"racer-{racer}.json").write_text(json.dumps(told), encoding="utf-8")
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
