"""Finance decides claims: nothing is realised until somebody else has confirmed it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benefits.commands import money as asked
from benefits.events import delivery, details
from benefits.events import money as happened
from benefits.periods import Month
from benefits.refusals import NotFound
from benefits.tranches import Nature
from benefits.vocabulary import Grade, Kind
from tests.unit.council import JULY, RULES, claimed, delivering, measured, tranche, verified

VERIFY = asked.VerifyClaim("b1", "c1", 50_000_00, Grade.INTERIM, "R1, ledger to month 6", "")


def test_finance_verifies_a_claim_once() -> None:
    world = claimed()
    assert world.asked(RULES, VERIFY, by="fay") == [
        happened.ClaimVerified("c1", 50_000_00, Grade.INTERIM, "R1, ledger to month 6", "")
    ]
    assert world.asked(RULES, VERIFY, by="fay") == []
    said = world.refused(RULES, replace(VERIFY, amount=1_00, reason="Less."), by="fay")
    assert said == "This claim is already verified: correct it to decide again."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": 0}, "The amount verified is £0: it must be more than nothing."),
        ({"amount": -1}, "it must be more than nothing."),
        ({"amount": 50_000_01}, "£50,000 is claimed: £50,000.01 cannot be verified of it."),
        ({"amount": 40_000_00}, "Say why £10,000 of the claim is rejected: a reason is needed."),
        ({"against": " "}, "What finance saw (the budget line and where its reduction was seen)"),
        ({"grade": Grade.FINAL}, "is Final once a year end has been seen, after 31 March 2025"),
    ],
)
def test_a_verification_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in claimed().refused(RULES, replace(VERIFY, **change), by="fay")


def test_a_claim_that_is_not_there_is_not_found() -> None:
    for command in (
        VERIFY,
        asked.RejectClaim("b1", "c1", "No."),
        asked.GradeClaim("b1", "c1", Grade.FINAL, "Seen."),
        asked.ReportErosion("b1", "e1", "c1", 1, JULY, "Lost."),
    ):
        said = delivering().refused(RULES, command, by="fay", as_a=NotFound)
        assert said == "There is no such claim on this benefit: look for it on its page."


def test_nobody_decides_their_own_claim_or_their_own_benefit() -> None:
    world = claimed()
    own = "Whoever made or corrected a claim cannot decide it: ask somebody else in finance."
    owner = "The owner of a benefit cannot decide its claims: ask somebody else in finance."
    reject = asked.RejectClaim("b1", "c1", "No.")
    for command in (VERIFY, reject):
        assert world.refused(RULES, command, by="pat") == own
        assert world.refused(RULES, command, by="olu") == owner
    correct = asked.CorrectClaim("b1", "c1", tranche(60_000_00), "More.", "R1")
    world.asked(RULES, correct, by="fay")
    assert world.refused(RULES, replace(VERIFY, reason="Part."), by="fay") == own
    assert (
        verified().refused(
            RULES, asked.GradeClaim("b1", "c1", Grade.PRELIMINARY, "Less seen."), by="olu"
        )
        == owner
    )


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        (Kind.INCOME, "where the income was seen"),
        (Kind.CAPITAL_RECEIPT, "the receipt"),
        (Kind.COST_AVOIDANCE, "the evidence, and the growth that was not budgeted"),
        (Kind.NON_CASH, "the readings"),
        (Kind.DISBENEFIT, "where the cost was seen"),
    ],
)
def test_finance_says_what_it_saw_for_each_kind(kind: Kind, seen: str) -> None:
    world = claimed(world=delivering(kind=kind))
    assert seen in world.refused(RULES, replace(VERIFY, against=""), by="fay")


def test_a_benefit_that_frees_no_cash_is_verified_by_its_readings() -> None:
    world = measured(claimed(world=delivering(kind=Kind.NON_CASH)))
    assert "none is recorded yet" in world.refused(RULES, VERIFY, by="fay")
    world.given("benefit-b1", delivery.MeasureRead("m1", date(2024, 9, 1), "38"))
    assert world.asked(RULES, VERIFY, by="fay")


def test_verified_money_stays_within_what_is_removed_from_the_line() -> None:
    world = verified(100_000_00)
    world.given("benefit-b1", happened.ClaimMade("c2", tranche(50_000_00), "R1"), by="pat")
    said = world.refused(RULES, replace(VERIFY, claim="c2"), by="fay")
    assert said == (
        "£120,000 a year is to be removed from “R1” and £100,000 of it is verified: verify at "
        "most £20,000."
    )
    part = replace(VERIFY, claim="c2", amount=20_000_00, reason="No more room.")
    assert world.asked(RULES, part, by="fay")


def test_final_is_given_after_a_year_end_or_when_a_one_off_was_received() -> None:
    final = replace(VERIFY, grade=Grade.FINAL)
    world = claimed().on(date(2025, 3, 31))
    assert "after 31 March 2025" in world.refused(RULES, final, by="fay")
    assert world.on(date(2025, 4, 1)).asked(RULES, final, by="fay")
    once = happened.ClaimMade("c1", tranche(50_000_00, JULY, Nature.ONE_OFF), "R1")
    assert delivering().given("benefit-b1", once, by="pat").asked(RULES, final, by="fay")


def test_a_rejected_claim_says_why_and_is_decided_once() -> None:
    world = claimed()
    command = asked.RejectClaim("b1", "c1", "Not in the ledger.")
    assert "a reason is needed" in world.refused(RULES, replace(command, reason=""), by="fay")
    assert world.asked(RULES, command, by="fay")
    assert world.asked(RULES, command, by="fay") == []
    assert "already rejected" in world.refused(RULES, VERIFY, by="fay")
    assert "already verified" in verified().refused(RULES, command, by="fay")


GRADE = asked.GradeClaim("b1", "c1", Grade.PRELIMINARY, "The ledger was reversed.")


def test_a_grade_moves_with_a_reason() -> None:
    world = verified()
    assert "a reason is needed" in world.refused(RULES, replace(GRADE, reason=""), by="fay")
    assert world.asked(RULES, GRADE, by="fay")
    assert world.asked(RULES, GRADE, by="fay") == []
    final = replace(GRADE, grade=Grade.FINAL)
    assert "once a year end has been seen" in world.refused(RULES, final, by="fay")
    assert "Only a verified claim" in claimed().refused(RULES, GRADE, by="fay")


LOSS = asked.ReportErosion("b1", "e1", "c1", 20_000_00, Month(2024, 9), "Beds reopened.")


def test_a_loss_is_reported_once() -> None:
    world = verified()
    assert world.asked(RULES, LOSS)
    assert world.asked(RULES, LOSS) == []
    assert "Another erosion" in world.refused(RULES, replace(LOSS, amount=1))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"erosion": ""}, "The id of the erosion"),
        ({"amount": 0}, "The amount lost is £0"),
        ({"amount": 50_000_01}, "£50,000 of this claim stands"),
        ({"month": Month(2024, 6)}, "The claim counts from July 2024"),
        ({"month": Month(2024, 11)}, "which has not come yet"),
        ({"reason": ""}, "a reason is needed"),
    ],
)
def test_a_loss_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in verified().refused(RULES, replace(LOSS, **change))


def test_losses_that_wait_leave_less_to_lose() -> None:
    world = verified()
    world.asked(RULES, LOSS)
    said = world.refused(RULES, replace(LOSS, erosion="e2", amount=30_000_01))
    assert "£30,000 of this claim stands, less what is already reported lost" in said
    assert world.asked(RULES, replace(LOSS, erosion="e2", amount=30_000_00))


def test_only_verified_recurring_money_erodes() -> None:
    assert "Only verified money can erode" in claimed().refused(RULES, LOSS)
    once = happened.ClaimMade("c1", tranche(50_000_00, JULY, Nature.ONE_OFF), "R1")
    seen = happened.ClaimVerified("c1", 50_000_00, Grade.FINAL, "R1", "")
    world = delivering().given("benefit-b1", once, seen)
    assert "A one-off that was received cannot erode" in world.refused(RULES, LOSS)


CONFIRM = asked.ConfirmErosion("b1", "e1", "Seen.")
DISMISS = asked.DismissErosion("b1", "e1", "It is back.")


def test_somebody_else_confirms_a_loss() -> None:
    world = verified()
    for command in (CONFIRM, DISMISS):
        said = world.refused(RULES, command, by="fay", as_a=NotFound)
        assert said.startswith("There is no such erosion here")
    world.asked(RULES, LOSS, by="finn")
    assert "cannot confirm it" in world.refused(RULES, CONFIRM, by="finn")
    assert world.asked(RULES, CONFIRM, by="fay")
    assert world.asked(RULES, CONFIRM, by="fay") == []
    assert world.benefit("b1").claims["c1"].stands == 30_000_00
    assert "claim again what has come back" in world.refused(RULES, DISMISS, by="fay")


def test_a_loss_is_dismissed_with_a_reason() -> None:
    world = verified()
    world.asked(RULES, LOSS)
    assert "a reason is needed" in world.refused(RULES, replace(DISMISS, reason=""), by="fay")
    assert world.asked(RULES, DISMISS, by="fay")
    assert world.asked(RULES, DISMISS, by="fay") == []
    assert "was dismissed" in world.refused(RULES, CONFIRM, by="fay")


def test_deciding_a_claim_minds_what_happened_to_that_claim_only() -> None:
    rule = RULES[asked.VerifyClaim]
    assert rule.overtaken_by(VERIFY, happened.ClaimCorrected("c1", tranche(5), "Less."))
    assert not rule.overtaken_by(VERIFY, happened.ClaimCorrected("c2", tranche(5), "Less."))
    assert not rule.overtaken_by(VERIFY, details.NoteAdded("Hello."))
