"""The rules for money spent to get benefits: deducted once, in one place. Amounts in pence."""

from collections.abc import Iterable

from benefits.benefit import Benefit
from benefits.commands import details as asked
from benefits.commands import programme as asked_of_programme
from benefits.events import details as happened
from benefits.events import programme as happened_to_programme
from benefits.parts import Investment
from benefits.plans import PlannedTranche
from benefits.programme import GroupInvestment, Programme
from benefits.refusals import NotFound, Refused, require
from benefits.rules import Answer, Context, Rule, checks, planned
from benefits.tranches import Nature


def _record(b: Benefit, c: asked.RecordInvestment, context: Context) -> Answer:
    checks.live(b)
    programme = checks.running(context.programme(b.programme))
    event = happened.InvestmentRecorded(
        checks.fresh_id(c.investment, "investment"),
        checks.title(c.title, "The title of the investment"),
        checks.title(c.spent_on, "What the money is spent on"),
        checks.title(c.funding, "Where the money comes from"),
        planned.lines(c.tranches, programme.window, "The investment"),
        checks.reason(c.reason, needed=False),
    )
    before = b.investments.get(c.investment)
    if before is not None and _words(before) == _words(event):
        return []
    checks.reason(event.reason, "Say why the investment is corrected", needed=before is not None)
    _once(event, _in_reach(b, programme))
    return [event]


def _words(of: Investment | happened.InvestmentRecorded) -> tuple[object, ...]:
    return of.title, of.spent_on, of.funding, of.tranches


def _in_reach(b: Benefit, programme: Programme) -> Iterable[tuple[str, Investment]]:
    """Every investment that would be deducted from this benefit, with where it is recorded."""
    for own in b.investments.values():
        yield "on this benefit", own
    for shared in programme.investments.values():
        if shared.workstream in ("", b.workstream) and shared.group in ("", b.group):
            yield _place(shared), shared.investment


def _place(shared: GroupInvestment) -> str:
    parts = [
        f"for the {level} “{name}”"
        for level, name in (("workstream", shared.workstream), ("group", shared.group))
        if name
    ]
    return " and ".join(parts) or "for the whole programme"


def _once(
    event: happened.InvestmentRecorded | happened_to_programme.GroupInvestmentRecorded,
    reach: Iterable[tuple[str, Investment]],
) -> None:
    """The same title and amounts, recorded again under another id, are the same money."""
    for place, other in reach:
        same = _title(other.title) == _title(event.title) and other.tranches == event.tranches
        if same and other.investment != event.investment:
            raise Refused(
                f"“{other.title}”, {planned.described(event.tranches)}, is already recorded "
                f"{place}: the same money is deducted once, in one place."
            )


def _title(written: str) -> str:
    return " ".join(written.casefold().split())


def _known(found: Investment | None) -> Investment:
    if found is None:
        raise NotFound("There is no such investment here: it may have been removed.")
    return found


def _confirm(b: Benefit, c: asked.ConfirmInvestment, _: Context) -> Answer:
    checks.live(b)
    investment = _known(b.investments.get(c.investment))
    require(
        _recurs(investment.tranches),
        f"“{investment.title}” is spent once: only the yearly cost of a recurring investment is "
        "confirmed.",
    )
    checks.amount(c.annual, "What it costs a year")
    if investment.confirmed == c.annual:
        return []
    why = checks.reason(c.reason, "Say what shows that it costs this much")
    return [happened.InvestmentConfirmed(c.investment, c.annual, why)]


def _recurs(tranches: tuple[PlannedTranche, ...]) -> bool:
    return any(line.nature is Nature.RECURRING for line in tranches)


def _remove(b: Benefit, c: asked.RemoveInvestment, _: Context) -> Answer:
    checks.live(b)
    _known(b.investments.get(c.investment))
    why = checks.reason(c.reason, "Say why the investment is taken back")
    return [happened.InvestmentRemoved(c.investment, why)]


def _none(b: Benefit, c: asked.StateNoInvestment, _: Context) -> Answer:
    checks.live(b)
    require(
        not b.investments,
        "Investments are recorded on this benefit: remove them before saying that it needs none.",
    )
    note = checks.words(c.note, "Why it needs no investment, or where that is deducted,")
    return [] if b.no_investment == note else [happened.NoInvestmentStated(note)]


def _record_shared(p: Programme, c: asked_of_programme.RecordGroupInvestment, _: Context) -> Answer:
    """Guards against the same money at another level; a benefit guards its own investments."""
    checks.running(p)
    event = happened_to_programme.GroupInvestmentRecorded(
        checks.fresh_id(c.investment, "investment"),
        checks.title(c.title, "The title of the investment"),
        checks.title(c.spent_on, "What the money is spent on"),
        checks.title(c.funding, "Where the money comes from"),
        planned.lines(c.tranches, p.window, "The investment"),
        c.workstream.strip(),
        checks.title(c.group, "The group", needed=False),
        checks.reason(c.reason, needed=False),
    )
    require(
        not event.workstream or event.workstream in p.workstreams,
        f"“{event.workstream[:60]}” is not a workstream of “{p.title}”: add it first, or choose "
        "another.",
    )
    before = p.investments.get(c.investment)
    if before is not None and _shared_words(before) == _shared_words(event):
        return []
    checks.reason(event.reason, "Say why the investment is corrected", needed=before is not None)
    _once(event, _overlapping(event, p))
    return [event]


def _shared_words(
    of: GroupInvestment | happened_to_programme.GroupInvestmentRecorded,
) -> tuple[object, ...]:
    one = of.investment if isinstance(of, GroupInvestment) else of
    return one.title, one.spent_on, one.funding, one.tranches, of.workstream, of.group


def _overlapping(
    event: happened_to_programme.GroupInvestmentRecorded, p: Programme
) -> Iterable[tuple[str, Investment]]:
    """The investments that reach some of the same benefits: a name left empty reaches all."""
    for other in p.investments.values():
        pairs = ((other.workstream, event.workstream), (other.group, event.group))
        if all(not one or not two or one == two for one, two in pairs):
            yield _place(other), other.investment


def _remove_shared(p: Programme, c: asked_of_programme.RemoveGroupInvestment, _: Context) -> Answer:
    checks.running(p)
    if c.investment not in p.investments:
        raise NotFound("There is no such investment here: it may have been removed.")
    why = checks.reason(c.reason, "Say why the investment is taken back")
    return [happened_to_programme.GroupInvestmentRemoved(c.investment, why)]


_OWN = (happened.InvestmentRecorded, happened.InvestmentConfirmed, happened.InvestmentRemoved)
_SHARED = (
    happened_to_programme.GroupInvestmentRecorded,
    happened_to_programme.GroupInvestmentRemoved,
)
_PART = ("investment",)

RULES: dict[type, Rule] = {
    asked.RecordInvestment: Rule(_record, "benefit", "benefit", _OWN, _PART),
    asked.ConfirmInvestment: Rule(_confirm, "benefit", "benefit", _OWN, _PART),
    asked.RemoveInvestment: Rule(_remove, "benefit", "benefit", _OWN, _PART),
    asked.StateNoInvestment: Rule(
        _none, "benefit", "benefit", (happened.NoInvestmentStated, happened.InvestmentRecorded)
    ),
    asked_of_programme.RecordGroupInvestment: Rule(
        _record_shared, "programme", "programme", _SHARED, _PART
    ),
    asked_of_programme.RemoveGroupInvestment: Rule(
        _remove_shared, "programme", "programme", _SHARED, _PART
    ),
}
