"""Whatever is sent becomes a command or a sentence for each fault, never an exception."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.commands import delivery, details, mapping, money, programme
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Assessed, Likelihood
from entrypoints.acts import ACTS, NEVER_ASKED
from entrypoints.labels import words
from entrypoints.questions import questions
from entrypoints.schemas import Malformed, load
from workflows import commands as governance
from workflows.scrutiny import commands as scrutiny

COMMANDS = sorted(ACTS, key=lambda command: command.__name__)
CLAIM = {
    "benefit": "b1",
    "claim": "c1",
    "tranche": {"amount": "120,000", "nature": "recurring", "month": "2024-07"},
}

anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
texts = st.text(max_size=60) | st.sampled_from(
    ["£1.5m", "-3", "2024-10", "2023/24", "2024-13", "9" * 40, "\0", "\ud800", "١٢٣", "1e9", "NaN"]
)


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=8, deadline=None)
@given(st.data())
def test_any_answers_give_a_command_or_sentences(command: type, data: st.DataObject) -> None:
    sent = {
        question.name: data.draw(texts | anything, label=question.name)
        for question in questions(command)
        if data.draw(st.integers(0, 4)) > 0
    }
    _command_or_sentences(command, sent)


@settings(max_examples=100, deadline=None)
@given(anything)
def test_anything_at_all_in_place_of_the_answers_is_refused_in_sentences(sent: Any) -> None:
    _command_or_sentences(money.RecordForecast, sent)


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries({"amount": texts, "nature": texts, "month": texts}))
def test_any_row_gives_a_tranche_or_sentences(row: dict[str, str]) -> None:
    _command_or_sentences(
        money.RecordForecast, {"benefit": "b1", "tranches": [row], "reason": "It moved."}
    )


def _command_or_sentences(command: type, sent: Any) -> None:
    faults = _faults(command, sent)
    for sentence in faults.values():
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "“", sentence
        assert sentence[-1] in ".:?", sentence


def _faults(command: type, sent: Any) -> dict[str, str]:
    try:
        made: object = load(command, sent)
    except Malformed as fault:
        return fault.faults or {"": "nothing is said"}
    assert isinstance(made, command)
    return {}


def test_a_claim_in_pounds_becomes_a_claim_in_pence_in_its_own_plan_year() -> None:
    claimed = load(money.MakeClaim, CLAIM)
    july = Month(2024, 7)
    assert claimed.tranche == Tranche(12_000_000, Nature.RECURRING, july, FinancialYear(2024))
    assert claimed.note == ""


def test_a_plan_year_that_is_said_is_kept() -> None:
    tranche = {**CLAIM["tranche"], "plan_year": "2023/24"}  # type: ignore[dict-item]
    claimed = load(money.MakeClaim, {**CLAIM, "tranche": tranche})
    assert claimed.tranche.plan_year == FinancialYear(2023)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("amount", 120000.5, "Write this as text"),
        ("amount", 120000, "Write this as text"),
        ("amount", "12.345", "parts of a penny"),
        ("amount", "9" * 20, ""),
        ("amount", "١٢٣", "is not an amount of money"),
        ("amount", "", "Fill in “Amount”."),
        ("month", "July 2024", "is not a month"),
        ("month", "2024-13", "2024-13"),
        ("nature", "sometimes", "Choose one of: recurring, one-off."),
        ("plan_year", "2024/26", "is not a financial year"),
    ],
)
def test_each_fault_of_a_tranche_is_tied_to_its_field(field: str, value: Any, said: str) -> None:
    with pytest.raises(Malformed) as refused:
        load(money.MakeClaim, {**CLAIM, "tranche": {**CLAIM["tranche"], field: value}})  # type: ignore[dict-item]
    assert list(refused.value.faults) == [f"tranche-{field}"]
    assert said in refused.value.faults[f"tranche-{field}"]


@pytest.mark.parametrize("value", [5.0, 2.6e-42, True, "5.00", "0", "seven", 6, -1, None, "9" * 30])
def test_a_score_is_a_whole_number_from_one_to_five(value: Any) -> None:
    risk = {"benefit": "b1", "risk": "r1", "title": "Late", "likelihood": "C"}
    with pytest.raises(Malformed) as refused:
        load(delivery.ScoreRisk, {**risk, "impact": value})
    assert list(refused.value.faults) == ["impact"]
    assert load(delivery.ScoreRisk, {**risk, "impact": "5"}).impact == 5
    assert load(delivery.ScoreRisk, {**risk, "impact": 5}).likelihood is Likelihood.C


def test_a_date_comes_from_three_boxes_or_as_a_program_writes_it() -> None:
    reached = {"benefit": "b1", "milestone": "m1"}
    boxes = {"day": "3", "month": "5", "year": "2024"}
    for written in (boxes, "2024-05-03"):
        made = load(delivery.ReachMilestone, {**reached, "reached": written})
        assert made.reached == date(2024, 5, 3)


@pytest.mark.parametrize(
    "written",
    [
        {"day": "31", "month": "2", "year": "2024"},
        {"day": "3", "month": "", "year": "2024"},
        {"day": "3", "month": "May", "year": "2024"},
        {"day": "3", "month": "5", "year": "24"},
        {"day": "9" * 50, "month": "5", "year": "2024"},
        "3/5/2024",
        "2024-02-30",
        20240503,
    ],
)
def test_a_day_that_there_is_not_is_refused(written: Any) -> None:
    with pytest.raises(Malformed) as refused:
        load(delivery.ReachMilestone, {"benefit": "b1", "milestone": "m1", "reached": written})
    assert list(refused.value.faults) == ["reached"]


@pytest.mark.parametrize("unseen", ["a\0b", "a\x1bb", "a\ud800b", "a\u202eb"])
def test_words_hold_nothing_that_cannot_be_seen(unseen: str) -> None:
    with pytest.raises(Malformed, match="cannot be shown"):
        load(details.AddNote, {"benefit": "b1", "text": unseen})


def test_words_keep_their_lines_and_lose_what_only_machines_see() -> None:
    note = load(details.AddNote, {"benefit": "b1", "text": " One\r\nTwo cafe\u0301 "})
    assert note.text == "One\nTwo caf\u00e9"


def test_words_have_a_longest_length_which_is_said() -> None:
    with pytest.raises(Malformed, match="Shorten it to 4,000"):
        load(details.AddNote, {"benefit": "b1", "text": "x" * 4_001})
    with pytest.raises(Malformed, match="cannot be shown"):
        load(details.LabelBenefit, {"benefit": "b1", "title": "Two\nlines"})


def test_a_decimal_is_kept_exactly_and_never_a_float() -> None:
    reading = {"benefit": "b1", "measure": "m1", "day": "2024-05-03"}
    assert load(delivery.ReadMeasure, {**reading, "value": "1,012.50"}).value == "1012.50"
    for wrong in (12.5, "1e5", "NaN", "12.5%"):
        with pytest.raises(Malformed):
            load(delivery.ReadMeasure, {**reading, "value": wrong})


def test_a_yes_or_no_must_be_said_and_a_choice_must_be_on_the_list() -> None:
    check = {"benefit": "b1", "note": "The register was read."}
    with pytest.raises(Malformed, match="Say whether overlaps were found"):
        load(details.StateOverlapCheck, check)
    assert load(details.StateOverlapCheck, {**check, "found": "no"}).found is False
    assessed = {"benefit": "b1", "about": "equality", "finding": "None."}
    assert load(delivery.AssessImpact, assessed).about is Assessed.EQUALITY


def test_lists_of_rows_lines_and_numbers_become_tuples() -> None:
    line = {"line": "m1", "reference": "AS12", "title": "Adults", "fund": "general fund"}
    years = [{"year": "2024/25", "amount": "1m"}, {"year": "2025/26", "amount": "(0.5m)"}]
    made = load(programme.RecordMtfsLine, {**line, "amounts": years})
    assert [(str(each.year), each.amount) for each in made.amounts] == [
        ("2024/25", 100_000_000),
        ("2025/26", -50_000_000),
    ]
    lists = load(governance.SetLists, {"themes": ["A", "", "B", "A"], "directorates": "C\nD"})
    assert (lists.themes, lists.directorates) == (("A", "B"), ("C", "D"))


def test_too_many_rows_are_refused() -> None:
    rows = [CLAIM["tranche"]] * 201
    with pytest.raises(Malformed, match="up to 200"):
        load(money.RecordForecast, {"benefit": "b1", "tranches": rows, "reason": "Many."})


def test_a_field_that_is_not_asked_is_refused() -> None:
    with pytest.raises(Malformed, match="no such field"):
        load(details.AddNote, {"benefit": "b1", "text": "Hello.", "by": "somebody else"})


def test_every_command_has_its_words() -> None:
    asked = {
        value
        for module in (details, delivery, mapping, money, programme, governance, scrutiny)
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and hasattr(value, "__dataclass_fields__")
    }
    assert asked == ACTS.keys() | NEVER_ASKED
    for command in ACTS:
        for question in questions(command):
            assert words(command, question.name).label
            for part in question.parts:
                assert words(question.of, part.name).label
