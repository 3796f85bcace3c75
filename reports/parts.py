"""How a long report is cut into parts that are drawn apart and joined again.

Where it is cut follows from the contents alone, never from the machine: so the same report has
the same pages however many processes draw it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.cutting import Block, blocks, pieces

#: Letters that a part holds, about eighteen pages. A report of no more than ``WHOLE`` is one part:
#: its pages are numbered through, which is worth more to a reader than a few seconds.
A_PART = 30_000
WHOLE = 90_000
#: No such place exists: a link there leads to an anchor of another part, and the join mends it.
ELSEWHERE = "https://part.invalid/"
_LINK = re.compile(r'href="#([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')
_NUMBER = re.compile(r"(Appendix )?(\w+)\.")


class CannotBeCut(ValueError):
    """Two parts of a report have an anchor of the same name, so a link to it has two ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part prints. ``called`` stands before its page number; empty for the first part.

    ``continues`` is the heading of the section that began in an earlier part.
    """

    page: str
    called: str = ""
    continues: str = ""


def parts_of(page: str, whole: int = WHOLE, size: int = A_PART) -> tuple[Part, ...]:
    """The report's sections as parts in their order: one if it is short.

    A section longer than ``size`` has parts of its own; the others are put together while they
    have room. What comes before the first numbered section stands in the first part.
    """
    sections = list(blocks(page))
    if sum(section.weight for section in sections) <= whole:
        return (Part(page),)
    found: list[Part] = []
    for group in _groups(sections, size):
        cut = pieces(group[0], size) if len(group) == 1 else [_together(group)]
        called = _called([_heading(section) for section in group]) if found else ""
        for number, piece in enumerate(cut, start=1):
            which = f"{called}, part {number} of {len(cut)}" if len(cut) > 1 else called
            found.append(Part(piece.text, which, _heading(group[0]) if number > 1 else ""))
    return tuple(found)


def _groups(sections: Sequence[Block], size: int) -> Iterator[list[Block]]:
    """Sections that are drawn together; appendices never with the sections before them."""
    group: list[Block] = []
    for section in sections:
        full = sum(one.weight for one in group) + section.weight > size
        first_appendix = _is_appendix(section) and not (group and _is_appendix(group[-1]))
        # The cover and the contents cannot be called by a number: they begin the first part.
        if any(_NUMBER.match(_heading(one)) for one in group) and (full or first_appendix):
            yield group
            group = []
        group.append(section)
    yield group


def _is_appendix(section: Block) -> bool:
    return _heading(section).startswith("Appendix")


def _together(group: Sequence[Block]) -> Block:
    return Block("", "", "\n".join(section.text for section in group), "")


def _heading(section: Block) -> str:
    return next((block.words for block in blocks(section.inner) if block.name == "h2"), "")


def _called(headings: Sequence[str]) -> str:
    numbers = [found for found in map(_NUMBER.match, headings) if found]
    first, last = numbers[0], numbers[-1]
    one, many = ("Appendix", "Appendices") if first[1] else ("Section", "Sections")
    if first is last:
        return f"{one} {first[2]}"
    return f"{many} {first[2]} {'and' if len(numbers) == 2 else 'to'} {last[2]}"


def linked_across(pages: Sequence[str]) -> list[str]:
    """The parts' pages with each link to an anchor of another part written as leading elsewhere.

    Raises ``CannotBeCut`` when two parts have the same anchor. A link to no part at all stays as
    it is, so that the drawing complains of it.
    """
    anchors = [set(_ANCHOR.findall(page)) for page in pages]
    held = Counter(anchor for own in anchors for anchor in own)
    twice = sorted(anchor for anchor, times in held.items() if times > 1)
    if twice:
        raise CannotBeCut(f"The anchor {twice[0]} stands in two parts of the report.")
    return [_linked(page, own, held) for page, own in zip(pages, anchors, strict=True)]


def _linked(page: str, own: set[str], held: Counter[str]) -> str:
    def link(found: re.Match[str]) -> str:
        anchor = found[1]
        if anchor in own or anchor not in held:
            return found[0]
        return f'href="{ELSEWHERE}{anchor}"'

    return _LINK.sub(link, page)
