"""What the story tells of a benefit's money and cases: before, event, sentence."""

from datetime import date

from benefits.events import gates, money
from benefits.lifecycle import Gate
from benefits.periods import Month
from benefits.plans import Condition
from benefits.vocabulary import (
    Cause,
    Grade,
)
from tests.unit import council
from tests.unit.council import JULY, Y24, profile, recurring

DAY, LATER = date(2024, 12, 1), date(2025, 1, 10)
PLAN = (council.tranche(120_000_00),)
LESS = (council.tranche(110_000_00),)
CONDITION = Condition("q1", "Show the lease.", "olu", LATER)

_put = gates.CaseSubmitted("k1", Gate.VALIDATION, 3, "board1", DAY, "Ready.")
_vote = gates.VoteCast("k1", "chair", gates.Choice.DEFER, "Not yet.")
_claim = money.ClaimMade("c1", PLAN[0], "R1")
_seen = money.ClaimVerified("c1", 120_000_00, Grade.INTERIM, "R1", "")
_loss = money.ErosionReported("e1", "c1", 5_00, Month(2024, 9), "Beds reopened.")
_valid = gates.BenefitValidated("k1", PLAN)

#: What had happened, what happened then, and how the story tells it.
TOLD: list[tuple[tuple[object, ...], object, str]] = [
    (
        (_valid,),
        money.ForecastRecorded(LESS, "Fewer places."),
        (
            "The forecast changed from £120,000 a year from July 2024 to £110,000 a year from July "
            "2024: Fewer places."
        ),
    ),
    (
        (),
        money.ClaimMade("c1", PLAN[0], "R1", "", JULY),
        (
            "£120,000 a year from July 2024 was claimed, out of the budget line R1, after "
            "July 2024 "
            "was closed."
        ),
    ),
    (
        (_claim,),
        money.ClaimVerified("c1", 100_000_00, Grade.INTERIM, "the ledger", "Two beds open."),
        (
            "Finance verified £100,000 of the claim of £120,000 a year from July 2024 against the "
            "ledger, graded Interim; £20,000 was rejected: Two beds open."
        ),
    ),
    (
        (_claim,),
        money.ClaimRejected("c1", "Not seen."),
        "Finance verified nothing of the claim of £120,000 a year from July 2024: Not seen.",
    ),
    (
        (_claim, _seen),
        money.ClaimGraded("c1", Grade.FINAL, "Year end."),
        (
            "Finance moved the grade of the claim of £120,000 a year from July 2024 from "
            "Interim to "
            "Final: Year end."
        ),
    ),
    (
        (_claim, _seen),
        money.ClaimCorrected("c1", LESS[0], "Fewer.", "R1"),
        (
            "The claim of £120,000 a year from July 2024 was corrected to £110,000 a year "
            "from July "
            "2024; it was verified and waits for finance again: Fewer."
        ),
    ),
    (
        (_claim, _seen),
        _loss,
        (
            "£5 a year of the claim of £120,000 a year from July 2024 was reported lost from "
            "September "
            "2024: Beds reopened."
        ),
    ),
    (
        (_claim, _seen, _loss),
        money.ErosionConfirmed("e1", "c1", ""),
        (
            "Finance agreed that £5 a year of the claim of £120,000 a year from July 2024 is "
            "lost from "
            "September 2024."
        ),
    ),
    (
        (_claim, _seen, _loss),
        money.ErosionDismissed("e1", "c1", "It is back."),
        (
            "Finance did not agree that £5 a year of the claim of £120,000 a year from July "
            "2024 is "
            "lost from September 2024: It is back."
        ),
    ),
    (
        (),
        money.PressureRecorded("x1", JULY, 5_00, "Pay."),
        "A pressure of £5 in July 2024 was recorded: Pay.",
    ),
    (
        (),
        money.MoneyAdmitted("l1", Y24, 5_00),
        "£5 of 2024/25 is admitted to the MTFS line “l1”.",
    ),
    (
        (),
        money.CoverRecorded("v1", Y24, 5_00, "Reserve."),
        "Reserves of £5 were used as cover in 2024/25: Reserve.",
    ),
    (
        (),
        _put,
        "The Validation case was put to the board, to be decided by 1 December 2024: Ready.",
    ),
    (
        (_put, _vote),
        gates.VoteCast("k1", "chair", gates.Choice.APPROVE_WITH_CONDITIONS, "", (CONDITION,)),
        (
            "The seat chair voted “approve with conditions” on the Validation case in place of "
            "“defer”. On condition: Show the lease (Olu Ade, by 10 January 2025)."
        ),
    ),
    (
        (_put,),
        gates.CaseDecided("k1", Gate.VALIDATION, gates.Outcome.APPROVED, "Two of three."),
        "The board's decision on the Validation case: approved: Two of three.",
    ),
    (
        (_put,),
        gates.CaseLapsed("k1", Gate.VALIDATION, "The owner changed."),
        "The Validation case lapsed: The owner changed.",
    ),
    (
        (_put,),
        gates.InterestDeclared("k1", "dee", "A relative bids."),
        (
            "Dee Roy declared an interest in the Validation case and cannot vote on it: "
            "A relative bids."
        ),
    ),
    (
        (_put,),
        gates.CaseRetracted("k1", Gate.VALIDATION, "Too soon."),
        "The Validation case was taken back: Too soon.",
    ),
    (
        (
            _put,
            gates.CaseDecided("k1", Gate.VALIDATION, gates.Outcome.APPROVED, "", (CONDITION,)),
        ),
        gates.ConditionMet("q1", "Seen."),
        "The condition “Show the lease.” was met: Seen.",
    ),
    (
        (),
        _valid,
        (
            "The benefit moved from identified to validated: its original plan is £120,000 a "
            "year from "
            "July 2024."
        ),
    ),
    (
        (_valid,),
        gates.DeliveryStarted("k2"),
        "The benefit moved from validated to in delivery.",
    ),
    (
        (_valid, gates.DeliveryStarted("k2")),
        gates.BenefitRealised("k3"),
        "The benefit moved from in delivery to realised.",
    ),
    (
        (_valid,),
        gates.PlanRebaselined("k4", LESS, profile(recurring(110_000_00)), Cause.PRICE, "Dearer."),
        (
            "The plan changed from £120,000 a year from July 2024 to £110,000 a year from "
            "July 2024 "
            "(price): Dearer."
        ),
    ),
    (
        (),
        gates.BenefitWithdrawn("Not worth it.", "", "b2"),
        (
            "The benefit was withdrawn by the PMO (moved from identified to withdrawn), "
            "replaced by "
            "“b2”: Not worth it."
        ),
    ),
    (
        (_valid, gates.DeliveryStarted("k2"), gates.BenefitRealised("k3")),
        gates.BenefitReopened("k5", "Beds reopened."),
        "The benefit was reopened (moved from realised to in delivery): Beds reopened.",
    ),
]
