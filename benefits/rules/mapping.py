"""The rules for a benefits map: everything on it names only what is on it already."""

from collections.abc import Collection

from benefits.benefit import Benefit
from benefits.commands import mapping as asked
from benefits.events import mapping as happened
from benefits.programme import Programme
from benefits.refusals import NotFound, require
from benefits.rules import Answer, Context, Rule, checks
from benefits.wording.writing import listed

MOST_ITEMS = 200


def _objective(p: Programme, c: asked.RecordObjective, context: Context) -> Answer:
    """A priority that the council has dropped may stay on an objective that served it before."""
    checks.running(p)
    known = p.objectives.get(c.objective)
    served = {*context.priorities(), *(known.priorities if known else ())}
    event = happened.ObjectiveRecorded(
        _item(p, c.objective, "objective", p.objectives),
        checks.title(c.title, "The objective"),
        _among(c.priorities, served, "priority", "the council’s list of priorities"),
    )
    return [] if event == known else [event]


def _outcome(p: Programme, c: asked.RecordOutcome, _: Context) -> Answer:
    checks.running(p)
    event = happened.OutcomeRecorded(
        _item(p, c.outcome, "outcome", p.outcomes),
        checks.title(c.title, "The outcome"),
        _among(c.objectives, p.objectives, "objective", "the programme’s map"),
    )
    return [] if event == p.outcomes.get(c.outcome) else [event]


def _change(p: Programme, c: asked.RecordEnablingChange, context: Context) -> Answer:
    checks.running(p)
    known = p.changes.get(c.change)
    if c.milestone and (known is None or known.milestone != c.milestone):
        require(
            context.has_milestone(p.programme, c.milestone),
            "No benefit of this programme has that milestone: choose one from the list.",
        )
    event = happened.EnablingChangeRecorded(
        _item(p, c.change, "enabling change", p.changes),
        checks.title(c.title, "The enabling change"),
        c.milestone or None,
    )
    return [] if event == known else [event]


def _item(p: Programme, written: str, what: str, held: Collection[str]) -> str:
    """An id that means one thing on the map."""
    key = checks.fresh_id(written, what)
    on_map = {*p.objectives, *p.outcomes, *p.changes}
    require(
        key in held or key not in on_map | p.off_map,
        "Something else on the map has this id: open a new form and try again.",
    )
    require(
        key in held or len(on_map) < MOST_ITEMS,
        f"A map holds at most {MOST_ITEMS} objectives, outcomes and changes: put some together.",
    )
    return key


def _among(
    chosen: Collection[str], known: Collection[str], what: str, where: str
) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(chosen))
    unknown = [key[:40] for key in keys if key not in known]
    require(
        not unknown, f"There is no {what} “{', '.join(unknown)}” in {where}: choose from the list."
    )
    return keys


def _remove(p: Programme, c: asked.RemoveFromMap, _: Context) -> Answer:
    checks.running(p)
    if c.item not in {*p.objectives, *p.outcomes, *p.changes}:
        raise NotFound("There is no such thing on the map: look at the map again.")
    resting = [f"“{one.title}”" for one in p.outcomes.values() if c.item in one.objectives]
    require(
        not resting,
        f"{listed(resting)} {'serves' if len(resting) == 1 else 'serve'} this objective: "
        "change or remove the outcomes first.",
    )
    return [happened.MapItemRemoved(c.item, checks.reason(c.reason, "Say why it is removed"))]


def _place(b: Benefit, c: asked.PlaceOnMap, context: Context) -> Answer:
    """What was taken off the map is not kept on a benefit that is placed anew."""
    checks.live(b)
    p = checks.running(context.programme(b.programme))
    event = happened.BenefitMapped(
        _among(c.outcomes, p.outcomes, "outcome", "the programme’s map"),
        _among(c.changes, p.changes, "enabling change", "the programme’s map"),
    )
    return [] if (b.outcomes, b.changes) == (event.outcomes, event.changes) else [event]


RULES: dict[type, Rule] = {
    asked.RecordObjective: Rule(
        _objective,
        "programme",
        "programme",
        (happened.ObjectiveRecorded,),
        ("objective",),
    ),
    asked.RecordOutcome: Rule(
        _outcome, "programme", "programme", (happened.OutcomeRecorded,), ("outcome",)
    ),
    asked.RecordEnablingChange: Rule(
        _change,
        "programme",
        "programme",
        (happened.EnablingChangeRecorded,),
        ("change",),
    ),
    asked.RemoveFromMap: Rule(_remove, "programme", "programme"),
    asked.PlaceOnMap: Rule(_place, "benefit", "benefit", (happened.BenefitMapped,)),
}
