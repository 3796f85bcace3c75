"""The rules for overlaps: money that two sides count is deducted once, from one side. Pence."""

from benefits.benefit import Benefit
from benefits.commands import programme as asked
from benefits.events import details
from benefits.events import programme as happened
from benefits.lifecycle import Stage
from benefits.money import Pence, pounds
from benefits.parts import Overlap as Part
from benefits.periods import FinancialYear
from benefits.plans import YearAmount
from benefits.programme import MtfsLine, Overlap
from benefits.refusals import NotFound, Refused, require
from benefits.rules import Answer, Context, Elsewhere, Rule, checks, stream_of
from benefits.vocabulary import NetOf
from benefits.wording.writing import listed, year


def _agree(o: Overlap, c: asked.AgreeOverlap, context: Context) -> Answer:
    checks.fresh_id(c.overlap, "overlap")
    amounts = checks.once_each(c.amounts, "The overlap")
    event = happened.OverlapAgreed(
        c.gives_up,
        c.keeps,
        amounts,
        c.with_mtfs,
        checks.known(context, c.agreed_by, "who agreed it"),
    )
    if o.exists:
        require(o.agreed == event, "Another overlap already has this id: open a new form.")
        require(not o.cancelled, "This overlap was cancelled: agree a new one instead.")
        return []
    giving = _side(c.gives_up, context)
    line = context.mtfs_line(c.keeps) if c.with_mtfs else None
    keeper = None if line else _keeper(c, context)
    for one in amounts:
        _may_give_up(giving, c, one, context)
        if keeper is not None:
            _not_the_other_way(keeper, giving, one)
        if line is not None:
            _in_the_line_once(line, one, context)
    declared = [Elsewhere(stream_of("benefit", giving.benefit), _part(c, c.keeps, amounts))]
    if keeper is not None:
        declared.append(Elsewhere(stream_of("benefit", keeper.benefit), _part(c, c.gives_up, ())))
    if line is not None:
        counted = happened.MtfsValueCounted(c.overlap, giving.benefit, amounts)
        declared.append(Elsewhere(stream_of("mtfs-line", line.line), counted))
    return [event, *declared]


def _part(
    c: asked.AgreeOverlap, other: str, gives_up: tuple[YearAmount, ...]
) -> details.OverlapDeclared:
    return details.OverlapDeclared(c.overlap, other, gives_up, c.with_mtfs, c.agreed_by)


def _side(benefit: str, context: Context) -> Benefit:
    found = context.benefit(benefit)
    require(
        checks.existing(found).stage is not Stage.WITHDRAWN,
        f"“{found.title}” was withdrawn, so nothing overlaps with it: name another benefit.",
    )
    return found


def _keeper(c: asked.AgreeOverlap, context: Context) -> Benefit:
    """The benefit that keeps the money."""
    require(c.gives_up != c.keeps, "A benefit cannot overlap with itself: name two benefits.")
    return _side(c.keeps, context)


def _may_give_up(giving: Benefit, c: asked.AgreeOverlap, one: YearAmount, context: Context) -> None:
    checks.in_window(one.year, checks.window_of(context, giving), "The year of the overlap")
    checks.amount(one.amount, f"The overlap of {year(one.year)}")
    for other in giving.overlaps.values():
        if any(given.year == one.year for given in other.gives_up):
            _deducted_once(other, c, one.year, context)
    if already_net(giving, _kind(c)):
        return
    planned = planned_for(giving, one.year)
    left = planned - given_up(giving, one.year)
    require(
        one.amount <= left,
        f"“{giving.title}” plans {pounds(planned)} for {year(one.year)} and has {pounds(left)} "
        f"of it left to give up: {pounds(one.amount)} is more.",
    )


def _deducted_once(
    first: Part, c: asked.AgreeOverlap, when: FinancialYear, context: Context
) -> None:
    """A line and year is existing MTFS or an overlap, not both, and once for each other side."""
    if first.other != c.keeps and first.with_mtfs == c.with_mtfs:
        return
    amount = next(given.amount for given in first.gives_up if given.year == when)
    raise Refused(
        f"{pounds(amount)} of {year(when)} is already given up to {_name(first, context)}: the "
        "same line and year is deducted once. Cancel that overlap first, or leave this year out."
    )


def _name(first: Part, context: Context) -> str:
    if first.with_mtfs:
        line = context.mtfs_line(first.other)
        return f"the MTFS line {line.reference} “{line.title}”"
    return f"“{context.benefit(first.other).title}”"


def _not_the_other_way(keeper: Benefit, giving: Benefit, one: YearAmount) -> None:
    for other in keeper.overlaps.values():
        back = any(given.year == one.year for given in other.gives_up)
        require(
            other.other != giving.benefit or not back,
            f"“{keeper.title}” already gives up money of {year(one.year)} to “{giving.title}”: "
            "one side must keep it.",
        )


def _in_the_line_once(line: MtfsLine, one: YearAmount, context: Context) -> None:
    """Two benefits may share a line's year, and together take off no more than the line holds."""
    first = [
        (counted.benefit, given.amount)
        for counted in line.counted.values()
        for given in counted.amounts
        if given.year == one.year
    ]
    held = max(0, line.increments.get(one.year, 0))
    left = max(0, held - sum(amount for _, amount in first))
    taken = listed(f"{pounds(amount)} by “{context.benefit(b).title}”" for b, amount in first)
    require(
        not first or one.amount <= left,
        f"The MTFS line {line.reference} “{line.title}” holds {pounds(held)} of {year(one.year)}, "
        f"and of it is taken off already: {taken}. {pounds(left)} is left, and "
        f"{pounds(one.amount)} is more: each pound of a line is deducted once.",
    )


def already_net(b: Benefit, of: NetOf) -> bool:
    """Whether the profile was given net of this, so that it is shown and not deducted again."""
    return b.profile is not None and of in b.profile.net_of


def _kind(of: Part | asked.AgreeOverlap) -> NetOf:
    return NetOf.MTFS if of.with_mtfs else NetOf.OVERLAP


def planned_for(b: Benefit, when: FinancialYear) -> Pence:
    """What the profile commits to first deliver in a year, before overlaps (pence)."""
    lines = b.profile.tranches if b.profile else ()
    return sum(line.committed for line in lines if line.month.financial_year == when)


def given_up(b: Benefit, when: FinancialYear) -> Pence:
    """What the benefit already gives up of a year, that its profile is not net of (pence)."""
    return sum(
        given.amount
        for overlap in b.overlaps.values()
        if not already_net(b, _kind(overlap))
        for given in overlap.gives_up
        if given.year == when
    )


def _cancel(o: Overlap, c: asked.CancelOverlap, _: Context) -> Answer:
    if o.agreed is None:
        raise NotFound("There is no such overlap: look for it on the benefit's page.")
    if o.cancelled:
        return []
    why = checks.reason(c.reason, "Say why the overlap is taken back")
    sides = [o.agreed.gives_up] if o.agreed.with_mtfs else [o.agreed.gives_up, o.agreed.keeps]
    ended = details.OverlapEnded(o.overlap, why)
    freed = happened.MtfsValueFreed(o.overlap, why)
    line = [Elsewhere(stream_of("mtfs-line", o.agreed.keeps), freed)] if o.agreed.with_mtfs else []
    return [
        happened.OverlapCancelled(why),
        *(Elsewhere(stream_of("benefit", side), ended) for side in sides),
        *line,
    ]


RULES: dict[type, Rule] = {
    asked.AgreeOverlap: Rule(_agree, "overlap", "overlap"),
    asked.CancelOverlap: Rule(_cancel, "overlap", "overlap", (happened.OverlapCancelled,)),
}
