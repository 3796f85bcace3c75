"""A gate pack as a paper that prints and is made a PDF, from the same values as its page."""

from collections.abc import Iterable

from entrypoints.views.changes import Change
from entrypoints.views.grids import Cell, Grid
from entrypoints.views.pack import Pack
from entrypoints.views.pack_votes import SeatVote
from reports.papers import Part, Table

#: More changes than this are not printed one by one: the page has them all.
MOST_CHANGES = 60


def parts(pack: Pack) -> tuple[Part, ...]:
    """Everything that the board reads, in the order of the page."""
    shown = pack.changes[-MOST_CHANGES:]
    left = len(pack.changes) - len(shown)
    since = [pack.since, *(["Nothing has changed since."] if not pack.changes else [])]
    if left:
        since.append(f"The first {left:,} changes are on the pack’s page; the latest stand here.")
    found = [
        Part("What is asked", (pack.asks,), pack.rows),
        Part("The tests of the gate", tables=(_tests(pack),)),
        Part("The money", tables=tuple(map(table_of, pack.money))),
        Part("What changed since the last decision", tuple(since), items=tuple(_told(shown))),
        Part("About the benefit", facts=pack.about),
        *(Part(one.caption, tables=(table_of(one),)) for one in pack.grids),
        _conditions(pack),
        votes(pack),
    ]
    return tuple(one for one in found if one.words or one.facts or one.items or one.tables)


def table_of(grid: Grid) -> Table:
    """A table of a page as a table on paper; what could be done from it is left out."""
    numbers = frozenset(place for place, head in enumerate(grid.heads) if head.number)
    rows = tuple(tuple(_words(cell) for cell in row) for row in (*grid.rows, *grid.foot))
    return Table(grid.caption, tuple(head.text for head in grid.heads), rows, grid.basis, numbers)


def _words(cell: Cell) -> str:
    parts = (cell.tag.text if cell.tag else "", cell.text)
    said = " ".join(part for part in parts if part)
    return f"{said}\n{cell.note}" if cell.note else said


def _tests(pack: Pack) -> Table:
    rows = tuple((one.name, one.standing, one.sentence) for one in pack.tests)
    return Table("How each test is met", ("Test", "Stands", "How"), rows, widths=(24, 11, 65))


def _told(changes: Iterable[Change]) -> Iterable[str]:
    return (
        f"{one.said} ({one.when}, {one.who}; event {one.position:,} of the record)"
        for one in changes
    )


def _conditions(pack: Pack) -> Part:
    if not pack.conditions:
        return Part("Conditions", ("No condition stands from an earlier approval.",))
    rows = tuple(
        (
            one["text"],
            one["owner_name"],
            one["due"],
            f"Met: {one['met']}" if one["met"] else "Outstanding",
        )
        for one in pack.conditions
    )
    heads = ("Condition", "Owner", "Due", "Stands")
    return Part(
        "Conditions",
        tables=(Table("Conditions of approvals", heads, rows),),
    )


def votes(pack: Pack) -> Part:
    """The votes by seat, with what is still needed while the case is open."""
    said = (pack.needed,) if pack.needed else ()
    rows = vote_rows(pack.votes)
    heads = ("Seat", "Who sits there", "Vote", "By whom and when", "Statement")
    return Part("Votes", said, tables=(Table("Votes", heads, rows),))


def vote_rows(votes: Iterable[SeatVote]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of votes by seat."""
    return tuple(_vote(seat) for seat in votes)


def _vote(seat: SeatVote) -> tuple[str, ...]:
    said = [seat.statement, *(f"Condition: {one}" for one in seat.conditions), *seat.barred]
    who = f"{seat.voter}\n{seat.at}" if seat.voter else "–"
    return (seat.kind, seat.people, seat.tag.text, who, "\n".join(filter(None, said)) or "–")
