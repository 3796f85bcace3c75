"""The register: every benefit, filtered, sorted, totalled and exported as it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.lifecycle import Stage
from benefits.register import queries
from benefits.register.filters import Needs, Order
from benefits.register.queries import Choices
from benefits.vocabulary import Fund, Kind, Status
from benefits.wording.writing import day as written
from entrypoints import saved_views
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.exported import XLSX, Sheet, Values, csv_file, workbook
from entrypoints.forms import Option, sentence_case
from entrypoints.here import realise, today, viewer
from entrypoints.spooled import made_file
from entrypoints.views import asked as address
from entrypoints.views import register_totals, registered
from entrypoints.views.asked import Asked
from entrypoints.views.paging import paging
from workflows import directory

pages = Blueprint("register", __name__)

#: Each filter that is set: its heading, and its values with the address that removes each.
Chosen: TypeAlias = list[tuple[str, list[tuple[str, str]]]]
NOTHING_YET = (
    "No benefit is on the register yet. A PMO officer starts a programme and identifies its "
    "benefits on the programme’s page, or takes in the spreadsheet that the council has there."
)
NOTHING_FOUND = "No benefit is like that. Remove a filter to see more."


@pages.get("/register")
@allowed(SIGNED_IN)
def index() -> AnyResponse | str:
    """One page of what the filter finds, with the totals of all of it."""
    day = today()
    with realise().database.read() as connection:
        views = saved_views.listed(connection, viewer().person)
        opens = next((view for view in views if view.first), None)
        if opens is not None and not request.args:
            return redirect(opens.address)
        choices = queries.choices(connection)
        asked = address.read(request.args, choices)
        sums = queries.totals(connection, asked.filter, day)
        found = sum(row.benefits for row in sums)
        asked = address.on_page(asked, max(1, -(-found // queries.PAGE)))
        rows = queries.found(connection, asked.filter, day, _order(asked), asked.page)
        names = directory.names(connection, [*choices.owners])
    empty = NOTHING_FOUND if asked.parts else NOTHING_YET
    return render_template(
        "pages/register.html",
        asked=asked,
        sorts=_sorts(asked),
        boxes=_boxes(asked, choices, names),
        chosen=_chosen(asked, choices, names),
        found=found,
        table=registered.table(rows, asked, names, day, empty),
        totals=register_totals.totals(sums, day),
        csv=asked.address("/register.csv"),
        xlsx=asked.address("/register.xlsx"),
        views=views,
        asks=asked.address().partition("?")[2],
        paging=paging(asked.page, found, queries.PAGE, lambda page: asked.address(page=page)),
    )


def _order(asked: Asked) -> Order:
    return Order(asked.sort, directory.called)


def _sorts(asked: Asked) -> list[tuple[str, str]]:
    """The orders to choose from, the one in the address among them."""
    known = list(registered.SORTED)
    if asked.sort not in dict(known):
        known.append((asked.sort, registered.in_words(asked.sort)))
    return known


@pages.get("/register.csv")
@allowed(SIGNED_IN)
def as_csv() -> Response:
    """Everything that the filter finds, in the order shown, as a file."""
    day = today()
    with realise().database.read() as connection:
        choices = queries.choices(connection)
        names = directory.names(connection, [*choices.owners])
    asked = address.read(request.args, choices)

    def rows() -> Iterator[Values]:
        yield registered.FILE_HEADS
        with realise().database.read() as connection:
            found = queries.everything(connection, asked.filter, day, _order(asked))
            yield from registered.file_rows(found, names)

    return csv_file(f"benefits-{day.isoformat()}.csv", rows())


@pages.get("/register.xlsx")
@allowed(SIGNED_IN)
def as_workbook() -> Response:
    """The same as a workbook, which says above the table what it holds and on what basis."""
    day = today()
    with realise().database.read() as connection:
        choices = queries.choices(connection)
        names = directory.names(connection, [*choices.owners])
        asked = address.read(request.args, choices)
        narrowed = _chosen(asked, choices, names)
        found = queries.everything(connection, asked.filter, day, _order(asked))
        sheet = Sheet(
            "Benefits",
            registered.FILE_HEADS,
            registered.file_rows(found, names),
            _above(asked, narrowed, day),
        )
        name = f"benefits-{day.isoformat()}.xlsx"
        return made_file(name, XLSX, lambda stream: workbook(stream, [sheet]))


def _above(asked: Asked, narrowed: Chosen, day: date) -> list[str]:
    said = [f"{heading}: {', '.join(text for text, _ in tags)}" for heading, tags in narrowed]
    filtered = f"Filter: {'; '.join(said) or 'none, so every benefit is here'}."
    ordered = f"Sorted by: {registered.in_words(asked.sort)}."
    return [f"Register of benefits, {written(day)}", f"{filtered} {ordered}", registered.BASIS]


@pages.get("/benefits")
@allowed(SIGNED_IN)
def benefits() -> AnyResponse:
    """Where people look for the benefits."""
    return redirect("/register")


def _boxes(
    asked: Asked, choices: Choices, names: Mapping[str, str]
) -> dict[str, Sequence[tuple[str, str, bool]]]:
    """What each filter can be set to, and what it is set to."""
    owners = sorted(((o, names.get(o, directory.FORMER)) for o in choices.owners), key=_called)
    options: dict[str, Sequence[Option]] = {
        "programme": choices.programmes,
        "workstream": [(name, name) for name in choices.workstreams],
        "stage": [(each.value, sentence_case(each.value)) for each in Stage],
        "status": [(each.value, each.value) for each in Status],
        "kind": [(each.value, sentence_case(each.value)) for each in Kind],
        "fund": [(each.value, sentence_case(each.value)) for each in Fund],
        "owner": owners,
        "year": [(year, year) for year in choices.years],
        "needs": [(each.value, sentence_case(each.value)) for each in Needs],
    }
    parts = asked.parts
    return {
        name: [(value, text, value in parts.get(name, ())) for value, text in each]
        for name, each in options.items()
    }


def _called(option: Option) -> str:
    return option[1].casefold()


HEADINGS = {
    "q": "Words",
    "programme": "Programme",
    "workstream": "Workstream",
    "stage": "Stage",
    "status": "Status",
    "kind": "Kind",
    "fund": "Fund",
    "owner": "Owner",
    "year": "Planned for",
    "needs": "Waits for",
}


def _chosen(asked: Asked, choices: Choices, names: Mapping[str, str]) -> Chosen:
    """The filters that are set, each with the address that removes it."""
    called: dict[str, Mapping[str, str]] = {"programme": dict(choices.programmes), "owner": names}
    return [
        (
            HEADINGS[name],
            [
                (called.get(name, {}).get(value, sentence_case(value)), asked.without(name, value))
                for value in values
            ],
        )
        for name, values in asked.parts.items()
    ]
