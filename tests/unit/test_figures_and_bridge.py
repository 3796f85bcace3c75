"""Unlike figures do not add, and the bridge takes each thing off once."""

import pytest

from benefits.money import parse_pounds as pence
from reports.figures import (
    ALL_FUNDS,
    Basis,
    Figure,
    Kinds,
    Measure,
    Netting,
    PointOfRange,
    Span,
    UnlikeBases,
    across_funds,
    across_kinds,
    total,
)
from reports.money_tables import DoesNotAddUp
from reports.net_bridge import Deduction, NotADeduction, net_bridge

RATE = Basis(Measure.RUN_RATE)


def test_like_figures_add_and_keep_the_events_of_both() -> None:
    both = Figure(300, RATE, frozenset({4})) + Figure(20, RATE, frozenset({9}))
    assert both == Figure(320, RATE, frozenset({4, 9}))
    assert both - Figure(20, RATE) == Figure(300, RATE, frozenset({4, 9}))
    assert total([both, both], RATE).amount == 640
    assert total([], RATE) == Figure(0, RATE)


@pytest.mark.parametrize(
    ("other", "mixed"),
    [
        (Basis(Measure.INCREMENT), "run rate with increment"),
        (Basis(Measure.RUN_RATE, span=Span.IN_YEAR), "full-year with in-year"),
        (Basis(Measure.RUN_RATE, netting=Netting.NET), "gross with net"),
        (Basis(Measure.RUN_RATE, kinds=Kinds.COST_AVOIDANCE), "cashable with cost avoidance"),
        (Basis(Measure.RUN_RATE, fund="HRA"), "general fund with HRA"),
        (Basis(Measure.RUN_RATE, point=PointOfRange.LOW), "committed with low"),
    ],
)
def test_unlike_figures_do_not_add_and_the_sentence_says_what_would_mix(
    other: Basis, mixed: str
) -> None:
    for combine in (Figure.__add__, Figure.__sub__):
        with pytest.raises(UnlikeBases, match=mixed):
            combine(Figure(1, RATE), Figure(1, other))


def test_a_total_across_funds_or_kinds_says_so() -> None:
    hra = Figure(5, Basis(Measure.RUN_RATE, fund="HRA"))
    funds = across_funds([Figure(1, RATE), hra], RATE)
    assert (funds.amount, funds.basis.fund) == (6, ALL_FUNDS)
    avoided = Figure(5, Basis(Measure.RUN_RATE, kinds=Kinds.COST_AVOIDANCE))
    kinds = across_kinds([Figure(1, RATE), avoided], RATE)
    assert (kinds.amount, str(kinds.basis)) == (6, "run rate, gross, all kinds, general fund")
    with pytest.raises(UnlikeBases, match="all funds with general fund"):
        funds + Figure(1, RATE)


def test_a_basis_says_the_end_of_the_range_and_a_part_year() -> None:
    low = Basis(Measure.INCREMENT, Span.IN_YEAR, point=PointOfRange.LOW)
    assert "in-year, gross" in str(low)
    assert str(low).endswith("low end")


def test_the_bridge_takes_investment_mtfs_and_overlap_off_in_that_order() -> None:
    bridge = net_bridge(pence("10m"), pence("1m"), pence("2m"), pence("0.5m"))
    assert [step.label for step in bridge.steps] == [
        "Less recurring investment",
        "Less existing MTFS",
        "Less overlap",
    ]
    assert bridge.end.amount == pence("6.5m")


def test_what_leicestershire_had_already_taken_off_is_shown_and_not_deducted_again() -> None:
    before = {Deduction.EXISTING_MTFS: pence("470,000")}
    bridge = net_bridge(pence("2.5m"), already_net_of=before)
    assert bridge.end.amount == pence("2.5m")
    (shown,) = [step for step in bridge.steps if step.note]
    assert (shown.label, shown.amount) == ("Existing MTFS, already off", 0)
    assert shown.note.startswith("£470,000 was already taken off")


def test_a_printed_net_that_the_steps_do_not_reach_is_refused() -> None:
    assert net_bridge(100, 30, net=70).end.amount == 70
    with pytest.raises(DoesNotAddUp):
        net_bridge(100, 30, net=71)


def test_nothing_below_nothing_is_taken_off() -> None:
    with pytest.raises(NotADeduction, match="Overlap cannot be less than nothing"):
        net_bridge(100, 0, 0, -5)
