"""The bridge from gross to net, for this plan year and for the whole plan, a fund at a time.

Recurring investment is taken off once, where it is recorded. Money spent for a workstream or for
the whole programme is taken off in a bridge of its own when the benefits it is spent for belong
to several funds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from benefits.lifecycle import Stage
from benefits.money import Pence, pounds
from benefits.parts import Investment
from benefits.periods import FinancialYear
from benefits.programme import GroupInvestment
from benefits.tranches import Nature
from benefits.vocabulary import Fund, NetOf
from benefits.wording.writing import listed
from reports.composing.book import Account, Book, Family
from reports.money_tables import Bridge, Step
from reports.net_bridge import Deduction, net_bridge

_DEDUCTION = {
    NetOf.INVESTMENT: Deduction.RECURRING_INVESTMENT,
    NetOf.MTFS: Deduction.EXISTING_MTFS,
    NetOf.OVERLAP: Deduction.OVERLAP,
}
Years = Sequence[FinancialYear]


def gross_to_net(book: Book) -> tuple[Bridge, ...]:
    """A bridge for each fund of the cashable benefits: this plan year, then all of them."""
    spans = [(f"plan year {book.year}", [book.year]), ("all plan years", list(book.years))]
    if len(book.years) == 1:
        spans = spans[1:]
    return tuple(bridge for said, years in spans for bridge in _of_years(book, said, years))


def _of_years(book: Book, said: str, years: Years) -> list[Bridge]:
    funds, shared = book.funds(), _shared(book)
    bridges = [
        _of_fund(book, fund, said, years, [one for one, reach in shared if reach == {fund}])
        for fund in funds
    ]
    across = [one for one, reach in shared if len(reach) > 1]
    cost = sum(_annual(one.investment, years) for one in across)
    if cost:
        bridges.append(_after_shared(bridges, across, said, cost))
    return [bridge for bridge in bridges if bridge.start.amount or len(bridge.steps) > 3]


def _of_fund(
    book: Book, fund: Fund, said: str, years: Years, shared: Sequence[GroupInvestment]
) -> Bridge:
    accounts = [a for a in book.of(Family.CASHABLE, fund) if a.benefit.stage is not Stage.WITHDRAWN]
    plan = sum(account.recurring[year].current_plan for account in accounts for year in years)
    off: dict[Deduction, Pence] = defaultdict(int)
    already: dict[Deduction, Pence] = defaultdict(int)
    for account in accounts:
        for part, amount in _given(account, years).items():
            netted = part in _net_of(account)
            (already if netted else off)[_DEDUCTION[part]] += amount
    off[Deduction.RECURRING_INVESTMENT] += sum(_annual(one.investment, years) for one in shared)
    bridge = net_bridge(
        # The plan is after overlaps given up: the bridge begins before them.
        plan + off[Deduction.OVERLAP],
        off[Deduction.RECURRING_INVESTMENT],
        off[Deduction.EXISTING_MTFS],
        off[Deduction.OVERLAP],
        already_net_of=already,
        basis="Annual amounts of cashable benefits.",
    )
    return replace(
        bridge,
        caption=f"From gross to net, {said}, {fund.value}",
        start=replace(bridge.start, note="Current plan, before what overlaps give up"),
        steps=(
            *(_noted(step, accounts, shared, years) for step in bridge.steps),
            *_unstated(accounts, already),
        ),
        end=replace(bridge.end, note="After each deduction, taken off once"),
    )


def _noted(
    step: Step, accounts: Sequence[Account], shared: Sequence[GroupInvestment], years: Years
) -> Step:
    """What recurring investment is spent on, beside the step that takes it off."""
    if step.label != f"Less {Deduction.RECURRING_INVESTMENT.lower()}" or not step.amount:
        return step
    own = [
        spent
        for account in accounts
        if NetOf.INVESTMENT not in _net_of(account)
        for spent in account.benefit.investments.values()
    ]
    spent = [one for one in (*own, *(one.investment for one in shared)) if _annual(one, years)]
    note = listed(dict.fromkeys(one.title for one in spent))
    seen = sum(one.confirmed for one in spent if one.confirmed is not None)
    return replace(step, note=f"{note}. Finance has seen {pounds(seen)} a year" if seen else note)


def _net_of(account: Account) -> tuple[NetOf, ...]:
    return account.benefit.profile.net_of if account.benefit.profile else ()


def _given(account: Account, years: Years) -> dict[NetOf, Pence]:
    """What is recorded to come off a benefit in the years (pence)."""
    given: dict[NetOf, Pence] = defaultdict(int)
    for spent in account.benefit.investments.values():
        given[NetOf.INVESTMENT] += _annual(spent, years)
    for overlap in account.benefit.overlaps.values():
        part = NetOf.MTFS if overlap.with_mtfs else NetOf.OVERLAP
        given[part] += sum(one.amount for one in overlap.gives_up if one.year in years)
    return given


def _annual(investment: Investment, years: Years) -> Pence:
    return sum(
        line.committed
        for line in investment.tranches
        if line.nature is Nature.RECURRING and line.month.financial_year in years
    )


def _unstated(accounts: Iterable[Account], already: dict[Deduction, Pence]) -> list[Step]:
    """Where a profile says that it is net of something whose amount nobody has recorded."""
    steps = []
    for part, deduction in _DEDUCTION.items():
        refs = [account.ref for account in accounts if part in _net_of(account)]
        if refs and not already[deduction]:
            note = f"{', '.join(refs)}: given net of it, by an amount that is not recorded"
            steps.append(Step(f"{deduction}, already off", 0, note))
    return steps


def _shared(book: Book) -> list[tuple[GroupInvestment, set[Fund]]]:
    """Money spent for a group, a workstream or the programme, and the funds that it reaches."""
    return [
        (
            one,
            {a.benefit.fund for a in book.cashable if _reaches(one, a)} or set(book.funds()[:1]),
        )
        for one in book.record.programme.investments.values()
    ]


def _reaches(one: GroupInvestment, account: Account) -> bool:
    benefit = account.benefit
    return one.workstream in ("", benefit.workstream) and one.group in ("", benefit.group)


def _after_shared(
    bridges: Sequence[Bridge], shared: Sequence[GroupInvestment], said: str, cost: Pence
) -> Bridge:
    net = sum(bridge.end.amount for bridge in bridges)
    titles = ", ".join(one.investment.title for one in shared)
    return Bridge(
        f"After investment shared by several funds, {said}, all funds added together",
        "Annual amounts of cashable benefits.",
        Step("Net of all funds", net, "The bridges above, added only to show the whole"),
        (Step("Less shared recurring investment", -cost, titles),),
        Step("Net after shared investment", net - cost, "Taken off once, here"),
    )
