"""Reads the page of a report as sections, and cuts a long section between its blocks and rows.

It knows no section by name: what a part may hold is counted in letters, so a section that grows
is cut by the same rule wherever it stands. The pages come from our own templates, well formed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby

#: A row of a table takes at least as much room as so many letters, however little stands in it.
LEAST_OF_A_ROW = 90
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>")
_EMPTY = frozenset(("br", "col", "hr", "img", "input", "link", "meta"))
#: What ends a block that a part may begin behind; text under a table stays with the table.
_BEGINS = ("table", "div", "figure", "h3", "h4", "dl", "ol", "ul")
_HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class Block:
    """An element with what is in it: ``opening`` and ``closing`` are its two tags."""

    name: str
    opening: str
    inner: str
    closing: str

    @property
    def text(self) -> str:
        """The element as it stands in the page."""
        return self.opening + self.inner + self.closing

    @property
    def weight(self) -> int:
        """How much room it takes, in letters."""
        rows = self.text.count("<tr")
        return max(len(_TAG.sub("", self.inner)), rows * LEAST_OF_A_ROW)

    @property
    def words(self) -> str:
        """What it says, without tags."""
        return " ".join(unescape(_TAG.sub("", self.inner)).split())


def blocks(page: str) -> Iterator[Block]:
    """The elements that stand directly in a text, one after another."""
    depth = began = inside = 0
    name = ""
    for tag in _TAG.finditer(page):
        if tag[2] in _EMPTY or tag[3].endswith("/"):
            if not depth:
                yield Block(tag[2], tag[0], "", "")
        elif tag[1]:
            depth -= 1
            if not depth:
                yield Block(name, page[began:inside], page[inside : tag.start()], tag[0])
        else:
            if not depth:
                name, began, inside = tag[2], tag.start(), tag.end()
            depth += 1


def pieces(section: Block, limit: int) -> list[Block]:
    """The section in even pieces of about ``limit`` letters, the heading above repeated in each.

    A heading and the words before a table stay with what follows; only a table that is longer by
    itself is cut, between its rows, and has its head again.
    """
    found: list[list[Block]] = [[]]
    heading, held = "", 0
    runs = [(run, sum(block.weight for block in run)) for run in _runs(section, limit)]
    whole = sum(weight for _, weight in runs)
    # Pieces of one size: the last is not left with a line or two.
    even = whole // (1 + whole // limit)
    for run, more in runs:
        if held and held + more // 2 > even:
            found.append([])
            held = 0
            if heading and all(block.name != "h3" for block in run):
                found[-1].append(Block("h3", "<h3>", f"{heading} (continued)", "</h3>"))
        heading = next((block.inner for block in run if block.name == "h3"), heading)
        found[-1] += run
        held += more
    return [replace(section, inner="\n".join(b.text for b in piece)) for piece in found]


def _runs(section: Block, limit: int) -> Iterator[list[Block]]:
    """Blocks that stay together: headings with what they head, and words under a table."""
    run: list[Block] = []
    for block in blocks(section.inner):
        for part in _cut_table(block, limit):
            if _complete(run) and part.name in _BEGINS:
                yield run
                run = []
            run.append(part)
    if run:
        yield run


def _complete(run: Sequence[Block]) -> bool:
    return any(block.name in _BEGINS and block.name not in _HEADINGS for block in run)


def _cut_table(block: Block, limit: int) -> list[Block]:
    if block.name != "table" or block.weight <= limit:
        return [block]
    inside = list(blocks(block.inner))
    head = "".join(part.text for part in inside if part.name != "tbody")
    rows = [(body, row) for body in inside if body.name == "tbody" for row in blocks(body.inner)]
    found: list[list[tuple[Block, Block]]] = [[]]
    held = 0
    for body, row in rows:
        if found[-1] and held + row.weight > limit:
            found.append([])
            held = 0
        found[-1].append((body, row))
        held += row.weight
    again = head.replace("</caption>", " (continued)</caption>", 1)
    return [
        replace(block, inner=(again if number else head) + _bodies(part))
        for number, part in enumerate(found)
    ]


def _bodies(rows: Sequence[tuple[Block, Block]]) -> str:
    return "".join(
        body.opening + "".join(row.text for _, row in own) + body.closing
        for body, own in ((own[0][0], own) for own in _by_body(rows))
    )


def _by_body(rows: Sequence[tuple[Block, Block]]) -> Iterator[list[tuple[Block, Block]]]:
    for _, own in groupby(rows, key=lambda pair: id(pair[0])):
        yield list(own)
