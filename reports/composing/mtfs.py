"""Where the medium-term plan and the benefits do not agree, both ways. Amounts in pence a year."""

from collections import defaultdict
from collections.abc import Iterator

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.money import Pence, pounds
from benefits.periods import FinancialYear
from benefits.profile import increments
from benefits.programme import MtfsLine
from benefits.rules.mtfs import net_increment
from benefits.vocabulary import Kind
from benefits.wording.writing import listed
from reports.composing.book import Account, Book
from reports.entries import MtfsException

_IN_PLAN = (Kind.CASH_RELEASING, Kind.INCOME)


def mtfs_exceptions(book: Book) -> tuple[MtfsException, ...]:
    """Lines that no signed-off benefit supports; signed-off benefits that are in no line.

    A line is the council's, not a programme's: one that has taken no benefit's money is shown in
    every programme's report. Of other lines only what concerns this programme's benefits.
    """
    return (
        *(one for line in book.record.mtfs_lines for one in _of_line(book, line)),
        *(one for account in book.accounts for one in _of_benefit(book, account)),
    )


def _name(line: MtfsLine) -> str:
    return f"{line.reference} {line.title}"


def _of_line(book: Book, line: MtfsLine) -> Iterator[MtfsException]:
    if not any(line.admitted.values()):
        whole = sum(line.increments.values())
        yield MtfsException(
            _name(line), "", whole, "The line is in the plan and no signed-off benefit supports it."
        )
    known = {told.benefit.benefit: told.benefit for told in book.record.benefits}
    for (benefit, year), amount in sorted(line.admitted.items()):
        if benefit in known and amount:
            yield from _too_much(line, known[benefit], year, amount)


def _too_much(
    line: MtfsLine, benefit: Benefit, year: FinancialYear, amount: Pence
) -> Iterator[MtfsException]:
    if benefit.stage is Stage.WITHDRAWN:
        said = f"{pounds(amount)} of {year} is in the line {_name(line)}, and it is withdrawn."
        yield MtfsException("", benefit.title, amount, said, benefit.number)
        return
    net = net_increment(benefit, year)
    if amount > net:
        said = (
            f"{pounds(amount)} of {year} is in the line {_name(line)}, and the plan now commits to "
            f"{pounds(net)} net."
        )
        yield MtfsException("", benefit.title, amount - net, said, benefit.number)


def _of_benefit(book: Book, account: Account) -> Iterator[MtfsException]:
    benefit = account.benefit
    if not benefit.stage.takes_claims or benefit.kind not in _IN_PLAN:
        return
    admitted: dict[FinancialYear, Pence] = defaultdict(int)
    for line in book.record.mtfs_lines:
        for (name, year), amount in line.admitted.items():
            if name == benefit.benefit:
                admitted[year] += amount
    given_up = _kept_by_mtfs(benefit)
    missing = {
        year: left
        for year in increments(benefit.plan)
        if (left := net_increment(benefit, year) - admitted[year] - given_up[year]) > 0
    }
    if missing:
        whole = sum(missing.values())
        years = listed(f"{pounds(amount)} of {year}" for year, amount in missing.items())
        none = not any(admitted.values())
        said = (
            f"Signed off, and in no line yet: {years}."
            if none
            else f"Signed off, and only part is in a line. In none yet: {years}."
        )
        yield MtfsException("", benefit.title, whole, said, benefit.number)


def _kept_by_mtfs(benefit: Benefit) -> dict[FinancialYear, Pence]:
    """What is in the medium-term plan already by another name."""
    years: dict[FinancialYear, Pence] = defaultdict(int)
    for overlap in benefit.overlaps.values():
        for one in overlap.gives_up:
            if overlap.with_mtfs:
                years[one.year] += one.amount
    return years
