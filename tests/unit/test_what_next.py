"""The summary names the next three things that matter, and nothing that has passed."""

from datetime import date

from reports.composing.what_next import what_next
from reports.contents import Decisions, Milestones
from reports.entries import Condition, DecisionComing, Milestone

TODAY = date(2026, 11, 3)


def decision(by: date | None, gate: str = "Delivery gate") -> DecisionComing:
    return DecisionComing("B65", "Independent travel", gate, "Start?", by)


def milestone(ref: str, expected: date, note: str = "") -> Milestone:
    return Milestone(ref, "In use", "Mapping", "G. Lloyd", expected, expected, 0, note=note)


def told(*coming: DecisionComing, due: tuple[Milestone, ...] = ()) -> tuple[str, ...]:
    met = Condition("B9", "Hub", "Consult staff.", "N. Prentice", date(2026, 11, 5), "Outstanding")
    return what_next(Decisions("Board", (), (met,), coming), Milestones((), (), due), TODAY)


def test_a_decision_is_said_as_a_sentence_with_its_day() -> None:
    assert (
        "The board decides the Delivery gate of Independent travel (B65) by 9 November 2026."
        in (told(decision(date(2026, 11, 9))))
    )
    assert "The board decides the re-baseline of Independent travel (B65); no day is set." in (
        told(decision(None, "Re-baseline"))
    )


def test_what_has_passed_is_not_next() -> None:
    said = told(decision(date(2026, 11, 2)), due=(milestone("B1", date(2026, 11, 2)),))
    assert said == (
        "N. Prentice owes the board, by 5 November 2026, its condition on Hub (B9): Consult staff.",
    )


def test_only_three_are_named_decisions_first_then_what_drives_a_saving_and_soonest_first() -> None:
    saving = milestone("B2", date(2027, 1, 5), "Drives the saving from February 2027.")
    said = told(
        decision(date(2026, 12, 1)),
        decision(date(2026, 11, 9)),
        due=(milestone("B1", date(2026, 11, 4)), saving),
    )
    assert [words.split(" by ")[1][:2].strip() for words in said] == ["9", "1", "5"]
    assert said[-1].endswith("5 January 2027. Drives the saving from February 2027.")
