"""The invented council's summary: what a member reads in a minute."""

from reports.contents import FundAmount, Headline, Summary


def funds(*thousands: int, against: tuple[int, ...] = ()) -> tuple[FundAmount, ...]:
    names = ("General fund", "Housing revenue account", "DSG, high needs")
    return tuple(
        FundAmount(name, amount * 100_000, against[place] * 100_000 if against else None)
        for place, (name, amount) in enumerate(zip(names, thousands, strict=False))
    )


SUMMARY = Summary(
    lead=(
        "Finance has verified £3.84m of the £8.89m that this year’s plan should be worth in a full "
        "year. By March the council expects £7.26m: £1.24m has slipped to later years and £0.45m "
        "will not be delivered, most of it in adult social care."
    ),
    headlines=(
        Headline(
            "Current plan of the year",
            889_000_000,
            "Recurring, full year",
            funds(7670, 500, 720),
            ref="F2",
        ),
        Headline(
            "Verified",
            383_500_000,
            "Recurring, confirmed by finance",
            funds(3420, 235, 180),
            ref="F3",
        ),
        Headline(
            "Expected by year end",
            726_000_000,
            "Recurring: verified, claimed and still forecast",
            funds(6220, 560, 480),
        ),
        Headline(
            "Verified cash to date",
            198_600_000,
            "In-year cash, April to October",
            funds(1776, 140, 70, against=(2860, 290, 280)),
            against=343_000_000,
            ref="F4",
        ),
        Headline(
            "Shortfall brought forward",
            34_000_000,
            "Recurring plan of earlier years, not verified",
            funds(340),
            ref="F5",
        ),
    ),
    changed=(
        "Verified rose by £410,000.",
        "£180,000 slipped to 2025/26.",
        "One benefit passed the Delivery gate.",
    ),
    why=(
        "Reablement recruits started two months late.",
        "The Civic Annexe lease ends in June, not March.",
    ),
    next=(
        "The board decides the re-baseline of B1 on 14 November.",
        "New transport routes start on 11 November.",
    ),
    enquiries=(
        "Why did reablement start two months late, and what did each month cost?",
        "What replaces the £310,000 of adult social care savings that will not be delivered?",
        "Which claims have waited more than 60 days for finance?",
    ),
    reconciles=(
        "Yes. All 42 benefits, on both bases and in every plan year, add up to the penny, and the "
        "opening balances are those that the September report printed."
    ),
)
