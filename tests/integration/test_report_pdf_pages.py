"""The pages of the report: no figure touches another, and every page is worth its paper."""

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from tests.report_files import LINKED, Word, text_of, words_of

AMOUNT = re.compile(r"[(]?[+−]?£?\d{1,3}(,\d{3})*(\.\d{2})?[).,;:]*")
MONEY = re.compile(r"\d,\d{3}|\d\.\d\d")


def rows_of(words: list[Word]) -> list[list[Word]]:
    """Words whose boxes are on one line, from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one[1] + one[3], one[0])):
        middle = (word[1] + word[3]) / 2
        if rows and rows[-1][0][1] <= middle <= rows[-1][0][3]:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row) for row in rows]


@pytest.mark.parametrize("name", ["issued", "long", "huge"])
def test_no_figure_touches_another_or_leaves_its_page(report_files: Path, name: str) -> None:
    path = report_files / f"{name}.pdf"
    with pikepdf.open(path) as opened:
        widths = [float(page.mediabox[2]) for page in opened.pages]
    for page, wide in zip(words_of(path), widths, strict=True):
        for left, top, right, _, words in page:
            assert 0 <= left < right <= wide, words
            if MONEY.search(words) and not re.search(r"[A-Za-z–/]", words):
                assert AMOUNT.fullmatch(words), (words, top)
        for row in rows_of(page):
            for one, two in pairwise(row):
                if one[4][-1].isdigit() and (two[4][0].isdigit() or two[4][0] in "+−£"):
                    a_space = 0.2 * min(one[3] - one[1], two[3] - two[1])
                    assert two[0] - one[2] >= a_space, (one, two)


def test_ten_digits_of_pounds_and_pence_are_printed_whole(report_files: Path) -> None:
    words = [word[4] for page in words_of(report_files / "huge.pdf") for word in page]
    longest = max((word for word in words if AMOUNT.fullmatch(word)), key=len)
    assert re.fullmatch(r"[+−]?\d{1,2}(,\d{3}){3}\.\d\d", longest)


def test_the_summary_is_one_page_with_its_lines_of_enquiry(report_files: Path) -> None:
    page = text_of(report_files / "issued.pdf")[2]
    for part in ("1. Summary", "What next", "Lines of enquiry", "Does it add up?"):
        assert part in page


def test_no_page_of_the_body_is_nearly_empty(report_files: Path) -> None:
    pages = text_of(report_files / "issued.pdf")[1:]
    for number, (words, following) in enumerate(pairwise(pages), start=2):
        # The appendices begin on a page of their own: what comes before ends where it ends.
        ends = following.startswith("Appendix A.")
        assert ends or len(words) > 500, f"Page {number} says only: {words}"


def test_events_and_benefits_lead_to_the_web_where_its_address_is_known(
    report_files: Path,
) -> None:
    linked = links(report_files / "long.pdf")
    assert any(one.startswith(f"{LINKED.address}/events/") for one in linked)
    assert f"{LINKED.address}/benefits/benefit-1" in linked
    assert links(report_files / "issued.pdf") == set()


def links(path: Path) -> set[str]:
    """The addresses on the web to which a file leads."""
    found = set()
    with pikepdf.open(path) as opened:
        for page in opened.pages:
            for note in page.get("/Annots", []):
                if "/A" in note and "/URI" in note.A:
                    found.add(str(note.A.URI))
    return found


def test_a_year_in_which_nothing_moved_is_a_sentence_and_stays_in_the_attached_figures(
    report_files: Path,
) -> None:
    words = " ".join(" ".join(text_of(report_files / "issued.pdf")).split())
    assert "Nothing moved in 2026/27: £3,100,000 opens and closes." in words
    assert "2026/27: opening" not in words
    with pikepdf.open(report_files / "issued.pdf") as opened:
        held = opened.attachments["figures.csv"].get_file().read_bytes().decode()
    assert re.search(r'Movements,.*2026/27,"Closing[^\n]*,Current plan,3100000\.00', held)
