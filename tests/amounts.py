"""Amounts of a profile, a forecast or a claim, as short as a test would say them. In pounds."""

from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche, Profile
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Point


def saves(pounds: float, month: str, nature: Nature = Nature.RECURRING) -> Profile:
    """A profile of one stated amount from a month, such as ``2024-07``."""
    return profile(line(pounds, month, nature))


def profile(*lines: PlannedTranche) -> Profile:
    """A profile at stated figures."""
    return Profile(lines, Point.STATED)


def line(pounds: float, month: str, nature: Nature = Nature.RECURRING) -> PlannedTranche:
    """One stated amount: a year's worth when recurring."""
    return PlannedTranche(nature, Month.parse(month), round(pounds * 100))


def money_of(
    pounds: float, month: str, plan_year: str = "", nature: Nature = Nature.RECURRING
) -> Tranche:
    """An amount forecast or claimed; its plan year is the month's unless said."""
    counts = Month.parse(month)
    year = FinancialYear.parse(plan_year) if plan_year else counts.financial_year
    return Tranche(round(pounds * 100), nature, counts, year)
