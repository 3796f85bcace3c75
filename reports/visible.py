"""Holds the figures that a reader sees on a report's pages against what it should print.

The pages are written again, and a figure that stands on them more often than it should is told.
Only figures with thousands are looked at: a smaller number may be that of a page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from typing import Any

from reports.attached import NotAReport
from reports.contents import Branding, ReportContents
from reports.drawing import TEMPLATES
from reports.figures_compared import Difference
from reports.pages import drawn

#: A figure to the pound or to the penny, as tables and sentences print it.
_FIGURE = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?:\.\d{2})?(?![\d,]|\.\d)")
_UNSEEN = re.compile(r"<(title|desc|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
#: Drawings stand in drawings; ours never so deep.
_DEEPEST = 8


def altered_figures(pdf: bytes, contents: ReportContents) -> tuple[Difference, ...]:
    """The figures on the pages of a file that a report with these contents does not print there.

    Raises ``NotAReport`` when the pages cannot be read.
    """
    page = drawn(contents, Branding(), TEMPLATES, "parts.html.j2")
    words = unescape(_TAG.sub(" ", _UNSEEN.sub("", page)))
    left = Counter(_FIGURE.findall(words))
    found: dict[str, list[int]] = defaultdict(list)
    for number, figure in _on_pages(pdf):
        if left[figure]:
            left[figure] -= 1
        else:
            found[figure].append(number)
    return tuple(
        Difference(f"On page {pages[0]} of the PDF", figure, "") for figure, pages in found.items()
    )


def _on_pages(pdf: bytes) -> Iterator[tuple[int, str]]:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            for number, page in enumerate(opened.pages, start=1):
                for run in _runs(page.obj, page.obj.get("/Resources", {}), {}, 0):
                    yield from ((number, figure) for figure in _FIGURE.findall(run))
    except pikepdf.PdfError as fault:
        raise NotAReport("The pages of the PDF cannot be read.") from fault


def _runs(
    drawing: Any, resources: Any, known: dict[Any, dict[int, str]], deep: int
) -> Iterator[str]:
    """The words of a page or of a drawing on it, run by run, as they are drawn."""
    import pikepdf

    letters: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(drawing):
        operands = step.operands
        match str(step.operator):
            case "Tf":
                letters = _letters(resources["/Font"][operands[0]], known)
            case "Tj":
                yield _read(bytes(operands[0]), letters)
            case "TJ":
                parts = (part for part in operands[0] if isinstance(part, pikepdf.String))
                yield _read(b"".join(map(bytes, parts)), letters)
            case "Do" if deep < _DEEPEST:
                inner = resources["/XObject"][operands[0]]
                if inner.get("/Subtype") == "/Form":
                    own = inner.get("/Resources", resources)
                    yield from _runs(inner, own, known, deep + 1)


def _letters(font: Any, known: dict[Any, dict[int, str]]) -> dict[int, str]:
    """What each code of a font stands for, by the table that screen readers read too."""
    if font.objgen not in known:
        table = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
        known[font.objgen] = {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
            for part in _CHARACTERS.findall(table)
            for code, text in _PAIR.findall(part)
        }
    return known[font.objgen]


def _read(codes: bytes, letters: Mapping[int, str]) -> str:
    pairs = zip(codes[::2], codes[1::2], strict=False)
    return "".join(
        letters.get(high * 256 + low, "\N{REPLACEMENT CHARACTER}") for high, low in pairs
    )
