"""The report as an accessible web page: the parts of the PDF, made to stand in a page's frame.

No style or script stands in it, so that the strictest policy of a browser lets it pass. A wide
table or chart gets a pane of its own that scrolls and can be reached by keyboard.
"""

import re
from html import unescape

from markupsafe import Markup, escape

from reports.contents import Branding, ReportContents
from reports.drawing import TEMPLATES
from reports.pages import drawn

#: Every quotation mark in the words is escaped, so this finds our own attributes and no others.
_STYLE = re.compile(r' style="[^"]*"')
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_MARK = re.compile(r"<[^>]*>")


def web_page(contents: ReportContents, branding: Branding, figures: str) -> Markup:
    """The whole report. ``figures`` is the address under which each reference has its page."""
    html = _STYLE.sub("", drawn(contents, branding, TEMPLATES, "parts.html.j2", figures))
    html = _CAPTION.sub(r'<caption><span class="app-caption">\1</span></caption>', html)
    html = _TABLE.sub(lambda found: _pane(found[0], _CAPTION, "Facts of the report"), html)
    html = _DRAWING.sub(lambda found: _pane(found[0], _TITLE, "Chart"), html)
    return Markup(html)  # noqa: S704 - escaped in the templates and in drawing


def _pane(inside: str, named: re.Pattern[str], otherwise: str) -> str:
    found = named.search(inside)
    words = " ".join(unescape(_MARK.sub("", found[1])).split()) if found else otherwise
    label = escape(words)
    return f'<div class="app-pane" tabindex="0" role="region" aria-label="{label}">{inside}</div>'
