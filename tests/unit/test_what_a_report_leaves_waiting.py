"""A claim dated after the month waits, with all that was done to it, until the next report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.benefit import Benefit
from benefits.events import delivery, details, gates, money
from benefits.periods import FinancialYear, Month
from benefits.standing import stand
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Direction, Fund, Grade, Kind
from eventlog.recorded import Recorded
from reports.composing.steps import Followed, LastReport, follow
from reports.composing.waiting import as_reported, left_waiting
from reports.lines import Lines
from reports.movements import (
    Cause,
    Opening,
    Step,
    cash_statements,
    recurring_statements,
)
from reports.reconciliation import cash_by_year, recurring_by_year
from tests.given import World

Y24 = FinancialYear(2024)
YEARS = [Y24.plus(number) for number in range(-1, 6)]
JULY, AUGUST, SEPTEMBER = Month(2024, 7), Month(2024, 8), Month(2024, 9)
SAVING = Tranche.planned(120_000_00, Nature.RECURRING, JULY)


def claim(pounds: int, month: Month) -> Tranche:
    return Tranche(pounds * 100, Nature.RECURRING, month, Y24)


@dataclass
class History:
    """One benefit in delivery, and what happens to it next."""

    kind: Kind = Kind.CASH_RELEASING
    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.world.given("person-pat", object())  # so that the benefit is not the first event
        self.then(
            details.BenefitIdentified("p", "Care", "Homes", self.kind, Fund.GENERAL_FUND),
            gates.BenefitValidated("c1", (SAVING,)),
            gates.DeliveryStarted("c2"),
        )

    def then(self, *events: object) -> "History":
        self.world.given("benefit-b", *events)
        return self

    @property
    def events(self) -> list[Recorded[Any]]:
        return self.world.streams["benefit-b"]

    @property
    def now(self) -> Benefit:
        return stand("b", self.events)

    @property
    def position(self) -> int:
        return self.world.position


def verified(name: str, pounds: int) -> money.ClaimVerified:
    return money.ClaimVerified(name, pounds * 100, Grade.INTERIM, "ledger", "Seen.")


def steps_of(followed: Followed) -> list[tuple[int, Cause]]:
    return [(step.position, step.cause) for step in followed.steps]


def test_a_claim_dated_after_the_month_waits_with_its_verification() -> None:
    history = History().then(
        money.ClaimMade("k1", claim(50_000, JULY)),
        money.ClaimMade("k2", claim(70_000, AUGUST)),
        verified("k2", 70_000),
    )
    assert left_waiting(history.events, JULY) == {6: "k2", 7: "k2"}
    july = follow("b", history.events, JULY, None)
    assert july.lines is not None
    assert july.lines.claimed == (claim(50_000, JULY),)
    assert july.lines.verified == ()


def test_the_next_report_takes_what_waited_before_what_came_since() -> None:
    history = History().then(
        money.ClaimMade("k2", claim(70_000, AUGUST)),
        verified("k2", 70_000),
        money.ClaimMade("k1", claim(50_000, JULY)),
    )
    july = LastReport(history.position, JULY)
    history.then(verified("k1", 50_000))
    august = follow("b", history.events, AUGUST, july)
    assert steps_of(august) == [(5, Cause.CLAIMED), (6, Cause.VERIFIED), (8, Cause.VERIFIED)]


def test_a_claim_that_goes_on_waiting_is_in_neither_report() -> None:
    history = History().then(money.ClaimMade("k1", claim(50_000, SEPTEMBER)))
    july = LastReport(history.position, JULY)
    august = follow("b", history.events, AUGUST, july)
    assert august.steps == ()
    assert august.lines is not None
    assert august.lines.claimed == ()


def test_a_correction_past_the_month_takes_the_claim_out_and_the_next_report_lets_it_in() -> None:
    history = History().then(money.ClaimMade("k1", claim(50_000, JULY)), verified("k1", 50_000))
    july = LastReport(history.position, JULY)
    history.then(money.ClaimCorrected("k1", claim(50_000, SEPTEMBER), "It began later."))
    august = follow("b", history.events, AUGUST, july)
    assert steps_of(august) == [(7, Cause.CORRECTED)]
    assert august.lines is not None
    assert august.lines.verified == august.lines.claimed == ()
    september = follow("b", history.events, SEPTEMBER, LastReport(history.position, AUGUST))
    assert steps_of(september) == [(7, Cause.CORRECTED)]
    assert september.lines is not None
    assert september.lines.claimed == (claim(50_000, SEPTEMBER),)


def test_a_correction_back_into_the_month_lets_all_of_the_claim_in_at_once() -> None:
    history = History().then(
        money.ClaimMade("k1", claim(50_000, AUGUST)),
        money.ClaimCorrected("k1", claim(50_000, JULY), "The month was mistyped."),
    )
    assert left_waiting(history.events, JULY) == {}
    assert follow("b", history.events, JULY, None).lines is not None


def test_an_erosion_of_a_waiting_claim_waits_with_it() -> None:
    history = History().then(
        money.ClaimMade("k1", claim(50_000, AUGUST)),
        verified("k1", 50_000),
        money.ErosionReported("e1", "k1", 10_000_00, AUGUST, "A contract ended."),
        money.ErosionConfirmed("e1", "k1", "Seen."),
    )
    assert set(left_waiting(history.events, JULY)) == {5, 6, 7, 8}
    stands = as_reported(history.now, JULY)
    assert not stands.claims
    assert not stands.erosions


def test_readings_and_dates_reached_after_the_month_wait() -> None:
    history = History().then(
        delivery.MeasureDefined("m", "Days", "days", Direction.DOWN, "100", date(2024, 4, 1)),
        delivery.MeasureRead("m", date(2024, 7, 31), "95"),
        delivery.MeasureRead("m", date(2024, 8, 1), "90"),
        delivery.MilestonePlanned("s", "Starts", date(2024, 7, 1)),
        delivery.MilestoneReached("s", date(2024, 8, 1)),
    )
    july = as_reported(history.now, JULY)
    assert [reading.value for reading in july.measures["m"].readings] == ["95"]
    assert july.milestones["s"].reached is None
    assert july.milestones["s"].overdue(date(2024, 8, 1))
    assert as_reported(history.now, AUGUST).milestones["s"].reached == date(2024, 8, 1)


def test_a_disbenefit_is_taken_off_so_its_amounts_are_below_nothing() -> None:
    history = History(Kind.DISBENEFIT).then(money.ClaimMade("k1", claim(50_000, JULY)))
    lines = follow("b", history.events, JULY, None).lines
    assert lines is not None
    assert [t.amount for t in (*lines.plan, *lines.claimed)] == [-120_000_00, -50_000_00]


def test_a_withdrawn_benefit_stays_with_an_empty_plan_and_one_never_approved_has_no_lines() -> None:
    withdrawn = History().then(gates.BenefitWithdrawn("No need.", "c3", None))
    followed = follow("b", withdrawn.events, JULY, None)
    assert followed.lines == Lines("B2", original=(SAVING,))
    assert steps_of(followed)[-1][1] is Cause.WITHDRAWN
    never = World().given(
        "benefit-b",
        details.BenefitIdentified("p", "Care", "Homes", Kind.INCOME, Fund.HRA),
        gates.BenefitWithdrawn("No need."),
    )
    assert follow("b", never.streams["benefit-b"], JULY, None) == Followed((), None)


# A random life, reported on month after month.

months = st.integers(0, 11).map(JULY.plus)
thousands = st.integers(1, 150)
disbenefits_too = st.sampled_from([Kind.CASH_RELEASING, Kind.DISBENEFIT])
acts = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 5), thousands, months, months),
    min_size=1,
    max_size=25,
)


def act(history: History, what: int, which: int, amount: int, month: Month, lost: Month) -> None:
    """One thing that could happen to the benefit as it stands; nothing where it could not."""
    claims = list(history.now.claims.values())
    chosen = claims[which % len(claims)] if claims else None
    at = Tranche(amount * 100_00, Nature.RECURRING, month, Y24.plus(which % 2))
    if what <= 1 or chosen is None:
        history.then(money.ClaimMade(f"k{history.position}", at))
    elif what == 2 and chosen.waiting:
        history.then(verified(chosen.claim, chosen.tranche.amount // 100))
    elif what == 3 and chosen.waiting:
        history.then(money.ClaimRejected(chosen.claim, "Not seen."))
    elif what == 4:
        history.then(money.ClaimCorrected(chosen.claim, at, "It was wrong."))
    elif what == 5 and chosen.stands > 0:
        name = f"e{history.position}"
        part = max(1, chosen.stands * min(amount, 100) // 100)
        history.then(
            money.ErosionReported(name, chosen.claim, part, lost, "Lost."),
            money.ErosionConfirmed(name, chosen.claim, "Seen."),
        )
    elif what == 6:
        history.then(money.ForecastRecorded((at,), "It changed."))
    elif what == 7 and history.now.profile is None:
        new = (Tranche.planned(at.amount, Nature.RECURRING, month),)
        history.then(gates.BenefitValidated("c9", (SAVING, *new)))


def opening_of(lines: Lines, month: Month) -> Opening:
    """What a report of this one benefit stores."""
    annual = {str(y): row.amounts() for y, row in recurring_by_year(lines, YEARS, month).items()}
    money_ = {str(y): row.amounts() for y, row in cash_by_year(lines, YEARS, month).items()}
    return Opening(month, annual, money_, {lines.benefit: Opening(month, annual, money_)})


def state(opening: Opening | None, steps: Sequence[Step], lines: Lines, month: Month) -> None:
    recurring_statements(opening, steps, [lines], YEARS, month)
    cash_statements(opening, steps, [lines], YEARS, month)


@given(acts, st.lists(st.integers(1, 4), min_size=2, max_size=4), disbenefits_too)
@settings(max_examples=150, deadline=None)
def test_whatever_happens_every_report_opens_with_the_last_and_ties(
    life: list[tuple[int, int, int, Month, Month]], gaps: list[int], kind: Kind
) -> None:
    history, month = History(kind), JULY.plus(-1)
    last, opening = None, None
    share = max(1, len(life) // len(gaps))
    for number, gap in enumerate(gaps):
        for one in life[number * share : (number + 1) * share]:
            act(history, *one)
        month = month.plus(gap)
        followed = follow("b", history.events, month, last)
        assert followed.lines is not None
        state(opening, followed.steps, followed.lines, month)
        assert followed.lines == follow("b", history.events, month, None).lines
        last, opening = LastReport(history.position, month), opening_of(followed.lines, month)
