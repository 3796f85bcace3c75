"""What a person typed stands in the form again, and each fault leads to its box."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from benefits.commands import delivery, details, money
from benefits.money import parse_pounds
from benefits.periods import FinancialYear, Month
from benefits.plans import Component, MeasureTarget, PlannedTranche, Profile, UnitModel
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Direction, NetOf, Point
from entrypoints.acts import ACTS
from entrypoints.forms import Asking, Box, form_of
from entrypoints.questions import questions
from entrypoints.schemas import load
from entrypoints.typed import in_pounds, read_typed, write_typed

PROFILE = Profile(
    (
        PlannedTranche(Nature.RECURRING, Month(2024, 7), 12_000_050, 1, None, 99),
        PlannedTranche(Nature.ONE_OFF, Month(2025, 4), -5_000),
    ),
    Point.STATED,
    (NetOf.MTFS, NetOf.OVERLAP),
    (Component("Line 12", 1_00, 2_00),),
    UnitModel(450, 207, 304_00, 52, "weeks", (25, 50, 25)),
)
STANDING: list[Any] = [
    details.RecordProfile("b1", PROFILE, "Corrected."),
    details.RecordProfile("b1", Profile(PROFILE.tranches, Point.LOW)),
    money.RecordForecast(
        "b1", (Tranche(9_00, Nature.ONE_OFF, Month(2024, 5), FinancialYear(2023)),), "Late."
    ),
    delivery.DefineMeasure(
        "b1", "m1", "Days", "days", Direction.DOWN, "12.5", date(2024, 4, 1),
        targets=(MeasureTarget(date(2025, 3, 31), "10"),), counter=True, tolerance=5,
    ),
    details.StateOverlapCheck("b1", False, "None."),
]  # fmt: skip


@pytest.mark.parametrize("command", STANDING, ids=range(len(STANDING)))
def test_a_command_written_into_a_form_and_sent_back_is_the_same_command(command: Any) -> None:
    kind: type = type(command)
    asked = questions(kind)
    form = form_of(kind, write_typed(asked, command), Asking())
    sent = MultiDict(_filled(form.boxes))
    assert load(kind, read_typed(asked, sent)) == command


def _filled(boxes: tuple[Box, ...]) -> list[tuple[str, str]]:
    """What a browser would send of these boxes."""
    sent: list[tuple[str, str]] = []
    for box in boxes:
        inside = (*box.boxes, *(cell for row in box.rows for cell in row))
        if inside or box.kind in ("rows", "part"):
            sent += _filled(inside)
        elif box.kind == "day":
            sent += [(f"{box.name}-{part}", text) for part, text in dict(box.value or {}).items()]
        elif box.kind == "checkboxes":
            sent += [(box.name, value) for value in box.value]
        elif (
            box.kind not in ("tick", "yes_no", "radios")
            or box.value not in ("", "no")
            or box.kind == "yes_no"
        ):
            sent.append((box.name, box.value))
    return sent


@given(st.integers(-(10**13), 10**13))
def test_pence_written_into_a_box_are_read_back_as_the_same_pence(amount: int) -> None:
    assert parse_pounds(in_pounds(amount)) == amount


def test_rows_that_are_blank_are_left_out_wherever_they_stand() -> None:
    sent = MultiDict(
        {
            "tranches-0-amount": " ",
            "tranches-0-nature": "recurring",
            "tranches-1-amount": "5",
            "tranches-7-month": "2024-10",
        }
    )
    typed = read_typed(questions(money.RecordForecast), sent)
    assert [row["amount"] for row in typed["tranches"]] == ["5", ""]


def test_a_part_that_may_be_left_out_is_left_out_when_it_is_blank() -> None:
    typed = read_typed(questions(details.RecordProfile), MultiDict({"profile-drivers-unit": " "}))
    assert typed["profile"]["drivers"] is None


def test_rows_numbered_out_of_reach_are_not_read() -> None:
    sent = MultiDict(
        {"tranches-999-amount": "5", "tranches-99999-amount": "5", "tranches--1-a": ""}
    )
    assert read_typed(questions(money.RecordForecast), sent)["tranches"] == []


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(ACTS, key=lambda command: command.__name__)),
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,12}(-[0-9]{1,3})?(-[a-z_]{1,10})?", fullmatch=True),
        st.text(max_size=20),
        max_size=12,
    ),
)
def test_any_form_at_all_can_be_shown_again(command: type, sent: dict[str, str]) -> None:
    typed = read_typed(questions(command), MultiDict(sent))
    assert form_of(command, typed, Asking()).boxes


def test_a_fault_leads_to_the_first_box_that_can_be_filled_in() -> None:
    faults = {
        "planned": "Write the day, the month and the year.",
        "": "Something else.",
    }
    form = form_of(delivery.PlanMilestone, {}, Asking(), faults)
    assert form.faults == (
        ("planned-day", "Write the day, the month and the year."),
        ("", "Something else."),
    )
    rows = form_of(money.RecordForecast, {}, Asking(), {"tranches": "Fill in at least one row."})
    assert rows.faults == (("tranches-0-amount", "Fill in at least one row."),)


def test_what_is_fixed_is_not_asked() -> None:
    form = form_of(details.AddNote, {}, Asking(fixed={"benefit": "b1"}))
    assert [box.name for box in form.boxes] == ["text"]


@pytest.mark.parametrize(
    ("typed", "month"),
    [("October 2024", "2024-10"), ("Oct-24", "2024-10"), ("10/2024", "2024-10"), ("Someday", "")],
)
def test_a_month_is_typed_as_people_write_it(typed: str, month: str) -> None:
    asked = questions(money.MakeClaim)
    sent = MultiDict({"tranche-month": typed, "tranche-plan_year": "2024-25"})
    read = read_typed(asked, sent)["tranche"]
    assert read["month"] == (month or typed)
    assert read["plan_year"] == "2024/25"
