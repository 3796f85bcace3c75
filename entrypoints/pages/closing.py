"""The checklist of a programme's month: what remains before it can be closed."""

from flask import Blueprint, render_template, request

from benefits.commands.programme import CloseMonth, ReviewMonth
from benefits.periods import Month, NotAPeriod
from benefits.refusals import NotFound
from benefits.register import programme_queries as look
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.allowing import may_ask
from entrypoints.here import realise, today, viewer
from entrypoints.views.closing import checklist, remaining, to_close
from entrypoints.views.naming import called
from workflows.commands import Role

pages = Blueprint("closing", __name__)


@pages.get("/programmes/<programme>/closing")
@allowed(SIGNED_IN)
def show(programme: str) -> str:
    """Every check of the month, with what is left of each."""
    with realise().database.read() as connection:
        row = next((one for one in look.every(connection) if one.programme == programme), None)
        if row is None:
            raise NotFound("There is no such programme. Look for it in the list of programmes.")
        months = look.months_of(connection).get(programme, {})
        which = _chosen() or to_close(row, months, today()) or Month.of(today()).plus(-1)
        closed, reviewed = months.get(str(which), (False, False))
        names = called(connection)
        may_enter = Role.PMO in viewer().roles_for(programme)
        lines = checklist(
            connection, programme, which, today(), names, closed=closed, may_enter=may_enter
        )
    return render_template(
        "pages/closing.html",
        programme=row,
        month=which,
        lines=lines,
        remains=remaining({line.check: line.number for line in lines}),
        closed=closed,
        reviewed=reviewed,
        may_enter=may_enter,
        may_close=may_ask(viewer(), CloseMonth, programme=programme) and which < Month.of(today()),
        may_review=may_ask(viewer(), ReviewMonth, programme=programme),
    )


def _chosen() -> Month | None:
    written = request.args.get("month", "")
    try:
        return Month.parse(written) if written else None
    except NotAPeriod as fault:
        raise NotFound(str(fault)) from fault
