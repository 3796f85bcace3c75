"""Joins the parts of a report into one PDF: pages, tags, links, bookmarks and all.

The first part gives the file its metadata, its attachments and the root of its tags; the pages
and tags of the others are hung behind its own. What comes out depends on the parts alone.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pikepdf

from reports.parts import ELSEWHERE


class CannotBeJoined(ValueError):
    """A link leads to no part, or two parts have a place of the same name."""


def joined(parts: Sequence[bytes], continues: Sequence[bool]) -> bytes:
    """The parts as one file; the bookmarks of one that continues another hang under the other's.

    Raises ``CannotBeJoined``, naming the place that is at fault.
    """
    with ExitStack() as held:
        first, *others = [held.enter_context(pikepdf.Pdf.open(BytesIO(part))) for part in parts]
        report = _Report(first)
        for other, carries_on in zip(others, continues[1:], strict=True):
            report.append(other, carries_on=carries_on)
        report.finish()
        out = BytesIO()
        compact = pikepdf.ObjectStreamMode.generate
        first.save(out, deterministic_id=True, object_stream_mode=compact)
    return out.getvalue()


class _Report:
    """The report as far as it is joined."""

    def __init__(self, first: pikepdf.Pdf) -> None:
        self.pdf = first
        self.root = first.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.parents: list[Any] = list(self.root.ParentTree.Nums)
        self.kids = list(self.document.K)
        self.places = dict(_pairs(first.Root.Names.Dests.Names))
        self.marks = list(_chain(first.Root.Outlines))

    def append(self, other: pikepdf.Pdf, *, carries_on: bool) -> None:
        """Hang a part behind what there is."""
        began = len(self.pdf.pages)
        with warnings.catch_warnings():
            # That named places are left behind is known: they are brought below.
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self.pdf.pages.extend(other.pages)
        # What names pages is copied after them, so that it names them as they stand here.
        self._tags(self.pdf.copy_foreign(other.Root.StructTreeRoot), began)
        if "/Names" in other.Root and "/Dests" in other.Root.Names:
            self._places(self.pdf.copy_foreign(other.make_indirect(other.Root.Names.Dests)))
        if "/Outlines" in other.Root:
            new = list(_chain(self.pdf.copy_foreign(other.Root.Outlines)))
            if carries_on:
                _hang(self.marks[-1], [*_chain(self.marks[-1]), *new])
            else:
                self.marks += new

    def _tags(self, tree: Any, began: int) -> None:
        step = 1 + max(int(key) for key in self.parents[::2])
        for page in list(self.pdf.pages)[began:]:
            page.obj.StructParents += step
            for note in page.obj.get("/Annots", ()):
                note.StructParent += step
        for key, value in zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True):
            self.parents += [int(key) + step, value]
        for kid in tree.K[0].K:
            kid.P = self.document
            self.kids.append(kid)

    def _places(self, places: Any) -> None:
        for name, place in _pairs(places.Names):
            if name in self.places:
                raise CannotBeJoined(f"The place {name} stands in two parts of the report.")
            self.places[name] = place

    def finish(self) -> None:
        """Write what was gathered, and turn links to other parts into links within the file."""
        self.root.ParentTree.Nums = pikepdf.Array(self.parents)
        self.document.K = pikepdf.Array(self.kids)
        names = [part for name in sorted(self.places) for part in (name, self.places[name])]
        self.pdf.Root.Names.Dests.Names = pikepdf.Array(
            [pikepdf.String(part) if isinstance(part, str) else part for part in names]
        )
        _hang(self.pdf.Root.Outlines, self.marks)
        for page in self.pdf.pages:
            for note in page.obj.get("/Annots", ()):
                self._lead(note)

    def _lead(self, note: Any) -> None:
        address = str(note.A.get("/URI", "")) if "/A" in note else ""
        if not address.startswith(ELSEWHERE):
            return
        place = unquote(address.removeprefix(ELSEWHERE))
        if place not in self.places:
            raise CannotBeJoined(f"A link leads to {place}, which is in no part of the report.")
        del note.A
        note.Dest = pikepdf.String(place)
        note.Contents = pikepdf.String(place)


def _pairs(names: Any) -> Iterator[tuple[str, Any]]:
    for name, value in zip(*[iter(names)] * 2, strict=True):
        yield str(name), value


def _chain(parent: Any) -> Iterator[Any]:
    """The bookmarks directly below one, or below the root of them all."""
    mark = parent.get("/First")
    while mark is not None:
        yield mark
        mark = mark.get("/Next")


def _hang(parent: Any, marks: Sequence[Any]) -> None:
    """Put bookmarks below another, in this order; ``Count`` is of all that are open below it."""
    for place, mark in enumerate(marks):
        mark.Parent = parent
        for name, beside in (("/Prev", place - 1), ("/Next", place + 1)):
            if 0 <= beside < len(marks):
                mark[name] = marks[beside]
            elif name in mark:
                del mark[name]
    if marks:
        parent.First, parent.Last = marks[0], marks[-1]
    parent.Count = sum(1 + int(mark.get("/Count", 0)) for mark in marks)
