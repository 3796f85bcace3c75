"""The reconciliation tables: by year, workstream and fund, each total saying what it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from benefits.periods import FinancialYear
from benefits.vocabulary import Fund
from reports.composing.book import OF_ALL, Account, Book, Family, called
from reports.money_tables import CashRow, MoneyTable, RecurringRow
from reports.reconciliation import Cash, Recurring, total

Tables = tuple[MoneyTable[RecurringRow] | MoneyTable[CashRow], ...]


@dataclass(frozen=True, slots=True)
class OneOffRow(RecurringRow):
    """One row of one-offs by the year for which they are planned."""

    BASIS: ClassVar[str] = "One-offs"


def recurring_row(label: str, rows: Sequence[Recurring], ref: str = "") -> RecurringRow:
    """The sum of rows on the recurring basis."""
    return RecurringRow(label, **total(rows, Recurring.nothing()).amounts(), ref=ref)


def cash_row(label: str, rows: Sequence[Cash], ref: str = "") -> CashRow:
    """The sum of rows on the in-year cash basis."""
    return CashRow(label, **total(rows, Cash.nothing()).amounts(), ref=ref)


def by_year(book: Book) -> tuple[MoneyTable[RecurringRow], MoneyTable[CashRow]]:
    """All cashable benefits by year, on both bases; funds are added and the tables say so."""
    return (
        _recurring_by_year(book, Family.CASHABLE, book.cashable, book.said_funds()),
        _cash_by_year(book, Family.CASHABLE, book.cashable, book.said_funds()),
    )


def _recurring_by_year(
    book: Book, family: Family, accounts: Sequence[Account], funds: str
) -> MoneyTable[RecurringRow]:
    rows = [_year_of_plan(book, year, family, accounts) for year in book.years]
    whole = [account.recurring[year] for account in accounts for year in book.years]
    return MoneyTable(
        f"{capital(family)}, {funds}, by plan year",
        "Plan year",
        "Annual amounts first delivered in each plan year, gross of recurring investment.",
        tuple(rows),
        recurring_row("All plan years (the run rate when all is delivered)", whole),
    )


def _year_of_plan(
    book: Book, year: FinancialYear, family: Family, accounts: Sequence[Account]
) -> RecurringRow:
    row = recurring_row(str(year), [account.recurring[year] for account in accounts])
    if not any(getattr(row, name) for name, _ in RecurringRow.COLUMNS):
        return row
    ref = book.traces.add(
        f"{capital(family)}, plan year {year}, recurring: current plan, and what became of it",
        row.current_plan,
        events_of(accounts, OF_ALL, year),
        [(account, account.recurring[year].current_plan) for account in accounts],
    )
    return recurring_row(str(year), [account.recurring[year] for account in accounts], ref)


def _cash_by_year(
    book: Book, family: Family, accounts: Sequence[Account], funds: str
) -> MoneyTable[CashRow]:
    rows = [
        cash_row(str(year), [account.cash[year] for account in accounts]) for year in book.years
    ]
    whole = [account.cash[year] for account in accounts for year in book.years]
    return MoneyTable(
        f"{capital(family)}, {funds}, by financial year",
        "Year",
        "Cash that falls in each year, gross of recurring investment.",
        tuple(rows),
        cash_row("All years shown (the plan total)", whole),
    )


def events_of(
    accounts: Iterable[Account], sorts: tuple[type, ...], year: FinancialYear
) -> set[int]:
    """The events of some sorts of the accounts that have anything recurring in the plan year."""
    return {
        position
        for account in accounts
        if any(account.recurring[year].amounts().values())
        for position in account.events(sorts)
    }


def capital(family: Family) -> str:
    """A family as it begins a sentence."""
    return family.value[0].upper() + family.value[1:]


def by_workstream(book: Book) -> Tables:
    """This year by workstream, a pair of tables for each fund of the cashable benefits."""
    tables: list[MoneyTable[RecurringRow] | MoneyTable[CashRow]] = []
    for fund in book.funds():
        accounts = book.of(Family.CASHABLE, fund)
        if any(_anything(account, book.year) for account in accounts):
            tables += _divided(book, accounts, f"{capital(Family.CASHABLE)}, {fund.value}")
    return tuple(tables)


def _anything(account: Account, year: FinancialYear) -> bool:
    rows = (account.recurring[year], account.cash[year])
    return any(amount for row in rows for amount in row.amounts().values())


def _divided(
    book: Book, accounts: Sequence[Account], caption: str
) -> tuple[MoneyTable[RecurringRow], MoneyTable[CashRow]]:
    year = book.year
    filed = {name: _filed(accounts, name) for name in book.workstreams}
    held = {name: some for name, some in filed.items() if some}
    return (
        MoneyTable(
            f"{caption}, plan year {year}, by workstream",
            "Workstream",
            "Annual amounts, gross of recurring investment.",
            tuple(recurring_row(n, [a.recurring[year] for a in some]) for n, some in held.items()),
            recurring_row("All workstreams", [a.recurring[year] for a in accounts]),
        ),
        MoneyTable(
            f"{caption}, financial year {year}, by workstream",
            "Workstream",
            "Cash that falls in the year, gross of recurring investment.",
            tuple(cash_row(name, [a.cash[year] for a in some]) for name, some in held.items()),
            cash_row("All workstreams", [a.cash[year] for a in accounts]),
        ),
    )


def _filed(accounts: Sequence[Account], workstream: str) -> list[Account]:
    return [account for account in accounts if account.benefit.workstream == workstream]


def by_fund(book: Book) -> Tables:
    """This year by fund: with several funds the totals say that unlike funds are added."""
    year, funds = book.year, book.funds()
    held = {called(fund): book.of(Family.CASHABLE, fund) for fund in funds}
    one_offs = _one_offs(book, Family.CASHABLE, held)
    if len(funds) < 2:
        return one_offs
    label = "All funds, added only to show the whole"
    return (
        MoneyTable(
            f"Cashable benefits, plan year {year}, by fund",
            "Fund",
            "Annual amounts, gross of recurring investment.",
            tuple(recurring_row(n, [a.recurring[year] for a in some]) for n, some in held.items()),
            recurring_row(label, [a.recurring[year] for a in book.cashable]),
        ),
        MoneyTable(
            f"Cashable benefits, financial year {year}, by fund",
            "Fund",
            "Cash that falls in the year, gross of recurring investment.",
            tuple(cash_row(name, [a.cash[year] for a in some]) for name, some in held.items()),
            cash_row(label, [a.cash[year] for a in book.cashable]),
        ),
        *one_offs,
    )


def _one_offs(book: Book, family: Family, held: dict[str, list[Account]]) -> Tables:
    """Planned one-offs of every year, where there are any: they recur in no run rate."""
    rows = {
        f"{name}, {year}": [account.one_offs[year] for account in accounts]
        for name, accounts in held.items()
        for year in book.years
    }
    some = {
        label: row
        for label, row in rows.items()
        if any(amount for one in row for amount in one.amounts().values())
    }
    if not some:
        return ()
    printed = tuple(
        OneOffRow(label, **total(row, Recurring.nothing()).amounts(), ref="")
        for label, row in some.items()
    )
    whole = total([one for row in some.values() for one in row], Recurring.nothing())
    return (
        MoneyTable(
            f"{capital(family)}, planned one-offs by year",
            "Fund and year",
            "Amounts that come once; part of the in-year cash above, and of no run rate.",
            printed,
            OneOffRow("All one-offs shown", **whole.amounts(), ref=""),
        ),
    )


def other_kinds(book: Book) -> Tables:
    """Each other kind of benefit in tables of its own, a set for each fund."""
    tables: list[MoneyTable[RecurringRow] | MoneyTable[CashRow]] = []
    for family in Family:
        if family is Family.CASHABLE:
            continue
        for fund in book.funds(family):
            accounts = book.of(family, fund)
            if any(a.lines.original or a.lines.plan for a in accounts):
                tables += _of_kind(book, family, fund, accounts)
    return tuple(tables)


def _of_kind(book: Book, family: Family, fund: Fund, accounts: list[Account]) -> Tables:
    recurs = any(any(a.recurring[year].amounts().values()) for a in accounts for year in book.years)
    recurring = _recurring_by_year(book, family, accounts, fund.value)
    return (
        *((recurring,) if recurs else ()),
        _cash_by_year(book, family, accounts, fund.value),
        *_one_offs(book, family, {called(fund): accounts}),
    )
