"""One benefit: what a director understands in half a minute, and everything behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from benefits.benefit import Benefit
from benefits.commands.mapping import PlaceOnMap
from benefits.lifecycle import Stage
from benefits.programme import Programme
from benefits.wording.writing import tranches
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.allowing import may_ask
from entrypoints.here import now, realise, today, viewer
from entrypoints.views import (
    claims,
    decisions,
    delivery,
    evidence,
    looking_ahead,
    money_grids,
    next_gate,
    questions,
    story,
)
from entrypoints.views import money as money_of
from entrypoints.views.benefit_frame import frame
from entrypoints.views.can_do import Doing
from entrypoints.views.grids import capital, status_tag
from entrypoints.views.knowing import Known, known
from entrypoints.views.naming import Called, called
from workflows.scrutiny import rows
from workflows.scrutiny.commands import AskQuestion

pages = Blueprint("benefit", __name__)


@dataclass(frozen=True, slots=True)
class _Page:
    """One benefit as asked for, with what everything is called."""

    known: Known
    called: Called
    programme: Programme

    @property
    def benefit(self) -> Benefit:
        return self.known.benefit

    @property
    def today(self) -> date:
        """The day on which the page stands: today, or the day looked back to."""
        return self.known.today

    @property
    def doing(self) -> Doing:
        return Doing(self.benefit, viewer(), self.known.back is not None)

    def shown(self, part: str, **values: Any) -> str:
        head = frame(self.known, self.programme.title, part)
        name = part or "overview"
        return render_template(
            f"pages/benefit/{name}.html", head=head, benefit=self.benefit, part=part, **values
        )


def _page(benefit: str) -> _Page:
    found = known(realise(), benefit, request.args.get("known", ""), today())
    with realise().database.read() as connection:
        names = called(connection)
    return _Page(found, names, realise().programme(found.benefit.programme, found.upto))


@pages.get("/benefits/<benefit>")
@allowed(SIGNED_IN)
def overview(benefit: str) -> str:
    """Where it is, what it is worth, what is next, and what the viewer can do."""
    page = _page(benefit)
    b, doing = page.benefit, page.doing
    money = money_of.position(b, page.programme.window, page.today)
    gate, asked = None, None
    if page.known.back is None:
        with realise().database.read() as connection:
            found = rows.of_benefit(connection, benefit)
            asked = questions.table(
                "Questions and recommendations of scrutiny", found, page.called, page.today, {}
            )
            context = realise().context(connection, viewer().person, now())
            gate = next_gate.next_gate(b, context, doing)
    overdue, coming = delivery.next_steps(b, page.today)
    return page.shown(
        "",
        facts=_facts(page),
        money=_money(page, money),
        proposed=tranches(money_of.asked_for(b)) if money is None and b.profile else "",
        overdue=overdue,
        coming=coming,
        gate=gate,
        groups=doing.groups,
        outstanding=decisions.outstanding(b),
        asked=asked,
        may_ask=may_ask(viewer(), AskQuestion, b),
        serves=_serves(page),
    )


def _serves(page: _Page) -> dict[str, Any]:
    """The outcomes that it serves, their objectives, the changes that it needs, and the form."""
    b, p = page.benefit, page.programme
    outcomes = [p.outcomes[one] for one in b.outcomes if one in p.outcomes]
    return {
        "outcomes": [
            (
                one.title,
                "; ".join(p.objectives[key].title for key in one.objectives if key in p.objectives),
            )
            for one in outcomes
        ],
        "changes": [p.changes[one].title for one in b.changes if one in p.changes],
        "map": f"/programmes/{b.programme}/map",
        "place": f"/benefits/{b.benefit}/place"
        if page.doing.permitted(PlaceOnMap) and p.outcomes and b.stage is not Stage.WITHDRAWN
        else "",
    }


def _money(page: _Page, found: money_of.Position | None) -> dict[str, Any] | None:
    if found is None:
        return None
    tolerance = page.programme.tolerance
    grids = [money_grids.overview(found, tolerance, once=False)] if found.has_recurring else []
    if found.has_one_offs:
        grids.append(money_grids.overview(found, tolerance, once=True))
    return {
        "bigs": money_grids.headlines(found),
        "status": status_tag(money_of.worst(found, tolerance)),
        "tolerance": tolerance,
        "chart": money_grids.chart(found),
        "grids": grids,
    }


def _facts(page: _Page) -> list[tuple[str, str]]:
    """Who answers for it and what it is, as a short list."""
    b, name = page.benefit, page.called.person
    sure = capital(b.confidence.value) if b.confidence else "Not stated yet"
    because = f": {b.confidence_reason}" if b.confidence else ""
    facts = [
        ("Owner", name(b.owner)),
        ("Cabinet member", name(b.cabinet_member)),
        ("Finance partner", name(b.finance_partner)),
        ("Kind and fund", f"{capital(b.kind.value)}, {b.fund.value}"),
        ("Confidence", sure + because),
    ]
    optional = (("Directorate", b.directorate), ("Theme", b.theme), ("Source", b.source))
    facts += [(heading, value) for heading, value in optional if value]
    if b.override:
        until = b.override.until
        said = f"{b.override.status.value}, until {until.day} {until:%B %Y}: {b.override.reason}"
        facts.append(("Status set by hand", said))
    return [(heading, capital(value)) for heading, value in facts]


@pages.get("/benefits/<benefit>/money")
@allowed(SIGNED_IN)
def money(benefit: str) -> str:
    """The reconciliation on each basis, claims, investment, overlaps and the way to net."""
    page = _page(benefit)
    b, doing = page.benefit, page.doing
    found = money_of.position(b, page.programme.window, page.today)
    tables = []
    if found is not None:
        tables = [money_grids.recurring(found.years), money_grids.one_offs(found.years)]
        tables.append(money_grids.cash(found.years))
    return page.shown(
        "money",
        counted_to=found.counted_to if found else "",
        tables=[each for each in tables if each.rows],
        claims=claims.claims(b, page.called),
        losses=claims.losses(b, doing),
        plans=[
            looking_ahead.proposed(b, doing),
            looking_ahead.drivers(b),
            money_grids.profile(b),
            money_grids.bridge(b),
        ],
        beside=[claims.pressures(b), claims.covers(b)],
        spent=[claims.investments(b), claims.overlaps(b, page.called)],
        original=tranches(b.original),
        plan=tranches(b.plan),
        forecast=None if b.forecast is None else tranches(b.forecast),
        components=b.profile.components if b.profile else (),
        doing=doing,
    )


@pages.get("/benefits/<benefit>/delivery")
@allowed(SIGNED_IN)
def delivered(benefit: str) -> str:
    """The delivery plan, milestones, measures, risks, impacts and budget lines."""
    page = _page(benefit)
    b = page.benefit
    grids = [
        delivery.milestones(b, page.called, page.today),
        delivery.measures(b),
        delivery.readings(b),
        delivery.risks(b, page.called),
        delivery.impacts(b),
        delivery.budget_lines(b),
    ]
    return page.shown("delivery", grids=grids, groups=_only(page, "Delivery"))


@pages.get("/benefits/<benefit>/decisions")
@allowed(SIGNED_IN)
def decided(benefit: str) -> str:
    """The cases put to the board, and the conditions of its approvals."""
    page = _page(benefit)
    b = page.benefit
    grids = [
        decisions.cases(b, page.called),
        decisions.conditions(b, page.called, page.doing, page.today),
    ]
    replacement = page.called.thing(b.replacement) if b.replacement else ""
    return page.shown(
        "decisions", grids=grids, replacement=replacement, groups=_only(page, "Decisions")
    )


def _only(page: _Page, heading: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [group for group in page.doing.groups if group[0] == heading]


@pages.get("/benefits/<benefit>/evidence")
@allowed(SIGNED_IN)
def kept(benefit: str) -> str:
    """The files kept as evidence."""
    page = _page(benefit)
    grid = evidence.files(page.benefit)
    return page.shown("evidence", grid=grid, may=evidence.may_attach(page.doing))


@pages.get("/benefits/<benefit>/story")
@allowed(SIGNED_IN)
def its_story(benefit: str) -> str:
    """Everything that happened to it, a sentence an event."""
    page = _page(benefit)
    events = realise().store.load(f"benefit-{benefit}", upto=page.known.upto)
    told = story.tell(benefit, events, page.called)
    wanted = story.wanted(request.args, told, today())
    people = sorted({(each.actor, each.who) for each in told}, key=lambda who: who[1])
    return page.shown(
        "story",
        told=story.narrowed(told, wanted),
        whole=len(told),
        wanted=wanted,
        people=people,
        sorts=story.SORTS,
        known_text=page.known.back.isoformat() if page.known.back else "",
    )
