"""Whatever is asked, by whomever, in whatever order: what has to hold holds.

``REALISE_HISTORIES`` sets how many histories are lived on each database (a soak takes hundreds).
"""

import os
import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from benefits.benefit import Benefit
from benefits.events.gates import Outcome
from benefits.lifecycle import PASSAGES, Gate, Stage
from benefits.periods import Month
from benefits.programme import MtfsLine
from benefits.register import tables
from entrypoints.verifying import verify_everything
from entrypoints.wiring import KINDS
from eventlog.kinds import Standing, columns_of
from reports import monthly
from reports.live_status import pounds_on, spells
from tests.any_history import Anything
from tests.lots import BENEFITS
from tests.scenario import Scenario, begin, open_realise

HISTORIES = int(os.environ.get("REALISE_HISTORIES", "2"))
STEPS = 350
FIRST_SEED = 20261122


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + HISTORIES))
def test_whatever_is_asked_what_has_to_hold_holds(seed: int, council: Scenario) -> None:
    lived = Anything(council, random.Random(seed))
    for _ in range(STEPS):
        lived.step()
        for key in BENEFITS:
            _stands_right(council.benefit(key))
    assert lived.done > STEPS / 4, "hardly anything was done: this history shows nothing"
    assert lived.refusals, "nothing was refused: this history shows nothing"
    _admitted_only_after_delivery(council)
    _adds_up(council)
    findings = verify_everything(council.realise)
    assert findings.bad == []
    _lasting_rows_are_what_the_streams_give(council, lived.chance)
    _spells_say_what_each_day_says(council)


def _spells_say_what_each_day_says(council: Scenario) -> None:
    """The days on which a status was foreseen to change are all on which it does."""
    for key in BENEFITS:
        benefit = council.benefit(key)
        foreseen = list(spells(benefit))
        for day in (date(2023, 1, 1) + timedelta(days=n) for n in range(0, 9 * 365, 3)):
            said = [spell.pounds for spell in foreseen if spell.begins <= day]
            assert (said[-1] if said else None) == pounds_on(benefit, day), (key, day)


def _stands_right(b: Benefit) -> None:
    cases = list(b.cases.values())
    assert sum(case.open for case in cases) <= 1
    passed = [case for case in cases if case.outcome and case.outcome.approves]
    for case in passed:
        approvals = [v for v in case.votes.values() if v.choice.approves]
        # At the end of the days allowed a chair who approved has a casting vote in a tie.
        casting = "as the chair voted" in case.because and case.votes["chair"].choice.approves
        assert len(approvals) + casting >= 2, "two approvals are needed by this board"
        assert len({v.voter for v in case.votes.values()}) == len(case.votes)
        if case.submitted.gate in (Gate.DELIVERY, Gate.REALISATION):
            assert case.votes["finance"].choice.approves
        assert case.by not in {v.voter for v in case.votes.values()}
        conditions = [c for v in approvals for c in v.vote.conditions]
        assert (case.outcome is Outcome.APPROVED_WITH_CONDITIONS) == bool(conditions)
    _passed_the_gates(b, [case.submitted.gate for case in passed])
    for claim in b.claims.values():
        assert 0 <= (claim.verified or 0) <= claim.tranche.amount
        assert 0 <= claim.eroded <= (claim.verified or 0)


def _passed_the_gates(b: Benefit, gates: list[Gate]) -> None:
    """The stage is the one that the approved gates lead to, one after the other."""
    stage = Stage.IDENTIFIED
    for gate in gates:
        assert stage in PASSAGES[gate].opens_from
        stage = PASSAGES[gate].leads_to or stage
    withdrawn_by_the_pmo = stage is Stage.IDENTIFIED and b.stage is Stage.WITHDRAWN
    assert b.stage is stage or withdrawn_by_the_pmo
    if gates:
        assert b.original, "the plan approved at Validation is kept for ever"
    if not stage.takes_claims and stage is not Stage.WITHDRAWN:
        assert not b.claims


def _admitted_only_after_delivery(council: Scenario) -> None:
    line: MtfsLine = council.realise.standing("mtfs-line", "mtfs1")
    for benefit, _ in line.admitted:
        assert Stage.IN_DELIVERY in council.benefit(benefit).stage_since


def _adds_up(council: Scenario) -> None:
    """A report can be composed of every month: it raises when a penny is left over anywhere."""
    month, last = Month(2024, 4), Month.of(council.at.date())
    head = council.realise.store.head()[0]
    while month <= last:
        request = monthly.Request("care", month, head, "pat", council.at, draft=True)
        monthly.compose(council.realise.store, KINDS, request)
        month = month.plus(5)


def _lasting_rows_are_what_the_streams_give(council: Scenario, chance: random.Random) -> None:
    head = council.realise.store.head()[0]
    for position in [head, *(chance.randint(1, head) for _ in range(12))]:
        for table in (tables.standings, tables.tranches):
            expected: list[Any] = []
            for key in BENEFITS:
                standing = council.realise.benefit(key, upto=position)
                for part in Standing.of(KINDS["benefit"], standing).lasting:
                    for rows in part.values():
                        expected += rows.get(table, {}).values()
            columns = [c for c in table.columns if c.name not in ("since", "until")]
            query = select(*columns).where(table.c.since <= position, table.c.until > position)
            with council.realise.read() as connection:
                found = [dict(row._mapping) for row in connection.execute(query)]
            assert sorted(found, key=repr) == sorted(_in_order(expected, columns), key=repr)


def _in_order(rows: list[Any], columns: list[Any]) -> list[dict[str, Any]]:
    return [{column.name: columns_of(row)[column.name] for column in columns} for row in rows]


def test_a_changed_byte_is_found_after_any_history(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    """The check above can fail: a row of a read table that is not what the log gives is named."""
    council = begin(migrated_sqlite_url, tmp_path)
    lived = Anything(council, random.Random(FIRST_SEED))
    while not council.benefit("b1").exists:
        lived.step()
        council.at += timedelta(minutes=1)
    council.realise.database.close()
    file = Path(migrated_sqlite_url.removeprefix("sqlite:///"))
    shutil.copy(file, tmp_path / "copy.sqlite")
    realise = open_realise(f"sqlite:///{tmp_path / 'copy.sqlite'}", tmp_path)
    with realise.database.write() as connection:
        connection.execute(tables.register.update().values(title="Other"))
    findings = verify_everything(realise)
    assert any("register: the row benefit b1 has title" in sentence for sentence in findings.bad)
    realise.database.close()
