"""What low, medium and high confidence turned out to deliver, in plan years that have ended.

Each benefit and plan year counts once, under the confidence that was stated when the year began
(or first stated after that). All amounts are whole pence a year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.profile import increments
from benefits.vocabulary import Confidence
from reports.lines import Lines

#: When a confidence was stated (the day in London), and what it was; in the order of the log.
Stated = Sequence[tuple[date, Confidence]]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The plan of ended years under one confidence, and what finance verified of it by now.

    ``verified`` counts no benefit's year beyond its plan, so that over-delivery hides nothing.
    """

    confidence: Confidence
    plan_years: int
    planned: Pence
    verified: Pence

    @property
    def per_cent(self) -> int:
        """How much of the plan came, in whole per cent, rounded down."""
        return self.verified * 100 // self.planned if self.planned else 0


def stood_when(stated: Stated, year: FinancialYear) -> Confidence | None:
    """The confidence that stood when a plan year began, or the first stated after that."""
    before = [level for day, level in stated if day <= year.first.first_day]
    after = [level for day, level in stated if year.first.first_day < day <= year.last.last_day]
    return before[-1] if before else after[0] if after else None


def calibrate(benefits: Iterable[tuple[Lines, Stated]], upto: Month) -> tuple[Calibration, ...]:
    """Low, medium and high over the plan years that have ended by the end of ``upto``."""
    years: dict[Confidence, list[tuple[Pence, Pence]]] = {level: [] for level in Confidence}
    for lines, stated in benefits:
        verified = increments(lines.verified)
        for year, planned in increments(lines.plan).items():
            level = stood_when(stated, year)
            if level is not None and year.last <= upto and planned > 0:
                came = max(0, min(planned, verified.get(year, 0)))
                years[level].append((planned, came))
    return tuple(
        Calibration(level, len(rows), sum(plan for plan, _ in rows), sum(came for _, came in rows))
        for level, rows in years.items()
        if rows
    )
