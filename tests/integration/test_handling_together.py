"""Acts of several people at once, and what stands or falls as one, on both databases."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from benefits.commands import details, money, programme
from benefits.refusals import Refused
from benefits.register import tables
from entrypoints.wiring import rebuilding
from eventlog.replay import compare
from tests.scenario import Scenario, begin, money_of, saves
from workflows import outbox
from workflows.handling import TRIES, Busy
from workflows.repeats import answers


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _homes(council: Scenario) -> str:
    return council.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")


def _head(council: Scenario) -> int:
    return council.realise.store.head()[0]


def _rows(council: Scenario, table: Any) -> int:
    with council.realise.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


# Others who write at the same time.


@dataclass
class Meddler:
    """Lets another write just before each append, so many times."""

    council: Scenario
    command: Any
    times: int
    by: str = "quin"

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        store = self.council.realise.store
        real = store.append

        def append(*given: Any, **named: Any) -> Any:
            if self.times:
                self.times -= 1
                left, self.times = self.times, 0
                self.council.realise.handle(self.command(left), by=self.by, at=self.council.at)
                self.times = left
            return real(*given, **named)

        monkeypatch.setattr(store, "append", append)


def test_an_act_that_another_overtook_is_decided_again(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = _homes(council)
    Meddler(council, lambda n: details.AddNote(homes, f"{n}."), TRIES - 1).install(monkeypatch)
    council.realise.handle(details.NameOwner(homes, "olu"), by="pat", at=council.at)
    assert council.benefit(homes).owner == "olu"


def test_an_act_that_is_overtaken_again_and_again_is_busy_and_writes_nothing(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = _homes(council)
    Meddler(council, lambda n: details.AddNote(homes, f"{n}."), TRIES).install(monkeypatch)
    with pytest.raises(Busy, match="try again"):
        council.realise.handle(details.NameOwner(homes, "olu"), by="pat", at=council.at)
    assert council.benefit(homes).owner is None


def test_a_stream_that_a_rule_only_read_is_guarded(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim is judged against the programme; when that moves, the claim is judged again."""
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.on("2024-08-05")
    decided: list[int] = []
    rule = council.realise.handling.rules[money.MakeClaim]

    def decide(*given: Any) -> Any:
        decided.append(council.realise.programme("care").version)
        return rule.decide(*given)

    counted = {**council.realise.handling.rules, money.MakeClaim: replace(rule, decide=decide)}
    object.__setattr__(council.realise.handling, "rules", counted)
    Meddler(council, lambda n: programme.AddWorkstream("care", f"New {n}"), 1).install(monkeypatch)
    claim = money.MakeClaim("homes", "c1", money_of(10_000, "2024-07"), "4711")
    council.realise.handle(claim, by="pat", at=council.at)
    assert len(decided) == 2
    assert decided[1] == decided[0] + 1


def test_of_many_who_verify_one_claim_at_once_exactly_one_does(council: Scenario) -> None:
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    claim = council.on("2024-08-05").claimed("homes", 10_000, "2024-07")
    gate = threading.Barrier(5)

    def verify(number: int) -> bool:
        gate.wait()
        command = money.RejectClaim("homes", claim, f"Not seen, said {number}.")
        try:
            council.realise.handle(command, by="fay", at=council.at)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(verify, range(5))) == 1
    assert compare(rebuilding(council.realise.database)) == []


def test_many_hands_on_many_benefits_lose_nothing(council: Scenario) -> None:
    for number in range(4):
        council.identified(f"Benefit {number}", benefit=f"b{number}")
    before = _head(council)

    def write(number: int) -> None:
        for turn in range(5):
            note = details.AddNote(f"b{(number + turn) % 4}", f"{number} {turn}")
            while True:
                try:
                    council.realise.handle(note, by="pat", at=council.at)
                    break
                except Busy:
                    continue

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert _head(council) == before + 20
    assert compare(rebuilding(council.realise.database)) == []


# One transaction.


class Broken(Exception):
    """What goes with an act cannot be written."""


def test_events_read_tables_kept_tables_and_the_answer_stand_or_fall_together(
    council: Scenario,
) -> None:
    homes, message = _homes(council), outbox.Message("m1", "olu", "a", "S", "B")
    before = (_head(council), _rows(council, outbox.outbox), _rows(council, answers))

    def also(connection: Connection, recorded: Any, *, breaks: bool) -> None:
        outbox.queue(connection, [message], council.at)
        assert recorded[0].position == before[0] + 1
        if breaks:
            raise Broken

    def ask(*, breaks: bool) -> None:
        council.realise.handle(
            details.NameOwner(homes, "olu"),
            by="pat",
            at=council.at,
            key="k",
            also=lambda connection, recorded: also(connection, recorded, breaks=breaks),
        )

    with pytest.raises(Broken):
        ask(breaks=True)
    assert (_head(council), _rows(council, outbox.outbox), _rows(council, answers)) == before
    assert _owner(council) is None
    ask(breaks=False)
    after = (_head(council), _rows(council, outbox.outbox), _rows(council, answers))
    assert after == tuple(number + 1 for number in before)
    assert _owner(council) == "olu"


def _owner(council: Scenario) -> str | None:
    with council.realise.read() as connection:
        found: str | None = connection.execute(
            select(tables.register.c.owner).where(tables.register.c.benefit == "homes")
        ).scalar_one()
        return found
