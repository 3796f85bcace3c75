"""People come in by the council's OpenID provider: known by its number, with roles as claimed."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from entrypoints import access_record, sessions
from entrypoints.openid import identities
from entrypoints.openid.choices import OpenId
from entrypoints.openid.looked_at import fault_of, look_at_provider
from tests.desks import MORNING, Desks
from tests.scenario import begin
from tests.signing_on import answered, asked, chosen, claims, provider, sign_on
from tests.web import Visitor, visitor, web_of, web_settings
from workflows import directory
from workflows.commands import Role
from workflows.people import SIGN_ON

_IN = "/admin/people"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider() as address:
        yield address


@pytest.fixture(scope="module")
def desks(issuer: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    from eventlog.schema import upgrade

    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url, url)
    scenario = begin(url, folder).on("2024-06-03")
    with time_machine.travel(MORNING):
        yield Desks(scenario, web_of(scenario.realise, web_settings(folder, **chosen(issuer))))


def known(desks: Desks, issuer: str, subject: str) -> str:
    with desks.scenario.realise.database.read() as connection:
        found = identities.person_of(connection, identities.Identity(issuer, subject))
    assert found is not None
    return found


def roles(desks: Desks, person: str) -> tuple[set[str], set[tuple[str, str]]]:
    standing = desks.scenario.realise.standing("person", person)
    return {one.value for one in standing.roles}, {
        (role.value, programme) for role, programme in standing.programme_roles
    }


def test_somebody_new_comes_in_with_the_roles_that_are_claimed(desks: Desks, issuer: str) -> None:
    claims(issuer, "nia", roles=["Realise.PMO", "Realise.Care.Finance", "Unknown.Value"])
    nia = visitor(desks.app)
    sent = sign_on(nia, "nia", "/sign-in/openid?next=/register")
    assert (sent.status_code, sent.location) == (303, "/register")
    assert nia.get("/register").status_code == 200
    person = known(desks, issuer, "nia")
    assert roles(desks, person) == ({"PMO officer"}, {("finance", "care")})
    with desks.scenario.realise.database.read() as connection:
        entry = directory.by_id(connection, person)
        last = access_record.found(connection, [], 1)[0]
    assert entry is not None
    assert (entry.name, entry.email, entry.password) == ("Nia Quay", "nia@quay.example", "")
    assert (last.person, last.what) == (person, "signed in")
    log = desks.scenario.realise.store.load(f"person-{person}")
    assert {event.actor for event in log} == {SIGN_ON}
    assert "the single sign-on" in desks["aud"].get(f"/audit?stream=person-{person}").text


def test_roles_come_and_go_with_the_claim_and_others_are_left(desks: Desks, issuer: str) -> None:
    claims(issuer, "bo", roles=["Realise.PMO", "Realise.Elsewhere"])
    sign_on(visitor(desks.app), "bo")
    person = known(desks, issuer, "bo")
    assert roles(desks, person) == ({"PMO officer"}, set())
    desks["ada"].send(f"{_IN}/{person}/grant", {"role": "scrutiny"}, _page(desks, person))
    claims(issuer, "bo", roles="Realise.Audit", name="Bo New", email="new@quay.example")
    sign_on(visitor(desks.app), "bo")
    assert known(desks, issuer, "bo") == person
    assert roles(desks, person) == ({"auditor", "scrutiny"}, set())
    with desks.scenario.realise.database.read() as connection:
        entry = directory.by_id(connection, person)
    assert entry is not None
    assert (entry.name, entry.email) == ("Bo New", "new@quay.example")


def _page(desks: Desks, person: str) -> dict[str, str]:
    found = desks["ada"].hidden(f"{_IN}/{person}")
    standing = desks.scenario.realise.standing("person", person)
    return {**found, "key": "0" * 19 + "1", "seen": str(standing.version)}


def test_who_has_no_value_any_more_is_put_out_at_once(desks: Desks, issuer: str) -> None:
    claims(issuer, "cy", roles=["Realise.PMO"])
    cy = visitor(desks.app)
    sign_on(cy, "cy")
    assert cy.get("/register").status_code == 200
    claims(issuer, "cy", roles=[])
    sent = sign_on(visitor(desks.app), "cy")
    assert sent.status_code == 403
    assert "has no role for Realise" in sent.text
    assert cy.get("/register").status_code == 303
    assert roles(desks, known(desks, issuer, "cy")) == (set(), set())


def test_somebody_new_without_a_value_leaves_no_trace(desks: Desks, issuer: str) -> None:
    before = desks.events()
    claims(issuer, "zed", roles=["Something.Else"])
    assert "has no role" in sign_on(visitor(desks.app), "zed").text
    assert desks.events() == before


def test_who_has_left_stays_out(desks: Desks, issuer: str) -> None:
    claims(issuer, "lee", roles=["Realise.Member"])
    assert sign_on(visitor(desks.app), "lee").status_code == 303
    person = known(desks, issuer, "lee")
    assert desks["ada"].send(f"{_IN}/{person}/leave", {}).status_code == 303
    assert "cannot sign in to Realise any more" in sign_on(visitor(desks.app), "lee").text


def test_an_email_address_alone_makes_nobody_somebody_else(desks: Desks, issuer: str) -> None:
    claims(issuer, "patricia", roles=["Realise.Member"], email="pat@northmere.example")
    refused = sign_on(visitor(desks.app), "patricia")
    assert refused.status_code == 403
    assert "your number at the single sign-on is patricia" in refused.text
    typed = {"subject": "patricia"}
    assert desks["ada"].send(f"{_IN}/pat/single-sign-on", typed).status_code == 303
    pat = visitor(desks.app)
    assert sign_on(pat, "patricia").status_code == 303
    assert known(desks, issuer, "patricia") == "pat"
    assert "Single sign-on" in desks["ada"].get(_IN).text
    assert desks["ada"].send(f"{_IN}/quin/single-sign-on", typed).status_code == 409
    assert desks["ada"].send(f"{_IN}/pat/single-sign-on", {"subject": ""}).status_code == 303
    assert pat.get("/register").status_code == 303


def test_the_way_there_proves_who_asks_and_binds_the_answer(desks: Desks) -> None:
    query = parse_qs(urlsplit(asked(visitor(desks.app))).query)
    sent = {key: value[0] for key, value in query.items()}
    assert sent["response_type"] == "code"
    assert sent["code_challenge_method"] == "S256"
    assert len(sent["code_challenge"]) == 43
    assert sent["redirect_uri"].endswith("/sign-in/openid/back")
    assert sent.keys() >= {"nonce", "state", "scope", "client_id"}


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        ({"iss": "https://elsewhere.example"}, "from another provider"),
        ({"aud": "another-program"}, "for another program"),
        ({"aud": ["realise", "another"], "azp": "another"}, "for another program"),
        ({"nonce": "somebody-elses"}, "begun in another window"),
        ({"exp": int(MORNING.timestamp()) - 3_600}, "clocks are apart"),
        ({"iat": int(MORNING.timestamp()) + 36_000}, "clocks are apart"),
        ({"at_hash": "another"}, "signature or a claim"),
        ({"name": "", "given_name": "", "preferred_username": "\u200b"}, "does not say your name"),
    ],
)
def test_an_answer_that_is_not_right_brings_nobody_in(
    desks: Desks, issuer: str, lie: dict[str, object], said: str
) -> None:
    before = desks.events()
    claims(issuer, "liar", roles=["Realise.Admin"], **lie)
    stranger = visitor(desks.app)
    sent = sign_on(stranger, "liar")
    assert sent.status_code == 403
    assert said in sent.text
    assert stranger.get("/register").status_code == 303
    assert desks.events() == before


def test_an_answer_counts_once_and_for_the_browser_that_asked(desks: Desks, issuer: str) -> None:
    claims(issuer, "nia", roles=["Realise.PMO"])
    first, other = visitor(desks.app), visitor(desks.app)
    back = answered(asked(first), "nia")
    assert "begun in another window" in other.get(back).text
    asked(other)
    assert "begun in another window" in other.get(back).text
    assert first.get(back).status_code == 303
    assert "begun in another window" in first.get(back).text
    again = visitor(desks.app)
    used = parse_qs(urlsplit(back).query)["code"][0]
    state = parse_qs(urlsplit(asked(again)).query)["state"][0]
    assert "used already" in again.get(f"/sign-in/openid/back?code={used}&state={state}").text


def test_saying_no_there_or_taking_too_long_is_said(desks: Desks, issuer: str) -> None:
    one = visitor(desks.app)
    assert "You were not signed in at" in one.get(answered(asked(one), "nia", "deny")).text
    back = answered(asked(one), "nia")
    with time_machine.travel(time.time() + 1_300):
        assert "too long ago" in one.get(back).text


def test_a_provider_that_is_away_is_said(desks: Desks, issuer: str) -> None:
    folder = desks.scenario.realise.settings.var
    away = chosen("http://localhost:9")
    app = web_of(desks.scenario.realise, web_settings(folder, **away))
    assert "does not answer just now" in visitor(app).get("/sign-in/openid").text


def test_signing_out_leads_to_signing_out_there_too(desks: Desks, issuer: str) -> None:
    claims(issuer, "nia", roles=["Realise.PMO"])
    nia = visitor(desks.app)
    sign_on(nia, "nia")
    out = nia.send("/sign-out", {}, nia.hidden("/account"))
    assert out.location == "/signed-out"
    assert "Sign out of the single sign-on too" in nia.get("/signed-out").text
    assert nia.get("/register").status_code == 303
    leaving = str(nia.get("/sign-in/openid/leave").location)
    assert leaving.startswith(f"{issuer}/oauth2/end_session?")
    assert "client_id=realise" in leaving


def test_proving_it_again_asks_the_provider_anew(desks: Desks, issuer: str) -> None:
    claims(issuer, "nia", roles=["Realise.PMO"], auth_time=None)
    nia = visitor(desks.app)
    sign_on(nia, "nia")
    assert _proved(desks, nia) == 1970
    sent = asked(nia, "/sign-in/openid?again=yes&next=/register")
    assert "prompt=login" in sent
    assert "max_age=0" in sent
    assert "does not say when you gave your password" in nia.get(answered(sent, "nia")).text
    claims(issuer, "nia", roles=["Realise.PMO"], auth_time=int(MORNING.timestamp()) - 7_200)
    old = answered(asked(nia, "/sign-in/openid?again=yes"), "nia")
    assert "auth_time" in nia.get(old).text
    claims(issuer, "nia", roles=["Realise.PMO"], auth_time=int(time.time()))
    back = answered(asked(nia, "/sign-in/openid?again=yes&next=/register"), "nia")
    assert nia.get(back).location == "/register"
    assert _proved(desks, nia) == 2024
    claims(issuer, "bo", roles=["Realise.PMO"], auth_time=int(time.time()))
    other = answered(asked(nia, "/sign-in/openid?again=yes"), "bo")
    assert "Somebody else signed in" in nia.get(other).text


def _proved(desks: Desks, one: Visitor) -> int:
    with one.client.session_transaction() as held, desks.scenario.realise.read() as connection:
        found = sessions.proved_at(connection, held["token"])
    assert found is not None
    return found.year


def test_passwords_can_be_left_to_administrators(desks: Desks, issuer: str) -> None:
    folder = desks.scenario.realise.settings.var
    desks["quin"], desks["ada"]
    only = chosen(issuer, REALISE_PASSWORDS="administrators")
    app = web_of(desks.scenario.realise, web_settings(folder, **only))
    assert "When that does not work: administrators" in visitor(app).get("/sign-in").text
    refused = visitor(app).sign_in("quin@northmere.example")
    assert refused.status_code == 403
    assert "Passwords are only for administrators here" in refused.text
    assert visitor(app).sign_in("ada@northmere.example").status_code == 303
    assert Role.ADMINISTRATOR in desks.scenario.realise.standing("person", "ada").roles


def test_entra_knows_people_by_tenant_and_object_and_not_by_sub() -> None:
    said = {"iss": "https://login.microsoftonline.com/t/v2.0", "sub": "pairwise"}
    found = identities.identity_of({**said, "tid": "t", "oid": "o"})
    assert found.subject == "t/o"
    with pytest.raises(ValueError, match="tid"):
        identities.identity_of(said)
    another = identities.identity_of({**said, "iss": "https://x.example/", "tid": "t", "oid": "o"})
    assert another == identities.Identity("https://x.example", "pairwise")


def test_a_provider_that_is_another_than_set_is_not_spoken_to() -> None:
    issuer = "https://x.example/t"
    right = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), "https://x/")
    assert fault_of(issuer, {**right, "issuer": f"{issuer}/"}) == ""
    assert "another name" in fault_of(issuer, {**right, "issuer": "https://x.example/u"})
    assert "all tenants" in fault_of(issuer, {**right, "issuer": "https://x.example/{tenantid}"})
    assert "jwks_uri" in fault_of(issuer, {**right, "issuer": issuer, "jwks_uri": ""})


def test_the_doctor_looks_at_the_provider_and_at_its_clock(desks: Desks, issuer: str) -> None:
    openid = OpenId(issuer, "realise", "", "roles", {}, "")
    well: list[str] = []
    wrong: list[str] = []
    look_at_provider(openid, well, wrong, datetime.now(UTC))
    assert (len(well), wrong) == (1, [])
    look_at_provider(openid, well, wrong, datetime.now(UTC) + timedelta(minutes=3))
    assert "seconds apart" in wrong[0]
    look_at_provider(OpenId(f"{issuer}/x", "realise", "", "roles", {}, ""), well, wrong, MORNING)
    assert "does not answer as one" in wrong[1]
