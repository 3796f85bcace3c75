"""A file of benefits and their profiles: the savings table's own reading, row by row."""

import csv
import io
import re
from collections.abc import Container, Mapping, Sequence

from benefits.benefit import Benefit
from benefits.commands.details import IdentifyBenefit, RecordInvestment
from benefits.commands.programme import AddWorkstream, RecordGroupInvestment
from benefits.programme import Programme
from benefits.savings_table import Options, read_savings_table
from benefits.savings_table.identity import alike
from benefits.savings_table.known import OnRecord
from benefits.savings_table.plan import Fault
from benefits.savings_table.taking_in import Taken, take_in
from entrypoints.taking.columns import Column
from entrypoints.taking.judged import CHANGED, NEW, WRONG, Judged, Row

_PLACE = re.compile(r"[Ll]ine (\d+)")
_FIXED = (
    Column("workstream", "Workstream", needed=True, also=("work stream", "project", "service")),
    Column("group", "Group", also=("sub group", "theme")),
    Column("line", "Benefit", needed=True,
           also=("line", "title", "saving", "description", "benefit title", "initiative")),
    Column("kind", "Kind", needed=True, also=("type", "benefit type", "category")),
    Column("fund", "Fund", also=("funding",)),
    Column("nature", "Recurring or one-off", also=("nature", "recurring")),
    Column("low", "Low", also=("low estimate", "minimum", "min")),
    Column("high", "High", also=("high estimate", "maximum", "max")),
)  # fmt: skip
_LAST = (
    Column("total_printed", "Total as printed", also=("total", "grand total")),
    Column("note", "Note", also=("notes", "comment", "comments")),
)


def columns(programme: Programme) -> tuple[Column, ...]:
    """The columns of a register's file: a column of money for each year of the plan."""
    years = [Column(str(y), f"{y} (£)", also=(f"year {n}", f"year_{n}", f"y{n}"))
             for n, y in enumerate(programme.window, 1)]  # fmt: skip
    return (*_FIXED, *years, *_LAST)


def judge(
    rows: Sequence[Row], benefits: Mapping[str, Benefit], programme: Programme, file: str
) -> Judged:
    """What the rows come to. A figure that differs from the record is a correction."""
    judged = Judged(list(rows))
    _name_groups(rows, benefits)
    there = [c for c in columns(programme) if any(c.name in row.cells for row in rows)]
    for _ in range(_PASSES):
        good = [row for row in rows if row.standing != WRONG]
        if not good or judged.faults:
            return judged
        by_line = dict(enumerate(good, 2))
        table = read_savings_table(_as_csv(good, there), Options(first_year=programme.window.first))
        if not table.faults:
            _account(judged, table.account, by_line)
            record = OnRecord(programme, dict(benefits))
            _take_in(judged, take_in(table, record, file, update=True), by_line)
            return judged
        _tell(judged, table.faults, by_line, {each.name for each in there})
    judged.faults.append("Correct what is wrong, then look again for what is left.")
    return judged


def _name_groups(rows: Sequence[Row], benefits: Mapping[str, Benefit]) -> None:
    """A file without a column of groups means the benefit that is known, whatever its group."""
    known: dict[tuple[str, str], set[str]] = {}
    for one in benefits.values():
        known.setdefault((alike(one.workstream), alike(one.title)), set()).add(one.group)
    for row in rows:
        if "group" not in row.cells:
            named = (row.cells.get("workstream", ""), row.cells.get("line", ""))
            groups = known.get((alike(named[0]), alike(named[1])), set())
            row.cells["group"] = next(iter(groups)) if len(groups) == 1 else ""


#: A row at fault is told and laid aside, and the others are read again without it.
_PASSES = 4


def _tell(
    judged: Judged, faults: Sequence[Fault], by_line: Mapping[int, Row], names: Container[str]
) -> None:
    for fault in faults:
        if fault.line in by_line:
            column = fault.column if fault.column in names else ""
            by_line[fault.line].wrong(column, fault.sentence)
        else:
            judged.faults.append(fault.sentence)


def _take_in(judged: Judged, taken: Taken, by_line: Mapping[int, Row]) -> None:
    for sentence in taken.refusals:
        row = _row_of(sentence, by_line)
        if row is None:
            judged.faults.append(sentence)
        else:
            row.wrong("", sentence.partition(": ")[2])
    for step in taken.steps:
        row = _row_of(step.place, by_line) or judged.rows[0]
        standing = NEW if isinstance(step.command, _MAKES) else CHANGED
        added = isinstance(step.command, AddWorkstream)
        judged.ask(row, step.command, standing,
                   f"The workstream “{step.path[0]}” is new." if added else "")  # fmt: skip
    for said in taken.told:
        row = _row_of(said, by_line)
        if row is None and len(by_line) == len(judged.rows):
            judged.told.append(said)
        elif row is not None:
            row.said = f"{row.said} {said.partition(': ')[2]}".strip()


def _row_of(place: str, by_line: Mapping[int, Row]) -> Row | None:
    match = _PLACE.match(place)
    return by_line.get(int(match[1])) if match else None


_MAKES = (IdentifyBenefit, RecordInvestment, RecordGroupInvestment, AddWorkstream)


def _as_csv(rows: Sequence[Row], there: Sequence[Column]) -> bytes:
    """The rows under the names that the savings table knows; line 2 is the first of them."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([column.name for column in there])
    for row in rows:
        writer.writerow([row.cells.get(column.name, "") for column in there])
    return written.getvalue().encode()


def _account(judged: Judged, account: Sequence[str], by_line: Mapping[int, Row]) -> None:
    for said in account:
        row = _row_of(said, by_line)
        if row is not None:
            row.said = said.partition("” ")[2][:1].upper() + said.partition("” ")[2][1:]
        else:
            judged.told.append(said)
