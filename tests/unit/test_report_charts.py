"""The charts hold together whatever figures they are given."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.periods import Month
from reports.charts import (
    YearBar,
    bridge_chart,
    run_rate_chart,
    slip_chart,
    status_strip,
    year_chart,
)
from reports.charts.drawing import LETTER, Axis, lines_of, unit_for
from reports.charts.strip import shares
from reports.contents import StatusRow
from reports.entries import Milestone
from reports.money_tables import Bridge, RunRate, RunRatePoint, Step

SVG = "{http://www.w3.org/2000/svg}"
PENCE = st.integers(-(10**13), 10**13)
LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=120)
#: What a strict content security policy lets a page show: presentation attributes only.
ALLOWED = {
    "svg": {"role", "aria-labelledby", "width", "height", "viewBox"},
    "title": {"id"},
    "desc": {"id"},
    "rect": {"x", "y", "width", "height", "fill", "stroke"},
    "line": {"x1", "y1", "x2", "y2", "stroke", "stroke-width", "stroke-dasharray"},
    "circle": {"cx", "cy", "r", "fill", "stroke"},
    "path": {"d", "fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-dasharray"},
    "text": {
        "x", "y", "font-family", "font-size", "font-weight", "fill", "text-anchor",
    },
}  # fmt: skip


def must_be_sound(svg: str) -> ElementTree.Element:
    """Valid XML, only allowed parts, every number finite and inside the view box, words told."""
    root = ElementTree.fromstring(svg)
    wide, tall = map(float, root.attrib["viewBox"].split()[2:])
    assert wide > 0
    assert tall > 0
    title, words = root[0], root[1]
    assert title.tag == SVG + "title"
    assert title.text
    assert words.text
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {words.attrib['id']}"
    for part in root.iter():
        name = part.tag.removeprefix(SVG)
        assert set(part.attrib) <= ALLOWED[name], name
        for x, y in _corners(name, part):
            assert -1 <= x <= wide + 1, ElementTree.tostring(part)
            assert -1 <= y <= tall + 1, ElementTree.tostring(part)
    return root


def _corners(name: str, part: ElementTree.Element) -> list[tuple[float, float]]:
    at = part.attrib
    if name == "rect":
        x, y, w, h = (float(at[key]) for key in ("x", "y", "width", "height"))
        return [(x, y), (x + w, y + h)]
    if name == "line":
        return [(float(at["x1"]), float(at["y1"])), (float(at["x2"]), float(at["y2"]))]
    if name == "circle":
        return [(float(at["cx"]), float(at["cy"]))]
    if name == "text":
        return [(float(at["x"]), float(at["y"]))]
    if name == "path":
        pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", at["d"])
        return [(float(x), float(y)) for x, y in pairs]
    return []


def bridge(start: int, steps: list[tuple[str, int]]) -> Bridge:
    end = Step("Expected out-turn", start + sum(amount for _, amount in steps))
    made = tuple(Step(label, amount) for label, amount in steps)
    return Bridge("A bridge", "Annual amounts.", Step("Original plan", start), made, end)


@given(st.lists(st.tuples(LABELS, PENCE, PENCE, PENCE), max_size=15))
def test_a_year_chart_is_sound_whatever_the_years_hold(
    bars: list[tuple[str, int, int, int]],
) -> None:
    must_be_sound(year_chart([YearBar(*bar) for bar in bars]))


@given(PENCE, st.lists(st.tuples(LABELS, PENCE), max_size=12))
def test_a_bridge_chart_is_sound_whatever_its_steps(
    start: int, steps: list[tuple[str, int]]
) -> None:
    must_be_sound(bridge_chart(bridge(start, steps)))


def _ends(amounts: list[int], place: int) -> list[int]:
    return sorted((amounts[place % len(amounts)], amounts[place * 3 % len(amounts)]))


@given(st.integers(0, 200), st.integers(0, 200), st.lists(PENCE, min_size=1, max_size=200))
def test_a_run_rate_chart_is_sound_whatever_the_months(
    count: int, reported: int, amounts: list[int]
) -> None:
    points = tuple(
        RunRatePoint(
            Month(2020, 4).plus(place),
            amounts[place % len(amounts)],
            amounts[-place % len(amounts)] if place <= reported else None,
            amounts[place * 7 % len(amounts)] if place >= reported else None,
            *(_ends(amounts, place) if place >= reported else ()),
        )
        for place in range(count)
    )
    must_be_sound(run_rate_chart(RunRate("Run rate", "Gross.", Month(2024, 10), points)))


@given(st.lists(st.tuples(LABELS, PENCE, PENCE, PENCE, PENCE), max_size=20))
def test_a_status_strip_is_sound_whatever_the_rows(
    rows: list[tuple[str, int, int, int, int]],
) -> None:
    must_be_sound(status_strip([StatusRow(*row) for row in rows]))


@given(st.lists(PENCE, min_size=1, max_size=8))
def test_per_cents_sum_to_a_hundred_or_nothing(amounts: list[int]) -> None:
    whole = sum(shares(amounts))
    assert whole == (100 if any(amount > 0 for amount in amounts) else 0)


@given(st.lists(PENCE, max_size=20))
def test_an_axis_holds_zero_and_every_amount_between_its_ends(amounts: list[int]) -> None:
    axis = Axis.over(amounts)
    assert 0 in axis.marks()
    assert all(axis.low <= amount <= axis.high for amount in amounts)
    assert 1 < len(axis.marks()) < 12


@given(LABELS, st.floats(60, 400))
def test_a_label_is_cut_into_lines_that_fit(words: str, width: float) -> None:
    assert all(len(line) * 13 * LETTER <= width + 4 for line in lines_of(words, width, 13))


def test_a_bridge_with_small_steps_is_not_cut_but_gets_a_panel_that_says_how_much_larger() -> None:
    small = bridge_chart(bridge(2_990_000_000, [("Slipped", -20_000_000), ("Over", 5_000_000)]))
    large = bridge_chart(bridge(2_990_000_000, [("Slipped", -900_000_000)]))
    assert "drawn about" in small
    assert "times larger" in small
    assert "times larger" not in large
    assert ">£0<" in small
    assert ">£0<" in large


def test_the_alternative_text_says_what_the_chart_shows() -> None:
    title = must_be_sound(bridge_chart(bridge(902_000_000, [("Slipped", -124_000_000)])))[0].text
    assert title == "Bridge from original plan £9.02m to expected out-turn £7.78m: Slipped −£1.24m."
    title = must_be_sound(year_chart([YearBar("2024/25", 5_000_000, 2_500_000, 0)]))[0].text
    assert title is not None
    assert title.endswith("2024/25: planned £50.0k, verified £25.0k.")


def test_the_likely_range_is_drawn_as_a_band_and_told_in_words() -> None:
    now, end = Month(2024, 10), Month(2025, 3)
    points = (
        RunRatePoint(now, 900_000_00, 600_000_00, 700_000_00, 610_000_00, 690_000_00),
        RunRatePoint(end, 900_000_00, None, 850_000_00, 640_000_00, 820_000_00),
    )
    drawn = run_rate_chart(RunRate("Run rate", "Gross.", now, points))
    title = must_be_sound(drawn)[0].text
    assert title is not None
    assert title.endswith("likely range £640k to £820k a year (P10 to P90).")
    assert drawn.count("Z") == 1
    assert "Likely range" in drawn
    plain = tuple(replace(one, p10=None, p90=None) for one in points)
    assert "Likely range" not in run_rate_chart(RunRate("Run rate", "Gross.", now, plain))


def test_status_is_told_by_word_and_shape_and_not_by_colour_alone() -> None:
    root = must_be_sound(status_strip([StatusRow("Adults", 100, 100, 100, 100)]))
    words = [part.text for part in root.iter(SVG + "text")]
    for word in ("Delivered", "On track", "At risk", "Will not be delivered", "25%"):
        assert word in words
    assert "Adults: delivered 25%, on track 25%, at risk 25%" in (root[0].text or "")


def test_a_per_cent_without_room_in_its_bar_stands_below_it_and_on_no_other() -> None:
    root = must_be_sound(
        status_strip([StatusRow("Assets", 94, 2, 2, 2), StatusRow("B", 1, 0, 0, 0)])
    )
    twos = [part for part in root.iter(SVG + "text") if part.text == "2%"]
    assert len(twos) == 3
    assert len({part.attrib["y"] for part in twos}) == 1
    starts = sorted(float(part.attrib["x"]) for part in twos)
    assert all(right - left > 2 * 13 * LETTER + 14 for left, right in pairwise(starts))
    inside = next(part for part in root.iter(SVG + "text") if part.text == "94%")
    assert float(twos[0].attrib["y"]) > float(inside.attrib["y"]) + 15


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        (0, "£0"),
        (925_000, "£9,250"),
        (4_700_000, "£47.0k"),
        (47_000_000, "£470k"),
        (124_000_000, "£1.24m"),
        (-124_499_999, "−£1.24m"),
        (124_500_000, "£1.25m"),
        (1_284_000_000, "£12.8m"),
        (10**13, "£100.0bn"),
    ],
)
def test_a_label_uses_the_unit_in_which_it_is_easily_read(pence: int, shown: str) -> None:
    assert unit_for([pence]).short(pence) == shown


@given(
    st.lists(
        st.tuples(LABELS, st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(-900, 2_000)),
        max_size=15,
    )
)
def test_slipped_milestones_are_drawn_whatever_their_names_and_days(
    rows: list[tuple[str, date, int]],
) -> None:
    slipped = [
        Milestone("B1", name, "", "", planned, planned + timedelta(days=late), late)
        for name, planned, late in rows
    ]
    must_be_sound(slip_chart(slipped))


def test_a_slip_is_told_in_days_and_dates_and_what_has_no_room_is_counted() -> None:
    one = Milestone("B1", "Annexe", "", "", date(2025, 3, 31), date(2025, 6, 24), 85)
    words = slip_chart([one] * 14)
    assert "Annexe: planned 31 Mar 2025, expected 24 Jun 2025, 85 days late." in words
    assert "The other 2 are in the table." in words
    assert words.count(">85 days late<") == 12
