"""Tables that stand beside the invented council's reconciliation, narrow and wide."""

from reports.side_tables import SideRow, SideTable, summed

DRIVERS = SideTable(
    "What drives the difference",
    "Unit models at their latest reading: planned by then, and as the units came",
    "Annual amounts, gross of recurring investment, before overlaps given up",
    "Benefit",
    ("Planned by then", "As it came", "Difference", "Volume", "Price", "Timing"),
    (
        SideRow(
            "Placements in residential care",
            (960_336_00, 790_400_00, -169_936_00, -69_936_00, 0, -100_000_00),
            "October 2024: a change of 50 placements of the 243 planned in all.",
        ),
    ),
    words=("The three sum to the difference.",),
)
_YEARS = (
    SideRow("2023/24", (0, 4_000_000_00, -4_000_000_00)),
    SideRow("2024/25", (14_000_000_00, 9_000_000_00, 5_000_000_00)),
)
VALUE = SideTable(
    "Value for money",
    "Benefits and costs by year, as planned to fall (nominal)",
    "Cashable benefits",
    "Year",
    ("Benefits", "Costs", "Net"),
    _YEARS,
    summed("Plan window, nominal", _YEARS),
    ("All that was spent has come back by the end of 2024/25.",),
)
PROPOSED = SideTable(
    "Forecasts that milestones propose",
    "What moved milestones would cost against the forecast on record",
    "Cash and annual amounts",
    "Benefit",
    ("Lost in 2024/25", "First month of delay", "Annual, after its plan year", "Full-year effect"),
    (SideRow("Foster first", (30_000_00, 10_000_00, 0, None), "“The service starts” moved."),),
)
