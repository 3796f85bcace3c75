"""Who may open each page where people decide, and who may send its forms."""

from collections.abc import Iterator

import pytest

from tests.desks import FORMS, RECORD, Desks, busy_council, of_its_claim

EVERYBODY = ("ada", "pat", "fay", "aud", "cleo", "olu", "chris")
#: The pages and who may open them; who is left out is refused.
PAGES: dict[str, set[str]] = {
    "/benefits/homes/ask": set(EVERYBODY),
    "/benefits/homes/ask/validation": set(EVERYBODY),
    "/cases/k1": set(EVERYBODY),
    "/cases/k1/take-back": {"pat"},
    "/board": {"pat", "chris"},
    "/boards": set(EVERYBODY),
    "/boards/main": set(EVERYBODY),
    "/boards/new": {"ada"},
    "/boards/main/rules": {"ada"},
    "/boards/main/seat": {"ada"},
    "/finance": {"fay", "aud"},
    "/finance/review/care/2024-05": {"fay"},
    "/claims/c1": set(EVERYBODY),
    "/claims/c1/loss/l1/confirm": {"fay"},
    "/reports": set(EVERYBODY),
    "/admin": {"ada"},
    "/admin/council": {"ada"},
    "/admin/lists": {"ada"},
    "/admin/people": {"ada"},
    "/admin/people/new": {"ada"},
    "/admin/people/pat": {"ada"},
    "/account": set(EVERYBODY),
    "/audit": RECORD,
    "/audit.csv": RECORD,
    "/audit/check": RECORD,
    "/audit/check/realise_verify.py": RECORD,
    "/audit/check/log.jsonl": {"pat", "fay", "aud"},
}


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with busy_council(tmp_path_factory.mktemp("looked-at")) as found:
        yield found


@pytest.mark.parametrize("address", sorted(PAGES))
def test_each_page_opens_to_those_it_is_for_and_to_nobody_else(desks: Desks, address: str) -> None:
    before = desks.events()
    opened = {p for p in EVERYBODY if desks[p].get(of_its_claim(address)).status_code == 200}
    assert opened == PAGES[address]
    refused = {desks[p].get(of_its_claim(address)).status_code for p in set(EVERYBODY) - opened}
    assert refused <= {403}
    assert desks.events() == before, "looking writes nothing"


@pytest.mark.parametrize("address", sorted(FORMS))
def test_a_forged_form_of_somebody_who_may_not_is_refused(desks: Desks, address: str) -> None:
    page, may = FORMS[address]
    (sender, *_) = may
    before = desks.events()
    for person in set(EVERYBODY) - may:
        own = desks[person].hidden("/account")
        forged = {**desks[sender].hidden(of_its_claim(page or address)), **own}
        answer = desks[person].send(of_its_claim(address), {}, forged)
        assert answer.status_code == 403, person
    assert desks.events() == before


@pytest.mark.parametrize(
    "address",
    [
        "/benefits/nothing/ask",
        "/benefits/homes/ask/nothing",
        "/benefits/" + "9" * 20 + "/ask/validation",
        "/cases/nothing",
        "/cases/k1/conditions/nothing",
        "/cases/%00",
        "/claims/nothing",
        "/claims/c1/nothing",
        "/claims/c1/loss/l1/nothing",
        "/boards/nothing",
        "/boards/main/nothing",
        "/admin/people/nothing",
        "/admin/nothing",
        "/finance/review/care/nothing",
    ],
)
def test_what_is_not_on_the_record_is_not_found(desks: Desks, address: str) -> None:
    for person in ("ada", "pat", "fay"):
        assert desks[person].get(address).status_code in (403, 404), person
