"""The PMO draws a benefits map; others follow the golden thread to what they may see."""

import re
from collections.abc import Iterator

import pytest

from benefits.commands.details import MakeExempt
from benefits.commands.mapping import (
    PlaceOnMap,
    RecordEnablingChange,
    RecordObjective,
    RecordOutcome,
)
from entrypoints.wiring import rebuilding
from eventlog import replay, schema
from tests.desks import Desks, at_their_desks
from tests.querying import statements
from tests.scenario import begin, saves
from workflows.commands import RecordPriority

MAP = "/programmes/care/map"


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Two benefits: the first serves an outcome of two objectives, and a second outcome."""
    folder = tmp_path_factory.mktemp("mapped")
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    council = begin(url, folder)
    council.in_delivery("One reception desk", saves(80_000, "2024-05"), benefit="desk")
    council.identified("Secret tender", saves(50_000, "2024-07"), benefit="tender")
    council.do(
        RecordPriority("near", "Services near to people", "Plan, page 3"),
        RecordPriority("thrift", "Every pound well spent"),
        RecordObjective("care", "o1", "One front door", ("near", "thrift")),
        RecordObjective("care", "o2", "Less to maintain", ("near",)),
        RecordOutcome("care", "c1", "People ask <once>", ("o1", "o2")),
        RecordOutcome("care", "c2", "Fewer buildings", ("o2",)),
        RecordEnablingChange("care", "e1", "Staff trained"),
        PlaceOnMap("desk", ("c1", "c2"), ("e1",)),
        PlaceOnMap("tender", ("c2",)),
        MakeExempt("tender", "Paragraph 3: a supplier’s affairs."),
    )
    with at_their_desks(council, folder) as found:
        yield found


def test_the_map_is_drawn_with_links_and_said_in_a_table(desks: Desks) -> None:
    page = desks["pat"].get(MAP).text
    (drawing,) = re.findall(r'<svg .*?role="group".*?</svg>', page, re.DOTALL)
    for words in ("One front door", "Less to maintain", "Staff trained", "&lt;once&gt;"):
        assert words in drawing
        assert words in page.replace(drawing, "")
    assert drawing.count('href="/benefits/desk"') == 1, "a benefit is one box however often reached"
    assert drawing.count("<path") == 3 + 3 + 1, "a line for each link"
    assert page.count('class="govuk-link" href="/benefits/desk"') == 3, "a row for each way"


def test_a_benefit_reached_by_several_ways_counts_once_in_each_total(desks: Desks) -> None:
    for page in (MAP, "/priorities/near"):
        text = desks["cleo"].get(page).text
        approved = text[text.index("Approved by the board") :]
        assert "£80,000" in approved
        assert "£160,000" not in text
    assert "stand under each of them" in desks["cleo"].get("/priorities/near").text
    assert "counts once" in desks["cleo"].get("/priorities/thrift").text


def test_the_list_of_priorities_counts_what_serves_each(desks: Desks) -> None:
    assert "thrift" in desks["pat"].get("/priorities").text
    near = desks["pat"].get("/priorities").text.split('href="/priorities/near"')[1]
    assert re.findall(r'app-cell">\s*(\d+)\s*<', near)[:3] == ["2", "1", "2"]


def test_an_exempt_benefit_is_on_no_map_of_who_may_not_read_it(desks: Desks) -> None:
    for page in (MAP, "/priorities/near", "/priorities"):
        assert desks["olu"].get(page).status_code == 200
        assert "tender" not in desks["cleo"].get(page).text.lower()
    assert "Secret tender" in desks["pat"].get(MAP).text
    seen = desks["cleo"].get("/priorities").text.split('href="/priorities/near"')[1]
    assert re.findall(r'app-cell">\s*(\d+)\s*<', seen)[:3] == ["2", "1", "1"]


def test_the_benefits_page_says_what_it_serves(desks: Desks) -> None:
    page = desks["olu"].get("/benefits/desk").text
    for words in ("People ask &lt;once&gt;", "Less to maintain", "Staff trained", MAP):
        assert words in page
    assert "/benefits/desk/place" not in page
    assert "/benefits/desk/place" in desks["pat"].get("/benefits/desk").text


def test_only_who_keeps_the_map_is_shown_its_forms(desks: Desks) -> None:
    for path in (f"{MAP}/objective", f"{MAP}/outcome/c1", f"{MAP}/change/e1/remove"):
        assert desks["cleo"].get(path).status_code == 403
        assert desks["pat"].get(path).status_code == 200
    assert desks["olu"].get("/benefits/desk/place").status_code == 403
    assert desks["olu"].get("/priorities/new").status_code == 403
    assert desks["ada"].get("/priorities/new").status_code == 200
    assert "Put an objective" not in desks["olu"].get(MAP).text


@pytest.mark.parametrize(
    ("path", "typed", "then"),
    [
        (f"{MAP}/objective", {"title": "Care at home", "priorities": "near"}, "Care at home"),
        (f"{MAP}/outcome", {"title": "Calm mornings", "objectives": "o1"}, "Calm mornings"),
        (f"{MAP}/change", {"title": "A new lift"}, "A new lift"),
        (f"{MAP}/change/e1", {"title": "Staff trained twice"}, "Staff trained twice"),
        ("/benefits/desk/place", {"outcomes": "c1", "changes": "e1"}, "One reception desk"),
        ("/priorities/new", {"title": "Clean air", "source": "Page 5"}, "Clean air"),
        ("/priorities/thrift/change", {"title": "Each pound well spent"}, "Each pound well"),
    ],
)
def test_each_form_does_what_it_says(
    desks: Desks, path: str, typed: dict[str, str], then: str
) -> None:
    answer = desks["pat"].send(path, typed, desks["pat"].hidden(path))
    assert answer.status_code == 303, answer.text
    assert then in desks["pat"].get(str(answer.location)).text
    empty = desks["pat"].send(path, {"title": "", "outcomes": "none"}, desks["pat"].hidden(path))
    assert empty.status_code in (409, 422)


def test_what_is_taken_off_leaves_no_trace_on_the_map(desks: Desks) -> None:
    desks.scenario.do(RecordOutcome("care", "gone", "Said by mistake", ("o1",)))
    form = f"{MAP}/outcome/gone/remove"
    refused = desks["pat"].send(form, {"reason": ""}, desks["pat"].hidden(form))
    assert refused.status_code == 422
    done = desks["pat"].send(form, {"reason": "A mistake."}, desks["pat"].hidden(form))
    assert done.status_code == 303
    page = desks["pat"].get(MAP).text
    assert "Said by mistake" not in page
    assert desks["pat"].get(form).status_code == 404


def test_unknown_things_are_not_found(desks: Desks) -> None:
    for path in ("/programmes/none/map", "/priorities/none", f"{MAP}/outcome/none"):
        assert desks["pat"].get(path).status_code == 404
    assert desks["pat"].get("/benefits/none/place").status_code == 404


def test_a_rebuild_gives_the_same_maps(desks: Desks) -> None:
    database = desks.scenario.realise.database
    assert replay.compare(rebuilding(database)) == []


def test_the_map_asks_as_many_questions_for_one_benefit_as_for_many(desks: Desks) -> None:
    def asked(page: str) -> int:
        desks["fay"].get(page)
        with statements() as sent:
            assert desks["fay"].get(page).status_code == 200
        return len(sent)

    pages = (MAP, "/priorities", "/priorities/near")
    before = [asked(page) for page in pages]
    for number in range(6):
        desks.scenario.identified(
            f"More {number}", saves(1_000, "2024-07"), benefit=f"more{number}"
        )
        desks.scenario.do(PlaceOnMap(f"more{number}", ("c1",), ("e1",)))
    assert [asked(page) for page in pages] == before
