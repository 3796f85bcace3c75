"""Loading a ledger extract in one step, for programs: all of it, or nothing and every fault."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from benefits.refusals import NotAllowed, Refused
from entrypoints.here import Realise
from entrypoints.ids import new_key
from entrypoints.taking import ledger, uploads
from entrypoints.taking.judged import rows_of
from entrypoints.taking.judging import opened
from entrypoints.taking.uploads import Upload
from workflows.commands import Role

WHAT = "ledger"


class LedgerNotLoaded(Refused):
    """Nothing of the file was kept; ``faults`` are all the reasons, a sentence each."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many lines were new, and how many had been loaded before."""

    new: int
    known: int


def load_ledger(
    realise: Realise,
    content: bytes,
    name: str,
    by: str,
    at: datetime,
    *,
    sheet: str = "",
    dry_run: bool = False,
    keep: Callable[[Connection, Loaded], None] | None = None,
) -> Loaded:
    """Keep the lines of an extract; ``keep`` writes in the same transaction.

    Raises ``LedgerNotLoaded``, and ``NotAllowed`` for anybody who is not of finance.
    """
    if Role.FINANCE not in realise.standing("person", by).roles:
        raise NotAllowed("Only finance may load a ledger extract.")
    with realise.database.read() as connection:
        saved = uploads.mappings(connection, WHAT)
        known = ledger.known(connection)
    one = Upload(new_key(), by, "", WHAT, name, content, sheet)
    found = opened(one, ledger.COLUMNS, saved)
    if found.missing:
        raise LedgerNotLoaded(*(f"There is no column “{each.label}”." for each in found.missing))
    rows = rows_of(found.table.grid, found.heads, found.columns, found.mapping, {})
    judged = ledger.judge(rows, known)
    faults = [f"Row {row.number}: {said}" for row in rows for said in row.faults.values()]
    if faults:
        raise LedgerNotLoaded(*faults)
    done = Loaded(len(judged.keeps), len(rows) - len(judged.keeps))
    if not dry_run:
        with realise.database.write() as connection:
            ledger.load(connection, one, judged, by, at)
            if keep is not None:
                keep(connection, done)
    return done
