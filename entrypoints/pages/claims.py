"""A claim: what is claimed, what finance makes of it, and everything that happened to it."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response as AnyResponse

from benefits.benefit import Benefit
from benefits.commands import money
from benefits.commands.details import AttachEvidence
from benefits.parts import Claim
from benefits.refusals import NotFound
from benefits.register import tables
from entrypoints import presets
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask, require_may
from entrypoints.forms import Box, Form
from entrypoints.here import Viewer, realise, viewer
from entrypoints.sheets import Again, Sheet
from entrypoints.taking import matching
from entrypoints.views import claimed, evidence, naming
from entrypoints.views.changes import Change, changes
from entrypoints.views.grids import Grid
from entrypoints.views.naming import Called
from workflows.commands import Role

pages = Blueprint("claims", __name__)

DECIDING: dict[str, type] = {
    "verify": money.VerifyClaim,
    "reject": money.RejectClaim,
    "grade": money.GradeClaim,
    "correct": money.CorrectClaim,
}
LOSSES: dict[str, type] = {"confirm": money.ConfirmErosion, "dismiss": money.DismissErosion}
_HINTS = {
    "grade": "Preliminary: the budget is removed. Interim: some months of the ledger were seen. "
    "Final: a year end or twelve months were seen, or the one-off was received",
    "reason": "Needed when less than the whole is confirmed",
}


@dataclass(frozen=True, slots=True)
class _About:
    """A claim with the benefit that it is of."""

    benefit: Benefit
    claim: Claim

    def sheet(self, command: type, **fixed: str) -> Sheet:
        set_up = presets.preset(command, self.benefit, self.claim.claim, realise())
        known = {"benefit": self.benefit.benefit, **(fixed or {"claim": self.claim.claim})}
        return Sheet(ACTS[command], self.benefit.version, known, set_up.choices, set_up.answers)


@pages.get("/claims/<claim>")
@allowed(SIGNED_IN)
def show(claim: str) -> str:
    """The claim, with the form to verify it for finance."""
    about = _about(claim)
    waits = about.claim.waiting and may_ask(viewer(), money.VerifyClaim, about.benefit)
    return _page(about, about.sheet(money.VerifyClaim).blank() if waits else None)


@pages.get("/claims/<claim>/<deed>")
@allowed(SIGNED_IN)
def form(claim: str, deed: str) -> str:
    """The form of one thing that can be done to a claim."""
    about, command = _about(claim), _known(DECIDING, deed)
    require_may(viewer(), command, about.benefit)
    return _act(about, command, about.sheet(command).blank())


@pages.post("/claims/<claim>/verify")
@allowed(Role.FINANCE)
def verify(claim: str) -> AnyResponse:
    """Confirm all or part of a claim."""
    about = _about(claim)
    outcome = about.sheet(money.VerifyClaim).answer()
    if isinstance(outcome, Again):
        return Response(_page(about, outcome.form), outcome.status)
    flash(ACTS[money.VerifyClaim].done)
    return redirect(f"/claims/{claim}", 303)


@pages.post("/claims/<claim>/<deed>")
@allowed(SIGNED_IN)
def decide(claim: str, deed: str) -> AnyResponse:
    """Reject, grade or correct a claim."""
    about, command = _about(claim), _known(DECIDING, deed)
    require_may(viewer(), command, about.benefit)
    return _answered(about, command, about.sheet(command))


@pages.get("/claims/<claim>/loss/<erosion>/<deed>")
@allowed(Role.FINANCE)
def loss_form(claim: str, erosion: str, deed: str) -> str:
    """The form to confirm or dismiss a loss."""
    about, command = _loss(claim, erosion, deed)
    return _act(about, command, about.sheet(command, erosion=erosion).blank(), erosion)


@pages.post("/claims/<claim>/loss/<erosion>/<deed>")
@allowed(Role.FINANCE)
def decide_loss(claim: str, erosion: str, deed: str) -> AnyResponse:
    """Confirm or dismiss a loss."""
    about, command = _loss(claim, erosion, deed)
    return _answered(about, command, about.sheet(command, erosion=erosion), erosion)


def _answered(about: _About, command: type, sheet: Sheet, erosion: str = "") -> AnyResponse:
    outcome = sheet.answer()
    if isinstance(outcome, Again):
        return Response(_act(about, command, outcome.form, erosion), outcome.status)
    flash(ACTS[command].done)
    return redirect(f"/claims/{about.claim.claim}", 303)


def _known(deeds: dict[str, type], deed: str) -> type:
    command = deeds.get(deed)
    if command is None:
        abort(404)
    return command


def _about(claim: str) -> _About:
    query = select(tables.claims.c.benefit).where(tables.claims.c.claim == claim)
    with realise().database.read() as connection:
        found = connection.execute(query).scalar()
    if found is None:
        raise NotFound("There is no such claim. Look for it on the benefit’s page.")
    benefit = realise().benefit(found)
    return _About(benefit, benefit.claims[claim])


def _loss(claim: str, erosion: str, deed: str) -> tuple[_About, type]:
    about, command = _about(claim), _known(LOSSES, deed)
    known = about.benefit.erosions.get(erosion)
    if known is None or known.claim != claim:
        raise NotFound("There is no such loss: its claim may have been corrected since.")
    return about, command


def _page(about: _About, shown: Form | None) -> str:
    benefit, claim, person = about.benefit, about.claim, viewer()
    with realise().database.read() as connection:
        called = naming.called(connection)
        facts = claimed.facts(benefit, claim, called)
        history = list(_history(about, called))
        ledger = _ledger(connection, about, person)
    can = {
        "reject": claim.waiting and may_ask(person, money.RejectClaim, benefit),
        "grade": bool(claim.verified) and may_ask(person, money.GradeClaim, benefit),
        "correct": may_ask(person, money.CorrectClaim, benefit),
    }
    return render_template(
        "pages/claim.html",
        benefit=benefit,
        claim=claim,
        heading=claimed.money_of(claim),
        tag=claimed.tag(claim),
        facts=facts,
        ledger=ledger,
        files=evidence.files(benefit, "No file is attached to this benefit yet."),
        may_attach=may_ask(person, AttachEvidence, benefit),
        history=history,
        form=_worded(shown) if shown else None,
        acts=[
            (ACTS[DECIDING[deed]].title, f"/claims/{claim.claim}/{deed}")
            for deed, may in can.items()
            if may
        ],
        losses=[
            one for one in benefit.erosions.values() if one.claim == claim.claim and one.waiting
        ],
        may_decide=may_ask(person, money.ConfirmErosion, benefit),
    )


def _ledger(connection: Connection, about: _About, person: Viewer) -> Grid | None:
    """What the ledger has of its budget line in its month, for who works with the ledger."""
    roles = person.roles_for(about.benefit.programme)
    if not about.claim.budget_line or not roles.intersection((Role.FINANCE, Role.AUDITOR)):
        return None
    return claimed.in_ledger(matching.of_claim(connection, about.claim), about.claim)


def _history(about: _About, called: Called) -> Any:
    events = realise().store.load(f"benefit-{about.benefit.benefit}")
    mine = {one.position for one in events if getattr(one.event, "claim", "") == about.claim.claim}
    version, key = about.benefit.version, about.benefit.benefit
    told: Any = changes(key, events, 0, version, called.person, called.thing)
    return (change for change in told if isinstance(change, Change) and change.position in mine)


def _act(about: _About, command: type, shown: Form, erosion: str = "") -> str:
    loss = about.benefit.erosions.get(erosion)
    with realise().database.read() as connection:
        says = claimed.facts(about.benefit, about.claim, naming.called(connection))[0][1]
    return render_template(
        "pages/act.html",
        form=_worded(shown),
        button=ACTS[command].button,
        caption=f"{about.benefit.number} {about.benefit.title}",
        heading=ACTS[command].title,
        says=f"Reported: {loss.reason}" if loss else f"The claim: {says}.",
        back=f"/claims/{about.claim.claim}",
    )


def _worded(shown: Form) -> Form:
    return replace(shown, boxes=tuple(_box(box, shown) for box in shown.boxes))


def _box(box: Box, shown: Form) -> Box:
    verifying = any(each.name == "amount" for each in shown.boxes)
    if box.name == "grade" or (box.name == "reason" and verifying):
        return replace(box, hint=_HINTS[box.name])
    return box
