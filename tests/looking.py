"""Looks at pages in a real Chromium: is each accessible, quick to load, narrow and quiet?"""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.scenario import ROOT
from tests.web import Visitor

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: 320 CSS pixels: a small phone, and a 1280 pixel window at 400% (WCAG 1.4.10).
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
#: How long a page may take to answer in a test, in milliseconds: the machine may be crowded.
PATIENCE = 180_000
#: The most that a page's first load may weigh, in bytes over the wire, gzipped.
HEAVIEST = 200 * 1024

_WIDER = """() => {
  const across = document.scrollingElement;
  if (across.scrollWidth <= across.clientWidth) return [];
  const inside = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return true; return false; };
  return [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > across.clientWidth + 1 && !inside(e))
    .slice(0, 3).map(e => `${e.tagName}.${e.className} ${(e.innerText || '').slice(0, 40)}`)
    .concat(`${across.scrollWidth} pixels`);
}"""
#: What scrolls within itself must be reached by keyboard, and have a name.
_UNREACHED = """() => [...document.body.querySelectorAll('*')].filter(e => {
    const scrolls = /auto|scroll/.test(getComputedStyle(e).overflowX);
    if (!scrolls || e.scrollWidth <= e.clientWidth + 1) return false;
    if (['TEXTAREA', 'INPUT', 'SELECT'].includes(e.tagName)) return false;
    return e.tabIndex < 0 && !e.querySelector('a[href], button, input, select, textarea');
  }).map(e => `${e.tagName}.${e.className}`)"""


class _Quietly(WSGIRequestHandler):
    """A walk asks for hundreds of pages: no line is printed for each."""

    def log(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The site on loopback; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quietly)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def broken_rules(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, "
        "resultTypes: ['violations']}).then(r => r.violations.map(v => [v.id, "
        "v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160))]))",
        RULES,
    )
    return [f"breaks {rule}: {nodes[:3]}" for rule, nodes in found]


def window(browser: Browser, **given: object) -> BrowserContext:
    """A browser of somebody's own, with the patience that a crowded machine asks for."""
    context = browser.new_context(**given)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    return context


class Looker:
    """Somebody of the council at a Chromium of their own; notes all that is wrong."""

    def __init__(
        self, browser: Browser, address: str, person: Visitor | None, **given: object
    ) -> None:
        self.address = address
        self.context = window(browser, **{"viewport": NARROW, **given})
        cookie = person.client.get_cookie("realise") if person else None
        if cookie is not None:
            self.context.add_cookies([{"name": "realise", "value": cookie.value, "url": address}])
        self.page = self.context.new_page()
        self.said: list[str] = []
        self._weights: dict[str, int] = {}
        self._loaded: list[Response] = []
        self.page.on("console", lambda m: self.said.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.said.append(str(fault)))
        self.page.on("response", lambda answer: self._loaded.append(answer))

    def faults(self, path: str) -> list[str]:
        """Open a page; everything that is wrong with it."""
        self.said.clear()
        self._loaded.clear()
        answer = self.page.goto(self.address + path)
        assert answer is not None
        found = [f"says {text}" for text in self.said]
        if answer.status != 200:
            found.append(f"answers {answer.status}")
        weight = sum(self._weight(one) for one in self._loaded)
        if weight > HEAVIEST:
            found.append(f"weighs {weight:,} bytes")
        found += self.seen()
        return [f"{path} at {self.page.viewport_size}: {one}" for one in found]

    def seen(self) -> list[str]:
        """What is wrong with the page that is open, as it stands."""
        found = broken_rules(self.page)
        found += [f"is too wide: {one}" for one in self.page.evaluate(_WIDER)]
        return found + [f"scrolls out of reach: {one}" for one in self.page.evaluate(_UNREACHED)]

    def _weight(self, answer: Response) -> int:
        """The bytes of an answer, gzipped; a file of the site is weighed once."""
        fixed = urlsplit(answer.url).path.startswith("/static/")
        if fixed and answer.url in self._weights:
            return self._weights[answer.url]
        body = answer.body() if answer.ok else b""
        weight = len(body if answer.url.endswith(".woff2") else gzip.compress(body))
        if fixed:
            self._weights[answer.url] = weight
        return weight

    def close(self) -> None:
        """Put the browser away."""
        self.context.close()
