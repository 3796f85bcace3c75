"""The benefits that a report reconciles, each worked once, and the references to their events.

Unlike money is kept apart: a family of kinds (cashable, or one of the others) and a fund.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from benefits.benefit import Benefit
from benefits.events import gates, money
from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.vocabulary import Fund, Kind
from eventlog.recorded import Recorded
from reports.composing.record import Record, Told
from reports.composing.waiting import left_waiting
from reports.entries import Trace, TracePart
from reports.lines import Lines
from reports.reconciliation import (
    Cash,
    OneOffs,
    Recurring,
    cash_by_year,
    one_offs_by_year,
    recurring_by_year,
)

#: A forecast may name a month up to so many years after the plan window.
YEARS_AFTER = 10


class Family(StrEnum):
    """Kinds of benefit that may be added to one another. The value is how they are called."""

    CASHABLE = "cashable benefits"
    COST_AVOIDANCE = "cost avoidance"
    CAPITAL_RECEIPTS = "capital receipts"
    NON_CASH = "non-cash-releasing benefits"


_FAMILIES = {
    Kind.COST_AVOIDANCE: Family.COST_AVOIDANCE,
    Kind.CAPITAL_RECEIPT: Family.CAPITAL_RECEIPTS,
    Kind.NON_CASH: Family.NON_CASH,
}


def family_of(kind: Kind) -> Family:
    """Cashable: cash-releasing and income, less disbenefits; each other kind by itself."""
    return _FAMILIES.get(kind, Family.CASHABLE)


def called(fund: Fund) -> str:
    """A fund as it heads a column: ``General fund``."""
    return fund.value[0].upper() + fund.value[1:]


@dataclass(frozen=True)
class Account:
    """One benefit that is reconciled, with its rows by year."""

    told: Told
    lines: Lines
    recurring: dict[FinancialYear, Recurring]
    cash: dict[FinancialYear, Cash]
    one_offs: dict[FinancialYear, OneOffs]

    @property
    def benefit(self) -> Benefit:
        return self.told.benefit

    @property
    def ref(self) -> str:
        return self.told.ref

    @property
    def family(self) -> Family:
        return family_of(self.benefit.kind)

    def events(self, sorts: tuple[type, ...]) -> Iterator[int]:
        """The positions of its events of some sorts, such as ``OF_PLAN``; none that waits."""
        for recorded in self._taken:
            if isinstance(recorded.event, sorts):
                yield recorded.position

    @cached_property
    def _taken(self) -> list[Recorded[Any]]:
        """Its events that do not wait: each figure of the report asks for them again."""
        waiting = left_waiting(self.told.events, self.told.month)
        return [one for one in self.told.events if one.position not in waiting]


OF_PLAN = (gates.BenefitValidated, gates.PlanRebaselined, gates.BenefitWithdrawn)
OF_VERIFIED = (money.ClaimVerified, money.ClaimCorrected, money.ErosionConfirmed)
OF_EXPECTED = (money.ForecastRecorded, money.ClaimMade, money.ClaimRejected)
OF_ALL = (*OF_PLAN, *OF_VERIFIED, *OF_EXPECTED)


@dataclass
class Traces:
    """The figures that are no single benefit, each under a reference to the events behind it."""

    entries: list[Trace] = field(default_factory=list)

    def add(
        self,
        figure: str,
        amount: Pence,
        events: Iterable[int],
        parts: Iterable[tuple["Account", Pence]] = (),
    ) -> str:
        """Give a figure its reference, such as ``F3``. ``parts``: what each benefit gives to it."""
        ref = f"F{len(self.entries) + 1}"
        made_of = tuple(
            TracePart(account.ref, account.benefit.title, part) for account, part in parts if part
        )
        self.entries.append(Trace(ref, figure, amount, tuple(sorted(set(events))), made_of))
        return ref


@dataclass(frozen=True)
class Book:
    """A report's accounts. ``years`` are printed; ``all_years`` are stored for the next report."""

    record: Record
    accounts: tuple[Account, ...]
    years: tuple[FinancialYear, ...]
    all_years: tuple[FinancialYear, ...]
    traces: Traces = field(default_factory=Traces)

    @property
    def month(self) -> Month:
        return self.record.month

    @property
    def year(self) -> FinancialYear:
        """The financial year that the report is about."""
        return self.record.month.financial_year

    def of(self, family: Family, fund: Fund | None = None) -> list[Account]:
        """The accounts of a family of kinds, of one fund or of all."""
        return [
            account
            for account in self.accounts
            if account.family is family and fund in (None, account.benefit.fund)
        ]

    @cached_property
    def cashable(self) -> list[Account]:
        return self.of(Family.CASHABLE)

    def funds(self, family: Family = Family.CASHABLE) -> list[Fund]:
        """The funds of a family's accounts, in the council's order."""
        held = {account.benefit.fund for account in self.of(family)}
        return [fund for fund in Fund if fund in held]

    @property
    def workstreams(self) -> list[str]:
        """The programme's workstreams, and any that a benefit is still filed under."""
        filed = [account.benefit.workstream for account in self.accounts]
        return list(dict.fromkeys([*self.record.programme.workstreams, *filed]))

    def said_funds(self, family: Family = Family.CASHABLE) -> str:
        """Which funds a total holds: unlike funds are never added unsaid."""
        names = [fund.value for fund in self.funds(family)]
        if len(names) > 1:
            return f"all funds added together ({', '.join(names)})"
        return names[0] if names else "all funds"


def book_of(record: Record) -> Book:
    """Work every account of the record, once for all years."""
    window, month = record.programme.window, record.month
    reconciled = [(told, told.followed.lines) for told in record.benefits]
    lines = [(told, one) for told, one in reconciled if one is not None]
    named = {year for _, one in lines for year in one.years()}
    printed = {*window, *named}
    first = min(*printed, month.financial_year)
    last = max(*printed, month.financial_year, window.last.plus(YEARS_AFTER))
    every = tuple(FinancialYear(start) for start in range(first.start, last.start + 1))
    accounts = tuple(_account(told, one, every, month) for told, one in lines)
    years = tuple(sorted({*printed, *_within(month.financial_year, printed)}))
    return Book(record, accounts, years, every)


def _within(year: FinancialYear, printed: set[FinancialYear]) -> set[FinancialYear]:
    """The report's own year is printed too, once the plan has begun."""
    return {year} if year > min(printed) else set()


def _account(told: Told, lines: Lines, years: Sequence[FinancialYear], month: Month) -> Account:
    return Account(
        told,
        lines,
        recurring_by_year(lines, years, month),
        cash_by_year(lines, years, month),
        one_offs_by_year(lines, years, month),
    )
