"""The lines of a grid to type in: what each cell is called, holds and got wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from entrypoints.forms import Option


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to fill in. ``kind``: money, text, day, month, wide, select or tick."""

    name: str
    head: str
    kind: str
    value: str = ""
    options: tuple[Option, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is about, what is said of it, and its cells. ``first`` begins a benefit.

    ``cells`` may be fewer than the grid's heads; a None leaves its place empty.
    """

    title: str
    href: str
    note: str
    cells: tuple[Cell | None, ...]
    hidden: Mapping[str, str] = field(default_factory=dict)
    told: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with the form; nothing when the page is opened."""

    sent: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    def cell(
        self,
        name: str,
        head: str,
        kind: str,
        standing: str = "",
        options: Sequence[Option] = (),
    ) -> Cell:
        """A cell with what was typed in it; where nothing was changed, with what stands now."""
        said = self.sent.get(name, standing)
        if said == self.sent.get(f"was-{name}"):
            said = standing
        return Cell(name, head, kind, said, tuple(options), self.faults.get(name, ""))

    def changed(self, name: str) -> bool:
        """Whether the cell holds something else than when the page was opened."""
        return self.text(name) != self.sent.get(f"was-{name}", "").strip()

    def text(self, name: str) -> str:
        """What stands in a cell."""
        return self.sent.get(name, "").strip()

    def number(self, name: str) -> int | None:
        """A version or position that came unseen; None when there is none."""
        written = self.sent.get(name, "")
        fits = written.isascii() and written.isdigit() and len(written) <= 12
        return int(written) if fits else None


def first_faults(
    lines: Sequence[Line], faults: Mapping[str, str], others: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Each sentence with the cell to go to, in the order of the page."""
    drawn = [cell.name for line in lines for cell in line.cells if cell is not None]
    order = [name for name in (*others, *drawn) if name in faults]
    return [(name, faults[name]) for name in order] + [
        ("", said) for name, said in faults.items() if name not in order
    ]
