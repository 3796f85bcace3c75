"""The invented council's benefits, and what the appendix says of its figures and words."""

from benefits.periods import FinancialYear
from reports.entries import BenefitEntry, BenefitYear, Status, Trace
from tests.example_report.entries import CABINET, OWNER

WORKSTREAMS = (
    "Adult Social Care",
    "Procurement and Contracts",
    "Estates Rationalisation",
    "Digital and Customer Access",
    "Special Educational Needs Transport",
)
NAMES = (
    "Reablement before long-term care",
    "Review of high-cost placements",
    "Single contract for agency staff",
    "Lease exit, Civic Annexe",
    "Online bookings and payments",
    "Route planning and travel training",
)

TRACES = (
    Trace(
        "F2",
        "Current plan of 2024/25, recurring, all funds",
        8_890_000_00,
        (3, 7, *range(12, 58), 211, 340),
    ),
    Trace(
        "F3", "Verified for 2024/25, recurring, all funds", 3_835_000_00, tuple(range(900, 960, 3))
    ),
    Trace("F4", "Verified cash to October 2024", 1_986_000_00, tuple(range(900, 990, 4))),
    Trace("F5", "Shortfall brought forward from 2023/24", 340_000_00, (44, 310, 311, 312)),
    Trace("F6", "Adult Social Care, plan year 2024/25", 3_150_000_00, (3, 7, 12, 13, 14)),
)
DEFINITIONS = (
    (
        "Recurring",
        "An annual amount that goes on from a month. It is counted once, for a full year.",
    ),
    ("In-year cash", "The cash that falls between 1 April and 31 March of one year."),
    ("Current plan", "What the board last approved. It moves only by a decision of the board."),
    ("Verified", "Finance has confirmed it against a budget line. Only this counts as realised."),
    ("Slipped", "Still expected, but only after the year in which it was planned."),
    ("Over-delivery", "More than was planned. It never hides another benefit’s shortfall."),
    ("Cashable", "Cash-releasing savings and income, less disbenefits."),
)
VERIFY = (
    "Save the attached figures.csv. Add up any column: it gives the total printed here.",
    "Ask the council’s auditor to run “realise verify” on the record: it recomputes every hash.",
    "Compare the hash of event 18,243 in the record with the one printed below.",
)
STAGES = ("In delivery", "Validated", "Realised", "In delivery")
STATUSES = (Status.AT_RISK, Status.NOT_DELIVERED, Status.DELIVERED, Status.AT_RISK, Status.ON_TRACK)


def benefits(count: int) -> tuple[BenefitEntry, ...]:
    """So many benefits; every eleventh has no profile yet."""
    return tuple(_benefit(number, count) for number in range(1, count + 1))


def _benefit(number: int, most: int) -> BenefitEntry:
    base = (40 + 7 * number % 90) * 100_000
    years = tuple(
        BenefitYear(
            year=FinancialYear(2023 + step),
            original_plan=base * step,
            plan=base * step + 500_000 * step,
            forecast=base * step,
            verified=base // 2 if step == 1 else 0,
            claimed=base // 10 if step == 1 else 0,
        )
        for step in range(1, 4)
    )
    bare = number % 11 == 0
    phase = f", phase {(number - 1) // len(NAMES) + 1}" if number > len(NAMES) else ""
    return BenefitEntry(
        ref=f"B{number}",
        name=NAMES[(number - 1) % len(NAMES)] + phase,
        workstream=WORKSTREAMS[(number - 1) * len(WORKSTREAMS) // most],
        kind="Cash-releasing saving",
        nature="recurring",
        fund="general fund",
        stage="Identified" if bare else STAGES[number % 4],
        owner=OWNER,
        cabinet_member=CABINET,
        finance_partner="S. Lindqvist",
        confidence="medium",
        status=None if bare else STATUSES[number % 5],
        years=() if bare else years,
        events=(number * 3, number * 3 + 1, number * 3 + 2, 4000 + number),
        basis="annual amounts, gross,",
        benefit=f"benefit-{number}",
    )
