"""The lists that finance works through: the ledger of a month beside the claims."""

from collections.abc import Callable
from typing import Any

from benefits.wording.writing import count
from entrypoints.taking.matching import Matching, Pair
from entrypoints.views.grids import Cell, Grid, grid, money, standing_tag

#: How many budget lines of each list stand on one page.
PAGE = 100


def longest(found: Matching) -> int:
    """How many budget lines the longest of the lists has."""
    return max(map(len, (found.differing, found.unclaimed, found.unseen, found.matched)))


def lists(
    found: Matching, page: int = 1, *, decides: Callable[[str], bool], notes: bool
) -> list[Grid]:
    """What differs and what has no other side first; what is matched last. Pages count from 1.

    ``decides`` says whether the person decides claims of a programme, ``notes`` whether they write
    beside lines of the ledger.
    """
    here = slice((page - 1) * PAGE, page * PAGE)
    found = Matching(
        found.matched[here], found.differing[here], found.unclaimed[here], found.unseen[here]
    )
    return [
        _both("Differing", found.differing, "Nothing differs.", decides=decides),
        _unclaimed(found.unclaimed, notes=notes),
        _both("Claims with no ledger line", found.unseen,
              "Every claim of the month on a budget line has a ledger line.",
              decides=decides, ledger=False),
        _both("Matched", found.matched, "Nothing is matched yet.", decides=decides),
    ]  # fmt: skip


def _both(
    caption: str,
    pairs: tuple[Pair, ...],
    empty: str,
    *,
    decides: Callable[[str], bool],
    ledger: bool = True,
) -> Grid:
    rows: list[list[str | Cell]] = []
    for pair in pairs:
        seen: list[str | Cell] = []
        if ledger:
            note = pair.agrees or f"{count(len(pair.lines), 'line')} of the ledger"
            seen.append(Cell(money(pair.in_ledger), note=note))
        rows.extend(
            [
                Cell(pair.budget_line if first else "", note=_notes(pair) if first else ""),
                *(seen if first else [Cell()] * len(seen)),
                Cell(
                    money(claim.amount),
                    note="a year" if claim.nature == "recurring" else "one-off",
                ),
                _claim(claim, decides=decides(claim.programme)),
                Cell(tag=standing_tag(claim.standing)),
            ]
            for claim in pair.claims
            for first in [claim is pair.claims[0]]
        )
    heads = ["Budget line", *(["In the ledger £"] if ledger else []), "Claimed £", "Claim",
             "How it stands"]  # fmt: skip
    return grid(caption, heads, rows, empty=empty)


def _claim(claim: Any, *, decides: bool) -> Cell:
    links: tuple[tuple[str, str], ...] = ()
    if decides:
        links = (("Note", f"/benefits/{claim.benefit}/record/add-note"),)
        if claim.standing == "waiting":
            links = (
                ("Verify", f"/claims/{claim.claim}"),
                ("Reject", f"/claims/{claim.claim}/reject"),
                *links,
            )
    return Cell(f"B{claim.number} {claim.title}", f"/claims/{claim.claim}", links=links)


def _unclaimed(pairs: tuple[Pair, ...], *, notes: bool) -> Grid:
    rows: list[list[str | Cell]] = [
        [
            Cell(pair.budget_line),
            money(line.amount),
            line.words or "–",
            Cell(line.note or "", links=_noting(line) if notes else ()),
        ]
        for pair in pairs
        for line in pair.lines
    ]
    return grid(
        "Ledger lines with no claim",
        ["Budget line", "In the ledger £", "Description", "What finance made of it"],
        rows,
        empty="Every line of the ledger has a claim.",
    )


def _noting(line: Any) -> tuple[tuple[str, str], ...]:
    words = "Change the note" if line.note else "Note"
    return ((words, f"/finance/ledger/lines/{line.line}"),)


def _notes(pair: Pair) -> str:
    return " ".join(line.note for line in pair.lines if line.note)
