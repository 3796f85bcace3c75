"""What is spared in working out the styles of a report changes no byte of it."""

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from reports import pdf_styles
from reports.drawing import ReportNotMade, Sheet, draw
from tests.report_files import FONTS, PAGE

WHEN = datetime(2024, 11, 1, 9, tzinfo=UTC)
_BENEFIT = (
    '<div id="ref-B{0}" style="margin-left: 3mm"><h3 style="font-size: {1}pt">B{0}</h3>'
    '<p lang="cy" id="cy{0}">Gair <span style="font-weight: 700">am air</span></p>'
    '<ul style="color: #12436d"><li id="li{0}">One</li><li>Two</li></ul>'
    '<p><a href="#ref-B1">The first</a> and <a id="end{0}" style="color: #801650">end</a></p></div>'
)
ALIKE = PAGE.replace(
    "<p>", "".join(_BENEFIT.format(number, 9 + number % 2) for number in range(1, 9)) + "<p>"
)


def test_a_page_of_anchors_and_styles_is_the_same_with_and_without_sharing_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = draw(Sheet(ALIKE, WHEN), FONTS)
    for plain in ("styles_shared", "no_footnotes"):
        monkeypatch.setattr(pdf_styles, plain, nullcontext)
    assert draw(Sheet(ALIKE, WHEN), FONTS) == shared
    other = ALIKE.replace("font-size: 10pt", "font-size: 11pt")
    assert draw(Sheet(other, WHEN), FONTS) != shared


def test_elements_that_are_styled_alike_share_what_is_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from weasyprint import css

    made: list[int] = []
    real = css.ComputedStyle.__init__

    def counted(style: object, *given: object) -> None:
        made.append(1)
        real(style, *given)

    monkeypatch.setattr(css.ComputedStyle, "__init__", counted)
    draw(Sheet(ALIKE, WHEN), FONTS)
    shared = len(made)
    for plain in ("styles_shared", "no_footnotes"):
        monkeypatch.setattr(pdf_styles, plain, nullcontext)
    draw(Sheet(ALIKE, WHEN), FONTS)
    assert len(made) - shared > 2 * shared


def test_an_anchor_that_stands_twice_is_complained_of() -> None:
    with pytest.raises(ReportNotMade, match="defined twice"):
        draw(Sheet(ALIKE.replace("ref-B2", "ref-B1"), WHEN), FONTS)
