"""Scrutiny's questions and recommendations as tables, and one of them with its whole story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.periods import Month
from benefits.wording.writing import month as month_words
from entrypoints.acts import ACTS
from entrypoints.here import Viewer
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid, on
from entrypoints.views.naming import Called
from workflows.commands import Role
from workflows.permissions import PERMISSIONS, Standing
from workflows.scrutiny import commands
from workflows.scrutiny.commands import Response
from workflows.scrutiny.question import Question, State
from workflows.scrutiny.rows import overdue

STATES = {
    State.ASKED: Tag("Waits for an answer", "yellow"),
    State.FOLLOWED_UP: Tag("Asked again", "yellow"),
    State.ANSWERED: Tag("Answered", "light-blue"),
    State.CLOSED: Tag("Closed", "grey"),
}
LATE = Tag("Overdue", "red")
RESPONSES = {Response.ACCEPTED: "green", Response.PARTLY: "yellow", Response.NOT_ACCEPTED: "red"}
PMO = "The PMO"
#: How much of a text a table shows.
SHORT = 160
#: The forms of a question by their names in its address, with the states in which they are open.
DEEDS: Mapping[str, tuple[type, frozenset[State]]] = {
    "answer": (commands.AnswerQuestion, frozenset({State.ASKED, State.FOLLOWED_UP})),
    "assign": (commands.AssignQuestion, frozenset(State) - {State.CLOSED}),
    "follow-up": (commands.FollowUpQuestion, frozenset({State.ANSWERED})),
    "close": (commands.CloseQuestion, frozenset(State) - {State.CLOSED}),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a question is about, and the pages of it."""

    words: str
    href: str


def table(
    caption: str,
    rows: Sequence[Any],
    called: Called,
    today: date,
    titles: Mapping[str, str],
    empty: str = "",
) -> Grid:
    """Questions as a table, each leading to its own page."""
    return grid(
        caption,
        ["Asked", "About", "Who answers", "Wanted by", "How it stands"],
        [
            [
                Cell(f"Q{row.position} {_short(row.text)}", f"/scrutiny/{row.question}",
                     note=capital(row.sort)),
                _about(row, called, titles),
                called.person(row.owner) if row.owner else PMO,
                on(date.fromisoformat(row.due)) if row.due else "No day named",
                Cell(tag=LATE if overdue(row, today) else STATES[State(row.state)],
                     note=capital(row.response)),
            ]
            for row in rows
        ],
        empty=empty,
    )  # fmt: skip


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"


def _about(row: Any, called: Called, titles: Mapping[str, str]) -> Cell:
    note = f"Report of {month_words(Month.parse(row.month))}" if row.month else ""
    note += f", {row.figure}" if row.figure else ""
    if row.benefit:
        return Cell(called.thing(row.benefit), f"/benefits/{row.benefit}", note)
    return Cell(titles.get(row.programme, row.programme), f"/programmes/{row.programme}", note)


def about(q: Question, called: Called, title: str) -> list[About]:
    """The programme, the benefit, the report and the figure that it is about."""
    found = [About(title, f"/programmes/{q.programme}")]
    if q.benefit:
        found.append(About(called.thing(q.benefit), f"/benefits/{q.benefit}"))
    if q.month:
        report = f"/reports/{q.programme}/{q.month}"
        found.append(About(f"Report of {month_words(q.month)}", report))
        if q.figure:
            found.append(About(f"Figure {q.figure}", f"{report}/figures/{q.figure}"))
    return found


def tag_of(q: Question, today: date) -> Tag:
    """How far it has come."""
    return LATE if q.overdue(today) else STATES[q.state]


def response_tag(q: Question) -> Tag | None:
    """What became of a recommendation."""
    return Tag(capital(q.response.value), RESPONSES[q.response]) if q.response else None


def may_do(viewer: Viewer, q: Question, command: type) -> bool:
    """Whether the form is for this person: by role, or as the one who is to answer."""
    return any(
        (isinstance(who, Role) and who in viewer.roles_for(q.programme))
        or (who is Standing.ANSWERS and q.owner == viewer.person)
        for who in PERMISSIONS[command].who
    )


def deeds(viewer: Viewer, q: Question) -> list[tuple[str, str]]:
    """What this person can do about it now: the title of each form and its address."""
    return [
        (ACTS[command].title, f"/scrutiny/{q.question}/{name}")
        for name, (command, states) in DEEDS.items()
        if q.state in states and may_do(viewer, q, command)
    ]
