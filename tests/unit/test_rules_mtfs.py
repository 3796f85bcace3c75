"""The medium-term plan: its lines, and whose money finance lets into them."""

from dataclasses import replace
from typing import Any

import pytest

from benefits.commands import programme as asked
from benefits.events import details, gates
from benefits.events import programme as happened
from benefits.money import LARGEST
from benefits.periods import FinancialYear
from benefits.plans import PlannedTranche, YearAmount
from benefits.refusals import NotFound
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind, NetOf
from tests.given import World
from tests.unit.council import JULY, RULES, Y24, Y25, delivering, profile, recurring, validated

LINE = asked.RecordMtfsLine(
    "l1", "L1", "Care", Fund.GENERAL_FUND, (YearAmount(Y25, 39_100), YearAmount(Y24, 18_700))
)


def test_a_line_is_kept_as_increments_in_order_of_its_years() -> None:
    (event,) = delivering().asked(RULES, LINE)
    assert isinstance(event, happened.MtfsLineRecorded)
    assert event.increments == (YearAmount(Y24, 18_700), YearAmount(Y25, 39_100))


def test_cumulative_amounts_are_kept_as_what_each_year_adds() -> None:
    (event,) = delivering().asked(RULES, replace(LINE, cumulative=True))
    assert isinstance(event, happened.MtfsLineRecorded)
    assert event.increments == (YearAmount(Y24, 18_700), YearAmount(Y25, 20_400))
    assert event.given_cumulative


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"line": "l 1"}, "The id of the MTFS line"),
        ({"reference": ""}, "The reference is missing"),
        ({"title": ""}, "The title of the MTFS line is missing"),
        ({"amounts": ()}, "The MTFS line has no amount"),
        ({"amounts": (YearAmount(Y24, 1), YearAmount(Y24, 1))}, "names 2024/25 twice"),
        ({"amounts": (YearAmount(Y24, 0),)}, "Every year of the MTFS line is nothing"),
        ({"amounts": (YearAmount(Y24, LARGEST + 1),)}, "The amount of 2024/25 is too large"),
        ({"amounts": (YearAmount(Y24, -LARGEST - 1),)}, "The amount of 2024/25 is −£"),
        (
            {"amounts": (YearAmount(Y24, -1),), "cumulative": True},
            "The cumulative amount of 2024/25 is −£0.01: it must be £0 or more.",
        ),
        (
            {
                "amounts": (YearAmount(Y24, 1), YearAmount(FinancialYear(2026), 2)),
                "cumulative": True,
            },
            "Cumulative amounts are given for every year: 2025/26 is missing.",
        ),
    ],
)
def test_a_line_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in delivering().refused(RULES, replace(LINE, **change))


def test_a_line_is_corrected_with_a_reason() -> None:
    world = delivering()
    assert world.asked(RULES, LINE)
    assert world.asked(RULES, LINE) == []
    new = replace(LINE, title="Care at home")
    assert "Say why the MTFS line is corrected" in world.refused(RULES, new)
    assert world.asked(RULES, replace(new, reason="Renamed."))


ADMIT = asked.AdmitToMtfs("l1", "b1", Y24, 100_000_00)


def with_line(world: World | None = None, fund: Fund = Fund.GENERAL_FUND) -> World:
    world = world or delivering()
    world.asked(RULES, replace(LINE, fund=fund))
    return world


def test_nothing_is_taken_out_of_a_line_that_it_never_entered() -> None:
    refused = with_line().refused(RULES, replace(ADMIT, amount=0))
    assert refused == "The amount admitted is £0: it must be more than nothing."


def test_finance_admits_money_up_to_the_net_increment() -> None:
    world = with_line()
    assert world.asked(RULES, ADMIT) == [happened.MtfsAmountAdmitted("b1", Y24, 100_000_00)]
    assert world.asked(RULES, ADMIT) == []
    more = replace(ADMIT, amount=120_000_00)
    assert "Say why the amount admitted changes" in world.refused(RULES, more)
    assert world.asked(RULES, replace(more, reason="All of it."))
    assert world.asked(RULES, replace(ADMIT, amount=0, reason="Taken out."))


def test_one_pound_cannot_enter_two_lines() -> None:
    world = with_line()
    world.asked(RULES, ADMIT)
    world.asked(RULES, replace(LINE, line="l2", reference="L2"))
    said = world.refused(RULES, replace(ADMIT, line="l2", amount=20_000_01))
    assert said == (
        "“Fewer placements” commits to £120,000 net for 2024/25 and £100,000 of it is in another "
        "line: £20,000.01 cannot be admitted."
    )
    assert world.asked(RULES, replace(ADMIT, line="l2", amount=20_000_00))
    world.asked(RULES, replace(ADMIT, amount=0, reason="Taken out."))
    assert world.asked(RULES, replace(ADMIT, line="l2", reason="Moved here."))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": -1}, "The amount admitted is −£0.01: it must be more than nothing."),
        ({"amount": LARGEST + 1}, "The amount admitted is too large"),
        (
            {"amount": 120_000_01},
            (
                "“Fewer placements” commits to £120,000 net for 2024/25: £120,000.01 cannot be "
                "admitted."
            ),
        ),
        ({"year": Y25}, "commits to £0 net for 2025/26"),
        ({"year": FinancialYear(2030)}, "outside the programme's plan window"),
    ],
)
def test_an_admission_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in with_line().refused(RULES, replace(ADMIT, **change))


def test_nothing_is_admitted_before_the_delivery_gate() -> None:
    said = with_line(validated()).refused(RULES, ADMIT)
    assert said == (
        "“Fewer placements” is validated: no money enters the MTFS before the Delivery gate."
    )


def test_the_line_and_the_benefit_must_be_there_and_of_one_fund() -> None:
    said = delivering().refused(RULES, ADMIT, as_a=NotFound)
    assert said == "There is no such MTFS line: look for it in the list of lines."
    with_line().refused(RULES, replace(ADMIT, benefit="b9"), as_a=NotFound)
    assert "choose a line of the same fund" in with_line(fund=Fund.HRA).refused(RULES, ADMIT)
    gone = delivering().given("benefit-b1", gates.BenefitWithdrawn("Not needed.", "case3"))
    assert "was withdrawn" in with_line(gone).refused(RULES, ADMIT)


def test_what_frees_no_money_is_not_admitted() -> None:
    world = with_line(delivering(kind=Kind.NON_CASH))
    assert "which frees no money for the MTFS" in world.refused(RULES, ADMIT)


def test_recurring_investment_and_existing_mtfs_leave_less_to_admit() -> None:
    world = with_line()
    team = (recurring(20_000_00), PlannedTranche(Nature.ONE_OFF, JULY, 90_000_00))
    world.given(
        "benefit-b1",
        details.InvestmentRecorded("i1", "Team", "staff", "reserves", team),
        details.OverlapDeclared("o1", "l2", (YearAmount(Y24, 30_000_00),), True, "dee"),
    )
    said = world.refused(RULES, ADMIT)
    assert "commits to £70,000 net for 2024/25: £100,000 cannot be admitted." in said


def test_what_the_profile_is_net_of_is_not_taken_off_again() -> None:
    world = with_line(delivering(planned=replace(profile(), net_of=tuple(NetOf))))
    world.given(
        "benefit-b1",
        details.InvestmentRecorded("i1", "Team", "staff", "reserves", (recurring(20_000_00),)),
        details.OverlapDeclared("o1", "l2", (YearAmount(Y24, 30_000_00),), True, "dee"),
    )
    assert world.asked(RULES, ADMIT)


def test_a_line_with_money_in_it_keeps_its_fund() -> None:
    world = with_line()
    world.asked(RULES, ADMIT)
    said = world.refused(RULES, replace(LINE, fund=Fund.HRA, reason="Wrong."))
    assert said.startswith("Money of general fund is admitted to this line")


def test_admitting_minds_only_the_same_benefit_and_year_and_the_line_itself() -> None:
    rule = RULES[asked.AdmitToMtfs]
    line = happened.MtfsLineRecorded("L1", "Care", Fund.GENERAL_FUND, (), False)
    assert rule.overtaken_by(ADMIT, happened.MtfsAmountAdmitted("b1", Y24, 5))
    assert rule.overtaken_by(ADMIT, line)
    assert not rule.overtaken_by(ADMIT, happened.MtfsAmountAdmitted("b1", Y25, 5))
    assert not rule.overtaken_by(ADMIT, happened.MtfsAmountAdmitted("b2", Y24, 5))
