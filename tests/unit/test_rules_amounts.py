"""Whatever is asked, no rule lets an amount through that is negative, nothing or absurd."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.commands import delivery, details, money, programme
from benefits.events.programme import Unclosed
from benefits.money import LARGEST
from benefits.periods import Month
from benefits.plans import PlannedTranche, UnitModel, YearAmount
from benefits.refusals import Refused
from benefits.rules.table import RULES
from benefits.tranches import Nature
from benefits.vocabulary import Direction, Fund, Grade, Likelihood
from tests.given import World
from tests.unit.council import (
    JULY,
    Y24,
    claimed,
    delivering,
    identified,
    profile,
    recurring,
    tranche,
    validated,
    verified,
)

ABSURD = st.one_of(
    st.integers(max_value=0),
    st.integers(min_value=LARGEST + 1),
    st.sampled_from([0, -1, LARGEST + 1, 10**20, -(10**20)]),
)


def _ranged(low: int) -> PlannedTranche:
    return PlannedTranche(Nature.RECURRING, JULY, 5, low, None, low)


ASKED: dict[str, tuple[Callable[[], World], Callable[[int], Any]]] = {
    "profile": (identified, lambda n: details.RecordProfile("b1", profile(recurring(n)))),
    "range": (identified, lambda n: details.RecordRange("b1", n, n)),
    "range of a profile": (identified, lambda n: details.RecordProfile("b1", profile(_ranged(n)))),
    "investment": (
        identified,
        lambda n: details.RecordInvestment("b1", "i1", "Team", "staff", "own", (recurring(n),)),
    ),
    "shared investment": (
        identified,
        lambda n: programme.RecordGroupInvestment("p1", "i1", "T", "s", "own", (recurring(n),)),
    ),
    "evidence": (
        identified,
        lambda n: details.AttachEvidence("b1", "e1", "T", "a" * 64, n, "text/plain"),
    ),
    "budget line": (identified, lambda n: delivery.NameBudgetLine("b1", "R9", "Care", n)),
    "forecast": (validated, lambda n: money.RecordForecast("b1", (tranche(n),), "Less.")),
    "claim": (delivering, lambda n: money.MakeClaim("b1", "c9", tranche(n), "R1")),
    "correction": (claimed, lambda n: money.CorrectClaim("b1", "c1", tranche(n), "Less.", "R1")),
    "verification": (
        claimed,
        lambda n: money.VerifyClaim("b1", "c1", n, Grade.INTERIM, "R1", "Part."),
    ),
    "erosion": (verified, lambda n: money.ReportErosion("b1", "e1", "c1", n, JULY, "Lost.")),
    "pressure": (delivering, lambda n: money.RecordPressure("b1", "x1", JULY, n, "Pay.")),
    "cover": (delivering, lambda n: money.RecordCover("b1", "v1", Y24, n, "Reserve.")),
    "overlap": (
        lambda: validated(validated(), "b2"),
        lambda n: programme.AgreeOverlap("o1", "b1", "b2", (YearAmount(Y24, n),), "dee"),
    ),
    "cumulative MTFS line": (
        identified,
        lambda n: programme.RecordMtfsLine(
            "l1", "L1", "Care", Fund.GENERAL_FUND, (YearAmount(Y24, n),), cumulative=True
        ),
    ),
    "risk": (
        identified,
        lambda n: delivery.ScoreRisk("b1", "r1", "Nobody applies", Likelihood.C, n),
    ),
    "years of a programme": (
        identified,
        lambda n: programme.StartProgramme("p2", "New", Y24, n, "board1"),
    ),
    "working day": (
        identified,
        lambda n: programme.SetReportSchedule("p1", n, Unclosed.DRAFT),
    ),
}


@pytest.mark.parametrize("what", ASKED)
@given(absurd=ABSURD)
def test_no_amount_of_nothing_or_less_or_beyond_all_sense_is_recorded(
    what: str, absurd: int
) -> None:
    world, command = ASKED[what]
    standing = world()
    said = standing.refused(RULES, command(absurd), by="fay")
    assert said.endswith(".")
    assert len(said) < 600


@given(
    before=st.integers(-(10**20), 10**20),
    after=st.integers(-(10**20), 10**20),
    value=st.integers(-(10**20), 10**20),
    times=st.integers(-(10**20), 10**20),
    phasing=st.lists(st.integers(-200, 200), max_size=40),
)
def test_drivers_that_do_not_give_the_profile_are_refused_whatever_they_are(
    before: int, after: int, value: int, times: int, phasing: list[int]
) -> None:
    model = UnitModel(before, after, value, times, "places", tuple(phasing))
    planned = profile(recurring(7))
    asked = details.RecordProfile(
        "b1", type(planned)(planned.tranches, planned.point, (), (), model)
    )
    identified().refused(RULES, asked)


@given(written=st.text(max_size=30))
def test_a_reading_is_a_plain_decimal_or_refused(written: str) -> None:
    world = identified()
    asked = delivery.DefineMeasure(
        "b1", "m1", "Falls", "a month", Direction.DOWN, written, date(2024, 5, 1)
    )
    said = _sentence_or_events(world, asked)
    if isinstance(said, list):
        assert set(said[0].baseline) <= set("-0123456789.")


def _sentence_or_events(world: World, command: object) -> str | list[Any]:
    """The sentence of a refusal, which ends in a full stop and is no essay; or the events."""
    try:
        return world.asked(RULES, command)
    except Refused as refusal:
        said = str(refusal)
    assert said.endswith(".")
    assert len(said) < 600
    return said


@given(text=st.text(max_size=300), ident=st.text(max_size=120))
def test_whatever_is_typed_is_recorded_in_shape_or_refused_in_a_sentence(
    text: str, ident: str
) -> None:
    world = identified()
    for command in (
        details.AddNote("b1", text),
        details.LabelBenefit("b1", title=text),
        details.NameOwner("b1", ident),
        details.RecordInvestment("b1", ident, text, text, text, (recurring(5),)),
        programme.AddWorkstream("p1", text),
        programme.CloseMonth("p1", Month(2024, 9), text),
    ):
        str(_sentence_or_events(world, command)).encode()
