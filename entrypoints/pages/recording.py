"""Recording one thing about a benefit: one page for every command, drawn from its own fields."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.benefit import Benefit
from benefits.commands.money import MakeClaim, RecordForecast
from benefits.lifecycle import Gate
from benefits.parts import Claim
from benefits.periods import Month
from benefits.refusals import NotFound, Refused
from entrypoints import flagged
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import Act
from entrypoints.acts.of_benefits import GENERIC
from entrypoints.allowing import require_may
from entrypoints.claimed_twice import SAME, asked_twice, same_claim
from entrypoints.entry.forecasts import reviewed
from entrypoints.forms import Asking, form_of
from entrypoints.here import now, realise, today, viewer
from entrypoints.ids import is_key, new_key
from entrypoints.presets import AS_IT_STANDS, Preset, gate_answers, preset
from entrypoints.questions import questions
from entrypoints.schemas import Malformed, load
from entrypoints.sheets import confirmed
from entrypoints.statuses import status_of
from entrypoints.typed import read_typed, write_typed
from eventlog.faults import DatabaseFault
from workflows.commands import MeetCondition, SubmitCase

pages = Blueprint("recording", __name__)


@dataclass(frozen=True, slots=True)
class _Page:
    """One form being shown or answered."""

    act: Act
    benefit: Benefit
    key: str
    seen: int
    fixed: dict[str, Any]
    preset: Preset

    def shown(
        self,
        typed: dict[str, Any],
        faults: dict[str, str] | None = None,
        refusal: str = "",
        more: str = "",
        same: str = "",
    ) -> str:
        hidden = {"key": self.key, "seen": str(self.seen), **({SAME: same} if same else {})}
        asking = Asking(self.fixed, self.preset.choices, hidden, more, confirmed())
        form = form_of(self.act.command, typed, asking, faults, refusal)
        return render_template(
            "pages/recording.html",
            act=self.act,
            benefit=self.benefit,
            form=form,
            copy=_copy(self.act, self.benefit),
        )


@pages.get("/benefits/<benefit>/record/<slug>")
@allowed(SIGNED_IN)
def show(benefit: str, slug: str) -> str:
    """The form, with what stands already."""
    page = _page(benefit, slug, new_key(), None)
    if page.act.command is not MeetCondition:  # the condition's own owner may say that too
        require_may(viewer(), page.act.command, page.benefit)
    chosen = {name: value for name, value in request.args.items() if name in page.preset.choices}
    started = {**page.preset.answers, **chosen}
    if AS_IT_STANDS in request.args and page.act.command is RecordForecast:
        started["reason"] = reviewed(Month.of(today()).plus(-1))
    return page.shown(write_typed(questions(page.act.command), started))


@pages.post("/benefits/<benefit>/record/<slug>")
@allowed(SIGNED_IN)
def record(benefit: str, slug: str) -> str | AnyResponse:
    """Do it, or show the form again as it was typed with a sentence for each fault."""
    key, seen = request.form.get("key", ""), request.form.get("seen", "")
    if not is_key(key) or not seen.isascii() or not seen.isdigit() or len(seen) > 9:
        abort(428)
    page = _page(benefit, slug, key, int(seen))
    asked = [each for each in questions(page.act.command) if each.name not in page.fixed]
    typed = read_typed(asked, request.form)
    if "add" in request.form:
        return page.shown(typed, more=request.form["add"])
    try:
        command: object = load(page.act.command, {**typed, **page.fixed})
        flagged.refuse_unless(confirmed(), command, list(page.fixed))
        if isinstance(command, MakeClaim) and (same := _same(page.benefit, command)):
            told = {"tranche-amount": asked_twice(same)}
            return Response(page.shown(typed, told, same=same.claim), 409)
        realise().handle(command, by=viewer().person, at=now(), seen=int(seen), key=key)
    except Malformed as fault:
        return Response(page.shown(typed, fault.faults), 422)
    except (Refused, DatabaseFault) as fault:
        return _refused(page, typed, fault)
    flash(page.act.done)
    return redirect(f"/benefits/{benefit}", 303)


def _same(benefit: Benefit, command: MakeClaim) -> Claim | None:
    """The same claim, made already, unless the person was told of it and sends this one too."""
    same = same_claim(benefit, command)
    return None if same and request.form.get(SAME) == same.claim else same


def _copy(act: Act, benefit: Benefit) -> str:
    """Where the forecast's form opens filled with the forecast as it stands."""
    if act.command is not RecordForecast or not benefit.stage.reconciled:
        return ""
    return f"/benefits/{benefit.benefit}/record/{act.slug}?{AS_IT_STANDS}=yes"


def _refused(page: _Page, typed: dict[str, Any], fault: Exception) -> AnyResponse:
    """The form as typed. It now shows the newest version, so sending it again is an answer."""
    status = status_of(fault) or 500
    if status == 403:
        raise fault
    if status == 412:
        newest = realise().benefit(page.benefit.benefit)
        page = _Page(page.act, newest, page.key, newest.version, page.fixed, page.preset)
    return Response(page.shown(typed, refusal=str(fault)), status)


def _page(benefit: str, slug: str, key: str, seen: int | None) -> _Page:
    act = GENERIC.get(slug)
    if act is None:
        abort(404)
    standing = realise().benefit(benefit)
    if not standing.exists:
        raise NotFound("There is no such benefit. Look for it in the register.")
    about = request.args.get(act.new or "claim", "")
    if act.command is RecordForecast and AS_IT_STANDS in request.args:
        about = AS_IT_STANDS
    fixed: dict[str, Any] = {"benefit": benefit}
    if act.new:
        known = about in getattr(standing, act.holds) if act.holds else False
        fixed[act.new] = about if known else key
    gate = request.args.get("gate", "")
    if act.command is SubmitCase and gate in set(Gate):
        fixed |= gate_answers(Gate(gate))
        act = replace(act, title=f"Put it to the board: {gate}")
    return _Page(
        act,
        standing,
        key,
        standing.version if seen is None else seen,
        fixed,
        preset(act.command, standing, about, realise()),
    )
