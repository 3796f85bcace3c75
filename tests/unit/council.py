"""A small council for trying rules: its people, one programme, and a benefit at each stage."""

from datetime import date

from benefits.events import delivery, details, gates, money, programme
from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche, Profile
from benefits.rules.table import RULES
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Direction, Fund, Grade, Kind, Point
from tests.given import World
from workflows.commands import Role

Y24, Y25 = FinancialYear(2024), FinancialYear(2025)
JULY = Month(2024, 7)
TODAY = date(2024, 10, 15)


def council() -> World:
    """People who are known, and the programme p1 with a plan window of 2024/25 to 2027/28."""
    world = World().people("olu", "pat", "cara", "dee")
    world.people("fay", "finn", role=Role.FINANCE)
    world.given(
        "programme-p1",
        programme.ProgrammeStarted("Better Lives", Y24, 4, "dee", "board1"),
        programme.WorkstreamAdded("Adults"),
        programme.WorkstreamAdded("Transport"),
    )
    return world.on(TODAY)


def identified(
    world: World | None = None,
    benefit: str = "b1",
    kind: Kind = Kind.CASH_RELEASING,
    fund: Fund = Fund.GENERAL_FUND,
    title: str = "Fewer placements",
) -> World:
    world = world or council()
    return world.given(
        f"benefit-{benefit}",
        details.BenefitIdentified("p1", "Adults", title, kind, fund),
        details.OwnerNamed("olu"),
    )


def recurring(amount: int, month: Month = JULY) -> PlannedTranche:
    return PlannedTranche(Nature.RECURRING, month, amount)


def profile(*lines: PlannedTranche) -> Profile:
    return Profile(lines or (recurring(120_000_00),), Point.STATED)


def tranche(amount: int, month: Month = JULY, nature: Nature = Nature.RECURRING) -> Tranche:
    return Tranche.planned(amount, nature, month)


def validated(
    world: World | None = None,
    benefit: str = "b1",
    kind: Kind = Kind.CASH_RELEASING,
    planned: Profile | None = None,
    title: str = "Fewer placements",
) -> World:
    planned = planned or profile()
    world = identified(world, benefit, kind, title=title)
    plan = tuple(line.tranche for line in planned.tranches)
    return world.given(
        f"benefit-{benefit}",
        details.ProfileRecorded(planned),
        gates.BenefitValidated("case1", plan),
    )


def delivering(
    world: World | None = None,
    benefit: str = "b1",
    kind: Kind = Kind.CASH_RELEASING,
    planned: Profile | None = None,
) -> World:
    """In delivery, with £120,000 a year to be removed from the budget line R1."""
    world = validated(world, benefit, kind, planned)
    return world.given(
        f"benefit-{benefit}",
        delivery.BudgetLineNamed("R1", "Residential care", 120_000_00),
        gates.DeliveryStarted("case2"),
    )


def claimed(amount: int = 50_000_00, world: World | None = None) -> World:
    """A recurring claim c1 of pat's from July 2024, waiting for finance."""
    world = world or delivering()
    return world.given("benefit-b1", money.ClaimMade("c1", tranche(amount), "R1"), by="pat")


def verified(amount: int = 50_000_00) -> World:
    """The claim c1, verified in full by fay."""
    return claimed(amount).given(
        "benefit-b1", money.ClaimVerified("c1", amount, Grade.INTERIM, "R1, ledger", ""), by="fay"
    )


def withdrawn() -> World:
    return identified().given("benefit-b1", gates.BenefitWithdrawn("No longer needed."))


def measured(world: World | None = None) -> World:
    world = world or identified()
    return world.given(
        "benefit-b1",
        delivery.MeasureDefined(
            "m1", "Falls", "a month", Direction.DOWN, "40", date(2024, 5, 1), counter=False
        ),
    )


__all__ = [
    "JULY",
    "RULES",
    "TODAY",
    "Y24",
    "Y25",
    "claimed",
    "council",
    "delivering",
    "identified",
    "measured",
    "profile",
    "recurring",
    "tranche",
    "validated",
    "verified",
    "withdrawn",
]
