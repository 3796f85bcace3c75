"""The invented council's tables, in thousands of pounds, all of which add up."""

from collections.abc import Sequence
from dataclasses import replace

from benefits.periods import FinancialYear, Month
from reports.contents import StatusRow
from reports.money_tables import (
    Bridge,
    CashRow,
    MovementTable,
    RecurringRow,
    RunRate,
    RunRatePoint,
    Step,
)

YEAR, MONTH = FinancialYear(2024), Month(2024, 10)
GROSS = "Annual amounts of cashable benefits, gross of recurring investment."
IN_YEAR = "Cash of cashable benefits in the year, gross of recurring investment."


def recurring(label: str, *thousands: int, ref: str = "") -> RecurringRow:
    """original, approved, verified, claimed, still forecast, slipped, not delivered, over."""
    a, b, c, d, e, f, g, h = (amount * 100_000 for amount in thousands)
    return RecurringRow(label, a, b, a + b, c, d, e, f, g, h, ref)


def cash(label: str, *thousands: int, ref: str = "") -> CashRow:
    """As above with lost by delay for slipped, then early, late, plan and verified to date."""
    a, b, c, d, e, f, g, h, i, j, k, m = (amount * 100_000 for amount in thousands)
    return CashRow(label, a, b, a + b, c, d, e, f, g, h, i, j, k, m, ref)


def summed(label: str, rows: Sequence[RecurringRow], ref: str = "") -> RecurringRow:
    sums = [sum(getattr(row, name) for row in rows) for name, _ in RecurringRow.COLUMNS]
    return RecurringRow(label, *sums, ref=ref)  # type: ignore[misc]


def summed_cash(label: str, rows: Sequence[CashRow], ref: str = "") -> CashRow:
    sums = [sum(getattr(row, name) for row in rows) for name, _ in CashRow.COLUMNS]
    return CashRow(label, *sums, ref=ref)  # type: ignore[misc]


WORKSTREAMS = (
    recurring("Adult Social Care", 3400, -250, 1120, 380, 700, 640, 310, 0, ref="F6"),
    recurring("Procurement and Contracts", 2150, 0, 1480, 210, 520, 0, 0, 60),
    recurring("Estates Rationalisation", 1800, 120, 640, 0, 780, 360, 140, 0),
    recurring("Digital and Customer Access", 950, 0, 415, 95, 440, 0, 0, 0),
    recurring("Special Educational Needs Transport", 720, 0, 180, 0, 300, 240, 0, 0),
)
CASH_WORKSTREAMS = (
    cash("Adult Social Care", 2100, -120, 760, 240, 310, 420, 250, 0, 0, 0, 1155, 760),
    cash("Procurement and Contracts", 1600, 0, 1180, 130, 320, 0, 0, 30, 30, 0, 933, 690),
    cash("Estates Rationalisation", 1150, 60, 470, 0, 380, 260, 100, 0, 0, 0, 706, 274),
    cash("Digital and Customer Access", 610, 0, 330, 60, 240, 0, 0, 20, 0, 20, 356, 192),
    cash("Special Educational Needs Transport", 480, 0, 120, 0, 160, 200, 0, 0, 0, 0, 280, 70),
)
THIS_YEAR = summed("All workstreams", WORKSTREAMS, "F2")
CASH_THIS_YEAR = summed_cash("All workstreams", CASH_WORKSTREAMS, "F4")
YEARS = (
    recurring("2023/24", 2400, 0, 2060, 0, 0, 210, 130, 0),
    replace(THIS_YEAR, label="2024/25"),
    recurring("2025/26", 5600, 310, 0, 0, 5420, 300, 190, 0),
    recurring("2026/27", 3100, 0, 0, 0, 3100, 0, 0, 0),
)
CASH_YEARS = (
    cash("2023/24", 1300, 0, 1090, 0, 0, 150, 60, 0, 0, 0, 1300, 1090),
    replace(CASH_THIS_YEAR, label="2024/25"),
    cash("2025/26", 14_900, 180, 5895, 685, 7600, 640, 260, 0, 0, 0, 0, 0),
    cash("2026/27", 17_020, 310, 5895, 685, 10_750, 0, 0, 0, 0, 0, 0, 0),
)
FUNDS = (
    recurring("General fund", 7800, -130, 3420, 605, 2195, 1000, 450, 0),
    recurring("Housing revenue account", 500, 0, 235, 80, 245, 0, 0, 60),
    recurring("DSG, high needs", 720, 0, 180, 0, 300, 240, 0, 0),
)
STRIP = (
    StatusRow("Adult Social Care", 112_000_000, 52_000_000, 120_000_000, 31_000_000),
    StatusRow("Procurement and Contracts", 148_000_000, 73_000_000, 0, 0),
    StatusRow("Estates Rationalisation", 64_000_000, 50_000_000, 64_000_000, 14_000_000),
    StatusRow("Digital and Customer Access", 41_500_000, 53_500_000, 0, 0),
    StatusRow("Special Educational Needs Transport", 18_000_000, 30_000_000, 24_000_000, 0),
)
GROSS_TO_NET = Bridge(
    "From gross to net, plan year 2024/25, general fund",
    "Annual amounts of cashable benefits.",
    Step("Gross savings", 767_000_000, "Committed point of the current plan"),
    (
        Step("Recurring investment", -61_000_000, "Two contracts and a reablement team"),
        Step("Existing MTFS value", -40_000_000, "MTFS lines AD14 and PR02, in the plan already"),
        Step("Overlap given up", -8_500_000, "B12 keeps what B19 also claimed"),
    ),
    Step("Net savings", 657_500_000, "What the medium-term plan can count"),
)


def run_rate() -> RunRate:
    """Four years in whole thousands; verified falls behind, forecast catches up a little."""
    points = []
    for number in range(48):
        month = Month(2023, 4).plus(number)
        planned = 20_300 * (number + 1) ** 2 * (144 - 2 * number) // (48**2 * 50) * 100_000
        behind = planned * 8 // 1000 * 100
        verified = behind if month <= MONTH else None
        forecast = behind if month == MONTH else planned * 93 // 10_000 * 100
        to_come = (forecast, forecast * 88 // 10_000 * 100, forecast * 97 // 10_000 * 100)
        ahead = to_come if month >= MONTH else (None, None, None)
        points.append(RunRatePoint(month, planned, verified, *ahead))
    basis = "Annual amounts, gross of recurring investment."
    words = ("The forecast lies above that range: it counts every benefit in full and on time.",)
    return RunRate("Cumulative run rate by month", basis, MONTH, tuple(points), words)


def moved(year: FinancialYear) -> MovementTable[RecurringRow]:
    """The recurring movement of one plan year, its opening worked back from its closing."""
    closing = next(row for row in YEARS if row.label == str(year))
    causes = (
        recurring("Newly approved", 240, 0, 0, 0, 240, 0, 0, 0),
        recurring("Re-baselined", 0, -60, 0, 0, -60, 0, 0, 0),
        recurring("Slipped", 0, 0, 0, 0, -180, 180, 0, 0),
        *(() if year != YEAR else _claims()),
    )
    change = summed("", causes)
    opening = [getattr(closing, n) - getattr(change, n) for n, _ in RecurringRow.COLUMNS]
    first = RecurringRow("Opening, as the September report printed it", *opening)
    return MovementTable(year, first, causes, replace(closing, label="Closing, 31 October 2024"))


def unmoved(year: FinancialYear) -> MovementTable[RecurringRow]:
    """A plan year that closes as it opened."""
    closing = next(row for row in YEARS if row.label == str(year))
    first = replace(closing, label="Opening, as the September report printed it")
    return MovementTable(year, first, (), replace(closing, label="Closing, 31 October 2024"))


def _claims() -> tuple[RecurringRow, ...]:
    return (
        recurring("Claimed", 0, 0, 0, 90, -90, 0, 0, 0),
        recurring("Verified", 0, 0, 410, -410, 0, 0, 0, 0),
        recurring("Corrected", 0, 0, -15, 0, 15, 0, 0, 0),
    )


def cash_moved() -> MovementTable[CashRow]:
    """The cash movement of the year."""
    causes = (
        cash("Newly approved", 120, 0, 0, 0, 120, 0, 0, 0, 0, 0, 10, 0),
        cash("Slipped", 0, 0, 0, 0, -90, 90, 0, 0, 0, 0, 0, 0),
        cash("Verified", 0, 0, 205, -205, 0, 0, 0, 0, 0, 0, 0, 34),
        cash("Time passed", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 480, 300),
    )
    change = summed_cash("", causes)
    opening = [getattr(CASH_THIS_YEAR, name) - getattr(change, name) for name, _ in CashRow.COLUMNS]
    first = CashRow("Opening, as the September report printed it", *opening)
    return MovementTable(YEAR, first, causes, replace(CASH_THIS_YEAR, label="Closing"))
