"""Reading programmes, and what was planned beside what was delivered, on every basis."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy import select

from benefits.benefit import Benefit
from benefits.periods import FinancialYear, Month
from benefits.programme import Programme
from benefits.refusals import NotFound
from benefits.register import tables
from benefits.standing import stand
from benefits.vocabulary import Kind
from entrypoints.api import plain, received
from entrypoints.api.described import Schema
from entrypoints.api.operations import Operation, add, answer
from entrypoints.api.plain import MONEY_SCHEMA, columns, in_pounds
from entrypoints.api.reading import AFTER, KNOWN, LIMIT, USUAL, month, page, page_of, upto
from entrypoints.api.received import Parameter
from entrypoints.fields import YearField
from entrypoints.here import realise, today
from entrypoints.tokens import Scope
from entrypoints.views.money import last_month
from reports.composing.steps import lines_of
from reports.lines import Lines
from reports.reconciled import Cash, OneOffs, Reconciled, Recurring
from reports.reconciliation import cash_by_year, one_offs_by_year, recurring_by_year, total

YEAR = Parameter(
    "year", YearField(), {"$ref": "#/components/schemas/FinancialYear"}, "This plan year only."
)
UPTO = month("month", "Counted to the end of this month; the last one that is over unless said.")
BASES: Mapping[str, type[Reconciled]] = {
    "recurring": Recurring,
    "one_offs": OneOffs,
    "cash": Cash,
}
ABOUT = (
    "For each benefit that a board has approved, and each plan year: `recurring` by the plan year "
    "that it delivers, `one_offs` beside it, and `cash` as it falls in the year. In each the parts "
    "sum to the current plan, to the penny. Totals are apart by fund and kind: unlike money is "
    "not added. A disbenefit is taken off cashable savings."
)
_TEXT: Schema = {"type": "string"}


def _amounts(kind: type[Reconciled]) -> Schema:
    columns = kind.columns()
    return {
        "type": "object",
        "required": list(columns),
        "properties": dict.fromkeys(columns, MONEY_SCHEMA),
        "additionalProperties": False,
    }


def _line(*names: str) -> Schema:
    return {
        "type": "object",
        "required": [*names, *BASES],
        "properties": {
            **dict.fromkeys(names, _TEXT),
            **{name: _amounts(kind) for name, kind in BASES.items()},
        },
    }


RECONCILIATION: Schema = {
    "type": "object",
    "required": ["programme", "month", "position", "benefits", "totals"],
    "properties": {
        "programme": _TEXT,
        "month": _TEXT,
        "position": {"type": "integer"},
        "benefits": {
            "type": "array",
            "items": _line("benefit", "reference", "title", "fund", "kind", "year"),
        },
        "totals": {"type": "array", "items": _line("fund", "kind", "year")},
    },
}
_STRINGS = ("programme", "title", "first_year", "board", "committee", "unclosed")
_NUMBERS = ("position", "version", "years", "tolerance", "working_day")
ROW: Schema = {
    "type": "object",
    "required": [*_STRINGS, *_NUMBERS, "sponsor"],
    "properties": {
        **dict.fromkeys(_STRINGS, _TEXT),
        **{name: {"type": "integer"} for name in _NUMBERS},
        "sponsor": {"type": ["string", "null"]},
    },
}


def install(blueprint: Blueprint) -> None:
    """All programmes, one of them, and its reconciliation."""
    tag, read, one = "programmes", Scope.READ, "/programmes/<id:programme>"
    add(
        blueprint,
        Operation(
            "listProgrammes", tag, "GET", "/programmes", "Programmes", "In the order of starting.",
            read, page_of("programmes", ROW), query=(AFTER, LIMIT),
        ),
        _list,
    )  # fmt: skip
    add(
        blueprint,
        Operation(
            "getProgramme", tag, "GET", one, "One programme",
            "Everything known of it, now or as known at an earlier moment.",
            read, {"$ref": "#/components/schemas/Programme"}, query=KNOWN, etag=True,
        ),
        _one,
    )  # fmt: skip
    add(
        blueprint,
        Operation(
            "getReconciliation", tag, "GET", f"{one}/reconciliation",
            "Planned and realised, reconciled", ABOUT,
            read, RECONCILIATION, query=(YEAR, UPTO, *KNOWN),
        ),
        _reconciliation,
    )  # fmt: skip


def _list() -> Response:
    asked = received.query((AFTER, LIMIT))
    limit, held = asked.get("limit", USUAL), tables.programmes.c
    query = select(tables.programmes).where(held.position > asked.get("after", 0))
    with realise().database.read() as connection:
        rows = connection.execute(query.order_by(held.position).limit(limit + 1)).all()
    return page("programmes", [_row(row) for row in rows], limit)


def _row(row: Any) -> dict[str, Any]:
    held = columns(row)
    return {**held, "first_year": str(FinancialYear(held["first_year"]))}


def _one(programme: str) -> Response:
    found = _standing(programme, upto(received.query(KNOWN)))
    return answer(plain.plain(found), headers={"ETag": f'"{found.version}"'})


def _standing(programme: str, position: int | None) -> Programme:
    found = realise().programme(programme, position)
    if not found.exists:
        raise NotFound("There is no such programme.")
    return found


def _reconciliation(programme: str) -> Response:
    asked = received.query((YEAR, UPTO, *KNOWN))
    position = upto(asked)
    standing = _standing(programme, position)
    known, benefits = _benefits(programme, position)
    counted = asked.get("month", last_month(today()))
    years = [asked["year"]] if "year" in asked else sorted(standing.window)
    rows = list(_rows(benefits, years, counted, whole="year" not in asked))
    body = {
        "programme": programme,
        "month": str(counted),
        "position": known,
        "benefits": [row for row, _ in rows],
        "totals": list(_totals(rows)),
    }
    return answer(body)


def _benefits(programme: str, position: int | None) -> tuple[int, list[Benefit]]:
    """The benefits filed under the programme at a position, and that position."""
    store, held = realise().store, tables.standings.c
    with realise().database.read() as connection:
        known = min(store.head(connection)[0], 2**53 if position is None else position)
        query = select(held.benefit).where(
            held.programme == programme, held.since <= known, held.until > known
        )
        names = list(connection.execute(query.order_by(held.position)).scalars())
        loaded = store.load_many([f"benefit-{name}" for name in names], known, connection)
    return known, [stand(name, loaded[f"benefit-{name}"]) for name in names]


Row = tuple[dict[str, Any], Mapping[str, Reconciled]]


def _rows(
    benefits: Sequence[Benefit], years: Sequence[FinancialYear], counted: Month, *, whole: bool
) -> Iterator[Row]:
    for benefit in benefits:
        lines = lines_of(benefit, counted)
        if lines is None:
            continue
        named = sorted(lines.years().union(years)) if whole else years
        for year, bases in _bases(lines, named, counted):
            yield (
                {
                    "benefit": benefit.benefit,
                    "reference": benefit.number,
                    "title": benefit.title,
                    "fund": benefit.fund.value,
                    "kind": benefit.kind.value,
                    "year": str(year),
                    **_written(bases),
                },
                bases,
            )


def _bases(
    lines: Lines, years: Sequence[FinancialYear], counted: Month
) -> Iterator[tuple[FinancialYear, Mapping[str, Reconciled]]]:
    recurring = recurring_by_year(lines, years, counted)
    once, cash = one_offs_by_year(lines, years, counted), cash_by_year(lines, years, counted)
    for year in years:
        yield year, {"recurring": recurring[year], "one_offs": once[year], "cash": cash[year]}


def _written(bases: Mapping[str, Reconciled]) -> dict[str, Any]:
    return {
        name: {column: in_pounds(amount) for column, amount in row.amounts().items()}
        for name, row in bases.items()
    }


def _totals(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Sums of like money: each fund and family of kinds by itself, year by year."""
    alike: dict[tuple[str, str, str], list[Mapping[str, Reconciled]]] = defaultdict(list)
    for row, bases in rows:
        family = "cashable" if Kind(row["kind"]).cashable else row["kind"]
        alike[row["fund"], family, row["year"]].append(bases)
    for (fund, family, year), found in sorted(alike.items()):
        sums = {name: total([bases[name] for bases in found]) for name in BASES}
        yield {"fund": fund, "kind": family, "year": year, **_written(sums)}
