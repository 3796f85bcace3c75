"""Finance's queue and a claim's page: what waits is listed, and is not decided wrongly."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benefits.commands.money import ReportErosion
from benefits.commands.programme import AdmitToMtfs, RecordMtfsLine
from benefits.periods import FinancialYear, Month
from benefits.plans import YearAmount
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Grade
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, close, saves

VERIFIED = {"amount": "40,000", "grade": "Interim", "against": "4711, period 2"}


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.in_delivery("One reception desk", saves(80_000, "2024-05"), benefit="desk")
    with at_their_desks(scenario, tmp_path) as found:
        found.scenario.claimed("desk", 40_000, "2024-05", claim="c1")
        yield found


def test_a_claim_waits_with_its_budget_line_until_finance_verifies_it(desks: Desks) -> None:
    queue = desks["fay"].get("/finance").text
    assert "/claims/c1" in queue
    assert "£0 verified of £160,000 to be removed" in queue
    assert desks["fay"].send("/claims/c1/verify", VERIFIED, _opened(desks)).status_code == 303
    claim = desks.scenario.benefit("desk").claims["c1"]
    assert (claim.verified, claim.grade) == (40_000_00, Grade.INTERIM)
    assert "/claims/c1" not in desks["fay"].get("/finance").text
    assert "graded Interim, by Fay Okoro" in desks["pat"].get("/claims/c1").text


def test_what_is_verified_on_a_line_counts_the_claim_once_it_is_decided(desks: Desks) -> None:
    before = desks["fay"].get("/claims/c1").text
    assert "£0 of it is verified, so at most £160,000 can be" in before
    desks["fay"].send("/claims/c1/verify", VERIFIED, _opened(desks))
    after = desks["fay"].get("/claims/c1").text
    assert "£40,000 of it is verified, this claim included" in after


def test_the_auditor_sees_what_waits_and_no_way_to_decide_it(desks: Desks) -> None:
    desks.scenario.claimed("desk", 30_000, "2024-05", claim="c0")
    desks.scenario.verified("desk", "c0")
    desks.scenario.do(ReportErosion("desk", "l1", "c0", 1_00, Month(2024, 5), "Lost."))
    desks.scenario.do(close("care", "2024-05"))
    for deed in ("/loss/l1/confirm", "/finance/review/care/2024-05"):
        assert deed in desks["fay"].get("/finance").text
        assert deed not in desks["aud"].get("/finance").text
    assert "/claims/c1" in desks["aud"].get("/finance").text


def test_the_form_to_confirm_a_value_opens_for_finance_only(desks: Desks) -> None:
    form = "/benefits/desk/record/confirm-value"
    assert desks["fay"].get(form).status_code == 200
    refused = desks["pat"].get(form)
    assert refused.status_code == 403
    assert "Only finance may confirm a value" in refused.text


def test_a_part_needs_its_reason_and_what_was_typed_stays(desks: Desks) -> None:
    part = {**VERIFIED, "amount": "30,000.50"}
    refused = desks["fay"].send("/claims/c1/verify", part, _opened(desks))
    assert refused.status_code == 409
    assert "a reason is needed" in refused.text
    assert 'value="30,000.50"' in refused.text
    assert desks.scenario.benefit("desk").claims["c1"].waiting


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"amount": "9" * 20}, 422),
        ({"amount": "lots"}, 422),
        ({"amount": "-5"}, 409),
        ({"amount": "40,000.01"}, 409),
        ({"grade": "Gold"}, 422),
        ({"grade": "Final"}, 409),
        ({"against": ""}, 422),
        ({"seen": "x"}, 428),
        ({"key": ""}, 428),
    ],
)
def test_a_verification_that_cannot_be_is_said_so(
    desks: Desks, typed: dict[str, str], status: int
) -> None:
    before = desks.events()
    answer = desks["fay"].send("/claims/c1/verify", {**VERIFIED, **typed}, _opened(desks))
    assert answer.status_code == status
    assert desks.events() == before


def test_verified_twice_from_one_form_is_verified_once(desks: Desks) -> None:
    opened, before = _opened(desks), desks.events()
    for _ in range(2):
        assert desks["fay"].send("/claims/c1/verify", VERIFIED, opened).status_code == 303
    assert desks.events() == before + 1


def test_two_in_finance_cannot_decide_one_claim_two_ways(desks: Desks) -> None:
    opened = desks["gil"].hidden("/claims/c1/reject")
    desks["fay"].send("/claims/c1/verify", VERIFIED, _opened(desks))
    late = desks["gil"].send("/claims/c1/reject", {"reason": "Not seen."}, opened)
    assert late.status_code == 412
    assert "Not seen." in late.text
    assert not desks.scenario.benefit("desk").claims["c1"].rejected


def test_only_finance_decides_a_claim_and_the_pmo_corrects_it(desks: Desks) -> None:
    forged = desks["pat"].hidden("/claims/c1/reject")
    assert desks["pat"].send("/claims/c1/verify", VERIFIED, forged).status_code == 403
    assert "Verify the claim" not in desks["pat"].get("/claims/c1").text
    assert desks["pat"].send("/claims/c1/reject", {"reason": "No."}).status_code == 403
    assert (
        desks["fay"].send("/claims/c1/reject", {"reason": "Not in the ledger."}).status_code == 303
    )
    assert "Not in the ledger." in desks["pat"].get("/claims/c1").text
    corrected = {"tranche-amount": "35,000", "reason": "A post was kept."}
    assert desks["pat"].send("/claims/c1/correct", corrected).status_code == 422, "month is missing"
    whole = {**corrected, "tranche-nature": "recurring", "tranche-month": "2024-05"}
    sent = desks["pat"].send("/claims/c1/correct", {**whole, "budget_line": "4711"})
    assert sent.status_code == 303
    assert desks.scenario.benefit("desk").claims["c1"].waiting


def test_a_reported_loss_waits_and_is_confirmed(desks: Desks) -> None:
    desks.scenario.verified("desk", "c1")
    loss = ReportErosion("desk", "l1", "c1", 5_000_00, Month(2024, 6), "A post was filled again.")
    desks.scenario.do(loss)
    address = "/claims/c1/loss/l1/confirm"
    assert address in desks["fay"].get("/finance").text
    assert desks["pat"].get(address).status_code == 403
    assert desks["fay"].send(address, {"note": "Seen in the ledger."}).status_code == 303
    assert desks.scenario.benefit("desk").claims["c1"].eroded == 5_000_00
    assert desks["fay"].get("/claims/c1/loss/nothing/confirm").status_code == 404


def test_a_closed_month_is_reviewed_from_the_queue(desks: Desks) -> None:
    desks.scenario.do(close("care", "2024-05"))
    address = "/finance/review/care/2024-05"
    assert address in desks["fay"].get("/finance").text
    assert desks["fay"].send(address, {"note": "Agreed."}).status_code == 303
    assert address not in desks["fay"].get("/finance").text
    assert Month(2024, 5) in desks.scenario.realise.programme("care").reviewed
    assert desks["fay"].get("/finance/review/care/2024-99").status_code == 404
    assert desks["fay"].get("/finance/review/nothing/2024-05").status_code == 404


def test_a_value_waits_until_it_is_confirmed(desks: Desks) -> None:
    desks.scenario.identified("Fewer cars", saves(45_000, "2024-09"), benefit="cars")
    assert "/benefits/cars/record/confirm-value" in desks["fay"].get("/finance").text
    desks.scenario.described("cars")
    assert "/benefits/cars/record/confirm-value" not in desks["fay"].get("/finance").text


def test_the_mtfs_exceptions_are_listed_both_ways(desks: Desks) -> None:
    year = FinancialYear(2024)
    line = RecordMtfsLine(
        "m1", "ASC12", "Placements", Fund.GENERAL_FUND, (YearAmount(year, 90_000_00),)
    )
    desks.scenario.do(line, by="fay")
    page = desks["fay"].get("/finance").text
    lines, _, rest = page.partition("Signed-off benefits that are in no MTFS line")
    assert "ASC12" in lines.partition("that no signed-off benefit stands behind")[2]
    assert "One reception desk" in rest
    desks.scenario.do(AdmitToMtfs("m1", "desk", year, 80_000_00), by="fay")
    page = desks["fay"].get("/finance").text
    assert "No benefit that passed its Delivery gate is outside the MTFS." in page
    assert "£10,000" in page, "what the line has without a benefit"
    assert "Nothing is admitted above what is committed." in page


def test_money_admitted_above_a_lower_plan_is_an_exception(desks: Desks) -> None:
    year = FinancialYear(2024)
    line = RecordMtfsLine(
        "m1", "ASC12", "Placements", Fund.GENERAL_FUND, (YearAmount(year, 80_000_00),)
    )
    desks.scenario.do(line, by="fay")
    desks.scenario.do(AdmitToMtfs("m1", "desk", year, 80_000_00), by="fay")
    desks.scenario.verified("desk", "c1")
    desks.scenario.rebaselined("desk", saves(50_000, "2024-05"))
    table = desks["fay"].get("/finance").text.partition("above what is committed now")[2]
    assert "£50,000" in table
    assert "£30,000" in table


def test_a_one_off_may_be_final_at_once(desks: Desks) -> None:
    desks.scenario.claimed("desk", 1_000, "2024-06", nature=Nature.ONE_OFF, claim="c2")
    typed = {**VERIFIED, "amount": "1,000", "grade": "Final"}
    opened = desks["fay"].hidden("/claims/c2")
    assert desks["fay"].send("/claims/c2/verify", typed, opened).status_code == 303
    assert desks.scenario.benefit("desk").claims["c2"].made_at.date() >= date(2024, 6, 3)


def _opened(desks: Desks) -> dict[str, str]:
    return desks["fay"].hidden("/claims/c1")
