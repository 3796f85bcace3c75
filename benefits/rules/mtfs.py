"""The rules for the medium-term plan: its lines, and whose money finance lets into them. Pence."""

from itertools import pairwise

from benefits.benefit import Benefit
from benefits.commands import programme as asked
from benefits.events import programme as happened
from benefits.events.money import MoneyAdmitted
from benefits.money import LARGEST, Pence, pounds
from benefits.periods import FinancialYear
from benefits.plans import YearAmount
from benefits.profile import increments
from benefits.programme import MtfsLine
from benefits.refusals import NotFound, require
from benefits.rules import Answer, Context, Elsewhere, Rule, checks, stream_of
from benefits.rules.overlaps import already_net
from benefits.tranches import Nature
from benefits.vocabulary import Kind, NetOf
from benefits.wording.writing import year

_FREES_NOTHING = (Kind.NON_CASH, Kind.DISBENEFIT)


def _record(line: MtfsLine, c: asked.RecordMtfsLine, _: Context) -> Answer:
    """Whether another line has the same reference is not known here: lines are told apart by id."""
    checks.fresh_id(c.line, "MTFS line")
    given = checks.once_each(c.amounts, "The MTFS line")
    event = happened.MtfsLineRecorded(
        checks.title(c.reference, "The reference"),
        checks.title(c.title, "The title of the MTFS line"),
        c.fund,
        _increments(given) if c.cumulative else _as_given(given),
        c.cumulative,
        checks.reason(c.reason, needed=False),
    )
    if not line.exists:
        return [event]
    amounts = {one.year: one.amount for one in event.increments}
    before = (line.reference, line.title, line.fund, line.increments)
    if before == (event.reference, event.title, event.fund, amounts):
        return []
    require(
        line.fund is event.fund or not any(line.admitted.values()),
        f"Money of {line.fund.value} is admitted to this line: take it out before changing its "
        "fund.",
    )
    checks.reason(event.reason, "Say why the MTFS line is corrected")
    return [event]


def _as_given(amounts: tuple[YearAmount, ...]) -> tuple[YearAmount, ...]:
    """An increment may be below nothing, where a saving of the plan unwinds."""
    for one in amounts:
        checks.amount(one.amount, f"The amount of {year(one.year)}", least=-LARGEST)
    _not_all_nothing(amounts)
    return amounts


def _increments(cumulative: tuple[YearAmount, ...]) -> tuple[YearAmount, ...]:
    """Each year's amount less that of the year before it."""
    for one in cumulative:
        checks.amount(one.amount, f"The cumulative amount of {year(one.year)}", least=0)
    _not_all_nothing(cumulative)
    for before, after in pairwise(cumulative):
        require(
            before.year.plus(1) == after.year,
            f"Cumulative amounts are given for every year: {year(before.year.plus(1))} is missing.",
        )
    return (
        cumulative[0],
        *(
            YearAmount(after.year, after.amount - before.amount)
            for before, after in pairwise(cumulative)
        ),
    )


def _not_all_nothing(amounts: tuple[YearAmount, ...]) -> None:
    require(
        any(one.amount for one in amounts),
        "Every year of the MTFS line is nothing: give at least one amount.",
    )


def _admit(line: MtfsLine, c: asked.AdmitToMtfs, context: Context) -> Answer:
    """Up to what the benefit commits to, in all lines together.

    The benefit's own stream is told, so that two lines that admit the same money at once conflict.
    """
    if not line.exists:
        raise NotFound("There is no such MTFS line: look for it in the list of lines.")
    b = checks.live(context.benefit(c.benefit))
    before = line.admitted.get((c.benefit, c.year), 0)
    taken_out = (c.benefit, c.year) in line.admitted
    checks.amount(c.amount, "The amount admitted", least=0 if taken_out else 1)
    if before == c.amount:
        return []
    _may_enter(b, line)
    checks.in_window(c.year, checks.window_of(context, b), "The year")
    net = net_increment(b, c.year)
    elsewhere = _in_other_lines(b, c)
    already = f" and {pounds(elsewhere)} of it is in another line" if elsewhere else ""
    require(
        c.amount <= max(0, net - elsewhere),
        f"“{b.title}” commits to {pounds(net)} net for {year(c.year)}{already}: "
        f"{pounds(c.amount)} cannot be admitted.",
    )
    why = checks.reason(c.reason, "Say why the amount admitted changes", needed=before > 0)
    told = MoneyAdmitted(line.line, c.year, c.amount)
    return [
        happened.MtfsAmountAdmitted(c.benefit, c.year, c.amount, why),
        Elsewhere(stream_of("benefit", b.benefit), told),
    ]


def _in_other_lines(b: Benefit, c: asked.AdmitToMtfs) -> Pence:
    return sum(
        amount
        for (line, admitted_for), amount in b.admitted.items()
        if admitted_for == c.year and line != c.line
    )


def _may_enter(b: Benefit, line: MtfsLine) -> None:
    require(
        b.stage.takes_claims,
        f"“{b.title}” is {b.stage.value}: no money enters the MTFS before the Delivery gate.",
    )
    require(
        b.kind not in _FREES_NOTHING,
        f"“{b.title}” is of the kind “{b.kind.value}”, which frees no money for the MTFS.",
    )
    require(
        b.fund is line.fund,
        f"“{b.title}” is money of {b.fund.value} and the line is of {line.fund.value}: choose a "
        "line of the same fund.",
    )


def net_increment(b: Benefit, when: FinancialYear) -> Pence:
    """The committed recurring increment of a year in pence, net; never below nothing.

    Net of recurring investment and of existing MTFS value, unless the profile was given net of
    it; the plan is already after overlaps with other benefits.
    """
    left = increments(b.plan).get(when, 0)
    if not already_net(b, NetOf.INVESTMENT):
        left -= _recurring_cost(b, when)
    if not already_net(b, NetOf.MTFS):
        left -= sum(
            given.amount
            for overlap in b.overlaps.values()
            if overlap.with_mtfs
            for given in overlap.gives_up
            if given.year == when
        )
    return max(0, left)


def net_increments(b: Benefit) -> dict[FinancialYear, Pence]:
    """``net_increment`` of every year in which the plan commits to something."""
    return {when: net_increment(b, when) for when in increments(b.plan)}


def _recurring_cost(b: Benefit, when: FinancialYear) -> Pence:
    return sum(
        line.committed
        for investment in b.investments.values()
        for line in investment.tranches
        if line.nature is Nature.RECURRING and line.month.financial_year == when
    )


RULES: dict[type, Rule] = {
    asked.RecordMtfsLine: Rule(_record, "mtfs-line", "line", (happened.MtfsLineRecorded,)),
    asked.AdmitToMtfs: Rule(
        _admit,
        "mtfs-line",
        "line",
        (happened.MtfsAmountAdmitted, happened.MtfsLineRecorded),
        ("benefit", "year"),
    ),
}
