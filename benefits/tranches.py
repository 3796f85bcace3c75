"""A tranche is an amount, its nature and the month from which it counts.

Plans, forecasts and claims are all lists of tranches, so that they can be laid side by side.
"""

from dataclasses import dataclass
from enum import StrEnum

from benefits.money import Pence
from benefits.periods import FinancialYear, Month


class Nature(StrEnum):
    """Whether an amount goes on every year or counts once."""

    RECURRING = "recurring"
    ONE_OFF = "one-off"


@dataclass(frozen=True, slots=True)
class Tranche:
    """One amount of a plan, a forecast or a claim.

    ``amount`` is in pence: a year's worth when recurring, the whole when one-off. ``month`` is
    the first month in which it counts. ``plan_year`` is the year of the plan that it delivers,
    which is the year of ``month`` unless the money comes late or early.
    """

    amount: Pence
    nature: Nature
    month: Month
    plan_year: FinancialYear

    @classmethod
    def planned(cls, amount: Pence, nature: Nature, month: Month) -> "Tranche":
        """A tranche that counts in the year in which it was planned."""
        return cls(amount, nature, month, month.financial_year)
