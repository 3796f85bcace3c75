"""Benefits made ready for each gate by what happened to them, and a board that can decide.

Pat is of the PMO and puts the cases; Olu owns the benefit; Fay confirms and verifies. Chris
(chair), Mo (member) and Fin (finance seat) sit on the board; Dee is deputy to Mo.
"""

from dataclasses import replace
from datetime import date

from benefits.events import delivery, details, gates, money
from benefits.events.programme import ProgrammeStarted, ToleranceSet
from benefits.lifecycle import Gate, Stage
from benefits.periods import FinancialYear
from benefits.plans import MeasureTarget, PlannedTranche, Profile
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import (
    Assessed,
    Cause,
    Confidence,
    Direction,
    Fund,
    Grade,
    Kind,
    Likelihood,
    Point,
)
from tests.given import World
from workflows.commands import CastVote, Role, SeatKind, SubmitCase, Tie
from workflows.events import BoardFormed, SeatFilled
from workflows.sign_off import RULES

B = "benefit-b1"
BOARD = "board-main"
Y1, Y2 = FinancialYear(2024), FinancialYear(2025)
ALL_STAGES = tuple(Stage)


def planned(
    pounds: int, year: FinancialYear = Y1, nature: Nature = Nature.RECURRING
) -> PlannedTranche:
    """A single stated figure from April of a year."""
    return PlannedTranche(nature, year.first, pounds * 100)


def profile(*tranches: PlannedTranche) -> Profile:
    """A profile at stated figures."""
    return Profile(tranches, Point.STATED)


PROFILE = profile(planned(120_000), planned(30_000, Y2))
LATER = profile(planned(120_000), planned(30_000, FinancialYear(2026)))
PLAN = tuple(line.tranche for line in PROFILE.tranches)

MEASURE = delivery.MeasureDefined(
    "m1",
    "Days in care",
    "days",
    Direction.DOWN,
    "100",
    date(2024, 3, 31),
    targets=(MeasureTarget(date(2025, 3, 31), "80"),),
)
COUNTER = delivery.MeasureDefined(
    "m2",
    "Families content",
    "per cent",
    Direction.UP,
    "90",
    date(2024, 3, 31),
    counter=True,
    tolerance=5,
)
BEGUN = details.BenefitIdentified(
    "p1", "Care", "Fewer placements", Kind.CASH_RELEASING, Fund.GENERAL_FUND
)

#: What makes each gate's tests met, each under a name by which a test can leave it out.
DESCRIBED: dict[str, object] = {
    "owner": details.OwnerNamed("olu"),
    "finance partner": details.FinancePartnerNamed("fay"),
    "description": details.DescriptionRecorded(
        "Foster first.", "Fewer in homes.", "No other change."
    ),
    "measure": MEASURE,
    "profile": details.ProfileRecorded(PROFILE),
    "overlap check": details.OverlapCheckStated(False, "The register was read."),
    "investment": details.NoInvestmentStated("None is needed."),
    "confidence": details.ConfidenceStated(Confidence.HIGH, "Done before."),
    "value": details.ValueConfirmed("Seen."),
}
PREPARED: dict[str, object] = {
    "delivery plan": delivery.DeliveryPlanStated("Recruit, then place."),
    "milestone": delivery.MilestonePlanned("ms1", "Carers recruited", date(2024, 6, 30)),
    **{about.value: delivery.ImpactAssessed(about, "No harm found.") for about in Assessed},
    "budget line": delivery.BudgetLineNamed("4711", "Residential", 150_000_00),
    "risk": delivery.RiskScored("r1", "Too few carers", Likelihood.C, 3),
}


def claimed(
    name: str, pounds: int, year: FinancialYear = Y1, nature: Nature = Nature.RECURRING
) -> money.ClaimMade:
    """A claim from April of a year."""
    return money.ClaimMade(name, Tranche.planned(pounds * 100, nature, year.first), "4711")


def verified(name: str, pounds: int, grade: Grade = Grade.FINAL) -> money.ClaimVerified:
    """Finance confirmed so many pounds of a claim."""
    return money.ClaimVerified(name, pounds * 100, grade, "ledger", "Seen in the ledger.")


DELIVERED: dict[str, object] = {
    "reached": delivery.MilestoneReached("ms1", date(2024, 6, 30)),
    "claim 1": claimed("c1", 120_000),
    "verified 1": verified("c1", 120_000),
    "claim 2": claimed("c2", 30_000, Y2),
    "verified 2": verified("c2", 30_000),
    "reading": delivery.MeasureRead("m1", date(2024, 12, 31), "79"),
}
VALIDATED = gates.BenefitValidated("earlier-1", PLAN)
STARTED = gates.DeliveryStarted("earlier-2")
REALISED = gates.BenefitRealised("earlier-3")


def council() -> World:
    """A programme of four years with its board, and everybody on record."""
    world = World()
    world.people("pat", "quin", role=Role.PMO).people("fay", role=Role.FINANCE)
    world.people("olu", "chris", "mo", "fin", "dee", "zed")
    world.given(
        BOARD,
        BoardFormed("Main board", 2, 2, Tie.CHAIR, 10),
        SeatFilled("s1", SeatKind.CHAIR, "chris"),
        SeatFilled("s2", SeatKind.MEMBER, "mo", "dee"),
        SeatFilled("s3", SeatKind.FINANCE, "fin"),
    )
    return world.given("programme-p1", ProgrammeStarted("Programme", Y1, 4, None, "main"))


def happened(world: World, events: dict[str, object], *without: str) -> World:
    """These things happened to the benefit, but for those named; finance's by Fay."""
    for name, event in events.items():
        if name not in without:
            by_finance = isinstance(event, details.ValueConfirmed | money.ClaimVerified)
            world.given(B, event, by="fay" if by_finance else "pat")
    return world


def ready(gate: Gate, *without: str, stage: Stage | None = None) -> World:
    """A benefit of which the gate can be asked, but for what is left out.

    ``stage`` says from which of the gate's stages, the first unless given.
    """
    world = happened(council().given(B, BEGUN), DESCRIBED, *without)
    if gate is Gate.VALIDATION:
        return world
    happened(world.given(B, VALIDATED), PREPARED, *without)
    if stage is Stage.IN_DELIVERY or gate in (Gate.REALISATION, Gate.REOPENING):
        world.given(B, STARTED)
    if gate in (Gate.REALISATION, Gate.REOPENING):
        happened(world, DELIVERED, *without)
    if gate is Gate.REOPENING:
        world.given(B, REALISED)
    return world


def at_stage(stage: Stage) -> World:
    """A benefit at a stage, with all that every gate up to Realisation looks at, save claims."""
    world = happened(council().given(B, BEGUN), {**DESCRIBED, **PREPARED})
    enters = {
        Stage.IDENTIFIED: (),
        Stage.VALIDATED: (VALIDATED,),
        Stage.IN_DELIVERY: (VALIDATED, STARTED),
        Stage.REALISED: (VALIDATED, STARTED, REALISED),
        Stage.WITHDRAWN: (VALIDATED, gates.BenefitWithdrawn("No need.", "earlier-4")),
    }
    return world.given(B, *enters[stage])


ASKS: dict[Gate, SubmitCase] = {
    gate: SubmitCase("b1", "case-1", gate, "Please decide.") for gate in Gate
}
ASKS[Gate.REBASELINE] = replace(ASKS[Gate.REBASELINE], profile=LATER, cause=Cause.SLIPPED)


def with_tolerance(world: World, per_cent: int) -> World:
    """The programme's tolerance is set."""
    return world.given("programme-p1", ToleranceSet(per_cent, "Agreed."))


def vote(world: World, choice: gates.Choice = gates.Choice.APPROVE, **given: object) -> CastVote:
    """A vote on the case as its pack shows it."""
    case = world.benefit("b1").cases["case-1"]
    cast = CastVote("b1", "case-1", case.submitted.binds_to, choice, "As discussed.")
    return replace(cast, **given)  # type: ignore[arg-type]


def put(gate: Gate = Gate.VALIDATION, stage: Stage | None = None) -> World:
    """A case for a gate, put to the board."""
    world = ready(gate, stage=stage)
    world.asked(RULES, ASKS[gate])
    return world
