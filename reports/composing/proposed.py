"""Forecasts that moved milestones propose, and what they cost; a person has yet to accept them."""

from collections.abc import Iterator

from benefits.money import pounds
from benefits.slippage import Proposal, proposal
from benefits.vocabulary import Kind
from benefits.wording.writing import listed, tranches
from reports.composing.book import Account, Book
from reports.side_tables import SideRow, SideTable

_WORDS = (
    "Nothing here is in any figure above: a forecast moves only when a person accepts it, with a "
    "reason."
)


def proposed_forecasts(book: Book) -> Iterator[SideTable]:
    """Benefits whose milestones have moved since their forecast was recorded."""
    rows = [
        _row(book, account, found)
        for account in book.accounts
        if account.benefit.kind is not Kind.DISBENEFIT
        and (found := proposal(account.benefit)) is not None
    ]
    if rows:
        yield SideTable(
            "Forecasts that milestones propose",
            "What moved milestones would cost against the forecast on record",
            "Cash and annual amounts, gross of recurring investment",
            "Benefit",
            (
                f"Lost in {book.year}",
                "First month of delay",
                "Annual, after its plan year",
                "Full-year effect",
            ),
            tuple(rows),
            words=(_WORDS,),
        )


def _row(book: Book, account: Account, found: Proposal) -> SideRow:
    costs = found.costs
    first = costs.by_month[0][1] if costs.by_month else 0
    amounts = (costs.lost_in(book.year), first, costs.slipped, costs.full_year_effect)
    moved = listed(f"“{account.benefit.milestones[one].title}”" for one in found.milestones)
    later = [f"{pounds(one.amount)} in {one.year}" for one in costs.lost if one.amount > 0]
    lost = f" Cash lost or moved: {listed(later)}." if later else ""
    note = f"{moved} moved. Proposed: {tranches(found.tranches)}.{lost}"
    return SideRow(account.benefit.title, amounts, note, account.ref)
