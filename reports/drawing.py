"""Draws one part of a report with WeasyPrint: archival (PDF/A-3a), accessible (PDF/UA-1).

The only module that knows WeasyPrint, which is loaded when the first part is drawn. What goes in
is a page and a folder of fonts; no clock, network or setting is read, and only packaged files.
"""

import logging
import threading
import warnings
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from eventlog.undisturbed import undisturbed

#: By what rules pages are cut, drawn and joined: raised when the same contents would give other
#: bytes. The archived inputs of a report name it, beside the versions of the libraries.
DRAWING = "9"
TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "report"
#: No such place exists: what the pages ask of it is handed over from the packaged files.
PLACE = "https://report.invalid/"
FONTS = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
#: The family under which the print style sheet loads them.
FAMILY = "ReportInter"
_KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
#: How the logo begins, which the page holds itself.
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,")
#: Files attached to a PDF: the name, the text and what it is, in words.
Attached = tuple[tuple[str, str, str], ...]
#: One drawing at a time in a process: the collector and a library's log are set for all of it.
_ONE_AT_A_TIME = threading.Lock()


class ReportNotMade(RuntimeError):
    """The report could not be drawn as it must be; the message says what is in the way."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn in one go: its pages as HTML, and the files attached.

    ``when`` (aware) is the date that the file and its attachments bear; ``prefix`` begins the
    names of its header cells, where the sheet is to be joined with others.
    """

    markup: str
    when: datetime
    attached: Attached = ()
    prefix: str = ""


def load() -> None:
    """Load WeasyPrint, for who will draw soon. What is in the way is said when a sheet is drawn."""
    with suppress(ImportError, OSError):
        import weasyprint  # noqa: F401


def draw(sheet: Sheet, fonts_dir: Path) -> bytes:
    """The sheet as a PDF. ``fonts_dir`` holds Inter's full files (``FONTS``).

    Raises ``ReportNotMade`` when a font is missing or the drawing gave any warning. The same
    sheet, fonts and versions give the same bytes, in whatever process.
    """
    files = _packaged(fonts_dir)
    with (
        _ONE_AT_A_TIME,
        undisturbed(tidy=True),
        _page_references_kept(),
        _complaints() as complaints,
    ):
        made = _draw(sheet, files)
    if complaints:
        raise ReportNotMade(f"The report was not made. Drawing it said: {complaints[0]}")
    return made


def check_fonts(fonts_dir: Path) -> None:
    """Raise ``ReportNotMade``, naming the font, when one is not there."""
    missing = [name for name in FONTS if not (fonts_dir / name).is_file()]
    if missing:
        raise ReportNotMade(
            f"The report needs the font file {missing[0]} in {fonts_dir}, and it is not there. "
            "Build it: make setup"
        )


def _packaged(fonts_dir: Path) -> dict[str, Path]:
    """The only files that the pages may use, by the address under which they ask for them."""
    check_fonts(fonts_dir)
    held = {f"{PLACE}fonts/{name}": fonts_dir / name for name in FONTS}
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in (".css", ".svg"):
            held[PLACE + path.relative_to(TEMPLATES).as_posix()] = path
    return held


def _draw(sheet: Sheet, files: dict[str, Path]) -> bytes:
    from weasyprint import HTML, Attachment

    from reports.pdf_styles import no_footnotes, styles_shared
    from reports.pdf_tags import languages_and_abbreviations

    when = sheet.when.astimezone(UTC)
    notes = [
        Attachment(
            string=data.encode(), name=name, description=words, relationship="Data",
            created=when, modified=when,
        )
        for name, data, words in sheet.attached
    ]  # fmt: skip
    page = HTML(string=sheet.markup, base_url=PLACE, url_fetcher=_fetcher(files))
    with (
        warnings.catch_warnings(),
        styles_shared(),
        no_footnotes(),
        languages_and_abbreviations(),
    ):
        # WeasyPrint 70 leaves its own colour profile open; Python closes it.
        warnings.simplefilter("ignore", ResourceWarning)
        made: bytes = page.write_pdf(
            pdf_variant="pdf/a-3a", attachments=notes, finisher=partial(_finish, sheet.prefix)
        )
    return made


def _finish(prefix: str, document: Any, made: Any) -> None:
    from reports.pdf_tags import finish

    _only_the_packaged_font(document)
    finish(document, made, prefix)


def _only_the_packaged_font(document: Any) -> None:
    """A font of the machine would draw other bytes on another one."""
    others = sorted({font.family for font in document.fonts.values()} - {FAMILY})
    if others:
        raise ReportNotMade(
            f"The report was not made: it would use the machine’s font {others[0]}."
        )


def _fetcher(files: dict[str, Path]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class PackagedFiles(URLFetcher):  # type: ignore[misc]
        """Hands over the packaged files and the page’s own logo: no network, no other file."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ARG002
            if url.startswith(_PICTURES):
                begins, _, written = url.partition(",")
                kind = {"Content-Type": begins.removeprefix("data:").removesuffix(";base64")}
                return URLFetcherResponse(url, b64decode(written), kind)
            path = files.get(url)
            if path is None:
                raise ValueError("A report may use only the files that it is packaged with.")
            kind = {"Content-Type": _KINDS[path.suffix]}
            return URLFetcherResponse(url, path.read_bytes(), kind)

    return PackagedFiles()


@contextmanager
def _page_references_kept() -> Iterator[None]:
    """pydyf lists all pages anew for every tag; here the list is kept until a page is added."""
    import pydyf

    plain = pydyf.PDF.page_references
    kept: dict[int, tuple[bytes, ...]] = {}

    def references(pdf: Any) -> tuple[bytes, ...]:
        pages = pdf.pages["Kids"]
        if len(kept.get(id(pdf), ())) * 3 != len(pages):
            kept[id(pdf)] = plain.fget(pdf)
        return kept[id(pdf)]

    pydyf.PDF.page_references = property(references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = plain


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint warns of: it goes on without a font or a picture, and a report must not."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    log = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    log.addHandler(listener)
    try:
        yield said
    finally:
        log.removeHandler(listener)
