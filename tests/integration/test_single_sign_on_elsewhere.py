"""A provider that others wrote lets people in and out; what it did not say brings nobody in."""

import re
from collections.abc import Iterator

import pytest
import requests

from entrypoints.openid import identities
from eventlog.schema import upgrade
from tests.desks import Desks
from tests.npm_provider import BACK, PATIENCE, NpmProvider
from tests.scenario import begin
from tests.signing_on import chosen
from tests.web import visitor, web_of, web_settings


@pytest.fixture(scope="module")
def provider() -> Iterator[NpmProvider]:
    made = NpmProvider()
    made.begin("key-1")
    yield made
    made.end()


@pytest.fixture(scope="module")
def desks(provider: NpmProvider, tmp_path_factory: pytest.TempPathFactory) -> Desks:
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url)
    scenario = begin(url, folder)
    settings = web_settings(folder, REALISE_ADDRESS=BACK, **chosen(provider.issuer))
    return Desks(scenario, web_of(scenario.realise, settings))


def test_somebody_comes_in_with_the_roles_of_the_claim_and_goes_out_there_too(
    desks: Desks, provider: NpmProvider
) -> None:
    provider.tell("nia", ["Realise.PMO", "Realise.Care.Finance", "Unknown"])
    nia, browser = visitor(desks.app), requests.Session()
    sent = nia.get(provider.way_back(nia, browser))
    assert sent.status_code == 303, sent.text
    assert nia.get("/register").status_code == 200
    with desks.scenario.realise.database.read() as connection:
        person = identities.person_of(connection, identities.Identity(provider.issuer, "nia"))
    standing = desks.scenario.realise.standing("person", person or "")
    assert {role.value for role in standing.roles} == {"PMO officer"}
    nia.send("/sign-out", {}, nia.hidden("/account"))
    leaving = browser.get(str(nia.get("/sign-in/openid/leave").location), timeout=PATIENCE)
    (carried,) = re.findall(r'name="xsrf" value="([^"]+)"', leaving.text)
    out = browser.post(
        f"{provider.issuer}/session/end/confirm",
        data={"xsrf": carried, "logout": "yes"}, allow_redirects=False, timeout=PATIENCE,
    )  # fmt: skip
    assert out.headers["Location"].startswith(f"{BACK}/sign-in")
    assert nia.get("/register").status_code == 303


@pytest.mark.parametrize(
    "forge",
    [
        "unsigned", "another key", "shared secret", "changed", "expired", "for another",
        "from another", "without nonce", "played again",
    ],
)  # fmt: skip
def test_a_token_that_the_provider_did_not_make_for_this_sign_in_brings_nobody_in(
    desks: Desks, provider: NpmProvider, forge: str
) -> None:
    provider.tell("mallory", ["Realise.Admin"])
    first = visitor(desks.app)
    assert first.get(provider.way_back(first)).status_code == 303  # so that there is one to replay
    before = desks.events()
    provider.tell("mallory", ["Realise.Admin"], forge)
    stranger = visitor(desks.app)
    sent = stranger.get(provider.way_back(stranger))
    assert sent.status_code == 403, forge
    assert stranger.get("/register").status_code == 303
    assert desks.events() == before


def test_a_provider_that_signs_with_a_new_key_is_believed_once_it_publishes_it(
    desks: Desks, provider: NpmProvider
) -> None:
    provider.tell("bo", ["Realise.Audit"])
    bo = visitor(desks.app)
    assert bo.get(provider.way_back(bo)).status_code == 303
    provider.end()
    provider.begin("key-2")
    provider.tell("bo", ["Realise.Audit"])
    again = visitor(desks.app)
    assert again.get(provider.way_back(again)).status_code == 303
    assert again.get("/register").status_code == 200
