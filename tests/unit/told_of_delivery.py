"""What the story tells of describing, valuing and making ready: before, event, sentence."""

from datetime import date

from benefits.events import delivery, details
from benefits.events.mapping import BenefitMapped
from benefits.periods import Month
from benefits.plans import MeasureTarget, YearAmount
from benefits.vocabulary import (
    Assessed,
    Avenue,
    Confidence,
    Direction,
    Fund,
    Kind,
    Likelihood,
    Status,
)
from tests.unit.council import Y24, profile, recurring

DAY, LATER = date(2024, 12, 1), date(2025, 1, 10)
GIVES = (YearAmount(Y24, 5_00),)

_step = delivery.MilestonePlanned("m1", "Contract let", DAY, "olu", True, 2)
_falls = delivery.MeasureDefined("f1", "Falls", "a month", Direction.DOWN, "40", date(2024, 5, 1))
_team = details.InvestmentRecorded("i1", "Team", "staff", "reserves", (recurring(50_00),))
_planned = details.ProfileRecorded(profile())

#: What had happened, what happened then, and how the story tells it.
TOLD: list[tuple[tuple[object, ...], object, str]] = [
    (
        (),
        details.BenefitIdentified(
            "p1", "Adults", "Moves", Kind.INCOME, Fund.HRA, "Care", "the savings table"
        ),
        (
            "“Moves” was put on the register in Adults, Care as income of HRA, read from the "
            "savings "
            "table."
        ),
    ),
    (
        (),
        details.DescriptionRecorded("Fewer moves", "Seen.", "Ours."),
        "The benefit was described: Fewer moves.",
    ),
    (
        (details.DescriptionRecorded("Fewer moves", "Seen.", "Ours."),),
        details.DescriptionRecorded("Fewer moves", "Seen twice.", "All ours."),
        "The outcome and attribution changed: Seen twice.",
    ),
    (
        (),
        details.LabelsRecorded(title="Moves", avenue=Avenue.EFFICIENCY),
        "The title changed from “Fewer placements” to “Moves” and the avenue is “efficiency”.",
    ),
    (
        (),
        details.ClassificationCorrected(Kind.INCOME, Fund.HRA, "It is rent."),
        (
            "The classification was corrected from cash-releasing saving of general fund to "
            "income of "
            "HRA: It is rent."
        ),
    ),
    ((), details.OwnerNamed("pat"), "The owner changed from Olu Ade to Pat Moss."),
    ((), details.FinancePartnerNamed("fay"), "The finance partner is Fay Lin."),
    ((), details.CabinetMemberNamed("dee"), "The cabinet member is Dee Roy."),
    (
        (details.RangeRecorded(1_00, 2_00),),
        details.RangeRecorded(1_00, 3_00),
        "The full-year range changed from between £1 and £2 a year to between £1 and £3 a year.",
    ),
    (
        (),
        _planned,
        "The profile was recorded: £120,000 a year from July 2024, at the stated figure.",
    ),
    (
        (_planned,),
        details.ProfileRecorded(profile(recurring(5_00)), "Typed wrongly."),
        (
            "The profile was corrected from £120,000 a year from July 2024 to £5 a year from July "
            "2024: Typed wrongly."
        ),
    ),
    ((), _team, "The investment “Team” was recorded: £50 a year from July 2024."),
    (
        (_team,),
        details.InvestmentRecorded(
            "i1", "Team", "staff", "reserves", (recurring(60_00),), "One more."
        ),
        (
            "The investment “Team” was corrected from £50 a year from July 2024 to £60 a year from "
            "July 2024: One more."
        ),
    ),
    (
        (_team,),
        details.InvestmentConfirmed("i1", 48_00, "Ledger."),
        "Finance confirmed that the investment “Team” costs £48 a year: Ledger.",
    ),
    (
        (_team,),
        details.InvestmentRemoved("i1", "Twice."),
        "The investment “Team” was taken back: Twice.",
    ),
    ((), details.NoInvestmentStated("None needed"), "No investment is deducted here: None needed."),
    (
        (),
        details.BenefitMadeExempt("Paragraph 3."),
        "The benefit was made exempt, to be kept out of public editions: Paragraph 3.",
    ),
    (
        (details.BenefitMadeExempt("Paragraph 3."),),
        details.ExemptionEnded("Published now."),
        "The benefit is exempt no more, and stands in public editions again: Published now.",
    ),
    (
        (details.ConfidenceStated(Confidence.LOW, "New."),),
        details.ConfidenceStated(Confidence.HIGH, "Done."),
        "Confidence changed from low to high: Done.",
    ),
    (
        (),
        details.OverlapCheckStated(False, "All lines read."),
        "Overlaps were looked for and none was found: All lines read.",
    ),
    (
        (),
        details.OverlapDeclared("o1", "b2", GIVES, False, "dee"),
        "An overlap was agreed by Dee Roy: £5 in 2024/25 is given up to “b2”.",
    ),
    (
        (),
        details.OverlapDeclared("o1", "b2", (), False, "dee"),
        "An overlap with “b2” was agreed by Dee Roy: this benefit keeps the money.",
    ),
    (
        (details.OverlapDeclared("o1", "b2", GIVES, False, "dee"),),
        details.OverlapEnded("o1", "Wrong."),
        "The overlap with “b2”, which gave up £5 in 2024/25, was taken back: Wrong.",
    ),
    (
        (_planned,),
        details.ValueConfirmed(""),
        "Finance confirmed the value, £120,000 a year from July 2024.",
    ),
    (
        (),
        details.EvidenceAttached("v1", "Minutes", "a" * 64, 1200, "application/pdf"),
        "The file “Minutes” was attached as evidence (1,200 bytes).",
    ),
    ((), details.NoteAdded("See the minutes"), "Note: See the minutes."),
    (
        (),
        BenefitMapped(("c1", "c2"), ("e1",)),
        (
            "On the benefits map it serves 2 outcomes (0 before) and needs 1 enabling change "
            "(0 before)."
        ),
    ),
    ((), delivery.DeliveryPlanStated("Three steps."), "The delivery plan was stated: Three steps."),
    (
        (),
        delivery.BudgetLineNamed("R1", "Care", 9_00),
        "£9 a year is to be removed from the budget line R1 “Care”.",
    ),
    (
        (delivery.BudgetLineNamed("R1", "Care", 9_00),),
        delivery.BudgetLineNamed("R1", "Care", 8_00, "Less."),
        "What is to be removed from the budget line R1 “Care” changed from £9 to £8 a year: Less.",
    ),
    (
        (),
        _step,
        (
            "The milestone “Contract let” was planned for 1 December 2024, for Olu Ade; the saving "
            "counts from the first whole month 2 months after it."
        ),
    ),
    (
        (_step,),
        delivery.MilestoneForecast("m1", LATER, "Late tender."),
        "The milestone “Contract let” moved from 1 December 2024 to 10 January 2025: Late tender.",
    ),
    (
        (_step,),
        delivery.MilestoneReached("m1", date(2024, 12, 2)),
        "The milestone “Contract let” was reached on 2 December 2024, 1 day later than planned.",
    ),
    (
        (_step,),
        delivery.MilestoneWaived("m1", "Not needed."),
        "The milestone “Contract let” was waived: Not needed.",
    ),
    (
        (),
        delivery.MeasureDefined(
            "f1",
            "Falls",
            "a month",
            Direction.DOWN,
            "40",
            date(2024, 5, 1),
            targets=(MeasureTarget(DAY, "30"),),
        ),
        (
            "The measure “Falls” was defined: 40 a month on 1 May 2024 (lower is better), and the "
            "target 30 by 1 December 2024."
        ),
    ),
    (
        (_falls, delivery.MeasureRead("f1", date(2024, 8, 1), "39")),
        delivery.MeasureRead("f1", date(2024, 9, 1), "38"),
        "“Falls” read 38 a month on 1 September 2024, after 39 on 1 August 2024.",
    ),
    (
        (),
        delivery.DriversRead(Month(2024, 9), 400, 290_00, "Counted."),
        "The unit model was read as 400 units in September 2024, worth £290 each: Counted.",
    ),
    (
        (),
        delivery.ImpactAssessed(Assessed.EQUALITY, "Nobody is worse off.", "Watch it"),
        "The impact on equality was assessed: Nobody is worse off. To mitigate it: Watch it.",
    ),
    (
        (delivery.RiskScored("r1", "Nobody applies", Likelihood.C, 3),),
        delivery.RiskScored("r1", "Nobody applies", Likelihood.B, 4, "Advertise"),
        "The risk “Nobody applies” moved from C3 to B4: Advertise.",
    ),
    (
        (delivery.RiskScored("r1", "Nobody applies", Likelihood.C, 3),),
        delivery.RiskClosed("r1", "They applied."),
        "The risk “Nobody applies” was closed: They applied.",
    ),
    (
        (),
        delivery.StatusOverridden(Status.AT_RISK, "A strike.", LATER),
        "The status by a person's judgement is “At risk” until 10 January 2025: A strike.",
    ),
]
