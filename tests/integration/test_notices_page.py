"""What is new on the page: one's own notices, read one by one, and heard of as one chooses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benefits.lifecycle import Gate
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    for title in ("Fewer homes", "Less printing"):
        benefit = scenario.identified(title, saves(120_000, "2024-07"))
        scenario.described(benefit)
        scenario.submitted(benefit, Gate.VALIDATION)
    with at_their_desks(scenario, tmp_path) as found:
        yield found


def test_a_member_reads_what_is_new_and_the_count_goes_down(desks: Desks) -> None:
    member = desks["mo"]
    page = member.get("/notices").text
    assert "Fewer homes" in page
    assert ">2<span" in page, "the count stands at the top"
    notice = page.split('name="notice" value="')[1].split('"')[0]
    carried = {**member.hidden("/notices"), "notice": notice, "show": ""}
    assert member.send("/notices", {}, carried).status_code == 303
    assert ">1<span" in member.get("/notices").text
    assert member.send("/notices", {"notice": ""}).status_code == 303
    assert "Nothing new" in member.get("/notices").text
    assert "Fewer homes" in member.get("/notices?show=all").text


def test_nobody_sees_or_reads_what_another_was_told(desks: Desks) -> None:
    page = desks["mo"].get("/notices").text
    notice = page.split('name="notice" value="')[1].split('"')[0]
    assert "Fewer homes" not in desks["fay"].get("/notices?show=all").text
    carried = {**desks["fay"].hidden("/"), "notice": notice}
    desks["fay"].send("/notices", {}, carried)
    assert ">2<span" in desks["mo"].get("/notices").text


def test_what_is_chosen_is_kept_and_a_wrong_choice_refused(desks: Desks) -> None:
    address = "/account/notices"
    typed = dict.fromkeys(
        (
            "VOTE_WANTED",
            "DECISION_MADE",
            "CONDITION_DUE",
            "MILESTONE_OVERDUE",
            "CLAIM_REJECTED",
            "QUESTION_ASKED",
            "QUESTION_ANSWERED",
            "RECORD_FAULT",
        ),
        "off",
    )
    assert desks["mo"].send(address, typed).status_code == 422, "one kind was left out"
    kept = desks["mo"].send(address, {**typed, "REPORT_ISSUED": "at once"})
    assert kept.status_code == 303
    page = desks["mo"].get(address).text
    assert page.count('value="off" selected') == len(typed)
    assert page.count('value="at once" selected') == 1
