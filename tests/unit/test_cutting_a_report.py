"""A long report is cut between its sections, blocks and rows, and nothing of it is lost."""

import re

from reports.cutting import blocks
from reports.parts import Part, parts_of

ROWS = "".join(
    f'<tr><th scope="row">Milestone {number}</th><td>Late<br>by {number} days</td></tr>'
    for number in range(60)
)
TABLE = (
    "<table><caption>Slipped</caption><colgroup><col><col></colgroup>"
    f"<thead><tr><th>Milestone</th><th>Days</th></tr></thead><tbody>{ROWS}</tbody></table>"
)
COVER = "<section><h1>Report</h1></section><section><h2>Contents</h2></section>"


def section(title: str, inside: str) -> str:
    """A section of the report with a title such as ``5. Status``."""
    return f'<section class="flow"><h2>{title}</h2>{inside}</section>'


def words(page: str) -> list[str]:
    """What stands in the page, but for what is said again where a part goes on."""
    page = re.sub(r"<h3>[^<]* \(continued\)</h3>", "", page)
    again = r"<caption>[^<]* \(continued\)</caption><colgroup>.*?</colgroup><thead>.*?</thead>"
    return re.sub(r"<[^>]*>", " ", re.sub(again, "", page)).split()


PAGE = (
    COVER
    + section("1. Summary", "<p>All is well.</p>")
    + section(
        "2. Milestones", f"<h3>Late</h3><p>Before.</p>{TABLE}<p>After.</p><h3>Next</h3><p>No.</p>"
    )
    + section("3. Measures", "<p>None.</p>")
    + section("4. Risks", "<p>None.</p>")
    + section("Appendix A. Benefits", "<div><p>One.</p></div>")
    + section("Appendix B. Words", "<p>None.</p>")
)
CUT = parts_of(PAGE, whole=0, size=2_000)


def test_a_short_report_is_one_part_as_it_stands() -> None:
    assert parts_of(PAGE) == (Part(PAGE),)


def test_a_long_section_has_parts_of_its_own_and_short_ones_are_together() -> None:
    assert [(part.called, part.continues) for part in CUT] == [
        ("", ""),
        ("Section 2, part 1 of 3", ""),
        ("Section 2, part 2 of 3", "2. Milestones"),
        ("Section 2, part 3 of 3", "2. Milestones"),
        ("Sections 3 and 4", ""),
        ("Appendices A and B", ""),
    ]


def test_nothing_is_lost_and_nothing_changes_its_place() -> None:
    assert words("".join(part.page for part in CUT)) == words(PAGE)


def test_a_table_that_goes_on_has_its_head_and_its_heading_again() -> None:
    later = CUT[2].page
    assert later.startswith('<section class="flow"><h3>Late (continued)</h3>')
    assert "<caption>Slipped (continued)</caption><colgroup><col><col></colgroup>" in later
    assert "<thead><tr><th>Milestone</th><th>Days</th></tr></thead><tbody><tr>" in later
    assert later.count("<tr>") == later.count("</tr>")


def test_words_stay_with_the_table_that_they_stand_before_or_under() -> None:
    assert re.search(r"<h3>Late</h3>\s*<p>Before.</p>\s*<table>", CUT[1].page)
    assert re.search(r"</table>\s*<p>After.</p>", CUT[3].page)


def test_where_it_is_cut_follows_from_the_page_alone() -> None:
    assert parts_of(PAGE, whole=0, size=2_000) == CUT


def test_elements_are_found_however_deep_they_hold_others() -> None:
    found = list(blocks('<p>a<br>b</p> <svg><g><path d="M0"/></g></svg><hr><div><div></div></div>'))
    assert [block.name for block in found] == ["p", "svg", "hr", "div"]
    assert found[0].words == "ab"
