"""A case before the board: its gate pack, the vote, taking it back, and its conditions."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.benefit import Benefit
from benefits.parts import Case
from benefits.refusals import NotFound, Refused
from entrypoints import choosing
from entrypoints.access import BOARD_SEAT, SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask, may_meet, require_may_meet
from entrypoints.auth import came_by_openid
from entrypoints.forms import Form
from entrypoints.here import now, realise, today, viewer
from entrypoints.papers import benefit_of
from entrypoints.proving import (
    fault_of_voting,
    has_password,
    minutes_asked,
    needs_code,
    recently_proved,
)
from entrypoints.sheets import Again, Sheet, sent_version
from entrypoints.views import naming
from entrypoints.views.pack import pack
from entrypoints.views.pack_votes import why_not
from workflows import commands, meeting_rows
from workflows.boards import Board
from workflows.commands import Role
from workflows.meetings import Meeting

pages = Blueprint("cases", __name__)


@pages.get("/cases/<case>")
@allowed(SIGNED_IN)
def show(case: str) -> str:
    """The pack, with the form to vote for whoever may."""
    return _page(case, None)


@pages.post("/cases/<case>/vote")
@allowed(BOARD_SEAT)
def vote(case: str) -> AnyResponse:
    """Cast or change a vote, on the version that the pack showed."""
    benefit, found = _case(case)
    sheet = _vote(benefit, found, sent_version("version"))
    fault, status = ("", 200) if "add" in request.form else fault_of_voting()
    outcome = sheet.refused(fault, status) if fault else sheet.answer()
    if isinstance(outcome, Again):
        return Response(_page(case, outcome.form), outcome.status)
    ended = realise().benefit(benefit.benefit).cases[case].outcome
    said = f" That decides the case: {ended.value}." if ended else ""
    flash(f"{ACTS[commands.CastVote].done}{said}")
    return redirect(f"/cases/{case}", 303)


@pages.get("/cases/<case>/take-back")
@allowed(Role.PMO)
def take_back_form(case: str) -> str:
    """The form to take a case back."""
    benefit, found = _case(case)
    return _asked(benefit, found, _taking_back(benefit, found).blank())


@pages.post("/cases/<case>/take-back")
@allowed(Role.PMO)
def take_back(case: str) -> AnyResponse:
    """Take a case back before it is decided, with a reason."""
    benefit, found = _case(case)
    outcome = _taking_back(benefit, found).answer()
    if isinstance(outcome, Again):
        return Response(_asked(benefit, found, outcome.form), outcome.status)
    flash(ACTS[commands.RetractCase].done)
    return redirect(f"/cases/{case}", 303)


@pages.get("/cases/<case>/interest")
@allowed(Role.PMO, BOARD_SEAT)
def interest_form(case: str) -> str:
    """The form to declare an interest in a case."""
    benefit, found = _case(case)
    return _declared(benefit, found, _declaring(benefit, found).blank())


@pages.post("/cases/<case>/interest")
@allowed(Role.PMO, BOARD_SEAT)
def declare(case: str) -> AnyResponse:
    """Declare an interest: that person has no vote on this case."""
    benefit, found = _case(case)
    outcome = _declaring(benefit, found).answer()
    if isinstance(outcome, Again):
        return Response(_declared(benefit, found, outcome.form), outcome.status)
    flash(ACTS[commands.DeclareInterest].done)
    return redirect(f"/cases/{case}", 303)


@pages.get("/cases/<case>/conditions/<condition>")
@allowed(SIGNED_IN)
def condition_form(case: str, condition: str) -> str:
    """The form to say how a condition was met."""
    benefit, found = _case(case)
    return _condition(benefit, found, condition, _meeting(benefit, condition).blank())


@pages.post("/cases/<case>/conditions/<condition>")
@allowed(SIGNED_IN)
def meet(case: str, condition: str) -> AnyResponse:
    """Say how a condition was met."""
    benefit, found = _case(case)
    outcome = _meeting(benefit, condition).answer()
    if isinstance(outcome, Again):
        return Response(_condition(benefit, found, condition, outcome.form), outcome.status)
    flash(ACTS[commands.MeetCondition].done)
    return redirect(f"/cases/{case}", 303)


def _case(case: str) -> tuple[Benefit, Case]:
    """The benefit and its case; raises ``NotFound``."""
    with realise().database.read() as connection:
        found = benefit_of(connection, case)
    benefit = realise().benefit(found)
    return benefit, benefit.cases[case]


def _page(case: str, form: Form | None) -> str:
    """The pack. ``form`` is a vote that was refused, as it was typed."""
    benefit, found = _case(case)
    events = realise().store.load(f"benefit-{benefit.benefit}")
    person = viewer()
    with realise().database.read() as connection:
        context: Any = realise().context(connection, person.person, now())
        shown = pack(benefit, found, events, context, naming.called(connection))
        barred = (
            why_not(benefit, found, context) if found.open and _sits(person.boards, found) else ""
        )
    if found.open and form is None and not barred and _sits(person.boards, found):
        form = _vote(benefit, found, found.submitted.binds_to).blank()
    return render_template(
        "pages/case.html",
        pack=shown,
        now=benefit,
        form=form,
        barred=barred,
        newer=_newer(benefit, found),
        prove=_proof(form),
        meetings=_meetings(found),
        may_declare=found.open and (_sits(person.boards, found) or person.has(Role.PMO)),
        may_take_back=found.open and may_ask(person, commands.RetractCase, benefit),
        may_put_again=may_ask(person, commands.SubmitCase, benefit),
        may_meet={one["id"]: may_meet(person, benefit, one["owner"]) for one in shown.conditions},
    )


def _meetings(case: Case) -> list[Meeting]:
    """The next meetings that have the case on their agenda."""
    if not case.open:
        return []
    with realise().database.read() as connection:
        rows = meeting_rows.to_come(connection, today(), [case.submitted.board])[:3]
    called: list[Meeting] = [realise().standing("meeting", row.meeting) for row in rows]
    return [one for one in called if any(item.case == case.case for item in one.agenda)]


def _proof(form: Form | None) -> str:
    """What is asked of the voter beside the vote: nothing, the password, or to sign in again."""
    if form is None or recently_proved(minutes_asked()):
        return ""
    if came_by_openid():
        return "single sign-on"
    if not has_password():
        return "sign in"
    return "password and code" if needs_code() else "password"


def _sits(boards: Any, case: Case) -> bool:
    return case.submitted.board in boards


def _newer(benefit: Benefit, case: Case) -> Case | None:
    """The case about the same benefit that came after this one, the latest."""
    later = [one for one in benefit.cases.values() if one.position > case.position]
    return max(later, key=lambda one: one.position, default=None)


def _vote(benefit: Benefit, case: Case, version: int) -> Sheet:
    with realise().database.read() as connection:
        people = choosing.for_benefit(commands.CastVote, benefit, connection)
    return Sheet(
        ACTS[commands.CastVote],
        benefit.version,
        {"benefit": benefit.benefit, "case": case.case, "version": version},
        {"owner": people},
        _standing_vote(case),
        {"version": str(version)},
    )


def _standing_vote(case: Case) -> dict[str, Any]:
    """The viewer's own vote, to start from when it is changed."""
    mine = next((v.vote for v in case.votes.values() if v.voter == viewer().person), None)
    if mine is None:
        return {}
    return {"choice": mine.choice, "statement": mine.statement, "conditions": mine.conditions}


def _taking_back(benefit: Benefit, case: Case) -> Sheet:
    fixed = {"benefit": benefit.benefit, "case": case.case}
    return Sheet(ACTS[commands.RetractCase], benefit.version, fixed)


def _asked(benefit: Benefit, case: Case, form: Form) -> str:
    if not case.open and not form.wrong:
        raise Refused("This case has ended, so it cannot be taken back.")
    act = ACTS[commands.RetractCase]
    return render_template(
        "pages/act.html",
        button=act.button,
        caption=f"{benefit.number} {benefit.title}",
        form=form,
        heading=f"{act.title}: {case.submitted.gate.value}",
        says="The votes cast so far stay in the record, and count for nothing. The case can be "
        "put again afterwards.",
        back=f"/cases/{case.case}",
    )


def _declaring(benefit: Benefit, case: Case) -> Sheet:
    board: Board = realise().standing("board", case.submitted.board)
    with realise().database.read() as connection:
        names = naming.called(connection)
    people = [(who, names.person(who)) for seat in board.seats.values() for who in seat.people]
    mine = {"person": viewer().person} if board.seat_of(viewer().person) else {}
    fixed = {"benefit": benefit.benefit, "case": case.case}
    act = ACTS[commands.DeclareInterest]
    return Sheet(act, benefit.version, fixed, {"person": people}, mine)


def _declared(benefit: Benefit, case: Case, form: Form) -> str:
    act = ACTS[commands.DeclareInterest]
    return render_template(
        "pages/act.html",
        button=act.button,
        caption=f"{case.submitted.gate.value}: {benefit.number} {benefit.title}",
        form=form,
        heading=act.title,
        says="Whoever has an interest in the case has no vote on it. A vote cast before counts no "
        "longer, and stands in the record with the declaration.",
        back=f"/cases/{case.case}",
    )


def _meeting(benefit: Benefit, condition: str) -> Sheet:
    if condition not in benefit.conditions:
        raise NotFound("There is no such condition on this benefit.")
    require_may_meet(viewer(), benefit, condition)
    fixed = {"benefit": benefit.benefit, "condition": condition}
    return Sheet(ACTS[commands.MeetCondition], benefit.version, fixed)


def _condition(benefit: Benefit, case: Case, condition: str, form: Form) -> str:
    asked = benefit.conditions[condition]
    if asked.met and not form.wrong:
        raise Refused(f"This condition is met already: {asked.met}")
    act = ACTS[commands.MeetCondition]
    note = replace(form.boxes[0], label="How it was met", hint="And where that can be seen")
    return render_template(
        "pages/act.html",
        button=act.button,
        caption=f"{benefit.number} {benefit.title}",
        form=replace(form, boxes=(note, *form.boxes[1:])),
        heading=act.title,
        says=f"The condition: {asked.condition.text}",
        back=f"/cases/{case.case}",
    )
