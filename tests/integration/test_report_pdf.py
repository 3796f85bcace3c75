"""The monthly report as a file: read back as a reader and a printer meet it."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf

from reports import drawing, pdf
from reports.attachments import to_csv, to_json
from reports.pages import html_of
from reports.pdf import render
from tests.example_report import BRANDING, COVER, empty, example
from tests.report_files import FONTS, ROOT, text_of

SECTIONS = [
    "Cover", "Contents", "1. Summary", "2. Planned and realised", "3. Reconciliation tables",
    "4. Movements since the last report", "5. Status", "6. Decisions", "7. Milestones",
    "8. Measures", "9. Risks", "10. Questions from scrutiny", "Appendix A. Every benefit",
    "Appendix B. Where the figures come from", "Appendix C. Run rate by month",
    "Appendix D. What the words mean", "Appendix E. How to verify this report",
]  # fmt: skip


def test_the_same_contents_give_the_same_bytes_in_another_process(report_files: Path) -> None:
    program = (
        "import hashlib, sys; from pathlib import Path; from reports.pdf import render; "
        "from tests.example_report import BRANDING, example; "
        "made = render(example(count=12), BRANDING, Path(sys.argv[1])); "
        "print(hashlib.sha256(made).hexdigest())"
    )
    elsewhere = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(FONTS)],
        cwd=ROOT, env=elsewhere, capture_output=True, text=True, check=True,
    )  # fmt: skip
    here = hashlib.sha256((report_files / "issued.pdf").read_bytes()).hexdigest()
    assert done.stdout.strip() == here


def test_bookmarks_name_the_sections_in_order(report_files: Path) -> None:
    with pikepdf.open(report_files / "issued.pdf") as opened, opened.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == SECTIONS
        planned = outline.root[3]
        assert "Run rate" in [str(item.title) for item in planned.children]


def test_every_page_after_the_cover_says_which_of_how_many(report_files: Path) -> None:
    pages = text_of(report_files / "issued.pdf")
    for number, words in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in words
        assert "Benefits realisation report, October 2024" in words


def test_the_sections_are_read_in_order(report_files: Path) -> None:
    words = "\n".join(text_of(report_files / "issued.pdf")[2:])
    starts = [words.index(f"\n{name}\n") if name in words else -1 for name in SECTIONS[3:]]
    assert starts == sorted(starts)
    assert -1 not in starts


def test_a_draft_says_so_in_words_on_every_page_and_an_issued_report_never(
    report_files: Path,
) -> None:
    assert all("DRAFT" in words for words in text_of(report_files / "draft.pdf"))
    assert not any("DRAFT" in words for words in text_of(report_files / "issued.pdf"))


def test_a_report_with_nothing_in_it_says_so_in_plain_sentences(report_files: Path) -> None:
    words = " ".join(" ".join(text_of(report_files / "empty.pdf")).split())
    for sentence in (
        "Nothing changed this month.", "No milestone slipped this month.",
        "The board took no decision this month.", "Nothing was corrected since the last report.",
        "No shortfall is brought forward from an earlier year.", "No benefit is recorded yet.",
        "No risk is recorded.",
    ):  # fmt: skip
        assert sentence in words


def test_the_figures_travel_inside_the_file(report_files: Path) -> None:
    with pikepdf.open(report_files / "issued.pdf") as opened:
        held = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
        assert held == {
            "figures.csv": to_csv(example(count=12)),
            "report.json": to_json(example(count=12)),
        }
        related = [str(one.AFRelationship) for one in opened.Root.AF]
        assert related == ["/Data", "/Data"]


def test_every_letter_is_of_the_packaged_font(report_files: Path) -> None:
    for name in ("issued", "long"):
        with pikepdf.open(report_files / f"{name}.pdf") as opened:
            fonts = {
                str(thing.BaseFont)
                for thing in opened.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
            }
        assert fonts
        assert all("Inter" in font for font in fonts), fonts


def test_odd_letters_are_named_and_markup_in_words_stays_words(report_files: Path) -> None:
    words = " ".join(" ".join(text_of(report_files / "long.pdf")).split())
    assert "[grinning face]" in words
    assert "<script>alert(1)</script>" in words.replace(" ", "")
    assert "3,835,000.01" in words


def test_the_file_names_its_council_its_language_and_when_it_was_made(report_files: Path) -> None:
    with pikepdf.open(report_files / "issued.pdf") as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo.Author) == COVER.council
        assert str(opened.docinfo.CreationDate).startswith("D:20241105083000")
        assert "October 2024: Forward Northmere" in str(opened.docinfo.Title)


def test_hundreds_of_rows_of_benefits_are_still_one_sound_report() -> None:
    made = render(example(count=150), BRANDING, FONTS)
    assert pdf.page_count(made) > 40
    with pikepdf.open(BytesIO(made)) as opened:
        names = opened.Root.Names.Dests.Names
        anchors = {str(name) for name in list(names)[::2]}
        assert {f"ref-B{number}" for number in range(1, 151)} <= anchors


def test_changes_without_a_reason_are_told_as_such_and_not_as_no_change() -> None:
    some, none = example(), empty()
    without = replace(some, summary=replace(some.summary, why=()))
    told = html_of(without, BRANDING, drawing.TEMPLATES, FONTS / drawing.FONTS[0])
    assert "No plan or forecast was changed" in told
    assert "There is no change to explain" not in told
    assert "There is no change to explain" in html_of(
        none, BRANDING, drawing.TEMPLATES, FONTS / drawing.FONTS[0]
    )
