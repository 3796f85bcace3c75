"""How a long report is cut into parts that are drawn apart and joined again.

Where it is cut follows from the contents alone, never from the machine: so the same report has
the same pages however many processes draw it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.contents import ReportContents
from reports.entries import BenefitEntry

#: A report with no more benefits is one part; a longer one has so many in each of appendix A.
BENEFITS_A_PART = 60
#: No such place exists: a link there leads to an anchor of another part, and the join mends it.
ELSEWHERE = "https://part.invalid/"
_LINK = re.compile(r'href="#([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')


class CannotBeCut(ValueError):
    """Two parts of a report have an anchor of the same name, so a link to it has two ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part prints. ``called`` stands before its page number; empty for the main part.

    ``continues`` says that appendix A began in an earlier part, and ``begun`` is the workstream
    in which that part broke off. ``numbered_apart`` says that other parts number themselves.
    """

    benefits: tuple[BenefitEntry, ...] = ()
    called: str = ""
    has_body: bool = False
    has_benefits: bool = False
    has_rest: bool = False
    continues: bool = False
    begun: str = ""
    numbered_apart: bool = False


def whole(contents: ReportContents) -> Part:
    """The report as a single part."""
    every = contents.appendix.benefits
    return Part(every, has_body=True, has_benefits=True, has_rest=True)


def parts_of(contents: ReportContents, size: int = BENEFITS_A_PART) -> tuple[Part, ...]:
    """The parts in the order of the report: one if it is short, else body, benefits and the rest.

    The rest of the appendices is short and has no part to wait for, so it is drawn last.
    """
    every = contents.appendix.benefits
    if len(every) <= size:
        return (whole(contents),)
    starts = range(0, len(every), size)
    of_benefits = [
        Part(
            every[start : start + size],
            called=f"Appendix A, part {number} of {len(starts)}",
            has_benefits=True,
            continues=start > 0,
            begun=every[start - 1].workstream if start else "",
        )
        for number, start in enumerate(starts, start=1)
    ]
    body = Part(has_body=True, numbered_apart=True)
    return (body, *of_benefits, Part(called="Appendices B to D", has_rest=True))


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
