"""Requests made up by somebody of one programme about another: refused at every door."""

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import AnyConverter

from benefits.commands import details
from benefits.commands.programme import ChangeProgramme, CloseMonth
from benefits.periods import Month
from entrypoints.acts import ACTS
from eventlog.schema import upgrade
from reports.issued import PORTFOLIO
from tests.programs import program
from tests.scenario import Scenario, begin, saves, started_programme
from tests.undrawn import undrawn
from tests.web import Visitor, give_password, visitor, web_of, web_settings
from workflows import commands, outbox
from workflows.commands import Role

OTHERS = {"programme": "other", "benefit": "b-far", "month": "2024-05", "board": "far"}
#: What is sent everywhere: enough that most forms would be taken from whoever may send them.
TYPED = {
    "text": "Mine now.", "title": "Mine", "reason": "So.", "person": "ola", "owner": "ola",
    "which": "other/2024-05", "month": "2024-05", "recipients": "ola", "edition": "1",
    "seen": "1",
}  # fmt: skip
SLUGS = [act.slug for act in ACTS.values()] + ["milestones", "claims", "forecasts"]
BY_THE_API = {
    "/benefits/b-far/add-note": {"text": "Mine."},
    "/benefits/b-far/make-exempt": {"reason": "Mine."},
    "/programmes/other/add-workstream": {"workstream": "Mine"},
    "/programmes/other/set-recipients": {"people": ["ola"]},
    "/programmes/other/close-month": {"month": "2024-05"},
}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Two programmes, each with an exempt benefit; ola is the PMO of care alone."""
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url, url)
    scenario = begin(url, folder)
    started_programme(scenario, "other", "The other")
    scenario.do(commands.FormBoard("far", "Another board", 1, 1), by="ada")
    scenario.do(ChangeProgramme("other", board="far"), by="ada")
    scenario.in_delivery("Leave Acme Ltd", saves(40_000, "2024-07"), benefit="b-acme")
    scenario.identified(
        "Project Zebra", saves(3_000, "2024-07"), programme="other", benefit="b-far"
    )
    scenario.do(*(details.MakeExempt(one, "Paragraph 3.") for one in ("b-acme", "b-far")))
    scenario.do(commands.GrantProgrammeRole("ola", Role.PMO, "care"), by="ada")
    scenario.on("2024-06-03").do(CloseMonth("care", Month(2024, 5)), by="ola")
    give_password(scenario.realise.database, "ola", "ola@northmere.example")
    return scenario


@pytest.fixture(scope="module")
def app(council: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return web_of(council.realise, web_settings(tmp_path_factory.mktemp("web")))


@pytest.fixture
def ola(app: Flask) -> Visitor:
    here = visitor(app)
    assert here.sign_in("ola@northmere.example").status_code == 303
    return here


def emails(council: Scenario) -> set[str]:
    """The emails that are to be sent, or were."""
    with council.realise.database.read() as connection:
        return set(connection.execute(select(outbox.outbox.c.message)).scalars())


def posts(app: Flask) -> list[str]:
    """Every address of the pages to which something about a programme or benefit can be sent."""
    found = []
    with app.test_request_context("/"):
        for rule in app.url_map.iter_rules():
            if "POST" in (rule.methods or ()) and {"programme", "benefit"} & rule.arguments:
                for slug in SLUGS if "slug" in rule.arguments else [""]:
                    given = {name: OTHERS.get(name, slug or "1") for name in rule.arguments}
                    for name, converter in rule._converters.items():
                        if isinstance(converter, AnyConverter):
                            given[name] = min(converter.items)
                    built = None if rule.rule.startswith("/api") else rule.build(given)
                    found += [built[1]] if built else []
    return found


def test_nothing_that_is_sent_about_another_programme_changes_the_record(
    council: Scenario, app: Flask, ola: Visitor
) -> None:
    carried, before, queued = ola.hidden("/reports"), council.realise.store.head(), emails(council)
    addresses = [*posts(app), "/reports/issue"]
    assert len(addresses) > 50
    for number, address in enumerate(addresses):
        typed = {**TYPED, "key": f"{number:020x}", "programme": "other", "benefit": "b-far"}
        answer = ola.send(address, typed, carried)
        assert answer.status_code in (302, 303, 403, 404, 405, 409, 422), (address, answer.status)
        assert council.realise.store.head() == before, address
    assert emails(council) == queued


@pytest.mark.parametrize("address", BY_THE_API)
def test_a_program_of_one_programme_changes_nothing_of_another(
    council: Scenario, app: Flask, address: str
) -> None:
    mine = program(app, council.realise, "ola")
    before = council.realise.store.head()
    answer = mine.post(address, BY_THE_API[address], 1)
    assert answer.status_code in (403, 404), answer.text
    assert council.realise.store.head() == before


@pytest.mark.parametrize(("which", "status"), [("care", 200), ("other", 403), (PORTFOLIO, 403)])
def test_a_draft_is_made_for_ones_own_programme_only(ola: Visitor, which: str, status: int) -> None:
    typed = {"which": f"{which}/2024-05", "edition": "exempt"}
    assert ola.send("/reports/draft", typed).status_code in (status, 404 if status == 403 else 200)


def test_the_exempt_edition_is_read_by_the_people_of_its_programme_only(
    council: Scenario, ola: Visitor, app: Flask
) -> None:
    reports = council.realise.reports
    with undrawn():
        for programme in ("care", "other"):
            reports.issue(programme, Month(2024, 5), by="pat", at=council.at)
    for ending in ("", ".pdf", ".csv", ".json", "/figures/F1"):
        mine = ola.get(f"/reports/care/2024-05/1/exempt{ending}")
        assert mine.status_code == 200, ending
        assert mine.headers["Cache-Control"] == "no-store"
        assert ola.get(f"/reports/other/2024-05/1/exempt{ending}").status_code == 403, ending
    page = ola.get("/reports/care/2024-05/1/exempt").text
    assert "EXEMPT: not for publication" in page
    assert "Leave Acme Ltd" in page
    assert "/reports/care/2024-05/1/exempt/figures/" in page
    public = ola.get("/reports/care/2024-05/1").text
    assert "Leave Acme Ltd" not in public
    assert "/reports/care/2024-05/1/exempt" in public
    assert "exempt" not in ola.get("/reports/other/2024-05").text.lower().split("sent to")[0]


def test_an_exempt_benefit_says_so_on_its_page_in_the_register_and_in_its_file(
    ola: Visitor,
) -> None:
    page = ola.get("/benefits/b-acme").text
    assert ">Exempt</strong>" in page
    assert "It is not for publication: Paragraph 3." in page
    assert ">Exempt</strong>" in ola.get("/register?programme=care").text
    assert "exempt: not for publication" in ola.get("/register.csv").text
