"""Financial years and months: April to March, written as councils write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})/(\d{2})")
EARLIEST, LATEST = 1990, 2150


class NotAPeriod(ValueError):
    """What was written cannot be read as a month or a financial year."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. Written ``2024-10``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (EARLIEST <= self.year <= LATEST and 1 <= self.month <= 12):
            raise NotAPeriod(
                f"{self.year}-{self.month:02d} is not a month between {EARLIEST} and {LATEST}."
            )

    @classmethod
    def parse(cls, written: str) -> "Month":
        """Read ``2024-10``. Raises ``NotAPeriod`` with a sentence for the person."""
        match = _MONTH.fullmatch(written.strip())
        if match is None:
            raise NotAPeriod(
                f"“{written.strip()[:20]}” is not a month. Write year and month, such as 2024-10."
            )
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that holds a day."""
        return cls(day.year, day.month)

    @property
    def ordinal(self) -> int:
        """Months since year 0: the difference of two is the months between them."""
        return self.year * 12 + self.month - 1

    @property
    def financial_year(self) -> "FinancialYear":
        return _year(self.year if self.month >= 4 else self.year - 1)

    @property
    def number_in_year(self) -> int:
        """1 for April to 12 for March."""
        return (self.month - 4) % 12 + 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return self.plus(1).first_day - timedelta(days=1)

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier when negative)."""
        return _month(self.ordinal + months)

    def minus(self, earlier: "Month") -> int:
        """How many months lie from ``earlier`` to this one."""
        return self.ordinal - earlier.ordinal

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """April to March, named by the year that it starts in. Written ``2023/24``."""

    start: int

    def __post_init__(self) -> None:
        if not EARLIEST <= self.start < LATEST:
            raise NotAPeriod(
                f"{self.start} does not start a financial year between {EARLIEST} and {LATEST}."
            )

    @classmethod
    def parse(cls, written: str) -> "FinancialYear":
        """Read ``2023/24``. Raises ``NotAPeriod`` with a sentence for the person."""
        match = _YEAR.fullmatch(written.strip())
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise NotAPeriod(
                f"“{written.strip()[:20]}” is not a financial year. Write it like 2023/24."
            )
        return cls(int(match[1]))

    def __hash__(self) -> int:
        return self.start  # of the hot ones: years are the keys of every table of money

    @property
    def first(self) -> Month:
        return _month(self.start * 12 + 3)

    @property
    def last(self) -> Month:
        return _month(self.start * 12 + 14)

    def month(self, number: int) -> Month:
        """Month 1 is April, month 12 is March."""
        return self.first.plus(number - 1)

    def months(self) -> Iterator[Month]:
        """The twelve months, April first."""
        return (self.first.plus(number) for number in range(12))

    def plus(self, years: int) -> "FinancialYear":
        return _year(self.start + years)

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"


@cache  # there are few, and money asks for them again and again
def _month(ordinal: int) -> Month:
    year, month = divmod(ordinal, 12)
    return Month(year, month + 1)


@cache
def _year(start: int) -> FinancialYear:
    return FinancialYear(start)


@dataclass(frozen=True, slots=True)
class PlanWindow:
    """The financial years that a programme plans for."""

    first: FinancialYear
    years: int

    def __post_init__(self) -> None:
        if not 1 <= self.years <= 30:
            raise NotAPeriod("A plan window has between 1 and 30 financial years.")

    @property
    def last(self) -> FinancialYear:
        return self.first.plus(self.years - 1)

    def __iter__(self) -> Iterator[FinancialYear]:
        return (self.first.plus(number) for number in range(self.years))

    def __contains__(self, year: object) -> bool:
        return isinstance(year, FinancialYear) and self.first <= year <= self.last
