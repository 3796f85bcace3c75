"""A file of claims: each becomes a claim once, however often the file comes."""

from collections.abc import Mapping, Sequence

from benefits.benefit import Benefit
from benefits.commands.money import MakeClaim
from benefits.money import NotMoney, Pence, parse_pounds
from benefits.periods import FinancialYear, Month, NotAPeriod
from benefits.savings_table.identity import id_of
from benefits.tranches import Nature, Tranche
from benefits.wording.writing import tranche as tranche_words
from entrypoints.days import NotADay, read_month
from entrypoints.taking.columns import Column
from entrypoints.taking.judged import NEW, UNCHANGED, Judged, Row
from entrypoints.taking.named import Benefits

COLUMNS = (
    Column("benefit", "Benefit", needed=True, also=("benefit number", "ref", "b no")),
    Column("amount", "Amount (£)", needed=True, also=("amount", "value", "claimed", "saving")),
    Column("month", "Month", needed=True, also=("period", "from month", "date")),
    Column("nature", "Recurring or one-off", also=("nature", "type", "recurring")),
    Column("plan_year", "Plan year", also=("year", "financial year", "plan_year")),
    Column("budget_line", "Budget line", also=("cost centre", "ledger code", "budget code")),
    Column("note", "Note", also=("comment", "comments", "description")),
    Column("reference", "Your reference", also=("claim reference", "claim id", "reference")),
)
_NATURES = {"": None, "recurring": Nature.RECURRING, "one-off": Nature.ONE_OFF,
            "one off": Nature.ONE_OFF, "r": Nature.RECURRING, "o": Nature.ONE_OFF}  # fmt: skip


def judge(rows: Sequence[Row], benefits: Mapping[str, Benefit], _file: str) -> Judged:
    """What the rows come to."""
    judged, named = Judged(list(rows)), Benefits(benefits)
    seen: dict[str, int] = {}
    for row in rows:
        try:
            benefit = named.find(row.cells.get("benefit", ""))
        except LookupError as fault:
            row.wrong("benefit", str(fault))
            benefit = None
        read = _tranche(row, benefit)
        if read is None or benefit is None:
            continue
        key = _id(row, benefit, read)
        if key in seen:
            row.wrong(
                "reference",
                f"Row {seen[key]} says the same: leave one out, or give each a reference.",
            )
            continue
        seen[key] = row.number
        _judge(judged, row, benefit, read, key)
    return judged


def _judge(judged: Judged, row: Row, b: Benefit, read: Tranche, key: str) -> None:
    line = row.cells.get("budget_line", "")
    if not line and len(b.budget_lines) == 1:
        line = next(iter(b.budget_lines))
    same = any((c.tranche, c.budget_line) == (read, line) for c in b.claims.values())
    if key in b.claims or (same and not row.cells.get("reference", "")):
        row.becomes(UNCHANGED, "Claimed already.")
        return
    command = MakeClaim(b.benefit, key, read, line, row.cells.get("note", ""))
    judged.ask(row, command, NEW, f"{b.number}: {tranche_words(read)}.")


def _id(row: Row, b: Benefit, read: Tranche) -> str:
    said = (str(read.amount), read.nature.value, str(read.month), str(read.plan_year))
    given = row.cells.get("reference", "")
    return id_of("claim", b.benefit, *((given,) if given else said))


def _tranche(row: Row, b: Benefit | None) -> Tranche | None:
    amount, month = _amount(row), _month(row)
    nature = row.cells.get("nature", "").lower()
    if nature not in _NATURES:
        row.wrong("nature", "Write recurring or one-off.")
    year = _year(row, month)
    if row.faults or amount is None or month is None or year is None:
        return None
    usual = (b.nature if b else None) or Nature.RECURRING
    return Tranche(amount, _NATURES[nature] or usual, month, year)


def _amount(row: Row) -> Pence | None:
    try:
        return parse_pounds(row.cells.get("amount", ""))
    except NotMoney as fault:
        row.wrong("amount", str(fault) if row.cells.get("amount") else "Give the amount.")
        return None


def _month(row: Row) -> Month | None:
    try:
        return read_month(row.cells.get("month", ""))
    except NotADay as fault:
        row.wrong("month", str(fault) if row.cells.get("month") else "Give the month.")
        return None


def _year(row: Row, month: Month | None) -> FinancialYear | None:
    written = row.cells.get("plan_year", "")
    if not written:
        return month.financial_year if month else None
    try:
        return FinancialYear.parse(written.replace("-", "/"))
    except NotAPeriod as fault:
        row.wrong("plan_year", str(fault))
        return None
