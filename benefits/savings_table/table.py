"""Reading a whole savings table: the plan of what is to be recorded, or every fault in it."""

from collections.abc import Sequence

from benefits.plans import Component
from benefits.savings_table.account import account_of, unknown_columns
from benefits.savings_table.columns import Columns, find_columns
from benefits.savings_table.lines import INVESTMENT_KINDS, SAVING_KINDS, Line, read_line
from benefits.savings_table.plan import (
    Fault,
    Options,
    PlannedBenefit,
    PlannedInvestment,
    SavingsTable,
    Unit,
)
from benefits.savings_table.reading import Row, read_rows, repeated_headings, wrong_widths
from benefits.savings_table.themes import read_themes
from benefits.savings_table.together import Groups, group_lines

_SAID = {Unit.POUNDS: "£", Unit.THOUSANDS: "£000", Unit.MILLIONS: "£m"}


def read_savings_table(content: bytes, options: Options) -> SavingsTable:
    """What is to be recorded of a CSV file; when ``faults`` is not empty, nothing of it.

    Never raises: everything wrong with the file is a fault with its line and column.
    """
    rows, faults = read_rows(content)
    if faults:
        return SavingsTable(faults=tuple(faults), options=options)
    faults = repeated_headings(rows) + wrong_widths(rows)
    if options.years_down:
        return read_themes(rows, faults, options)
    columns = find_columns(rows[0], options)
    whole = [row for row in rows[1:] if len(row.cells) == len(rows[0].cells)]
    if columns.faults:
        return SavingsTable(faults=tuple(sorted([*faults, *columns.faults])), options=options)
    return _lines(whole, columns, faults, options)


def _lines(
    rows: Sequence[Row], columns: Columns, faults: list[Fault], options: Options
) -> SavingsTable:
    lines: list[Line] = []
    for row in rows:
        line, wrong = read_line(row, columns, options)
        lines.append(line)
        faults += wrong
    groups = group_lines(lines)
    faults += _doubled(lines) + groups.faults
    if faults:
        return SavingsTable(faults=tuple(sorted(faults)), options=options)
    recorded = [line for line in lines if line.number not in groups.totals | groups.parent.keys()]
    names = {line.key[:3] for line in recorded if not line.is_investment}
    owners = {
        line.number: line.name for line in lines if line.is_investment and line.key[:3] in names
    }
    account = [account_of(line, groups, owners.get(line.number)) for line in lines]
    return SavingsTable(
        benefits=tuple(_benefit(line, groups) for line in recorded if not line.is_investment),
        investments=tuple(_investment(line, owners) for line in recorded if line.is_investment),
        account=tuple(account + unknown_columns(columns.unknown)),
        years=tuple(sorted(columns.years)),
        printed=_printed(rows, lines, columns, options),
        options=options,
    )


def _doubled(lines: Sequence[Line]) -> list[Fault]:
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for line in lines:
        key = tuple(part.casefold() for part in line.key)
        if key in first and line.name:
            sentence = (
                f"“{line.name}” stands twice: line {first[key]} has the same workstream, group, "
                "line and kind."
            )
            faults.append(Fault(line.number, "line", sentence))
        first.setdefault(key, line.number)
    return faults


def _benefit(line: Line, groups: Groups) -> PlannedBenefit:
    components = groups.components.get(line.number, [])
    title = line.name
    if components:
        title = f"{line.group or line.workstream} ({line.name[0].lower()}{line.name[1:]})"
    return PlannedBenefit(
        workstream=line.workstream,
        group=line.group,
        line=line.name,
        printed_kind=line.kind,
        title=title,
        kind=SAVING_KINDS[line.kind],
        fund=line.fund,
        nature=line.nature,
        profile=line.profile,
        low=line.low,
        high=line.high,
        components=tuple(Component(each.name, each.low, each.high) for each in components),
        lines=(line.number, *(each.number for each in components)),
        note=line.note,
    )


def _investment(line: Line, owners: dict[int, str]) -> PlannedInvestment:
    return PlannedInvestment(
        workstream=line.workstream,
        group=line.group,
        line=line.name,
        printed_kind=line.kind,
        nature=INVESTMENT_KINDS[line.kind],
        profile=line.profile,
        benefit=owners.get(line.number),
        lines=(line.number,),
        note=line.note,
    )


def _printed(
    rows: Sequence[Row], lines: Sequence[Line], columns: Columns, options: Options
) -> tuple[tuple[str, ...], ...]:
    """The figures as printed, a row for each line, for footing along the rows."""
    years = sorted(columns.years)
    at = [columns.years[year] for year in years]
    total = columns.names.get("total_printed")
    heading = (
        f"line, {_SAID[options.unit]}",
        *(str(year) for year in years),
        *(["Total"] if total is not None else []),
    )
    places = at if total is None else [*at, total]
    body = tuple(
        (f"line {line.number}, {line.name}", *(row.cells[place] for place in places))
        for row, line in zip(rows, lines, strict=True)
    )
    return (heading, *body)
