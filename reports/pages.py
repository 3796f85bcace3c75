"""Writes the report's pages as HTML from its contents and the templates."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from benefits.wording import writing
from reports import fitting, printing, wide_tables
from reports.charts import (
    YearBar,
    bridge_chart,
    run_rate_chart,
    slip_chart,
    status_strip,
    year_chart,
)
from reports.charts.strip import amounts_of, shares
from reports.contents import Branding, ReportContents
from reports.entries import BenefitEntry
from reports.money_tables import RunRate, RunRatePoint
from reports.parts import Part

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
#: Stands in the contents where a cut report says how its pages are numbered.
_TOLD_HERE = "<!-- numbered apart -->"
_NUMBERED_APART = (
    '<p class="notes">Where no page is given, a section or appendix numbers its own pages, and '
    "the foot of each names it.</p>"
)


class ColourNotUsable(ValueError):
    """The council's colour cannot carry white words that everybody can read."""


def html_of(contents: ReportContents, branding: Branding, templates: Path, font: Path) -> str:
    """The whole report as one HTML text. Letters that the font lacks are named in words."""
    (html,) = html_of_parts(contents, branding, templates, font, lambda page: (Part(page),))
    return html


def html_of_parts(
    contents: ReportContents,
    branding: Branding,
    templates: Path,
    font: Path,
    cut: Callable[[str], Sequence[Part]],
) -> list[str]:
    """Each part of the report as an HTML text of its own.

    The report is written in one go, so that its tables are numbered through, and then ``cut``.
    """
    check_colour(branding.colour)
    pages = _pages(branding, templates, None)
    written = pages.get_template("parts.html.j2").render(
        report=contents, branding=branding, charts=_charts(contents)
    )
    parts = cut(legible(written, _letters(font)))
    frame, known = pages.get_template("report.html.j2"), _letters(font)
    return [
        legible(
            frame.render(
                report=contents,
                branding=branding,
                part=part,
                printed=Markup(_numbering_told(part.page, len(parts))),  # noqa: S704 - our page
            ),
            known,
        )
        for part in parts
    ]


def _numbering_told(page: str, parts: int) -> str:
    """Where a report is cut, its contents say how the pages are numbered."""
    return page.replace(_TOLD_HERE, _NUMBERED_APART if parts > 1 else "")


def drawn(
    contents: ReportContents,
    branding: Branding,
    templates: Path,
    frame: str,
    figures: str | None = None,
) -> str:
    """The whole report in a frame. ``figures``: where the pages of its figures are on the web.

    Without it references lead to the appendix of the same document.
    """
    pages = _pages(branding, templates, figures)
    page = pages.get_template(frame).render(
        report=contents, branding=branding, charts=_charts(contents)
    )
    return _numbering_told(page, 1)


class _Compiled(BytecodeCache):
    """The templates as the first report of a process compiled them: most of what writing takes."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._held[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def _pages(branding: Branding, templates: Path, figures: str | None) -> Environment:
    pages = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    pages.filters.update(_FILTERS)
    pages.globals.update(
        numbered=_numbering(),
        shares=lambda row: shares(list(amounts_of(row).values())),
        statuses=amounts_of,
        amounts_of_rows=wide_tables.amounts_of_rows,
        with_something=wide_tables.with_something,
        beside=wide_tables.beside,
        beside_moved=wide_tables.beside_moved,
        moved=wide_tables.moved,
        unmoved=wide_tables.unmoved,
        by_note=wide_tables.by_note,
        fit=fitting.fit,
        size_for=fitting.size_for,
        fit_headlines=fitting.fit_headlines,
        funds=funds,
        year_ends=year_ends,
        by_workstream=by_workstream,
        amounts_of_years=amounts_of_years,
        has_pence=printing.has_pence,
        figures=figures,
        # On the web the record is at hand; on paper only where its address is known.
        place=branding.address or None if figures is None else "",
    )
    return pages


_FILTERS: dict[str, Callable[..., Any]] = {
    "month": writing.month,
    "day": printing.day_words,
    "short_day": printing.day_short,
    "instant": writing.instant,
    "stamp": printing.stamp,
    "figure": printing.figure,
    "change": printing.change,
    "headline": printing.short_pounds,
    "number": printing.number,
    "events": printing.events,
    "groups": printing.in_groups,
}


def _charts(contents: ReportContents) -> dict[str, Markup]:
    planned = contents.planned
    bars = [
        YearBar(row.label, row.current_plan, row.verified, row.claimed + row.still_forecast)
        for row in planned.recurring_by_year.rows
    ]
    drawn = {
        "bridge": bridge_chart(planned.bridge),
        "years": year_chart(bars),
        "run_rate": run_rate_chart(planned.run_rate),
        "status": status_strip(contents.status.strip),
        "slips": slip_chart(contents.milestones.slipped),
    }
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 - escaped in drawing


def funds(contents: ReportContents) -> list[str]:
    """The funds of the summary, in the order in which they first appear."""
    named = [fund.fund for line in contents.summary.headlines for fund in line.by_fund]
    return list(dict.fromkeys(named))


def by_workstream(benefits: Iterable[BenefitEntry]) -> dict[str, list[BenefitEntry]]:
    """The benefits by workstream, both in the order in which they are given."""
    grouped: dict[str, list[BenefitEntry]] = {}
    for entry in benefits:
        grouped.setdefault(entry.workstream, []).append(entry)
    return grouped


def amounts_of_years(entry: BenefitEntry) -> list[int]:
    """Every amount of a benefit's table, to see whether it has pence."""
    names = ("original_plan", "plan", "forecast", "verified", "claimed")
    return [getattr(year, name) for year in entry.years for name in names]


def year_ends(rate: RunRate) -> list[RunRatePoint]:
    """The points of the run rate that its table prints: each March, this month and the last."""
    last = rate.points[-1:]
    return [
        point
        for point in rate.points
        if point.month.month == 3 or point.month == rate.reported or point in last
    ]


def _numbering() -> Callable[[str], str]:
    """``numbered("Table")`` gives ``Table 1``, then ``Table 2``."""
    counts: Counter[str] = Counter()

    def numbered(what: str) -> str:
        counts[what] += 1
        return f"{what} {counts[what]}"

    return numbered


def check_colour(colour: str) -> None:
    """Raise ``ColourNotUsable`` unless white words stand out 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    if not _COLOUR.fullmatch(colour):
        raise ColourNotUsable(f"“{colour[:20]}” is not a colour. Write it like #12436d.")
    contrast = 1.05 / (_luminance(colour) + 0.05)
    if contrast < 4.5:
        raise ColourNotUsable(
            f"White words on {colour} have a contrast of {contrast:.1f} to 1, and 4.5 is needed. "
            "Choose a darker colour."
        )


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def _letters(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font) as opened:
        return frozenset(opened.getBestCmap())


def legible_with(text: str, font: Path) -> str:
    """``legible`` with the letters of a font file."""
    return legible(text, _letters(font))


def legible(text: str, known: frozenset[int]) -> str:
    """Names what the font lacks, such as “[grinning face]”: a missing letter would print a box."""

    plain = unicodedata.normalize("NFC", text)
    odd = {ord(letter) for letter in set(plain) - {"\n"}} - known
    return plain.translate({letter: _named(letter) for letter in odd}) if odd else plain


def _named(letter: int) -> str:
    name = unicodedata.name(chr(letter), "")
    return f"[{name.lower()}]" if name else ""
