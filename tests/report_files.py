"""Reports made as files for the tests, and how such a file is read back."""

import re
import subprocess
from base64 import b64encode
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from benefits.periods import FinancialYear, Month
from reports import drawing
from reports.contents import ReportContents
from reports.entries import StatusException
from reports.money_tables import MoneyTable
from reports.pdf import render
from tests.example_report import BRANDING, empty, example, figures

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "build" / "fonts"
#: The same council where its record can be read on the web.
LINKED = replace(BRANDING, address="https://benefits.northmere.example")


def picture(kind: str = "PNG", mode: str = "RGBA", side: int = 90) -> bytes:
    """A plain picture, as a council's logo."""
    drawn = BytesIO()
    Image.new(mode, (side, side // 2)).save(drawn, kind)
    return drawn.getvalue()


WITH_LOGO = replace(BRANDING, logo=f"data:image/png;base64,{b64encode(picture()).decode()}")


def long() -> ReportContents:
    """Tables that run over pages, words that nobody foresaw, and pence."""
    report = example(count=12)
    one = report.status.exceptions[0]
    line = report.status.mtfs[0]
    odd = replace(one, cause="Déjà vu 😀 漢字 <script>alert(1)</script> & \x07 “quoted”")
    many: tuple[StatusException, ...] = (odd, *([one] * 60))
    pence = replace(figures.THIS_YEAR, verified=383_500_001, claimed=68_499_999)
    tables = (MoneyTable("Plan year 2024/25", "Fund", figures.GROSS, (pence,), pence),)
    return replace(
        report,
        status=replace(report.status, exceptions=many, mtfs=(line,) * 61),
        planned=replace(report.planned, by_fund=tables),
    )


#: Whole numbers that are no money.
_NO_MONEY = {
    "position", "positions", "events", "edition", "log_position", "impact", "days_late",
}  # fmt: skip


def huge() -> ReportContents:
    """The same council with ten digits of pounds, and pence, in every table."""
    grown: ReportContents = _grown(example(count=6))
    return grown


def _grown(value: Any) -> Any:
    """Thousands of pounds become up to 9,999,999,999.99, so that all still adds up."""
    if isinstance(value, tuple):
        return tuple(map(_grown, value))
    if is_dataclass(value) and not isinstance(value, type | Month | FinancialYear):
        changed = {
            field.name: _grown(getattr(value, field.name))
            for field in fields(value)
            if field.name not in _NO_MONEY
        }
        return replace(value, **changed)
    if type(value) is int:
        return value // 100_000 * 26_999_973 if value % 100_000 == 0 else value * 260 + 37
    return value


def make_reports(folder: Path) -> Path:
    """An issued report, a draft, an empty one with a logo, a long one with links, a huge one."""
    for name, contents in {
        "issued": example(count=12),
        "draft": example(draft=True, count=12),
        "empty": empty(),
        "long": long(),
        "huge": huge(),
    }.items():
        branding = {"long": LINKED, "empty": WITH_LOGO}.get(name, BRANDING)
        (folder / f"{name}.pdf").write_bytes(render(contents, branding, FONTS))
    return folder


def text_of(path: Path) -> list[str]:
    """The words of each page, in the order of the content."""
    command = ["pdftotext", "-raw", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def elements(element: Any) -> list[Any]:
    """A structure element and all below it, in reading order."""
    found, kids = [element], element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            found += elements(kid)
    return found


def structure(opened: pikepdf.Pdf) -> list[Any]:
    return elements(opened.Root.StructTreeRoot.K[0])


def draw(markup: str) -> bytes:
    """A small page of our own through the same drawing, to break it on purpose."""
    attached = (("figures.csv", "a,b\n", "Figures"),)
    sheet = drawing.Sheet(markup, example(count=6).cover.issued_at, attached)
    return drawing._draw(sheet, drawing._packaged(FONTS))


Word = tuple[float, float, float, float, str]
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


def words_of(path: Path) -> list[list[Word]]:
    """Each page's words with their boxes in points: left, top, right, bottom."""
    done = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True, text=True
    )
    return [
        [
            (float(a), float(b), float(c), float(d), words)
            for a, b, c, d, words in _WORD.findall(page)
        ]
        for page in done.stdout.split("<page ")[1:]
    ]


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}'
    '<rect width="9" height="9"/></svg>'
)
PAGE = (
    '<!doctype html><html lang="en-GB"><head><title>A page</title>'
    '<link rel="stylesheet" href="print.css"><style>:root { --brand: #12436d }</style></head>'
    "<body><h1>One</h1><h2>Two</h2><p>Words</p>"
    f"{SVG.format('<title>A square</title>')}"
    "<table><caption>T</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
    "<tbody><tr><td>1</td><td>2</td></tr></tbody></table></body></html>"
)
BROKEN = {
    "no-lang": PAGE.replace(' lang="en-GB"', ""),
    "no-title": PAGE.replace("<title>A page</title>", ""),
    "no-alternative": PAGE.replace("<title>A square</title>", ""),
    "skipped-heading": PAGE.replace("h2>", "h4>"),
    "missing-letter": PAGE.replace("Words", "Words \ue123"),
}


TAKEN_OUT = ["/StructTreeRoot", "/MarkInfo", "/Metadata", "/Lang"]
