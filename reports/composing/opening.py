"""What a report stores of its reconciliation, so that the next opens with exactly that.

Every plan year on both bases, in total for each family of kinds and for each benefit, as whole
pence. Columns and years of nothing are left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from reports.composing.book import Account, Book, Family
from reports.movements import Opening, Stored
from reports.reconciliation import Cash, Reconciled, Recurring, total


def to_json(book: Book) -> dict[str, Any]:
    """The opening that this report leaves to the next, as plain values."""
    return {
        "month": str(book.month),
        "position": book.record.position,
        "families": {family.value: _totals(book, family) for family in Family if book.of(family)},
        "benefits": {account.ref: _of_one(account) for account in book.accounts},
    }


def from_json(stored: Mapping[str, Any], family: Family, refs: Iterable[str]) -> Opening:
    """The stored opening of one family; ``refs`` are the benefits that belong to it."""
    month = Month.parse(stored["month"])
    whole = stored["families"].get(family.value, {})
    singly = stored["benefits"]
    return Opening(
        month,
        whole.get("recurring", {}),
        whole.get("cash", {}),
        {
            ref: Opening(month, singly[ref]["recurring"], singly[ref]["cash"])
            for ref in refs
            if ref in singly
        },
    )


def _totals(book: Book, family: Family) -> dict[str, Stored]:
    accounts = book.of(family)
    return {
        "recurring": _years(
            {
                y: total([a.recurring[y] for a in accounts], Recurring.nothing(y))
                for y in book.all_years
            }
        ),
        "cash": _years(
            {y: total([a.cash[y] for a in accounts], Cash.nothing(y)) for y in book.all_years}
        ),
    }


def _of_one(account: Account) -> dict[str, Stored]:
    return {"recurring": _years(account.recurring), "cash": _years(account.cash)}


def _years(rows: Mapping[FinancialYear, Reconciled]) -> dict[str, dict[str, Pence]]:
    held = {str(year): _held(row) for year, row in rows.items()}
    return {year: columns for year, columns in held.items() if columns}


def _held(row: Reconciled) -> dict[str, Pence]:
    return {column: amount for column, amount in row.amounts().items() if amount}


def stored_years(stored: Mapping[str, Any]) -> Sequence[FinancialYear]:
    """Every year of which the last report stored anything."""
    named = {
        year
        for whole in stored["families"].values()
        for basis in ("recurring", "cash")
        for year in whole[basis]
    }
    return sorted(FinancialYear.parse(year) for year in named)
