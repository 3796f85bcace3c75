"""Makes the monthly report's PDF: archival (PDF/A-3a), accessible (PDF/UA-1), the same each time.

The only module that knows WeasyPrint, which is loaded when the first report is made. What goes
in is the contents, the branding and a folder of fonts; no clock, network or setting is read.
"""

import gc
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reports.attachments import to_csv, to_json
from reports.contents import Branding, ReportContents
from reports.pages import html_of
from reports.references import check_references

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "report"
#: No such place exists: what the pages ask of it is handed over from the packaged files.
PLACE = "https://report.invalid/"
FONTS = ("Inter-Regular.woff2", "Inter-SemiBold.woff2", "Inter-Bold.woff2")
#: The family under which the print style sheet loads them.
FAMILY = "ReportInter"
_KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
#: One report at a time in a process: the collector and a library's log are set for all of it.
_ONE_AT_A_TIME = threading.Lock()


class ReportNotMade(RuntimeError):
    """The report could not be drawn as it must be; the message says what is in the way."""


def render(contents: ReportContents, branding: Branding, fonts_dir: Path) -> bytes:
    """The report as one PDF, with its figures attached as CSV and JSON.

    ``fonts_dir`` holds Inter's full files (``FONTS``). Raises ``LeadsNowhere`` when a reference
    has no entry in the appendix, and ``ReportNotMade`` when a font is missing or the drawing
    gave any warning. The same contents, branding, fonts and versions give the same bytes.
    """
    check_references(contents)
    files = _packaged(fonts_dir)
    markup = html_of(contents, branding, TEMPLATES, fonts_dir / FONTS[0])
    attached = (
        ("figures.csv", to_csv(contents), "Every figure of this report, exact to the penny"),
        ("report.json", to_json(contents), "Everything that this report prints, as data"),
    )
    with _ONE_AT_A_TIME, _undisturbed(), _page_references_kept(), _complaints() as complaints:
        made = _draw(markup, files, attached, contents)
    if complaints:
        raise ReportNotMade(f"The report was not made. Drawing it said: {complaints[0]}")
    return made


def page_count(pdf: bytes) -> int:
    """How many pages a report that was made has."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def _packaged(fonts_dir: Path) -> dict[str, Path]:
    """The only files that the pages may use, by the address under which they ask for them."""
    missing = [name for name in FONTS if not (fonts_dir / name).is_file()]
    if missing:
        raise ReportNotMade(
            f"The report needs the font file {missing[0]} in {fonts_dir}, and it is not there. "
            "Build the assets first."
        )
    held = {f"{PLACE}fonts/{name}": fonts_dir / name for name in FONTS}
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in (".css", ".svg"):
            held[PLACE + path.relative_to(TEMPLATES).as_posix()] = path
    return held


def _draw(
    markup: str,
    files: dict[str, Path],
    attached: tuple[tuple[str, bytes, str], ...],
    contents: ReportContents,
) -> bytes:
    from weasyprint import HTML, Attachment

    from reports.pdf_tags import finish

    when = contents.cover.issued_at.astimezone(UTC)
    notes = [
        Attachment(
            string=data, name=name, description=words, relationship="Data",
            created=when, modified=when,
        )
        for name, data, words in attached
    ]  # fmt: skip

    def finisher(document: Any, made: Any) -> None:
        _only_the_packaged_font(document)
        finish(document, made)

    page = HTML(string=markup, base_url=PLACE, url_fetcher=_fetcher(files))
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves its own colour profile open; Python closes it.
        warnings.simplefilter("ignore", ResourceWarning)
        made: bytes = page.write_pdf(pdf_variant="pdf/a-3a", attachments=notes, finisher=finisher)
    return made


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
        """Hands over the packaged files and nothing else: no network, no other file."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ARG002
            path = files.get(url)
            if path is None:
                raise ValueError("A report may use only the files that it is packaged with.")
            kind = {"Content-Type": _KINDS[path.suffix]}
            data = path.read_bytes()
            return URLFetcherResponse(
                url, _unpacked(data) if path.suffix == ".woff2" else data, kind
            )

    return PackagedFiles()


@lru_cache(maxsize=len(FONTS))
def _unpacked(font: bytes) -> bytes:
    """A font as it is drawn with. Unpacking takes a sixth of a report's time: kept once done."""
    from fontTools.ttLib import woff2

    plain = BytesIO()
    try:
        woff2.decompress(BytesIO(font), plain)
    except Exception as fault:
        # Whatever is wrong with a broken file, the report cannot be drawn with it.
        raise ReportNotMade(
            f"The report was not made: a font file cannot be read. {fault}"
        ) from fault
    return plain.getvalue()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No garbage collection while pages are laid out: it walks the growing page tree in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect()


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
