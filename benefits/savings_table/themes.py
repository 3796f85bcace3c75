"""Reading a table with the years down the side and a theme of savings in each column."""

import re
from collections.abc import Sequence

from benefits.money import NotMoney, Pence, pounds
from benefits.periods import FinancialYear, NotAPeriod
from benefits.savings_table.account import profile_in_words
from benefits.savings_table.lines import increments
from benefits.savings_table.plan import Fault, Options, PlannedBenefit, SavingsTable
from benefits.savings_table.reading import Row, read_amount
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind

_TOTAL = re.compile(
    r"(?:grand |overall )?totals?(?: savings)?|gap|gap to (?:find|close)", re.IGNORECASE
)
_DSG = re.compile(r"\b(?:DSG|HNB|high needs)\b", re.IGNORECASE)
_INCOME = re.compile(r"\bincome\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(\d{2})/(\d{2})")


def read_themes(rows: Sequence[Row], faults: list[Fault], options: Options) -> SavingsTable:
    """Each theme as one benefit. Total and Gap columns are not savings: said."""
    width = len(rows[0].cells)
    body = [row for row in rows[1:] if len(row.cells) == width]
    years = _years(body, rows[0].cells[0] or "the first column", options, faults)
    themes = [at for at in range(1, width) if not _TOTAL.fullmatch(_title(rows[0].cells[at]))]
    if not themes:
        faults.append(Fault(rows[0].number, "", "There is no column of savings in the table."))
    benefits = [_benefit(rows[0], at, body, years, options, faults) for at in themes]
    if faults:
        return SavingsTable(faults=tuple(sorted(faults)), options=options)
    left_out = tuple(rows[0].cells[at] for at in range(1, width) if at not in themes)
    return SavingsTable(
        benefits=tuple(benefits),
        account=(*(_account(benefit) for benefit in benefits), *_total(benefits, left_out)),
        years=tuple(years.values()),
        printed=tuple(row.cells for row in (rows[0], *body)),
        left_out=left_out,
        options=options,
    )


def _title(heading: str) -> str:
    """The heading without its unit."""
    return " ".join(re.sub(r"[\(\[]?£ ?(?:m|000s?|k)?[\)\]]?", " ", heading).split())


def _years(
    body: Sequence[Row], heading: str, options: Options, faults: list[Fault]
) -> dict[int, FinancialYear]:
    """The year of each row, by its line number; they must follow one another in the window."""
    found: dict[int, FinancialYear] = {}
    before: FinancialYear | None = None
    for row in body:
        try:
            year = FinancialYear.parse(
                _SHORT_YEAR.sub(r"20\1/\2", row.cells[0], count=1)
                if _SHORT_YEAR.fullmatch(row.cells[0])
                else row.cells[0]
            )
        except NotAPeriod as fault:
            faults.append(Fault(row.number, heading, str(fault)))
            continue
        first = options.first_year or year
        if year < first or (options.years and year.start >= first.start + options.years):
            faults.append(Fault(row.number, heading, f"{year} is outside the plan window."))
        if before is not None and year.start != before.start + 1:
            sentence = f"{year} does not follow {before}. Put each year once, in order."
            faults.append(Fault(row.number, heading, sentence))
        before = found[row.number] = year
    return found


def _benefit(
    header: Row,
    at: int,
    body: Sequence[Row],
    years: dict[int, FinancialYear],
    options: Options,
    faults: list[Fault],
) -> PlannedBenefit:
    heading = header.cells[at]
    if not heading:
        faults.append(Fault(header.number, f"{at + 1}", "The column has no name. Name the theme."))
    printed: dict[FinancialYear, Pence] = {}
    numbers = {year: number for number, year in years.items()}
    for row in body:
        if row.number in years:
            amount = _amount(row, at, heading, options, faults, begun=any(printed.values()))
            printed[years[row.number]] = amount
    if options.cumulative:

        def fall(year: str, sentence: str) -> None:
            faults.append(Fault(numbers[FinancialYear.parse(year)], heading, sentence))

        printed = increments(printed, fall, {year: str(year) for year in printed})
    title = _title(heading)
    kind = Kind.INCOME if _INCOME.search(title) else Kind.CASH_RELEASING
    fund = Fund.DSG if _DSG.search(title) else Fund.GENERAL_FUND
    profile = {year: amount for year, amount in printed.items() if amount}
    return PlannedBenefit(
        options.workstream,
        "",
        title,
        str(kind),
        title,
        kind,
        fund,
        Nature.RECURRING,
        profile,
        lines=tuple(years),
    )


def _amount(
    row: Row, at: int, heading: str, options: Options, faults: list[Fault], *, begun: bool
) -> Pence:
    try:
        amount = read_amount(row.cells[at], options.unit)
    except NotMoney as fault:
        faults.append(Fault(row.number, heading, str(fault)))
        return 0
    if amount is None:
        if begun and options.cumulative:
            sentence = "The figure is missing: a cumulative table needs one for every year."
            faults.append(Fault(row.number, heading, sentence))
        return 0
    amount = -amount if options.savings_negative else amount
    if amount < 0:
        how = "positive where savings are negative" if options.savings_negative else "negative"
        faults.append(Fault(row.number, heading, f"The saving is {how}."))
    return amount


def _account(benefit: PlannedBenefit) -> str:
    told = profile_in_words(benefit.profile) or "nothing in any year"
    fund = f", of the fund {benefit.fund}" if benefit.fund is not Fund.GENERAL_FUND else ""
    return (
        f"“{benefit.title}” is a benefit ({benefit.kind}{fund}), new each year: {told}; the "
        "printed figure is the committed point, no range given."
    )


def _total(benefits: Sequence[PlannedBenefit], left_out: Sequence[str]) -> list[str]:
    """What the themes come to, which funds that holds, and which columns are no savings."""
    told = []
    years = sorted({year for benefit in benefits for year in benefit.profile})
    sums = {year: sum(benefit.profile.get(year, 0) for benefit in benefits) for year in years}
    other = {str(b.fund) for b in benefits if b.fund is not Fund.GENERAL_FUND}
    holds = f" This total holds money of the fund {', '.join(sorted(other))}." if other else ""
    told.append(f"Together, new each year: {profile_in_words(sums)}.{holds}")
    told.append(f"In all {pounds(sum(sums.values()))} of run rate.")
    if left_out:
        names = ", ".join(f"“{name}”" for name in left_out)
        told.append(f"These columns are not savings, and nothing is recorded for them: {names}.")
    return told
