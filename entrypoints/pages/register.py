"""The register: every benefit, filtered, sorted, totalled and exported as it is shown."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.lifecycle import Stage
from benefits.register import queries
from benefits.register.queries import Choices, Needs
from benefits.vocabulary import Fund, Kind
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.exported import csv_file
from entrypoints.forms import Option, sentence_case
from entrypoints.here import realise, today
from entrypoints.views import asked as address
from entrypoints.views import registered
from entrypoints.views.asked import Asked
from entrypoints.views.paging import paging
from workflows import directory

pages = Blueprint("register", __name__)

NOTHING_YET = (
    "No benefit is on the register yet. A PMO officer starts a programme and identifies its "
    "benefits on the programme’s page, or takes in the spreadsheet that the council has there."
)
NOTHING_FOUND = "No benefit is like that. Remove a filter to see more."


@pages.get("/register")
@allowed(SIGNED_IN)
def index() -> str:
    """One page of what the filter finds, with the totals of all of it."""
    day = today()
    with realise().database.read() as connection:
        choices = queries.choices(connection)
        asked = address.read(request.args, choices)
        sums = queries.totals(connection, asked.filter, day)
        found = sum(row.benefits for row in sums)
        asked = address.on_page(asked, max(1, -(-found // queries.PAGE)))
        rows = queries.found(connection, asked.filter, day, asked.sort, asked.page)
        names = directory.names(connection, [*choices.owners])
    empty = NOTHING_FOUND if asked.parts else NOTHING_YET
    approved, proposed, left_out = registered.sums(sums)
    return render_template(
        "pages/register.html",
        asked=asked,
        sorts=registered.SORTED,
        boxes=_boxes(asked, choices, names),
        chosen=_chosen(asked, choices, names),
        found=found,
        table=registered.table(rows, asked, names, day, empty),
        approved=approved,
        proposed=proposed,
        left_out_of_totals=left_out,
        csv=asked.address("/register.csv"),
        paging=paging(asked.page, found, queries.PAGE, lambda page: asked.address(page=page)),
    )


@pages.get("/register.csv")
@allowed(SIGNED_IN)
def as_csv() -> Response:
    """Everything that the filter finds, in the order shown, as a file."""
    day = today()
    with realise().database.read() as connection:
        choices = queries.choices(connection)
        asked = address.read(request.args, choices)
        rows = queries.found(connection, asked.filter, day, asked.sort, None)
        names = directory.names(connection, [*choices.owners])
    return csv_file(f"benefits-{day.isoformat()}.csv", registered.file_rows(rows, names))


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
    "kind": "Kind",
    "fund": "Fund",
    "owner": "Owner",
    "year": "Planned for",
    "needs": "Waits for",
}


def _chosen(
    asked: Asked, choices: Choices, names: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, str]]]]:
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
