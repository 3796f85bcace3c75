"""What is drawn by lot when anything may happen: a benefit, a month, an amount, a profile."""

import random
from dataclasses import dataclass

from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche, Profile
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Point
from tests.scenario import Scenario

BENEFITS = ("b1", "b2", "b3", "b4")
FIRST = FinancialYear(2024)


@dataclass
class Lots:
    """Draws from what the council has, by ``chance``."""

    scenario: Scenario
    chance: random.Random

    @property
    def _benefit(self) -> str:
        return self.chance.choice(BENEFITS)

    @property
    def _delivering(self) -> str:
        """Mostly one that takes claims, where there is one."""
        taking = [b for b in BENEFITS if self.scenario.benefit(b).stage.takes_claims]
        return (
            self.chance.choice(taking) if taking and self.chance.random() < 0.9 else self._benefit
        )

    @property
    def _month(self) -> Month:
        now = Month.of(self.scenario.at.date())
        return now.plus(self.chance.choice((-14, -3, -2, -1, -1, 0, 0, 1, 9)))

    @property
    def _year(self) -> FinancialYear:
        return FIRST.plus(self.chance.randint(0, 4))

    @property
    def _amount(self) -> int:
        return self.chance.choice((1, 7, 1_000_07, 10_000_00, 33_333_33, 120_000_00))

    @property
    def _nature(self) -> Nature:
        return self.chance.choice((Nature.RECURRING, Nature.RECURRING, Nature.ONE_OFF))

    def _tranche(self) -> Tranche:
        return Tranche(self._amount, self._nature, self._month, self._year)

    def _profile(self) -> Profile:
        lines = tuple(
            PlannedTranche(self._nature, FIRST.first.plus(self.chance.randint(0, 47)), self._amount)
            for _ in range(self.chance.randint(1, 3))
        )
        return Profile(lines, Point.STATED)
