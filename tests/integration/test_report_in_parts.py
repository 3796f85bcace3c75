"""A long report is drawn in parts by several processes and is still one sound file."""

import os
import re
import signal
import subprocess
import threading
import time
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from reports import pdf, workers
from reports.delivering import NOT_FOR_PUBLICATION as SAID
from reports.drawing import ReportNotMade, Sheet, draw
from reports.joining import CannotBeJoined, joined
from reports.pages import ColourNotUsable
from reports.parts import CannotBeCut, linked_across, parts_of
from reports.pdf import render
from reports.workers import Crew
from tests.example_report import BRANDING, example
from tests.report_files import FONTS, PAGE, elements, structure, text_of
from tests.verapdf import verdicts

CONTENTS = example(count=12)
#: Letters in a part, so few that this example has a dozen.
CUT_SMALL = partial(parts_of, whole=0, size=5_000)


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example cut small: sections and appendix A in pieces, short sections together."""
    path = tmp_path_factory.mktemp("parted") / "two.pdf"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "parts_of", CUT_SMALL)
        said: list[str] = []
        path.write_bytes(render(CONTENTS, BRANDING, FONTS, 2, said.append))
        assert re.fullmatch(r"Drew part 1 of 1\d\.", said[0])
        assert said[-1] == "Joining the parts."
        (path.parent / "one.pdf").write_bytes(render(CONTENTS, BRANDING, FONTS, 1))
    return path


@pytest.fixture(scope="module")
def exempt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exempt edition of the same, in parts and at once."""
    path = tmp_path_factory.mktemp("exempt") / "exempt.pdf"
    cover = replace(CONTENTS.cover, circulation="exempt", holds_exempt=True)
    contents = replace(CONTENTS, cover=cover)
    (path.parent / "exempt-whole.pdf").write_bytes(render(contents, BRANDING, FONTS, 1))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "parts_of", partial(parts_of, size=4))
        path.write_bytes(render(contents, BRANDING, FONTS, 2))
    return path


def test_an_exempt_edition_says_so_on_every_page_wide_ones_and_those_of_any_part_too(
    exempt: Path,
) -> None:
    for file in (exempt, exempt.parent / "exempt-whole.pdf"):
        with pikepdf.open(file) as opened:
            wide = [page.mediabox[2] > page.mediabox[3] for page in opened.pages]
        assert any(wide)
        pages = [" ".join(text.split()) for text in text_of(file)]
        silent = [at for at, text in enumerate(pages, 1) if SAID not in text]
        assert not silent, (file.name, silent)


def test_an_exempt_edition_is_accessible_and_archival(exempt: Path) -> None:
    found = verdicts([exempt, exempt.parent / "exempt-whole.pdf"])
    assert found
    assert not any(found.values()), found


def test_one_worker_and_two_give_the_same_bytes(parted: Path) -> None:
    assert parted.read_bytes() == (parted.parent / "one.pdf").read_bytes()


def test_a_joined_report_is_accessible_and_archival_and_a_spoilt_one_is_not(
    parted: Path, tmp_path: Path
) -> None:
    with pikepdf.open(parted) as opened:
        # An untagged page and a header that nothing has: as a careless join would leave them.
        del opened.pages[-1].obj["/StructParents"]
        opened.Root.StructTreeRoot.K[0].K = pikepdf.Array(
            list(opened.Root.StructTreeRoot.K[0].K)[:-3]
        )
        opened.save(tmp_path / "spoilt.pdf")
    with pikepdf.open(parted) as opened:
        del opened.Root.Metadata
        opened.save(tmp_path / "unnamed.pdf")
    found = verdicts([parted, tmp_path / "spoilt.pdf", tmp_path / "unnamed.pdf"])
    assert found["two.pdf", "PDF/UA-1"] == []
    assert found["two.pdf", "PDF/A-3a"] == []
    assert found["spoilt.pdf", "PDF/UA-1"]
    assert found["unnamed.pdf", "PDF/A-3a"]


def test_the_tags_of_a_joined_report_are_one_tree_in_the_order_of_the_pages(parted: Path) -> None:
    with pikepdf.open(parted) as opened:
        tree = structure(opened)
        names = [str(element.ID) for element in tree if "/ID" in element]
        assert len(names) == len(set(names))
        heads = set(names)
        told = [head for cell in tree if cell.S == "/TD" for head in cell.A.Headers]
        assert {str(head) for head in told} <= heads
        numbers = {page.obj.objgen: place for place, page in enumerate(opened.pages)}
        read = [numbers[e.Pg.objgen] for e in tree if "/Pg" in e and e.S in ("/H2", "/H3", "/H4")]
        assert read == sorted(read)
        keys = [int(key) for key in list(opened.Root.StructTreeRoot.ParentTree.Nums)[::2]]
        assert keys == sorted(set(keys))
        assert [int(p.obj.StructParents) for p in opened.pages] == sorted(
            int(p.obj.StructParents) for p in opened.pages
        )


def test_links_between_parts_lead_to_places_within_the_file(parted: Path) -> None:
    with pikepdf.open(parted) as opened:
        names = list(opened.Root.Names.Dests.Names)
        places = {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
        assert [str(n) for n in names[::2]] == sorted(places)
        notes = [note for page in opened.pages for note in page.obj.get("/Annots", ())]
        assert not any("part.invalid" in str(note.get("/A", "")) for note in notes)
        led = {str(note.Dest) for note in notes if "/Dest" in note}
        assert {"ref-B1", "ref-F2", "appendix-a", "appendix-e"} <= led <= places.keys()
        pages = {page.obj.objgen for page in opened.pages}
        assert all(place[0].objgen in pages for place in places.values())
        leads_to = places["ref-B12"][0].objgen
        number = next(n for n, p in enumerate(opened.pages) if p.obj.objgen == leads_to)
        assert "B12" in text_of(parted)[number]


def test_bookmarks_of_later_parts_hang_where_they_belong(parted: Path) -> None:
    with pikepdf.open(parted) as opened, opened.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        assert titles[-5:] == [
            "Appendix A. Every benefit",
            "Appendix B. Where the figures come from",
            "Appendix C. Run rate by month",
            "Appendix D. What the words mean",
            "Appendix E. How to verify this report",
        ]
        below = [str(item.title) for item in outline.root[-5].children]
        assert below[0] == "Adult Social Care"
        assert len(below) >= 5


def test_each_part_numbers_its_pages_and_carries_the_running_words(parted: Path) -> None:
    words = text_of(parted)
    body = next(n for n, page in enumerate(words) if "Section 2, part 1 of 2, page 1 of" in page)
    assert f"Page {body} of {body}" in words[body - 1]
    assert "numbers its own pages" in "".join(words[:body])
    joined_words = "".join(words[body:])
    assert "Section 5, page 1 of" in joined_words
    assert "Sections 6 to 9, page 1 of" in joined_words
    assert "Section 10, page 1 of" in joined_words
    assert "Appendix A, part 2 of 2, page 1 of" in joined_words
    assert "Appendix C, page 2 of 2" in joined_words
    assert "Appendices D and E, page 1 of" in joined_words
    second = next(page for page in words if "Section 3, part 2 of 3, page 1 of" in page)
    assert "3. Reconciliation tables" in second, "the head of the page names it"
    for page in words[body:]:
        assert "Northmere Borough Council | Forward Northmere" in " ".join(page.split())
        assert "Benefits realisation report, October 2024" in page


def test_the_file_still_carries_its_figures_once(parted: Path) -> None:
    with pikepdf.open(parted) as opened:
        assert sorted(opened.attachments) == ["figures.csv", "report.json"]
        assert len(opened.Root.AF) == 2
        assert str(opened.docinfo.Author) == "Northmere Borough Council"


def test_tables_are_numbered_through_all_parts(parted: Path) -> None:
    words = "\n".join(text_of(parted))
    numbers = [int(part.split(":")[0]) for part in words.split("\nTable ")[1:] if ":" in part[:4]]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_anchor_in_two_parts_is_refused_and_a_link_to_none_stays() -> None:
    with pytest.raises(CannotBeCut, match="twice"):
        linked_across(['<p id="twice">', '<p id="twice">'])
    first, second = linked_across(['<a href="#there">', '<p id="there"><a href="#gone">'])
    assert first == '<a href="https://part.invalid/there">'
    assert second.endswith('<a href="#gone">')


def test_a_link_to_no_part_fails_the_join() -> None:
    when = CONTENTS.cover.issued_at
    with_place = PAGE.replace("<h2>", '<h2 id="two"><a href="#two">x</a>')
    lost = with_place.replace('href="#two"', 'href="https://part.invalid/nowhere"')
    sound = draw(Sheet(with_place.replace('"two"', '"one"').replace("#two", "#one"), when), FONTS)
    with pytest.raises(CannotBeJoined, match="nowhere"):
        joined([sound, draw(Sheet(lost, when), FONTS)], [False, False])
    with pytest.raises(CannotBeJoined, match="one"):
        joined([sound, sound], [False, False])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that drew, as they are started."""
    noted: list[subprocess.Popen[bytes]] = []
    real = workers.Worker.__init__

    def note(self: workers.Worker, fonts_dir: Path) -> None:
        real(self, fonts_dir)
        noted.append(self.process)

    monkeypatch.setattr(workers.Worker, "__init__", note)
    monkeypatch.setattr(pdf, "parts_of", CUT_SMALL)
    return noted


@pytest.mark.parametrize("long", [pdf.PROBABLY_LONG, 0], ids=["as it is drawn", "before"])
def test_a_worker_that_is_killed_fails_the_report_and_leaves_no_process(
    long: int, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PROBABLY_LONG", long)

    def kill() -> None:
        while not started:
            time.sleep(0.01)
        os.kill(started[0].pid, signal.SIGKILL)

    threading.Thread(target=kill).start()
    with pytest.raises(ReportNotMade, match=r"was ended, as happens when memory runs out"):
        render(CONTENTS, BRANDING, FONTS, 2)
    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_pages_that_cannot_be_written_leave_no_process_that_waits_for_them(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PROBABLY_LONG", 0)
    with pytest.raises(ColourNotUsable):
        render(CONTENTS, replace(BRANDING, colour="#ffff00"), FONTS, 2)
    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_what_a_worker_complains_of_fails_the_report_with_its_sentence() -> None:
    sheet = Sheet(PAGE.replace("<p>", '<p><a href="#gone">x</a>'), CONTENTS.cover.issued_at)
    with Crew(FONTS, 2) as crew, pytest.raises(ReportNotMade, match="gone"):
        crew.draw([sheet, sheet], lambda _: None)


def test_a_report_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0)
    with Crew(FONTS, 1) as crew, pytest.raises(ReportNotMade, match="longer than 0 minutes"):
        crew.draw([Sheet(PAGE, CONTENTS.cover.issued_at)], lambda _: None)


def test_the_elements_of_a_part_name_the_report_as_their_root(parted: Path) -> None:
    with pikepdf.open(parted) as opened:
        document = opened.Root.StructTreeRoot.K[0]
        assert all(kid.P.objgen == document.objgen for kid in document.K)
        assert sum(e.S == "/Document" for e in elements(document)) == 1
        size = len(opened.pages)
    with pikepdf.open(BytesIO(parted.read_bytes())) as again:
        assert len(again.pages) == size
