"""A process that prints one report in one way: what it took, its pages and its memory, as JSON.

A process of its own for each, so that none profits from what another has loaded or grown.
"""

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from reports import pdf
from reports.drawing import FONTS, PLACE, TEMPLATES
from reports.pages import html_of
from tests.example_report import BRANDING, example
from tests.report_files import FONTS as FONTS_DIR

_KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
_KILOBYTE = 1024


def realise(benefits: int) -> tuple[bytes, float]:
    """As it is issued: archival and accessible, in parts by two workers when it is long."""
    contents = example(count=benefits)
    began = time.perf_counter()
    return pdf.render(contents, BRANDING, FONTS_DIR, workers=2), time.perf_counter() - began


def straightforward(benefits: int) -> tuple[bytes, float]:
    """WeasyPrint on the same HTML: one process, ``write_pdf``, tagged and archival too."""
    page = _page(benefits)
    began = time.perf_counter()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Packaged(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> object:  # noqa: ARG002
            path = _packaged(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _KINDS[path.suffix]})

    document = HTML(string=page, base_url=PLACE, url_fetcher=Packaged())
    made: bytes = document.write_pdf(pdf_variant="pdf/a-3a")
    return made, time.perf_counter() - began


def chromium(benefits: int) -> tuple[bytes, float]:
    """Chromium's print of the same HTML, tagged; it has no archival PDF."""
    from playwright.sync_api import Route, sync_playwright

    def hand_over(route: Route) -> None:
        path = _packaged(route.request.url)
        route.fulfill(body=path.read_bytes(), content_type=_KINDS[path.suffix])

    page = _page(benefits)
    browser_file = shutil.which("chromium") or shutil.which("chromium-browser")
    began = time.perf_counter()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_file, chromium_sandbox=False)
        sheet = browser.new_page()
        sheet.route(f"{PLACE}*/**", hand_over)
        sheet.route(
            PLACE, lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8")
        )
        sheet.goto(PLACE, timeout=0)
        made = sheet.pdf(tagged=True, outline=True, prefer_css_page_size=True)
        browser.close()
    return made, time.perf_counter() - began


WAYS: Mapping[str, Callable[[int], tuple[bytes, float]]] = {
    "realise": realise,
    "straightforward": straightforward,
    "chromium": chromium,
}


def _page(benefits: int) -> str:
    return html_of(example(count=benefits), BRANDING, TEMPLATES, FONTS_DIR / FONTS[0])


def _packaged(url: str) -> Path:
    place = url.removeprefix(PLACE)
    return FONTS_DIR.parent / place if place.startswith("fonts/") else TEMPLATES / place


def _largest() -> float:
    """The most that any one process of this run held at once, in MB.

    Of this process since it began to be one: ``getrusage`` would tell of its parent too.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / _KILOBYTE


def main(way: str, benefits: int) -> None:
    """Print the report and say what it took."""
    made, took = WAYS[way](benefits)
    memory = _largest()  # before the pages are counted, which takes memory of its own
    import pikepdf

    with pikepdf.open(BytesIO(made)) as opened:
        pages = len(opened.pages)
    sys.stdout.write(json.dumps({"seconds": took, "pages": pages, "megabytes": memory}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
