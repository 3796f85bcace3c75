"""Makes the monthly report's PDF from its contents: in one go, or in parts by several processes.

A short report is drawn here. A long one is cut into parts (``reports/parts.py``), drawn by worker
processes (``reports/workers.py``) and joined with its tags (``reports/joining.py``).
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from reports.attachments import to_csv, to_json
from reports.contents import Branding, ReportContents
from reports.drawing import FONTS, TEMPLATES, Attached, ReportNotMade, Sheet, check_fonts, draw
from reports.joining import CannotBeJoined, joined
from reports.pages import html_of_parts
from reports.papers import Paper, as_json, paper_html
from reports.parts import CannotBeCut, Part, linked_across, parts_of
from reports.references import check_references
from reports.workers import Crew

#: How many processes draw a long report unless the settings say otherwise.
WORKERS = 2
#: Letters attached to a report from which it is most likely cut into parts, of which there are as
#: many as this at least: who draws them is started before the pages are written.
PROBABLY_LONG = 500_000
LEAST_PARTS = 3


def _silent(_: str) -> None:
    """For those who do not show progress."""


def render(
    contents: ReportContents,
    branding: Branding,
    fonts_dir: Path,
    workers: int = WORKERS,
    progress: Callable[[str], None] = _silent,
) -> bytes:
    """The report as one PDF, with its figures attached as CSV and JSON.

    ``fonts_dir`` holds Inter's full files (``FONTS``). Raises ``LeadsNowhere`` when a reference
    has no entry in the appendix, and ``ReportNotMade`` when a font is missing, the drawing gave
    any warning or a worker ended. The same contents, branding, fonts and versions give the same
    bytes, with one worker or many.
    """
    check_references(contents)
    check_fonts(fonts_dir)
    attached = _attached(contents)
    with Crew(fonts_dir, workers) as crew:
        if sum(len(data) for _, data, _ in attached) > PROBABLY_LONG:
            crew.start(LEAST_PARTS)
        return _drawn(contents, branding, fonts_dir, attached, crew, progress)


def _drawn(
    contents: ReportContents,
    branding: Branding,
    fonts_dir: Path,
    attached: Attached,
    crew: Crew,
    progress: Callable[[str], None],
) -> bytes:
    parts: list[Part] = []

    def cut(page: str) -> Sequence[Part]:
        parts.extend(parts_of(page))
        return parts

    pages = html_of_parts(contents, branding, TEMPLATES, fonts_dir / FONTS[0], cut)
    when = contents.cover.issued_at
    if len(pages) == 1:
        return draw(Sheet(pages[0], when, attached), fonts_dir)
    try:
        first, *others = linked_across(pages)
        sheets = [
            Sheet(first, when, attached),
            *(Sheet(page, when, prefix=f"part{n}-") for n, page in enumerate(others, start=2)),
        ]
        drawn = crew.draw(sheets, progress)
        progress("Joining the parts.")
        return joined(drawn, [bool(part.continues) for part in parts])
    except (CannotBeCut, CannotBeJoined) as fault:
        raise ReportNotMade(f"The report was not made. {fault}") from fault


def render_paper(paper: Paper, fonts_dir: Path) -> bytes:
    """A paper for the board as one PDF of the same kinds, with its words attached as JSON.

    Raises ``ReportNotMade`` as ``render`` does. The same paper gives the same bytes.
    """
    check_fonts(fonts_dir)
    markup = paper_html(paper, TEMPLATES, fonts_dir / FONTS[0])
    attached = (("paper.json", as_json(paper).decode(), "What this paper prints, as data"),)
    return draw(Sheet(markup, paper.made_at, attached), fonts_dir)


def _attached(contents: ReportContents) -> Attached:
    return (
        ("figures.csv", to_csv(contents).decode(), "Every figure of this report, to the penny"),
        ("report.json", to_json(contents).decode(), "Everything that this report prints, as data"),
    )


class NoPdf(ValueError):
    """The bytes are no PDF that can be read."""


def page_count(pdf: bytes) -> int:
    """How many pages a report that was made has. Raises ``NoPdf``."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return len(opened.pages)
    except (pikepdf.PdfError, RuntimeError) as fault:  # of a file that qpdf cannot follow
        raise NoPdf("The bytes are no PDF that can be read.") from fault
