"""A ledger extract: its lines are kept once each, however often and in however many files."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from benefits.money import NotMoney, Pence, parse_pounds, pounds
from benefits.periods import Month
from benefits.refusals import NotFound, Refused
from benefits.savings_table.identity import id_of
from benefits.wording.writing import month as month_words
from entrypoints.days import NotADay, read_month
from entrypoints.taking.columns import Column
from entrypoints.taking.judged import NEW, UNCHANGED, Judged, Row
from entrypoints.taking.tables import ledger_extracts, ledger_lines
from entrypoints.taking.uploads import Upload

COLUMNS = (
    Column("budget_line", "Budget line", needed=True,
           also=("cost centre", "code", "account code", "ledger code", "budget code", "line")),
    Column("month", "Month", needed=True, also=("period", "date", "posting date", "posted")),
    Column("amount", "Amount (£)", needed=True, also=("amount", "value", "net", "net amount")),
    Column("words", "Description", also=("narrative", "details", "text", "transaction")),
)  # fmt: skip
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger. ``amount`` is in pence and as the ledger has it, credits negative."""

    line: str
    number: int
    budget_line: str
    month: Month
    amount: Pence
    words: str


def judge(rows: Sequence[Row], known: Collection[str]) -> Judged:
    """What the rows come to: ``keeps`` are the lines that are not kept yet."""
    judged = Judged(list(rows))
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        read = _read(row)
        if read is None:
            continue
        budget_line, when, amount = read
        said = (budget_line, str(when), str(amount), row.cells.get("words", ""))
        seen[said] = seen.get(said, 0) + 1  # the same posting twice in one file is two postings
        key = id_of("ledger", *said, str(seen[said]))
        if key in known:
            row.becomes(UNCHANGED, "Loaded already.")
            continue
        line = Line(key, row.number, budget_line, when, amount, row.cells.get("words", "")[:300])
        judged.keeps.append(line)
        row.becomes(NEW, f"{pounds(amount)} on {budget_line} in {month_words(when)}.")
    return judged


def _read(row: Row) -> tuple[str, Month, Pence] | None:
    budget_line = row.cells.get("budget_line", "")
    if not budget_line or len(budget_line) > 200:
        row.wrong("budget_line", "Give the budget line, in at most 200 characters.")
    when, amount = None, None
    try:
        when = read_month(row.cells.get("month", ""))
    except NotADay as fault:
        row.wrong("month", str(fault) if row.cells.get("month") else "Give the month.")
    try:
        amount = parse_pounds(row.cells.get("amount", ""))
    except NotMoney as fault:
        row.wrong("amount", str(fault) if row.cells.get("amount") else "Give the amount.")
    if row.faults or when is None or amount is None:
        return None
    return budget_line, when, amount


def known(connection: Connection) -> set[str]:
    """The ids of every line that is kept."""
    return set(connection.execute(select(ledger_lines.c.line)).scalars())


def load(connection: Connection, one: Upload, judged: Judged, by: str, at: datetime) -> int:
    """Keep the lines that are new, under their extract; gives how many. Raises ``Refused``."""
    if not judged.keeps:
        return 0
    same = select(ledger_extracts.c.extract).where(ledger_extracts.c.sha256 == one.digest)
    extract = connection.execute(same).scalar()
    if extract is None:
        extract = one.upload
        connection.execute(
            insert(ledger_extracts).values(
                extract=extract,
                name=one.name[:150],
                sha256=one.digest,
                loaded_by=by,
                loaded_at=at.isoformat(),
            )
        )
    there = known(connection)
    if any(line.line in there for line in judged.keeps):
        raise Refused("Somebody loaded some of these lines just now. Look again, then load them.")
    connection.execute(
        insert(ledger_lines),
        [
            {
                "line": line.line,
                "extract": extract,
                "number": line.number,
                "budget_line": line.budget_line,
                "month": str(line.month),
                "amount": line.amount,
                "words": line.words,
                "note": "",
                "noted_by": "",
            }
            for line in judged.keeps
        ],
    )
    return len(judged.keeps)


def note(connection: Connection, line: str, words: str, by: str) -> None:
    """Write beside a line what finance made of it; empty takes it back. Raises ``Refused``."""
    said = " ".join(words.split())
    if len(said) > LONGEST_NOTE:
        raise Refused(f"Write the note in at most {LONGEST_NOTE} characters.")
    done = connection.execute(
        update(ledger_lines)
        .where(ledger_lines.c.line == line)
        .values(note=said, noted_by=by if said else "")
        .returning(ledger_lines.c.line)
    ).first()
    if done is None:
        raise NotFound("There is no such line of the ledger. Look for it in the list.")
