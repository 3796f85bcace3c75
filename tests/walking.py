"""Follows the links of the site: which pages a person can reach, a few for each kind of address."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.web import Visitor

SITE = "http://localhost"
#: Parts of an address that choose another page, not the same page of another thing.
CHOOSING = ("slug", "deed", "gate", "grid", "way", "what")

Pattern = tuple[str, ...]


class _Marks(HTMLParser):
    """The links of a page, its ids, and how many main headings and what title it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.headings = 0
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if "id" in held:
            self.ids.add(held["id"])
        if tag == "a" and "href" in held:
            self.links.append(held["href"])
        self.headings += tag == "h1"
        self._in_title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@dataclass
class Walk:
    """What one person came to: the addresses of each pattern, and every fault on the way."""

    person: str
    reached: dict[Pattern, list[str]] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    @property
    def rules(self) -> set[str]:
        return {pattern[0] for pattern in self.reached}


def pattern_of(app: Flask, address: str) -> Pattern | None:
    """Which kind of page an address is; None where the site has no such page."""
    split = urlsplit(address)
    try:
        rule, values = app.url_map.bind("localhost").match(split.path, "GET", return_rule=True)
    except RequestRedirect as sent:
        return pattern_of(app, sent.new_url)
    except HTTPException:
        return None
    chosen = tuple(f"{name}={values[name]}" for name in CHOOSING if name in values)
    return (rule.rule, *chosen, "?") if split.query else (rule.rule, *chosen)


def marks_of(text: str) -> _Marks:
    """What a page's marks say."""
    found = _Marks()
    found.feed(text)
    return found


def _onward(page: str, links: list[str]) -> Iterator[str]:
    """The addresses on this site that a page leads to, without their fragments."""
    for link in links:
        whole = urldefrag(urljoin(SITE + page, link))[0]
        if whole.startswith(SITE + "/"):
            yield whole.removeprefix(SITE)


def walk(
    app: Flask, here: Visitor, person: str, each: int, start: tuple[str, ...] = ("/",)
) -> Walk:
    """Follow every link from the start, to at most ``each`` addresses of a pattern."""
    found, waiting, seen = Walk(person), deque((one, "the start") for one in start), set(start)
    while waiting:
        address, source = waiting.popleft()
        pattern = pattern_of(app, address)
        if pattern is None:
            found.faults.append(f"{person}: {source} links to {address}, which is no page")
            continue
        held = found.reached.setdefault(pattern, [])
        if len(held) >= each:
            continue
        held.append(address)
        for onward in _look(here, found, address, source):
            if onward not in seen:
                seen.add(onward)
                waiting.append((onward, address))
    return found


def _look(here: Visitor, found: Walk, address: str, source: str) -> list[str]:
    """Open one page, note what is wrong with it, and give where it leads."""
    answer = here.client.get(address, buffered=True, follow_redirects=True)
    said = f"{found.person}: {address} (from {source})"
    if answer.status_code != 200:
        found.faults.append(f"{said} answers {answer.status_code}")
        return []
    if answer.mimetype != "text/html":
        return []
    marks = marks_of(answer.text)
    found.pages.add(address)
    if marks.headings != 1:
        found.faults.append(f"{said} has {marks.headings} main headings")
    if "&lt;span" in answer.text:
        found.faults.append(f"{said} shows its own marks")
    if not marks.title:
        found.faults.append(f"{said} has no title")
    missing = {link for link in marks.links if link.startswith("#") and link[1:] not in marks.ids}
    found.faults.extend(f"{said} leads to {link}, which is not on it" for link in sorted(missing))
    return list(_onward(address, marks.links))
