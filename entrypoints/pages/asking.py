"""Asking the board: which gates a benefit's stage allows, their tests, and the case that is put."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from benefits.benefit import Benefit
from benefits.lifecycle import PASSAGES, Gate
from benefits.refusals import NotFound
from entrypoints import presets
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask
from entrypoints.forms import Box, Form
from entrypoints.here import now, realise, viewer
from entrypoints.sheets import Again, Sheet
from entrypoints.views import naming
from entrypoints.views.gate_tests import Tested, to_do
from entrypoints.views.pack import ASKS, stage_of
from workflows.asking import drafted
from workflows.commands import Role, SubmitCase
from workflows.gates import findings
from workflows.votes import barred, undecidable

pages = Blueprint("asking", __name__)

BY_SLUG = {gate.name.lower(): gate for gate in Gate}
ACT = ACTS[SubmitCase]
#: What each gate's form asks beside the words put to the board.
_ASKED: dict[Gate, tuple[str, ...]] = {
    Gate.REBASELINE: ("profile", "cause"),
    Gate.WITHDRAWAL: ("replacement",),
    Gate.REALISATION: ("shortfall",),
}
_NOTHING = {"profile": None, "cause": None, "replacement": None, "shortfall": ""}


@pages.get("/benefits/<benefit>/ask")
@allowed(SIGNED_IN)
def choose(benefit: str) -> str:
    """The gates that can be asked at this stage."""
    standing = _benefit(benefit)
    gates = [
        (gate.name.lower(), gate.value, ASKS[gate])
        for gate in Gate
        if standing.stage in PASSAGES[gate].opens_from
    ]
    return render_template(
        "pages/ask_gates.html", benefit=standing, stage=stage_of(standing), gates=gates
    )


@pages.get("/benefits/<benefit>/ask/<gate>")
@allowed(SIGNED_IN)
def show(benefit: str, gate: str) -> str:
    """The tests with what is missing, and the form to put the case when it can be put."""
    standing, chosen = _benefit(benefit), _gate(gate)
    may = may_ask(viewer(), SubmitCase, standing)
    form = _sheet(standing, chosen).blank() if may else None
    return _page(standing, chosen, form)


@pages.post("/benefits/<benefit>/ask/<gate>")
@allowed(Role.PMO)
def submit(benefit: str, gate: str) -> AnyResponse:
    """Put the case, or say what is missing."""
    standing, chosen = _benefit(benefit), _gate(gate)
    outcome = _sheet(standing, chosen).answer()
    if isinstance(outcome, Again):
        return Response(_page(standing, chosen, outcome.form), outcome.status)
    flash(ACT.done)
    return redirect(f"/cases/{outcome.new}", 303)


def _benefit(benefit: str) -> Benefit:
    standing = realise().benefit(benefit)
    if not standing.exists:
        raise NotFound("There is no such benefit. Look for it in the register.")
    return standing


def _gate(slug: str) -> Gate:
    found = BY_SLUG.get(slug)
    if found is None:
        abort(404)
    return found


def _sheet(benefit: Benefit, gate: Gate) -> Sheet:
    wanted = _ASKED.get(gate, ())
    left_out = {name: blank for name, blank in _NOTHING.items() if name not in wanted}
    choices = presets.preset(SubmitCase, benefit, "", realise()).choices
    answers = {"profile": benefit.profile} if gate is Gate.REBASELINE and benefit.profile else {}
    fixed = {"benefit": benefit.benefit, "gate": gate.value, **left_out}
    return Sheet(ACT, benefit.version, fixed, choices, answers)


def _page(benefit: Benefit, gate: Gate, form: Form | None) -> str:
    tests, cannot, stuck = _looked(benefit, gate)
    missing = [one for one in tests if one.missing]
    return render_template(
        "pages/ask.html",
        act=ACT,
        benefit=benefit,
        stage=stage_of(benefit),
        gate=gate,
        asks=ASKS[gate],
        tests=tests,
        missing=len(missing),
        cannot=cannot,
        stuck=stuck,
        form=_worded(form, gate) if form and (form.wrong or not missing) else None,
        may_submit=may_ask(viewer(), SubmitCase, benefit),
    )


def _looked(benefit: Benefit, gate: Gate) -> tuple[list[Tested], list[str], str]:
    """The tests now, who of the board could not vote if the viewer put it, and why none could."""
    person = viewer()
    profile = benefit.profile if gate is Gate.REBASELINE else None
    command = SubmitCase(benefit.benefit, "draft", gate, "", profile=profile)
    with realise().database.read() as connection:
        context: Any = realise().context(connection, person.person, now())
        called = naming.called(connection)
        asked = drafted(benefit, command, context)
        tests = to_do(findings(benefit, asked, context), gate, benefit, person)
        try:
            board = context.board(asked.board) if asked.board else None
        except NotFound:
            board = None
        if board is None:
            return tests, [], "The programme has no board yet. Name the programme’s board first."
        reasons = barred(benefit, person.person)
        cannot = [
            f"{called.person(one)}, who {_of_them(reasons[one])}"
            for seat in board.seats.values()
            for one in seat.people
            if one in reasons
        ]
        needs_finance = PASSAGES[gate].needs_finance_seat(benefit.stage)
        return tests, cannot, undecidable(board, reasons, needs_finance=needs_finance)


def _of_them(reason: str) -> str:
    return reason.replace("you own ", "owns ").replace("you ", "")


_HINTS = {
    "summary": "A few sentences that the board reads first",
    "profile": "The whole plan from now on, each amount in the month from which it counts",
    "shortfall": "Only if what is verified falls short: what is missing, and why to accept it",
}
_OPTIONAL = {"replacement", "shortfall"}


def _worded(form: Form, gate: Gate) -> Form:
    """The form in the words of its gate: only what may be left out is called optional."""
    return replace(form, boxes=tuple(_box(box, gate) for box in form.boxes))


def _box(box: Box, gate: Gate) -> Box:
    if box.name == "summary" and gate in (Gate.REBASELINE, Gate.WITHDRAWAL, Gate.REOPENING):
        box = replace(box, label="Why the board is asked")
    if box.name == "profile":
        box = replace(box, label="The new profile")
    return replace(
        box,
        hint=_HINTS.get(box.name, box.hint),
        optional=box.optional and box.name in _OPTIONAL,
    )
