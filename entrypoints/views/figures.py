"""A figure of an issued report, by its short reference: its basis, its parts, and its events."""

from collections.abc import Mapping
from dataclasses import dataclass

from benefits.wording.writing import pounds
from entrypoints.views.grids import Cell, Grid, grid
from reports.attachments import Line, figure_lines
from reports.contents import ReportContents
from reports.entries import BenefitEntry, Trace


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed. ``amount`` is empty for a benefit, which has many."""

    ref: str
    title: str
    amount: str
    says: str
    printed: tuple[Grid, ...]
    parts: Grid | None
    events: tuple[int, ...]
    benefit: str = ""


def figure(report: ReportContents, ref: str, here: str) -> Figure | None:
    """The figure of this reference, if the report prints one. Figures' pages are under ``here``."""
    entries = {entry.ref: entry for entry in report.appendix.benefits}
    printed = _printed([line for line in figure_lines(report) if line[-1] == ref])
    if ref in entries:
        return _of_benefit(entries[ref], printed)
    trace = next((one for one in report.appendix.traces if one.ref == ref), None)
    return None if trace is None else _of_trace(trace, printed, entries, here)


def _of_benefit(entry: BenefitEntry, printed: tuple[Grid, ...]) -> Figure:
    status = f" Status: {entry.status.value.lower()}." if entry.status else ""
    says = (
        f"{entry.kind}, {entry.nature}, {entry.fund}, in {entry.workstream}. "
        f"Stage: {entry.stage}.{status} {entry.note}"
    )
    return Figure(
        entry.ref, entry.name, "", says.strip(), printed, None, entry.events, entry.benefit
    )


def _of_trace(
    trace: Trace, printed: tuple[Grid, ...], entries: Mapping[str, BenefitEntry], here: str
) -> Figure:
    says = (
        "It is the sum of what each benefit below gives to it."
        if trace.parts
        else "It is worked out from the events below; no benefit alone gives a part of it."
    )
    return Figure(
        trace.ref,
        trace.figure,
        pounds(trace.amount),
        says,
        printed,
        _parts(trace, entries, here) or _behind(trace, entries, here),
        trace.events,
    )


def _parts(trace: Trace, entries: Mapping[str, BenefitEntry], here: str) -> Grid | None:
    if not trace.parts:
        return None
    largest = sorted(trace.parts, key=lambda part: -abs(part.amount))
    return grid(
        "What it is made up of",
        ["Benefit", "Workstream", "Amount £"],
        [
            [
                _benefit(entries[part.ref], here) if part.ref else part.benefit,
                entries[part.ref].workstream if part.ref else "",
                pounds(part.amount),
            ]
            for part in largest
        ],
        foot=[["All benefits", "", pounds(trace.amount)]],
    )


def _behind(trace: Trace, entries: Mapping[str, BenefitEntry], here: str) -> Grid | None:
    behind = set(trace.events)
    rows: list[list[str | Cell]] = [
        [_benefit(entry, here), entry.workstream]
        for entry in entries.values()
        if behind.intersection(entry.events)
    ]
    return grid("Benefits behind it", ["Benefit", "Workstream"], rows) if rows else None


def _benefit(entry: BenefitEntry, here: str) -> Cell:
    links = ((("Benefit’s page", f"/benefits/{entry.benefit}"),)) if entry.benefit else ()
    return Cell(f"{entry.ref} {entry.name}", f"{here}/{entry.ref}", links=links)


def _printed(lines: list[Line]) -> tuple[Grid, ...]:
    """Everything that is printed under the reference, a table for each table of the report."""
    by_table: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        by_table.setdefault(line[:3], []).append(line)
    return tuple(
        grid(
            table if table == section else f"{section}: {table}",
            ["Row", "Figure", "Amount £"],
            [[row, name, pounds(amount)] for *_, row, name, amount, _ in held],
            basis=f"Basis: {basis}",
        )
        for (section, basis, table), held in by_table.items()
    )
