"""Room above each line of the medium-term plan, and what is verified beyond it. Annual pence."""

from collections.abc import Iterator

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.money import Pence, split
from benefits.parts import Investment
from benefits.programme import MtfsLine
from benefits.tranches import Nature
from benefits.vocabulary import NetOf
from reports.composing.book import OF_PLAN, OF_VERIFIED, Account, Book
from reports.headroom import headroom, released
from reports.side_tables import SideRow, SideTable

_WORDS = (
    (
        "Headroom: the low end of the benefits that support a line, net of recurring investment, "
        "less the line. Below nothing, the low end does not cover what the plan counts on."
    ),
    (
        "Released: the verified run rate, net of what recurring investment really costs, above the "
        "line. Members allocate it."
    ),
)


def headroom_by_line(book: Book) -> Iterator[SideTable]:
    """Lines that this programme's benefits alone support; others are named, without amounts."""
    rows = [row for line in book.record.mtfs_lines for row in _row(book, line)]
    if rows:
        yield SideTable(
            "Headroom in the medium-term plan",
            "Each line, the benefits that support it, and what is verified beyond it",
            "Annual amounts of all years of the line",
            "Line",
            ("Line", "Low end", "Headroom", "Verified, net", "Released"),
            tuple(rows),
            words=_WORDS,
        )


def _row(book: Book, line: MtfsLine) -> Iterator[SideRow]:
    supporters = {benefit for (benefit, _), amount in line.admitted.items() if amount}
    accounts = [a for a in book.accounts if a.benefit.benefit in supporters]
    if not accounts:
        return
    label, whole = f"{line.reference} {line.title}", sum(line.increments.values())
    if len(accounts) < len(supporters):
        note = "Benefits of another programme support it too: see the report of the whole."
        yield SideRow(label, (whole, None, None, None, None), note)
        return
    lows = [_of_line(book, line, a.benefit, low_end(a.benefit)) for a in accounts]
    verified = sum(_of_line(book, line, a.benefit, verified_net(a)) for a in accounts)
    room, free = headroom(lows, whole), released(verified, whole)
    behind = [p for a in accounts for p in a.events((*OF_PLAN, *OF_VERIFIED))]
    ref = book.traces.add(f"Headroom of {label}", room, [*behind, line.position])
    note = f"Supported by {', '.join(a.ref for a in accounts)}."
    yield SideRow(label, (whole, sum(lows), room, verified, free), note, ref)


def _of_line(book: Book, line: MtfsLine, b: Benefit, amount: Pence) -> Pence:
    """The part of a benefit's amount that stands behind this line, as it was admitted to each."""
    lines = book.record.mtfs_lines
    admitted = [
        sum(part for (name, _), part in one.admitted.items() if name == b.benefit) for one in lines
    ]
    return split(amount, admitted)[lines.index(line)]


def low_end(b: Benefit) -> Pence:
    """The low end of what recurs (the committed figure where no low is given), net."""
    profile = b.profile
    if profile is None or b.stage is Stage.WITHDRAWN:
        return 0
    low = sum(
        line.committed if line.low is None else line.low
        for line in profile.tranches
        if line.nature is Nature.RECURRING
    )
    for overlap in b.overlaps.values():
        if (NetOf.MTFS if overlap.with_mtfs else NetOf.OVERLAP) not in profile.net_of:
            low -= sum(one.amount for one in overlap.gives_up)
    if NetOf.INVESTMENT not in profile.net_of:
        low -= sum(_annual(spent) for spent in b.investments.values())
    return low


def verified_net(account: Account) -> Pence:
    """The verified run rate less what recurring investment costs, as finance has confirmed it."""
    whole = sum(t.amount for t in account.lines.verified if t.nature is Nature.RECURRING)
    profile = account.benefit.profile
    if profile is not None and NetOf.INVESTMENT in profile.net_of:
        return whole
    spent = account.benefit.investments.values()
    return whole - sum(_annual(one) if one.confirmed is None else one.confirmed for one in spent)


def _annual(spent: Investment) -> Pence:
    return sum(line.committed for line in spent.tranches if line.nature is Nature.RECURRING)
