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
from benefits.register import benefit_rows, tables
from eventlog.kinds import Rows
from workflows.context import Context
from workflows.gates import unmet

#: The gate that a benefit of each stage is made ready for.
NEXT: Mapping[Stage, Gate] = {
    Stage.IDENTIFIED: Gate.VALIDATION,
    Stage.VALIDATED: Gate.DELIVERY,
    Stage.IN_DELIVERY: Gate.REALISATION,
}
MOST_TOLERANCE = 100  # per cent
#: A test of these gates that looked at anything else would fail at once.
_NOTHING_ELSE = cast(Context, None)


def rows(benefit: Benefit) -> Rows:
    """What the read tables hold for a benefit, with what its next gate still asks for."""
    found = benefit_rows.rows(benefit)
    gate = NEXT.get(benefit.stage)
    if not found or gate is None or benefit.open_case is not None:
        return found
    row = {**found[tables.register][benefit.benefit,], **_ahead(benefit, gate)}
    return {**found, tables.register: {(benefit.benefit,): row}}


def _ahead(benefit: Benefit, gate: Gate) -> dict[str, Any]:
    missing = _missing(benefit, gate, MOST_TOLERANCE)

    def further(tolerance: int) -> int:
        """How many more are not met at this tolerance; never more at a higher one."""
        return len(_missing(benefit, gate, tolerance)) - len(missing)

    # Most tests look at no tolerance, so the first look nearly always settles it.
    settled = not further(0)
    least = 0 if settled else bisect_left(range(MOST_TOLERANCE), 0, key=lambda t: -further(t))
    return {
        "next_gate": gate.value,
        "unmet": len(missing),
        "unmet_tests": ", ".join(missing),
        "needs_tolerance": least,
    }


def _missing(benefit: Benefit, gate: Gate, tolerance: int) -> list[str]:
    asked = CaseSubmitted("", gate, benefit.version, "", date.min, "", tolerance)
    return [test.name for test in unmet(benefit, asked, _NOTHING_ELSE)]
