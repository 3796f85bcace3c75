"""The words of the pages are explained where they stand, and all together."""

import re
from pathlib import Path

from entrypoints.glossary import every, explained
from tests.desks import at_their_desks
from tests.scenario import begin, saves
from tests.web import visitor


def test_a_word_is_known_whatever_its_capitals_and_other_words_are_not() -> None:
    term = explained("run rate")
    assert term is not None
    assert term.slug == "run-rate"
    assert explained("Runrate") is None
    slugs = [term.slug for term in every()]
    assert len(slugs) == len(set(slugs))


def test_every_tip_leads_to_its_word_and_has_an_id_of_its_own(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    scenario = begin(migrated_sqlite_url, tmp_path)
    homes = scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    with at_their_desks(scenario, tmp_path) as desks:
        glossary = visitor(desks.app).get("/help").text
        page = desks["pat"].get(f"/benefits/{homes}").text + desks["pat"].get("/").text
        assert "app-term__tip" in page
        for slug in re.findall(r'href="/help#([a-z-]+)"', page):
            assert f'id="{slug}"' in glossary
        one = desks["olu"].get("/").text
    tips = re.findall(r'id="(tip-[0-9]+)"', one)
    assert tips
    assert len(tips) == len(set(tips))
