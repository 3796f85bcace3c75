"""The few things that a member should expect next, each as a sentence with its day.

Decisions of the board come first, then milestones that drive a saving, then the board's
conditions and other milestones. A day that has passed when the report is made is not next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from benefits.wording.writing import day
from reports.contents import Decisions, Milestones

MOST = 3


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Something ahead: how much it matters (0 most), its day if it has one, and how it is said."""

    rank: int
    day: date | None
    words: str

    @property
    def first(self) -> tuple[int, date, str]:
        return self.rank, self.day or date.max, self.words

    @property
    def soonest(self) -> tuple[date, int, str]:
        return self.day or date.max, self.rank, self.words


def what_next(decisions: Decisions, milestones: Milestones, today: date) -> tuple[str, ...]:
    """At most ``MOST`` sentences, soonest first, of what lies on ``today`` or after it."""
    ahead = [
        one
        for one in (*_decisions(decisions), *_milestones(milestones), *_conditions(decisions))
        if one.day is None or one.day >= today
    ]
    chosen = sorted(ahead, key=lambda one: one.first)[:MOST]
    return tuple(one.words for one in sorted(chosen, key=lambda one: one.soonest))


def _decisions(decisions: Decisions) -> Iterator[_Ahead]:
    for one in decisions.coming:
        gate = one.gate if one.gate.endswith("gate") else one.gate[:1].lower() + one.gate[1:]
        by = f" by {day(one.by)}" if one.by else "; no day is set"
        yield _Ahead(0, one.by, f"The board decides the {gate} of {one.subject} ({one.ref}){by}.")


def _milestones(milestones: Milestones) -> Iterator[_Ahead]:
    for one in milestones.due_next:
        saving = f" {one.note}" if one.note else ""
        yield _Ahead(
            1 if one.note else 2,
            one.expected,
            f"{one.subject} ({one.ref}) is to reach “{one.name}” by {day(one.expected)}.{saving}",
        )


def _conditions(decisions: Decisions) -> Iterator[_Ahead]:
    for one in decisions.conditions:
        if one.state == "Outstanding":
            yield _Ahead(
                2,
                one.due,
                f"{one.owner} owes the board, by {day(one.due)}, its condition on "
                f"{one.subject} ({one.ref}): {one.text}",
            )
