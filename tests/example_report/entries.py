"""The single entries of the invented council's report: benefits, votes, milestones, risks."""

from datetime import date
from decimal import Decimal

from benefits.periods import FinancialYear, Month
from reports.entries import (
    AgedShortfall,
    CashSource,
    Condition,
    Correction,
    Decision,
    DecisionComing,
    Measure,
    Milestone,
    MtfsException,
    Pressure,
    Risk,
    SeatVote,
    Status,
    StatusException,
)

OWNER, CABINET = "Director of Adult Services (R. Okafor)", "Cllr J. Marsh"

CORRECTIONS = (
    Correction(
        "B3",
        "Single contract for agency staff",
        date(2024, 10, 14),
        "Verified for 2024/25 was £95,000 and is £80,000.",
        "The September invoice was counted twice.",
        18_011,
    ),
)
EXCEPTIONS = (
    StatusException(
        "B1",
        "Reablement before long-term care",
        "Adult Social Care",
        Status.AT_RISK,
        640_000_00,
        "Recruitment finished two months late.",
        "Agency cover until January; the provider starts on 2 December.",
        OWNER,
        CABINET,
    ),
    StatusException(
        "B2",
        "Review of high-cost placements",
        "Adult Social Care",
        Status.NOT_DELIVERED,
        310_000_00,
        "Eleven placements cannot move.",
        "A replacement case comes to the board in December.",
        OWNER,
        CABINET,
        "Made red by finance until 31 March 2025.",
    ),
    StatusException(
        "B4",
        "Lease exit, Civic Annexe",
        "Estates Rationalisation",
        Status.AT_RISK,
        360_000_00,
        "The landlord refused an early surrender.",
        "The lease ends on 24 June 2025.",
        "Head of Property (L. Hughes)",
        "Cllr A. Din",
    ),
)
AGED = (AgedShortfall(FinancialYear(2023), 2_400_000_00, 2_060_000_00, 340_000_00, "F5"),)
SOURCES = (
    CashSource("As approved", 1_790_000_00),
    CashSource("Another way: the benefit replaces a withdrawn one", 110_000_00),
    CashSource("Met from one-offs", 86_000_00),
    CashSource("Reserves used", 200_000_00, counts_as_realised=False),
)
PRESSURES = (
    Pressure(
        "B6",
        "Route planning and travel training",
        Month(2024, 10),
        140_000_00,
        "Nine new out-of-county placements.",
    ),
)
MTFS = (
    MtfsException(
        "AD17 Supported living review",
        "",
        250_000_00,
        "The line is in the plan and no signed-off benefit supports it.",
    ),
    MtfsException(
        "",
        "Online bookings and payments",
        95_000_00,
        "Signed off on 12 September and in no line yet.",
        "B5",
    ),
)
SEATS = (
    SeatVote("Chair", "Cllr P. Whitfield", "Approve"),
    SeatVote(
        "Member", "D. Osei", "Approve with conditions", "The lease advice must be in writing."
    ),
    SeatVote("Finance", "S. Lindqvist", "Approve"),
    SeatVote("Member", "L. Hughes", "Did not vote", "Owns the benefit, so may not vote."),
)
TAKEN = (
    Decision(
        "B4",
        "Lease exit, Civic Annexe",
        "Delivery gate",
        date(2024, 10, 9),
        "Approved with conditions",
        SEATS,
        "The benefit is now in delivery.",
    ),
    Decision(
        "B5",
        "Online bookings and payments",
        "Realisation gate",
        date(2024, 10, 23),
        "Deferred",
        SEATS[:3],
    ),
)
CONDITIONS = (
    Condition(
        "B4",
        "Lease exit, Civic Annexe",
        "Obtain written advice on the surrender terms.",
        "Head of Property",
        date(2024, 11, 30),
        "Outstanding",
    ),
)
COMING = (
    DecisionComing(
        "B1",
        "Reablement before long-term care",
        "Re-baseline",
        "Move £180,000 from 2024/25 to 2025/26 (slipped).",
        date(2024, 11, 14),
    ),
    DecisionComing(
        "B5",
        "Online bookings and payments",
        "Realisation gate",
        "Confirm £410,000 a year as realised.",
        None,
    ),
)
REACHED = (
    Milestone(
        "B3",
        "Agency contract signed",
        "Single contract for agency staff",
        "Head of Procurement",
        date(2024, 10, 7),
        date(2024, 10, 2),
        -5,
    ),
    Milestone(
        "B1",
        "All reablement posts filled",
        "Reablement before long-term care",
        OWNER,
        date(2024, 8, 1),
        date(2024, 10, 1),
        61,
        note="Drives the saving from 1 November.",
    ),
)
SLIPPED = (
    Milestone(
        "B4",
        "Civic Annexe handed back",
        "Lease exit, Civic Annexe",
        "Head of Property (L. Hughes)",
        date(2025, 3, 31),
        date(2025, 6, 24),
        85,
        90_000_00,
        "The landlord refused an early surrender.",
    ),
)
DUE = (
    Milestone(
        "B6",
        "New routes start",
        "Route planning and travel training",
        "Head of Transport",
        date(2024, 11, 11),
        date(2024, 11, 11),
        0,
    ),
)
MEASURES = (
    Measure(
        "B1",
        "People living at home 91 days after reablement",
        "Adult Social Care",
        "per cent",
        "higher is better",
        Decimal("78.4"),
        Decimal("84"),
        Decimal("81.9"),
        date(2024, 10, 31),
        "Behind its target for October (82.5)",
    ),
    Measure(
        "B5",
        "Calls about bookings",
        "Digital and Customer Access",
        "calls a month",
        "lower is better",
        Decimal("14200"),
        Decimal("6000"),
        None,
        None,
        "Not read this month",
    ),
)
COUNTER_MEASURES = (
    Measure(
        "B1",
        "Readmitted within 30 days",
        "Adult Social Care",
        "per cent",
        "not above 13.0",
        Decimal("12.1"),
        Decimal("13.0"),
        Decimal("11.8"),
        date(2024, 10, 31),
        "Within its limit",
    ),
)
RISKS = (
    Risk(
        "B1",
        "Providers cannot recruit reablement staff",
        "Adult Social Care",
        "B",
        2,
        "Joint recruitment with the health trust.",
        OWNER,
    ),
    Risk(
        "",
        "Scope grows with the number of supporting projects",
        "Forward Northmere",
        "C",
        4,
        "Change control at the board.",
        "Programme Director",
    ),
)
