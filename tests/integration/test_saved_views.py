"""Views of the register: kept by one person, opened by whoever has the address."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenario import Scenario, begin
from tests.web import Visitor, give_password, visitor, web_of, web_settings


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.identified("Rent of the hall", workstream="Property")
    scenario.identified("Fewer homes")
    for person in ("aud", "pat"):
        give_password(scenario.realise.database, person, f"{person}@example.gov.uk")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def people(council: Scenario, tmp_path: Path) -> tuple[Visitor, Visitor]:
    """The auditor and the PMO officer, each at a browser of their own."""
    app = web_of(council.realise, web_settings(tmp_path))
    both = visitor(app), visitor(app)
    for somebody, name in zip(both, ("aud", "pat"), strict=True):
        assert somebody.sign_in(f"{name}@example.gov.uk").status_code == 303
    return both


def keep(somebody: Visitor, name: str, address: str = "/register?workstream=Property") -> str:
    """Keep what the address shows; gives where the register is sent to."""
    answer = somebody.send("/register/views", {"name": name}, somebody.hidden(address))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def only(somebody: Visitor) -> str:
    """The address under which the person's only view is shared."""
    (view,) = set(
        re.findall(r'action="(/register/views/[^"]+)"', somebody.get("/register/views").text)
    )
    return str(view)


def test_a_view_is_on_the_register_and_at_home_and_leads_back_to_what_it_showed(
    people: tuple[Visitor, Visitor],
) -> None:
    aud, pat = people
    where = keep(aud, "Property only", "/register?workstream=Property&sort=-planned&page=1")
    assert where == "/register?workstream=Property&sort=-planned"
    for page in ("/", "/register?sort=reference"):
        assert "Property only" in aud.get(page).text
        assert "Property only" not in pat.get(page).text
    assert "Fewer homes" not in aud.get(where).text


def test_whoever_has_the_address_of_a_view_can_open_it_and_only_its_owner_can_change_it(
    people: tuple[Visitor, Visitor],
) -> None:
    aud, pat = people
    keep(aud, "Property only")
    view = only(aud)
    shown = pat.get(view)
    assert shown.status_code == 302
    assert shown.headers["Location"] == "/register?workstream=Property"
    for doing in ("rename", "first", "delete"):
        refused = pat.send(view, {"do": doing, "name": "Mine"}, pat.hidden("/register"))
        assert refused.status_code == 404
        assert "You have no such view" in refused.text
    assert only(aud) == view
    assert "Property only" in aud.get("/register/views").text


def test_the_register_opens_with_the_first_view_and_every_benefit_is_one_step_away(
    people: tuple[Visitor, Visitor],
) -> None:
    aud, pat = people
    keep(aud, "Property only")
    view = only(aud)
    assert aud.send(view, {"do": "first"}, aud.hidden("/register/views")).status_code == 303
    assert aud.get("/register").headers["Location"] == "/register?workstream=Property"
    assert "Fewer homes" in aud.get("/register?sort=reference").text
    assert pat.get("/register").status_code == 200
    assert aud.send(view, {"do": "not-first"}, aud.hidden("/register/views")).status_code == 303
    assert aud.get("/register").status_code == 200


def test_a_view_is_renamed_and_deleted_and_two_are_never_called_the_same(
    people: tuple[Visitor, Visitor],
) -> None:
    aud, _ = people
    keep(aud, "Property only")
    keep(aud, "property ONLY", "/register?sort=-planned")
    view = only(aud)
    assert aud.get(view).headers["Location"] == "/register?sort=-planned", "it was changed"
    for bad in ("", " ", "x" * 61, "a\0b"):
        refused = aud.send(view, {"do": "rename", "name": bad}, aud.hidden("/register/views"))
        assert refused.status_code == 409
        assert "Write a name for the view" in refused.text
        assert f'href="#name-{view.rpartition("/")[2]}"' in refused.text
    aud.send(view, {"do": "rename", "name": "<b>Money</b>"}, aud.hidden("/register/views"))
    assert "&lt;b&gt;Money&lt;/b&gt;" in aud.get("/").text
    aud.send(view, {"do": "delete"}, aud.hidden("/register/views"))
    assert "You keep no view yet" in aud.get("/register/views").text
    assert aud.get(view).status_code == 404


@pytest.mark.parametrize(
    "asked", ["//evil.example/", "sort=x&page=9&colour=red", "&" * 900, "q=" + "y" * 9_000, "%00"]
)
def test_what_is_kept_is_a_view_of_the_register_whatever_was_sent(
    people: tuple[Visitor, Visitor], asked: str
) -> None:
    aud, _ = people
    form = {**aud.hidden("/register"), "asked": asked}
    answer = aud.send("/register/views", {"name": "Odd"}, form)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/register?")
    assert aud.get(answer.headers["Location"]).status_code == 200


def test_a_view_without_a_name_keeps_its_filters_until_it_has_one(
    people: tuple[Visitor, Visitor],
) -> None:
    aud, _ = people
    form = aud.hidden("/register?workstream=Property")
    unnamed = aud.send("/register/views", {"name": " "}, form)
    assert unnamed.status_code == 409
    assert 'href="#view-name"' in unnamed.text
    assert 'name="asked" value="workstream=Property"' in unnamed.text
