"""A month's report of the scenario's programme, composed, and the figures that tests ask of it."""

import json

from benefits.periods import Month
from entrypoints.wiring import KINDS
from reports import archive, monthly
from reports.attachments import to_csv, to_json
from reports.contents import ReportContents
from reports.money_tables import CashRow, RecurringRow
from reports.references import check_references
from tests.scenario import Scenario

Y24, Y25 = "2024/25", "2025/26"


def composed(council: Scenario, month: str, *, position: int | None = None) -> monthly.Composed:
    upto = council.realise.store.head()[0] if position is None else position
    request = monthly.Request("care", Month.parse(month), upto, "pat", council.at, draft=True)
    made = monthly.compose(council.realise.store, KINDS, request)
    check_references(made.contents)
    assert to_csv(made.contents)
    assert to_json(made.contents)
    json.dumps(made.inputs)
    return made


def report(council: Scenario, month: str, *, position: int | None = None) -> ReportContents:
    return composed(council, month, position=position).contents


def headline(contents: ReportContents, label: str) -> int:
    return next(one.amount for one in contents.summary.headlines if one.label == label)


def annual(contents: ReportContents, year: str = Y24) -> RecurringRow:
    return next(row for row in contents.planned.recurring_by_year.rows if row.label == year)


def in_year(contents: ReportContents, year: str = Y24) -> CashRow:
    return next(row for row in contents.planned.cash_by_year.rows if row.label == year)


def kept(council: Scenario, month: Month) -> ReportContents:
    """The month's report composed and in the archive, without its pages being drawn."""
    made = composed(council, str(month))
    report = archive.Archived(
        "care", month, 1, council.at, "pat", made.closing, "",
        made.contents.cover.log_position, 1, archive.canonical(made.inputs), str(month).encode(),
    )  # fmt: skip
    with council.realise.database.write() as connection:
        archive.keep(connection, report)
    return made.contents
