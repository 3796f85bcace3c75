"""The files kept as evidence of a benefit."""

from benefits.benefit import Benefit
from benefits.commands.details import AddNote, AttachEvidence
from entrypoints.views.can_do import Doing
from entrypoints.views.grids import Cell, Grid, grid
from workflows.evidence import MEDIA_TYPES

#: What a kind of file is called, and the ending that it is given back with.
ENDINGS = {media: ending for ending, media in reversed(MEDIA_TYPES.items())}


def files(benefit: Benefit, empty: str = "No file is attached yet.") -> Grid:
    """Each file with its size and the mark by which it can be known."""
    ordered = sorted(benefit.evidence.values(), key=lambda one: one.position, reverse=True)
    rows: list[list[str | Cell]] = [
        [
            Cell(one.title, f"/benefits/{benefit.benefit}/evidence/{one.evidence}"),
            one.about or "–",
            f"{ENDINGS.get(one.media_type, '').removeprefix('.').upper()}, {sized(one.size)}",
            Cell(one.sha256[:12], note="first 12 of its SHA-256"),
            Cell(f"Event {one.position}", f"/events/{one.position}"),
        ]
        for one in ordered
    ]
    return grid(
        "Evidence",
        ["File", "What it is evidence of", "Type and size", "Fingerprint", "Recorded"],
        rows,
        empty=empty,
    )


def sized(size: int) -> str:
    """Bytes in words: 120 KB, 3.4 MB."""
    if size < 1_000_000:
        return f"{max(1, size // 1000)} KB"
    return f"{size // 1_000_000}.{size % 1_000_000 // 100_000} MB"


def may_attach(doing: Doing) -> tuple[bool, bool]:
    """Whether the person may attach a file, and whether they may write a note."""
    return doing.permitted(AttachEvidence), doing.permitted(AddNote)
