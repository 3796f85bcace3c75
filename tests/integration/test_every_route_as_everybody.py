"""Every route that there is, asked and forged as every kind of person of the sample council."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import AnyConverter, Rule
from werkzeug.routing.converters import NumberConverter

from benefits.register import tables
from entrypoints.access import PUBLIC, may_open, who_may
from entrypoints.auth import viewer_of
from tests.conftest import RUN_DIRECTORY
from tests.sample import KINDS_OF_PEOPLE, ONA, ONLY_PROGRAMME, Sample, copied
from tests.web import Visitor, visitor

#: What an address names, where it need not be there: a person who may not is refused before.
NAMED = {
    "programme": "bestvalue", "month": "2026-10", "edition": "1", "board": "bestvalueboard",
    "person": "amira", "gate": "validation", "grid": "claims", "slug": "add-note",
    "deed": "rules", "way": "grant", "position": "1", "ref": "F1", "what": "register",
}  # fmt: skip


@pytest.fixture(scope="module")
def council(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    folder: Path = tmp_path_factory.mktemp("routes")
    run = request.config.stash[RUN_DIRECTORY]
    with copied(run, folder, REALISE_PROGRAMMES_OPEN="off") as found:
        yield found


@pytest.fixture(scope="module")
def app(council: Sample) -> Flask:
    return council.site()


def routes(app: Flask, method: str) -> list[tuple[Rule, str]]:
    """Every route of the pages that takes the method, with an address of it."""
    found = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.rule.startswith("/api/"):
            continue
        given: dict[str, object] = {name: NAMED.get(name, "none") for name in rule.arguments}
        for name, converter in rule._converters.items():
            if isinstance(converter, AnyConverter):
                given[name] = min(converter.items)
            if isinstance(converter, NumberConverter):
                given[name] = 1
        given |= dict(rule.defaults or {})
        found.append((rule, adapter.build(rule.endpoint, given, method)))
    assert len(found) > 40, method
    return found


def _may(app: Flask, rule: Rule, person: str) -> bool:
    with app.test_request_context("/"):
        return may_open(who_may(app.view_functions[rule.endpoint]), viewer_of(person))


@pytest.mark.parametrize("person", [*KINDS_OF_PEOPLE, ONA])
def test_every_route_is_shut_to_whom_it_is_not_declared_for(
    council: Sample, app: Flask, person: str
) -> None:
    here = council.at(app, person)
    token = here.hidden("/")["csrf_token"]
    head, wrong = council.realise.store.head(), []
    for rule, address in routes(app, "GET"):
        if not _may(app, rule, person) and here.get(address).status_code != 403:
            wrong.append(f"GET {address}")
    for rule, address in routes(app, "POST"):
        if _may(app, rule, person):
            continue
        answer = here.client.post(address, data={"csrf_token": token}, buffered=True)
        if answer.status_code != 403:
            wrong.append(f"POST {address}: {answer.status_code}")
    assert not wrong
    assert council.realise.store.head() == head


@pytest.mark.parametrize("person", [*KINDS_OF_PEOPLE, ONA, ""])
def test_nothing_is_changed_by_a_form_without_its_token(
    council: Sample, app: Flask, person: str
) -> None:
    here = council.at(app, person) if person else visitor(app)
    head = council.realise.store.head()
    answers = {
        address: here.client.post(address, data={"reason": "x"}, buffered=True).status_code
        for _, address in routes(app, "POST")
    }
    assert set(answers.values()) == {400}, answers
    assert council.realise.store.head() == head


def test_whoever_is_not_signed_in_opens_only_what_is_public(council: Sample, app: Flask) -> None:
    here = visitor(app)
    token, head = here.hidden("/sign-in")["csrf_token"], council.realise.store.head()
    for rule, address in routes(app, "GET"):
        answer = here.get(address)
        if PUBLIC in who_may(app.view_functions[rule.endpoint]):
            assert answer.status_code in (200, 404) or answer.location == "/sign-in", address
        else:
            assert (answer.status_code, answer.location[:8]) == (303, "/sign-in"), address
    for rule, address in routes(app, "POST"):
        if PUBLIC not in who_may(app.view_functions[rule.endpoint]):
            sent = here.client.post(address, data={"csrf_token": token}, buffered=True)
            assert sent.status_code == 401, address
    assert council.realise.store.head() == head


def test_a_browsers_session_opens_no_door_of_the_programs(council: Sample, app: Flask) -> None:
    here, tried = council.at(app, "morag"), 0
    head = council.realise.store.head()
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/") or PUBLIC in who_may(
            app.view_functions[rule.endpoint]
        ):
            continue
        given = dict.fromkeys(rule.arguments, "1") | (
            {"edition": 1} if "edition" in rule.arguments else {}
        )
        for method in (rule.methods or set()) & {"GET", "POST"}:
            address = app.url_map.bind("localhost").build(rule.endpoint, given, method)
            answer = here.client.open(address, method=method, json={}, buffered=True)
            assert answer.status_code == 401, (method, address)
            tried += 1
    assert tried > 60
    assert council.realise.store.head() == head


def test_the_pmo_of_one_programme_reaches_nothing_of_another(council: Sample, app: Flask) -> None:
    with council.realise.read() as connection:
        benefit = connection.execute(
            select(tables.register.c.benefit).where(tables.register.c.programme != ONLY_PROGRAMME)
        ).scalars().first()  # fmt: skip
        claim = connection.execute(
            select(tables.claims.c.claim).where(tables.claims.c.benefit == benefit)
        ).scalars().first()  # fmt: skip
    here = council.at(app, ONA)
    token, head = here.hidden("/")["csrf_token"], council.realise.store.head()
    wrong = _reached(app, here, token, {"benefit": str(benefit), "claim": str(claim or "none")})
    assert not wrong
    assert council.realise.store.head() == head


def _reached(app: Flask, here: Visitor, token: str, other: dict[str, str]) -> list[str]:
    """What of the other programme was shown, or took a form."""
    wrong, tried = [], 0
    for method in ("GET", "POST"):
        for rule, address in routes(app, method):
            if not {"programme", "benefit", "claim"} & rule.arguments:
                continue
            for name, value in other.items():
                if name in rule.arguments:
                    address = address.replace("/none", f"/{value}", 1)
            sent = {"csrf_token": token} if method == "POST" else None
            answer = here.client.open(address, method=method, data=sent, buffered=True)
            tried += 1
            if answer.status_code not in (403, 404, 428):  # 428 comes before anything is read
                wrong.append(f"{method} {address}: {answer.status_code}")
    assert tried > 40
    return wrong
