"""What came out of the sample's budget lines: some of it agrees with the claims, some does not."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from benefits.periods import Month
from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import FINANCE
from entrypoints.taking import ledger
from entrypoints.taking.loading import load_ledger
from entrypoints.taking.tables import ledger_lines

#: Budget line, amount in pounds as the ledger has it, and its words.
Posting = tuple[str, str, str]
EARLIER: Sequence[Posting] = (
    ("RES-2000", "-230,000.00", "Budget virement: resident services"),
    ("ASC-4410", "-25,028.00", "Care packages below budget"),
)
#: Of these the first is a month's share of its claim, the second differs, and no claim names the
#: third. A claim on a line that is not here is one that the ledger has not seen.
LATEST: Sequence[Posting] = (
    ("RES-2000", "-10,000.00", "Resident services: month's budget reduction"),
    ("HST-2103", "-3,150.00", "Home to school transport: personal budgets"),
    ("PRO-5210", "-1,250.00", "Cleaning contract: credit note"),
)
NOTE = "A credit for work not done in one building. It does not recur and is no saving."


def write(diary: Diary) -> None:
    """Note that finance loads the extracts of the last two months, and writes beside one line."""
    earlier, latest = diary.start.plus(5), diary.start.plus(6)
    diary.on(diary.day(6, 7), lambda at: _load(diary, earlier, EARLIER, at), hour=9)
    diary.on(diary.ago(2), lambda at: _load(diary, latest, LATEST, at), hour=9)
    diary.on(diary.ago(2), lambda _: _note(diary), hour=10)


def _load(diary: Diary, month: Month, postings: Sequence[Posting], at: datetime) -> None:
    rows = [f'{line},{month},"{amount}","{said}"' for line, amount, said in postings]
    extract = "\n".join(("Budget line,Month,Amount,Description", *rows, ""))
    load_ledger(diary.realise, extract.encode(), f"ledger-{month}.csv", FINANCE, at)


def _note(diary: Diary) -> None:
    with diary.realise.database.write() as connection:
        unclaimed = select(ledger_lines.c.line).where(ledger_lines.c.words == LATEST[-1][-1])
        ledger.note(connection, connection.execute(unclaimed).scalar_one(), NOTE, FINANCE)
