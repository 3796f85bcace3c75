"""The rows that the register holds for a programme, an overlap and an MTFS line."""

from typing import Any

from benefits.programme import MtfsLine, Overlap, Programme
from benefits.register import map_rows, tables
from eventlog.kinds import Rows


def programme_rows(p: Programme) -> Rows:
    """The programme, its workstreams, the months closed and who is sent its report."""
    if not p.exists:
        return {}
    months = sorted({*p.closed, *p.reviewed})
    return {
        **map_rows.of_programme(p),
        tables.programmes: {(p.programme,): _programme(p)},
        tables.workstreams: {
            (p.programme, name): {"programme": p.programme, "workstream": name, "number": number}
            for number, name in enumerate(p.workstreams)
        },
        tables.months: {
            (p.programme, str(month)): {
                "programme": p.programme,
                "month": str(month),
                "closed": p.closed.get(month),
                "reviewed": p.reviewed.get(month),
            }
            for month in months
        },
        tables.recipients: {
            (p.programme, person): {"programme": p.programme, "person": person}
            for person in p.recipients
        },
    }


def _programme(p: Programme) -> dict[str, Any]:
    return {
        "programme": p.programme,
        "position": p.position,
        "version": p.version,
        "title": p.title,
        "first_year": p.window.first.start,
        "years": p.years,
        "board": p.board,
        "sponsor": p.sponsor,
        "committee": p.committee,
        "tolerance": p.tolerance,
        "working_day": p.working_day,
        "unclosed": p.unclosed.value,
    }


def overlap_rows(o: Overlap) -> Rows:
    """The overlap, with the sum of all its years in pence."""
    if o.agreed is None:
        return {}
    row = {
        "overlap": o.overlap,
        "position": o.position,
        "gives_up": o.agreed.gives_up,
        "keeps": o.agreed.keeps,
        "with_mtfs": o.agreed.with_mtfs,
        "amount": sum(year.amount for year in o.agreed.amounts),
        "cancelled": bool(o.cancelled),
    }
    return {tables.overlaps: {(o.overlap,): row}}


def mtfs_rows(line: MtfsLine) -> Rows:
    """The line, and what finance has admitted into it."""
    if not line.exists:
        return {}
    row = {
        "line": line.line,
        "position": line.position,
        "version": line.version,
        "reference": line.reference,
        "title": line.title,
        "fund": line.fund.value,
        "total": sum(line.increments.values()),
    }
    admitted = {
        (line.line, benefit, str(year)): {
            "line": line.line,
            "benefit": benefit,
            "year": str(year),
            "amount": amount,
        }
        for (benefit, year), amount in line.admitted.items()
    }
    return {tables.mtfs_lines: {(line.line,): row}, tables.mtfs_admitted: admitted}
