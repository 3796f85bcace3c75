"""The Operating Model programme: Oxfordshire's increments, Leicestershire's proposal, measures.

Figures from the papers; everything that happens to them is made up.
"""

from datetime import timedelta

from benefits.commands import delivery, details, money, programme
from benefits.commands.programme import RecordMtfsLine
from benefits.lifecycle import Gate
from benefits.periods import FinancialYear
from benefits.plans import MeasureTarget, PlannedTranche, Profile, YearAmount
from benefits.tranches import Nature
from benefits.vocabulary import (
    Avenue,
    Confidence,
    Direction,
    Fund,
    Grade,
    Kind,
    NetOf,
    Point,
)
from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import CONFIRMS, FINANCE, PMO, Life
from entrypoints.sample.people import COMMITTEE, RECIPIENTS
from entrypoints.sample.words import Described

PROGRAMME, BOARD = "operatingmodel", "transformation"
MILLION = 1_000_000_00  # pence
#: Annual recurring benefit first delivered in each year, and one-off costs (Oxfordshire, GBP m).
INCREMENTS, COSTS = (0, 14, 18, 10, 4), (4, 9, 2, 2, 1)


def write(diary: Diary) -> None:
    """Note the start of the programme in its third month, and the lives of its benefits."""
    begins = diary.day(3, 2)
    first = diary.start.plus(3).financial_year
    diary.asks(
        begins,
        PMO,
        [
            programme.StartProgramme(
                PROGRAMME,
                "Operating Model",
                first,
                5,
                BOARD,
                "ruth",
                COMMITTEE,
            ),
            programme.AddWorkstream(PROGRAMME, "Enabling services"),
            programme.AddWorkstream(PROGRAMME, "Resident focus"),
            programme.SetRecipients(PROGRAMME, RECIPIENTS),
            programme.RecordGroupInvestment(
                PROGRAMME,
                "omcosts",
                "Cost of implementing the operating model",
                "programme team and technology",
                "transformation reserve",
                tuple(
                    PlannedTranche(Nature.ONE_OFF, first.plus(number).first, cost * MILLION)
                    for number, cost in enumerate(COSTS)
                ),
            ),
        ],
        hour=9,
    )
    _mtfs(diary, first)
    _oxfordshire(diary, first)
    _resident_focus(diary, first)
    _admissions(diary)


def _identified(diary: Diary, life: Life, workstream: str, kind: Kind) -> None:
    diary.asks(
        diary.day(3, 3),
        PMO,
        [
            details.IdentifyBenefit(
                life.benefit, PROGRAMME, workstream, life.title, kind, Fund.GENERAL_FUND
            ),
            details.LabelBenefit(life.benefit, avenue=Avenue.EFFICIENCY, directorate="Resources"),
        ],
    )


def _mtfs(diary: Diary, first: FinancialYear) -> None:
    diary.asks(
        diary.day(3, 4),
        FINANCE,
        [
            RecordMtfsLine(
                "mtfsom",
                "OM1",
                "Operating model savings",
                Fund.GENERAL_FUND,
                tuple(
                    YearAmount(first.plus(number), amount * MILLION)
                    for number, amount in ((1, 12), (2, 12), (3, 6), (4, 3))
                ),
            ),
            RecordMtfsLine(
                "mtfscr2",
                "CR2",
                "Customer Programme",
                Fund.GENERAL_FUND,
                (YearAmount(first, 400_000_00),),
            ),
            RecordMtfsLine(
                "mtfscr3",
                "CR3",
                "Transformation Unit Efficiencies",
                Fund.GENERAL_FUND,
                (YearAmount(first, 70_000_00),),
            ),
        ],
    )


def _oxfordshire(diary: Diary, first: FinancialYear) -> None:
    life = Life(diary, "opmodel", "New operating model", "neil")
    _identified(diary, life, "Enabling services", Kind.CASH_RELEASING)
    tranches = tuple(
        PlannedTranche(Nature.RECURRING, first.plus(number).first, amount * MILLION)
        for number, amount in enumerate(INCREMENTS)
        if amount
    )
    diary.asks(
        diary.day(3, 3),
        PMO,
        [
            details.RecordProfile(life.benefit, Profile(tranches, Point.STATED)),
            details.RecordRange(life.benefit, 34 * MILLION, 58 * MILLION),
        ],
        hour=11,
    )
    life.described(
        diary.day(3, 6),
        Described(
            "The council is organised by what it does for people, not by department.",
            "Fewer hand-overs, and one place to ask.",
            "Hand-overs for a typical request",
            "hand-overs",
            "7",
            "3",
            cabinet="rowe",
        ),
    )
    life.approved(diary.day(3, 14), Gate.VALIDATION, "Approve the plan of the operating model.")
    life.prepared(diary.day(4, 4), "COR-1000", diary.start.plus(12).first_day)
    life.approved(diary.day(4, 15), Gate.DELIVERY, "Start implementing the operating model.")
    for number, amount in ((1, 12), (2, 12)):
        diary.asks(
            diary.day(5, 3 + number),
            FINANCE,
            programme.AdmitToMtfs("mtfsom", life.benefit, first.plus(number), amount * MILLION),
        )
    life.slips(
        diary.day(6, 7),
        diary.start.plus(12).first_day + timedelta(days=45),
        "The design of enabling services takes six weeks longer.",
    )


def _resident_focus(diary: Diary, first: FinancialYear) -> None:
    life = Life(diary, "residentfocus", "Resident Focused Organisation", "sue")
    _identified(diary, life, "Resident focus", Kind.CASH_RELEASING)
    profile = Profile(
        (
            PlannedTranche(Nature.RECURRING, first.first, 500_000_00),
            PlannedTranche(Nature.RECURRING, first.plus(1).first, 2_000_000_00),
        ),
        Point.STATED,
        net_of=(NetOf.MTFS, NetOf.INVESTMENT),
    )
    diary.asks(diary.day(3, 3), PMO, details.RecordProfile(life.benefit, profile), hour=12)
    diary.asks(
        diary.day(3, 5),
        PMO,
        details.AddNote(
            life.benefit,
            "The proposal is already net of MTFS lines CR2 (400,000) and CR3 (70,000): "
            "they are not deducted again.",
        ),
    )
    life.described(
        diary.day(4, 8),
        Described(
            "Design, agency spend, delivery models and technology are looked at together.",
            "Residents are helped at the first contact.",
            "Agency spend a year",
            "pounds",
            "15000000",
            "13000000",
            confidence=Confidence.MEDIUM,
            why="Further work, service by service, is needed to define the savings fully.",
            cabinet="rowe",
        ),
    )
    life.approved(diary.day(4, 20), Gate.VALIDATION, "Approve the plan: net of CR2 and CR3.")
    life.prepared(diary.day(5, 2), "RES-2000", diary.day(5, 28))
    life.approved(diary.day(5, 11), Gate.DELIVERY, "Start the resident focused organisation.")
    life.reached(diary.day(5, 25), step=1).reached(diary.day(6, 1))
    claim = life.claims(diary.day(6, 5), 230_000_00, diary.start.plus(5), first)
    life.verifies(diary.day(6, 13), claim, 230_000_00, Grade.PRELIMINARY)
    life.claims(diary.ago(2), 120_000_00, diary.start.plus(6), first)
    diary.asks(
        diary.day(5, 14),
        FINANCE,
        money.RecordCover(
            life.benefit,
            f"{life.benefit}v1",
            first,
            90_000_00,
            "Budget pressure met from the transformation reserve until the claim is verified.",
        ),
    )


def _admissions(diary: Diary) -> None:
    """A benefit with no money: fewer calls. Its readings meet the target and the board agrees."""
    life = Life(diary, "admissions", "School admissions calls answered online", "sue")
    _identified(diary, life, "Resident focus", Kind.NON_CASH)
    b = life.benefit
    diary.asks(
        diary.day(3, 7),
        PMO,
        [
            details.NameOwner(b, "sue"),
            details.NameFinancePartner(b, CONFIRMS),
            details.NameCabinetMember(b, "rowe"),
            details.DescribeBenefit(
                b,
                "Parents follow their application online.",
                "Fewer calls about school admissions, with no fall in satisfaction.",
                "Calls fell in the weeks after the pages opened, and in no other service.",
            ),
            delivery.DefineMeasure(
                b,
                f"{b}m",
                "School admissions calls received",
                "calls a period",
                Direction.DOWN,
                "4276",
                diary.day(0, 1),
                "Telephony report",
                targets=(MeasureTarget(diary.day(5, 28), "1500"),),
            ),
            delivery.DefineMeasure(
                b,
                f"{b}n",
                "Parents satisfied with admissions",
                "per cent",
                Direction.UP,
                "82",
                diary.day(0, 1),
                "Annual survey",
                counter=True,
                tolerance=5,
            ),
            details.StateConfidence(
                b, Confidence.HIGH, "Read each week from the telephony report."
            ),
            details.StateOverlapCheck(b, found=False, note="No other benefit counts these calls."),
            details.StateNoInvestment(b, "Built by the web team within its budget."),
        ],
    )
    diary.asks(diary.day(3, 8), CONFIRMS, details.ConfirmValue(b, "The target is agreed."))
    life.approved(diary.day(3, 17), Gate.VALIDATION, "Approve the plan: a measure, no money.")
    life.prepared(diary.day(3, 26), "", diary.day(4, 21))
    life.approved(diary.day(4, 6), Gate.DELIVERY, "Open the admissions pages.")
    life.reached(diary.day(4, 22), step=1).reached(diary.day(4, 23))
    life.reads(diary.day(5, 3), "2210").reads(diary.day(6, 2), "1333")
    diary.asks(
        diary.day(6, 3),
        PMO,
        delivery.ReadMeasure(b, f"{b}n", diary.day(6, 2), "81", "Autumn survey."),
    )
    life.approved(diary.day(6, 10), Gate.REALISATION, "The target is met: accept it as realised.")
