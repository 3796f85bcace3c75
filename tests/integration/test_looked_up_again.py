"""What a rule looks up over many streams holds as the act is written, whoever came between."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from benefits.commands import programme as asked
from benefits.periods import FinancialYear
from benefits.refusals import Refused
from entrypoints.wiring import rebuilding
from eventlog.replay import compare
from tests.scenario import Scenario, begin
from workflows import commands
from workflows.commands import Role

RACERS = 4


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _starts(key: str, title: str) -> asked.StartProgramme:
    return asked.StartProgramme(key, title, FinancialYear(2024), 3, "")


def _refusals(council: Scenario, racing: list[tuple[object, str]]) -> list[str]:
    """What those are told who ask this at one instant and do not have their way."""
    gate = Barrier(len(racing))

    def ask(one: tuple[object, str]) -> str:
        command, by = one
        gate.wait()
        try:
            council.realise.handle(command, by=by, at=council.at)
        except Refused as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(len(racing)) as pool:
        return [said for said in pool.map(ask, racing) if said]


def _just_before(
    council: Scenario, monkeypatch: pytest.MonkeyPatch, meddle: Callable[[], object]
) -> None:
    """Once, between what an act decided and its append, another is written."""
    store, real = council.realise.store, council.realise.store.append
    left = [meddle]

    def append(*given: Any, **named: Any) -> Any:
        if left:
            left.pop()()
        return real(*given, **named)

    monkeypatch.setattr(store, "append", append)


def test_of_many_who_start_programmes_of_one_title_at_once_exactly_one_does(
    council: Scenario,
) -> None:
    for turn in range(3):
        racing = [(_starts(f"p{turn}-{one}", f"Highways {turn}"), "pat") for one in range(RACERS)]
        said = _refusals(council, list(racing))
        assert len(said) == RACERS - 1
        assert all("is already the title of a programme" in one for one in said)
    assert compare(rebuilding(council.realise.database)) == []


def test_a_title_taken_between_deciding_and_writing_is_refused(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    council.do(_starts("other", "Parks"))

    def meddle() -> None:
        council.do(asked.ChangeProgramme("other", title="Highways"))

    _just_before(council, monkeypatch, meddle)
    with pytest.raises(Refused, match="already the title of a programme"):
        council.do(_starts("mine", "HIGHWAYS"))
    council.do(_starts("mine", "Parks"))


def test_administrators_who_take_the_role_from_each_other_at_once_leave_one(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    council.do(commands.GrantRole("pat", Role.ADMINISTRATOR), by="ada")
    takes = commands.RevokeRole("pat", Role.ADMINISTRATOR)

    def meddle() -> None:
        council.do(commands.RevokeRole("ada", Role.ADMINISTRATOR), by="pat")

    _just_before(council, monkeypatch, meddle)
    with pytest.raises(Refused):
        council.do(takes, by="ada")
    assert Role.ADMINISTRATOR in council.realise.standing("person", "pat").roles
