"""Roles held for one programme, and who sees what of the others: pages, API, exports, totals."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select

from benefits.commands import details, programme
from benefits.refusals import NotAllowed, Refused
from benefits.register import tables
from entrypoints.application import create_app
from entrypoints.auth import viewer_of
from entrypoints.here import realise
from entrypoints.sight import take
from eventlog.narrowed import is_narrowed, narrow, whole
from eventlog.schema import upgrade
from tests.scenario import Scenario, begin, saves, started_programme
from tests.walking import walk
from tests.web import Visitor, give_password, visitor, web_settings
from workflows import commands
from workflows.commands import Role

SECRET = re.compile(r"Other homes|Zebra|The other")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def council(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scenario]:
    """Two programmes; ola is the PMO of the first alone; Zebra of the first is exempt."""
    folder = tmp_path_factory.mktemp("council")
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'realise.db'}"
        upgrade(url, url)
        yield _council(url, folder)
        return
    server = request.getfixturevalue("postgres_server")
    name = server.create()
    upgrade(server.url(name))
    made = _council(server.url(name), folder)
    yield made
    made.realise.database.close()
    server.drop(name)


def _council(url: str, folder: Path) -> Scenario:
    scenario = begin(url, folder)
    started_programme(scenario, "other", "The other")
    scenario.do(commands.FormBoard("far", "Another board", 1, 1), by="ada")
    scenario.do(programme.ChangeProgramme("other", board="far"), by="ada")
    scenario.identified("Fewer homes", saves(120_000, "2024-07"))
    scenario.identified("Other homes", saves(7_000, "2024-07"), programme="other", benefit="b-far")
    scenario.identified("Project Zebra", saves(3_000, "2024-07"), benefit="b-zebra")
    scenario.do(details.MakeExempt("b-zebra", "Paragraph 3."))
    scenario.do(commands.GrantProgrammeRole("ola", Role.PMO, "care"), by="ada")
    for person in ("ola", "pat", "cleo", "olu"):
        give_password(scenario.realise.database, person, f"{person}@northmere.example")
    return scenario


def site(council: Scenario, folder: Path, **given: str) -> Flask:
    return create_app(council.realise, web_settings(folder, **given))


@pytest.fixture
def closed(council: Scenario, tmp_path: Path) -> Flask:
    """The site where people see only the programmes where they have something to do."""
    return site(council, tmp_path, REALISE_PROGRAMMES_OPEN="off")


def at(app: Flask, person: str) -> Visitor:
    found = visitor(app)
    assert found.sign_in(f"{person}@northmere.example").status_code == 303
    return found


@contextmanager
def seen_by(app: Flask, person: str) -> Iterator[None]:
    """What the database shows while a request of the person is answered."""
    with app.test_request_context("/"):
        take(viewer_of(person))
        try:
            yield
        finally:
            narrow(None)


@pytest.mark.parametrize(
    "asked",
    [
        details.AddNote("b-far", "A note."),
        details.NameOwner("b-far", "olu"),
        details.MakeExempt("b-far", "So."),
        programme.ChangeProgramme("other", title="Mine"),
        programme.AddWorkstream("other", "Mine"),
        programme.SetRecipients("other", ("ola",)),
        commands.SetBoardRules("main", 1, 1, commands.Tie.CHAIR, 5),
        commands.GrantRole("ola", Role.ADMINISTRATOR),
        commands.GrantProgrammeRole("ola", Role.FINANCE, "care"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_the_pmo_of_one_programme_changes_nothing_of_another_or_of_the_council(
    council: Scenario, asked: object
) -> None:
    before = council.realise.store.head()
    with pytest.raises(NotAllowed):
        council.do(asked, by="ola")
    assert council.realise.store.head() == before


def test_and_does_all_of_it_for_their_own(council: Scenario) -> None:
    council.do(details.AddNote("benefit-1", "A note."), by="ola")
    council.do(programme.AddWorkstream("care", "Foster care"), by="ola")
    assert "Foster care" in council.realise.programme("care").workstreams


def test_an_overlap_takes_the_role_on_both_sides(council: Scenario) -> None:
    both = programme.AgreeOverlap("o1", "benefit-1", "b-far", (), "fay")
    with pytest.raises(NotAllowed):
        council.do(both, by="ola")


def test_a_role_for_a_programme_is_given_once_and_taken_away(council: Scenario) -> None:
    grant = commands.GrantProgrammeRole("mo", Role.FINANCE, "care")
    council.do(grant, by="ada")
    with pytest.raises(Refused, match="already in finance for"):
        council.do(grant, by="ada")
    with pytest.raises(Refused, match="Nobody is an administrator for one programme"):
        council.do(commands.GrantProgrammeRole("mo", Role.ADMINISTRATOR, "care"), by="ada")
    council.do(commands.RevokeProgrammeRole("mo", Role.FINANCE, "care"), by="ada")
    assert not council.realise.standing("person", "mo").programme_roles


def pages_of(app: Flask) -> list[str]:
    """Every page that is read, with the other programme's things in its address."""
    values = {
        "programme": "other",
        "benefit": "b-far",
        "month": "2024-07",
        "board": "main",
        "act": "note",
        "slug": "note",
    }
    found = []
    with app.test_request_context("/"):
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api", "/assets")):
                given = {name: values.get(name, "1") for name in rule.arguments}
                try:
                    built = rule.build(given, append_unknown=False)
                except (TypeError, ValueError):
                    continue
                found += [built[1]] if built else []
    return found


def words_of(content: bytes) -> str:
    """A page as text; a workbook as what its parts hold."""
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as held:
            content = b"".join(held.read(name) for name in held.namelist())
    return content.decode(errors="replace")


@pytest.mark.parametrize("person", ["ola", "olu"])
def test_no_page_shows_a_programme_that_the_person_may_not_see(closed: Flask, person: str) -> None:
    here, tried = at(closed, person), 0
    for address in (*pages_of(closed), "/register?q=homes", "/events/60"):
        answer = here.get(address)
        assert answer.status_code < 500, address
        hidden = SECRET if person == "olu" else re.compile("Other homes|The other")
        assert not hidden.search(words_of(answer.data)), address
        tried += 1
    assert tried > 40


def test_the_pmo_of_one_programme_sees_it_all_and_opens_no_other(closed: Flask) -> None:
    here = at(closed, "ola")
    assert "Fewer homes" in here.get("/register").get_data(as_text=True)
    assert "Project Zebra" in here.get("/register").get_data(as_text=True)
    for address in ("/benefits/b-far", "/programmes/other", "/benefits/b-far/story"):
        assert here.get(address).status_code == 404


def test_whoever_has_a_role_for_the_council_sees_every_programme(closed: Flask) -> None:
    text = at(closed, "pat").get("/register").get_data(as_text=True)
    assert "Other homes" in text
    assert "Project Zebra" in text


def test_totals_and_queries_are_of_what_is_seen(council: Scenario, closed: Flask) -> None:
    counted = select(func.count()).select_from(tables.register)
    planned = select(func.sum(tables.register.c.planned_run_rate))
    seen = {}
    for person in ("pat", "ola", "olu"):
        with seen_by(closed, person), realise().database.read() as connection:
            seen[person] = (
                connection.execute(counted).scalar(),
                connection.execute(planned).scalar(),
            )
            assert is_narrowed() is (person != "pat")
            with whole():
                assert connection.execute(counted).scalar() == 3
    assert seen["pat"] == (3, 130_000_00)
    assert seen["ola"] == (2, 123_000_00)
    assert seen["olu"] == (0, None)


def test_a_request_leaves_nothing_narrowed_behind_it(closed: Flask) -> None:
    at(closed, "ola").get("/register")
    assert not is_narrowed()


def test_where_programmes_are_open_only_the_exempt_is_hidden(
    council: Scenario, tmp_path: Path
) -> None:
    here = at(site(council, tmp_path), "cleo")
    register = here.get("/register").get_data(as_text=True)
    assert "Other homes" in register
    for address in ("/register", "/register.csv", "/audit", "/audit.csv", "/", "/programmes/care"):
        assert "Zebra" not in here.get(address).get_data(as_text=True), address
    everywhere = walk(here.client.application, here, "cleo", 2)
    assert len(everywhere.pages) > 40
    for address in everywhere.pages:
        assert "Zebra" not in here.get(address).get_data(as_text=True), address
    assert here.get("/benefits/b-zebra").status_code == 404
    assert here.get("/benefits/b-far").status_code == 200
    council.do(commands.GrantRole("cleo", Role.EXEMPT_READER), by="ada")
    assert here.get("/benefits/b-zebra").status_code == 200
    council.do(commands.RevokeRole("cleo", Role.EXEMPT_READER), by="ada")
