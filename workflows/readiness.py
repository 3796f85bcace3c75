"""What each benefit's next gate still asks for, kept in the register so that lists are quick.

The tests of these three gates look at the benefit alone, and at the programme's tolerance. The
register holds the least tolerance (per cent) at which the tests are met, so that a programme
which changes its tolerance changes no row.
"""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.lifecycle import Gate, Stage
from benefits.register import tables
from eventlog.kinds import Rows
from workflows.context import Context
from workflows.gates import tests_of
from workflows.gates.findings import Test

#: The gate that a benefit of each stage is made ready for.
NEXT: Mapping[Stage, Gate] = {
    Stage.IDENTIFIED: Gate.VALIDATION,
    Stage.VALIDATED: Gate.DELIVERY,
    Stage.IN_DELIVERY: Gate.REALISATION,
}
MOST_TOLERANCE = 100  # per cent
#: A test of these gates that looked at anything else would fail at once.
_NOTHING_ELSE = cast(Context, None)
_NOTHING_ASKED = {"next_gate": "", "unmet": 0, "unmet_tests": "", "needs_tolerance": 0}


def rows(benefit: Benefit) -> Rows:
    """The columns of the register that say what its next gate still asks for."""
    if not benefit.position:
        return {}
    gate = None if benefit.open_case is not None else NEXT.get(benefit.stage)
    row = _NOTHING_ASKED if gate is None else _ahead(benefit, gate)
    return {tables.register: {(benefit.benefit,): row}}


def _ahead(benefit: Benefit, gate: Gate) -> dict[str, Any]:
    missing = _missing(benefit, gate, MOST_TOLERANCE)
    # Most tests look at no tolerance: those that do are not met at none, and only they are tried
    # at more. No more of them are unmet at a higher tolerance.
    names = {test.name for test in missing}
    wanting = [test for test in _missing(benefit, gate, 0) if test.name not in names]

    def met(tolerance: int) -> int:
        """Whether none of them is wanting at this tolerance: 1 or 0."""
        asked = _asked(gate, tolerance)
        return int(all(test.look(benefit, asked, _NOTHING_ELSE).met for test in wanting))

    return {
        "next_gate": gate.value,
        "unmet": len(missing),
        "unmet_tests": ", ".join(test.name for test in missing),
        "needs_tolerance": bisect_left(range(MOST_TOLERANCE), 1, key=met) if wanting else 0,
    }


def _missing(benefit: Benefit, gate: Gate, tolerance: int) -> list[Test]:
    asked = _asked(gate, tolerance)
    return [
        test
        for test in tests_of(benefit, asked, _NOTHING_ELSE)
        if not test.look(benefit, asked, _NOTHING_ELSE).met
    ]


def _asked(gate: Gate, tolerance: int) -> CaseSubmitted:
    return CaseSubmitted("", gate, 0, "", date.min, "", tolerance)
