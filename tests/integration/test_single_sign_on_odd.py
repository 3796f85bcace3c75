"""A provider that does what the standard lets it do, and others do not, still brings people in."""

import time
from pathlib import Path
from typing import Any

import pytest

from entrypoints.openid import identities
from entrypoints.openid.looked_at import fault_of
from tests.desks import Desks
from tests.odd_provider import OddProvider, odd_provider
from tests.scenario import begin
from tests.signing_on import chosen
from tests.web import visitor, web_of, web_settings


def _council(url: str, folder: Path, issuer: str) -> Desks:
    scenario = begin(url, folder)
    settings = web_settings(folder, REALISE_ADDRESS="http://127.0.0.1:8000", **chosen(issuer))
    return Desks(scenario, web_of(scenario.realise, settings))


def _comes(desks: Desks, odd: OddProvider, **claimed: Any) -> tuple[int, str]:
    odd.claimed = claimed
    browser = visitor(desks.app)
    sent = browser.get(odd.way_back(browser))
    return sent.status_code, sent.text


def _roles(desks: Desks, odd: OddProvider) -> set[str]:
    with desks.scenario.realise.database.read() as connection:
        person = identities.person_of(connection, identities.Identity(odd.issuer, "odd"))
    return {role.value for role in desks.scenario.realise.standing("person", person or "").roles}


@pytest.mark.parametrize("signature", ["ES256", "PS256"])
def test_other_signatures_times_and_claims_are_taken_within_bounds(
    signature: str, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with odd_provider(signature) as odd:
        # Set without the slash that the provider writes, and without a page about people there.
        desks = _council(migrated_sqlite_url, tmp_path, odd.base)
        assert _comes(desks, odd)[0] == 303  # the roles are one word, not a list
        assert _roles(desks, odd) == {"PMO officer"}
        at = int(time.time())
        assert _comes(desks, odd, iat=at + 45, nbf=at + 45)[0] == 303
        assert _comes(desks, odd, iat=at - 400, exp=at - 45)[0] == 303
        for wrong in ({"nbf": at + 600}, {"exp": at - 600}, {"aud": ["x"]}, {"nonce": "another"}):
            assert _comes(desks, odd, **wrong)[0] == 403, wrong
        odd.new_key()  # between what it said of itself and its next token
        assert _comes(desks, odd)[0] == 303


def test_roles_that_were_left_out_for_their_number_are_said_and_nothing_is_taken(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with odd_provider("ES256") as odd:
        desks = _council(migrated_sqlite_url, tmp_path, odd.issuer)
        assert _comes(desks, odd)[0] == 303
        status, said = _comes(desks, odd, roles=None, _claim_names={"roles": "src1"})
        assert status == 403
        assert "too many groups" in said
        assert _roles(desks, odd) == {"PMO officer"}


def test_the_provider_of_all_tenants_is_refused_with_what_to_write() -> None:
    said = {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"}
    assert "your own tenant" in fault_of("https://login.microsoftonline.com/common/v2.0", said)
