"""The Green Book view: what the plan brings against what it costs, nominal and discounted."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import dropwhile

from benefits.discounting import less_optimism, more_cost, rates_on, said
from benefits.money import Pence, pounds
from benefits.parts import Investment
from benefits.periods import FinancialYear
from benefits.profile import in_year_cash
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import NetOf
from benefits.wording.writing import listed, year
from reports.composing.book import OF_ALL, Account, Book
from reports.green_book import Appraisal, appraise
from reports.side_tables import SideRow, SideTable, summed

_APART = (
    "Nominal pounds are those of each year; discounted pounds are those of the first year. They "
    "are never added to one another. Forecasts are taken to be in the prices of the first year."
)


def appraised(book: Book) -> Iterator[SideTable]:
    """A nominal and a discounted table over the plan window; nothing where all is nothing."""
    found = appraisal(book)
    if any(one.benefits.pence or one.costs.pence for one in found.years):
        yield _nominal(book, found)
        yield _discounted(book, found)


def appraisal(book: Book) -> Appraisal:
    """Cashable benefits as verified, claimed and still forecast, against all that is invested.

    It begins with the first year of the plan window in which anything is spent or brought.
    """
    window = list(book.record.programme.window)
    rates = rates_on(book.month.last_day, book.record.council.rates)
    benefits, costs = _benefits(book), _costs(book, window)
    years = list(dropwhile(lambda each: not (benefits[each] or costs[each]), window))
    return appraise(years or window, benefits, costs, rates)


def _benefits(book: Book) -> dict[FinancialYear, Pence]:
    """Verified money as it is; for the rest, what the council allows for optimism is taken off."""
    sums: dict[FinancialYear, Pence] = defaultdict(int)
    for account in book.cashable:
        allowance = book.record.council.optimism.get(account.benefit.kind.value.casefold(), 0)
        for each, row in account.cash.items():
            rest = row.claimed + row.still_forecast
            sums[each] += row.verified + less_optimism(rest, allowance)
    return sums


def _costs(book: Book, window: list[FinancialYear]) -> dict[FinancialYear, Pence]:
    sums: dict[FinancialYear, Pence] = defaultdict(int)
    for spent, netted in _investments(book):
        allowance = book.record.council.optimism.get(spent.spent_on.casefold(), 0)
        tranches = [_dated(spent, line.tranche) for line in spent.tranches]
        counted = [t for t in tranches if not (netted and t.nature is Nature.RECURRING)]
        for each in window:
            sums[each] += more_cost(in_year_cash(counted, each), allowance)
    return sums


def _investments(book: Book) -> Iterator[tuple[Investment, bool]]:
    """Each with whether what recurs of it was off the profile when that was given."""
    for account in book.cashable:
        profile = account.benefit.profile
        netted = profile is not None and NetOf.INVESTMENT in profile.net_of
        for spent in account.benefit.investments.values():
            yield spent, netted
    for group in book.record.programme.investments.values():
        yield group.investment, False


def _dated(spent: Investment, tranche: Tranche) -> Tranche:
    """What finance has seen it to cost a year, where one recurring amount was planned."""
    recurring = [line for line in spent.tranches if line.nature is Nature.RECURRING]
    if spent.confirmed is None or tranche.nature is not Nature.RECURRING or len(recurring) != 1:
        return tranche
    return Tranche(spent.confirmed, tranche.nature, tranche.month, tranche.plan_year)


def _nominal(book: Book, found: Appraisal) -> SideTable:
    rows = [
        SideRow(str(one.year), (one.benefits.pence, one.costs.pence, one.net.pence))
        for one in found.years
    ]
    ref = book.traces.add("Net of the plan window, nominal", found.net.pence, _events(book))
    pays = found.payback
    back = (
        f"All that was spent has come back by the end of {year(pays)}."
        if pays
        else "There is no year by whose end all that was spent has come back."
        if any(row.amounts[2] < 0 for row in rows if row.amounts[2] is not None)
        else "No year costs more than it brings."
    )
    return SideTable(
        "Value for money",
        "Benefits and costs by year, as planned to fall (nominal)",
        _basis(book),
        "Year",
        ("Benefits", "Costs", "Net"),
        tuple(rows),
        summed("Plan window, nominal", rows, ref),
        (back,),
    )


def _discounted(book: Book, found: Appraisal) -> SideTable:
    rows = [
        SideRow(
            str(one.year),
            (
                one.discounted_benefits.pence,
                one.discounted_costs.pence,
                one.discounted_net.pence,
            ),
        )
        for one in found.years
    ]
    ref = book.traces.add("Net present value", found.net_present_value.pence, _events(book))
    return SideTable(
        "",
        f"The same in the money of {found.years[0].year} (discounted)",
        _basis(book),
        "Year",
        ("Benefits", "Costs", "Net"),
        tuple(rows),
        summed("Net present value", rows, ref),
        tuple(_words(book, found)),
    )


def _words(book: Book, found: Appraisal) -> Iterator[str]:
    yield f"Discounted at {said(found.rates)}, in real terms; {found.years[0].year} is year 0."
    allowed = book.record.council.optimism
    if allowed:
        parts = listed(f"{name} {part}%" for name, part in sorted(allowed.items()))
        yield f"Allowed for optimism on money not verified and on costs: {parts}."
    else:
        yield "The council has set nothing to allow for optimism."
    if found.hundredths_per_pound is not None:
        yield f"Each discounted pound of cost brings {pounds(found.hundredths_per_pound)}."
    yield _APART


def _basis(book: Book) -> str:
    return f"Cashable benefits, {book.said_funds()}, and all investment in them"


def _events(book: Book) -> list[int]:
    return [position for account in book.cashable for position in _of(account)]


def _of(account: Account) -> Iterator[int]:
    yield from account.events(OF_ALL)
    yield from (spent.position for spent in account.benefit.investments.values())
