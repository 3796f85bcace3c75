"""A programme's benefits map as read from the register: drawn, as a table, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from benefits.register import map_queries as look
from benefits.register.map_rows import Sort
from benefits.wording.writing import count, day, pounds
from entrypoints.views.grids import Cell, Grid, grid
from entrypoints.views.registered import signed
from reports.charts import Node, benefits_map

#: How many benefits that are not on the map are listed beside it.
MOST_UNPLACED = 20
_COLUMN = {Sort.OBJECTIVE.value: 0, Sort.OUTCOME.value: 1, Sort.CHANGE.value: 3}
BENEFITS = 2


@dataclass(frozen=True, slots=True)
class Map:
    """What stands on a map: things by sort, benefits once each, and links both ways (ids)."""

    held: Mapping[str, Sequence[Any]]
    benefits: Mapping[str, Any]
    serves: Mapping[str, frozenset[str]]
    placed: Mapping[str, frozenset[str]]
    milestones: Mapping[str, Any]

    @property
    def empty(self) -> bool:
        return not any(self.held.values())

    def of(self, sort: Sort) -> Sequence[Any]:
        """The objectives, outcomes or changes, in their order."""
        return self.held.get(sort.value, ())

    def served_by(self, item: str) -> list[Any]:
        """The benefits that serve an outcome or need a change."""
        return [row for key, row in self.benefits.items() if item in self.placed[key]]

    def changes_for(self, benefit: str) -> list[Any]:
        """The changes that a benefit needs."""
        return [one for one in self.of(Sort.CHANGE) if one.item in self.placed[benefit]]


def read(connection: Connection, programme: str) -> Map:
    """The map of a programme, as its viewer may see it: four queries."""
    held: dict[str, list[Any]] = {}
    for row in look.items(connection, programme):
        held.setdefault(row.sort, []).append(row)
    known = {row.item for rows in held.values() for row in rows}
    benefits, placed = dict[str, Any](), dict[str, set[str]]()
    for row in look.placed(connection, programme):
        if row.item in known:
            benefits[row.benefit] = row
            placed.setdefault(row.benefit, set()).add(row.item)
    serves: dict[str, set[str]] = {}
    for row in look.links(connection, programme):
        serves.setdefault(row.item, set()).add(row.serves)
    return Map(
        held,
        benefits,
        {key: frozenset(found) for key, found in serves.items()},
        {key: frozenset(found) for key, found in placed.items()},
        {row.milestone: row for row in look.marked(connection, programme)},
    )


def drawn(found: Map, title: str) -> str:
    """The map as an SVG whose benefits are links; nothing when there is nothing on it."""
    if found.empty:
        return ""
    nodes = [
        Node(row.item, _COLUMN[row.sort], row.title, _note(found, row))
        for rows in found.held.values()
        for row in rows
    ]
    nodes += [
        Node(f"benefit {key}", BENEFITS, f"B{row.position} {row.title}", money_of(row), _href(row))
        for key, row in found.benefits.items()
    ]
    return benefits_map(nodes, list(_edges(found)), f"Benefits map of {title}")


def _href(row: Any) -> str:
    return f"/benefits/{row.benefit}"


def _note(found: Map, row: Any) -> str:
    return when(found.milestones.get(row.milestone)) if row.sort == Sort.CHANGE else ""


def _edges(found: Map) -> Iterator[tuple[str, str]]:
    for outcome in found.of(Sort.OUTCOME):
        for objective in found.of(Sort.OBJECTIVE):
            if objective.item in found.serves.get(outcome.item, ()):
                yield objective.item, outcome.item
        for row in found.served_by(outcome.item):
            yield outcome.item, f"benefit {row.benefit}"
    for change in found.of(Sort.CHANGE):
        for row in found.served_by(change.item):
            yield f"benefit {row.benefit}", change.item


def when(milestone: Any) -> str:
    """How far the milestone is that stands for a change; nothing where there is none."""
    if milestone is None:
        return ""
    if milestone.reached:
        return f"Reached {day(date.fromisoformat(milestone.reached))}"
    if milestone.waived:
        return "Waived by the PMO"
    return f"Expected {day(date.fromisoformat(milestone.expected))}"


def money_of(row: Any) -> str:
    """What is planned of a benefit, or proposed, in a few words."""
    if row.stage == "withdrawn":
        return "Withdrawn"
    run, once = signed(row, "planned_run_rate"), signed(row, "planned_one_off")
    parts = [f"{pounds(run)} a year"] * bool(run) + [f"{pounds(once)} once"] * bool(once)
    word = "planned" if row.approved else "proposed"
    return f"{' and '.join(parts)} {word}" if parts else "No money planned"


def table(found: Map, priorities: Mapping[str, str]) -> Grid:
    """The same as the drawing: a row for each way from an objective to a benefit."""
    return grid(
        "The map as a table",
        ["Objective", "Outcome", "Benefit", "Enabling changes"],
        [_row(found, priorities, *way) for way in _ways(found)],
        basis="A row for each way from an objective to a benefit: a benefit that is reached by "
        "two ways stands in two rows, and is one benefit. Planned is the board’s plan at the "
        "committed point; proposed has not passed Validation.",
        empty="Nothing is on the map yet. The PMO puts the objectives on it first, then the "
        "outcomes that serve each, and then says of each benefit which outcomes it serves.",
    )


Way = tuple[Any, Any, Any]


def _ways(found: Map) -> Iterator[Way]:
    reached: set[str] = set()
    for objective in [*found.of(Sort.OBJECTIVE), None]:
        outcomes = [one for one in found.of(Sort.OUTCOME) if _under(found, one, objective)]
        if objective is not None and not outcomes:
            yield objective, None, None
        for outcome in outcomes:
            for row in found.served_by(outcome.item) or [None]:
                reached.add(row.benefit if row is not None else "")
                yield objective, outcome, row
    for key, row in found.benefits.items():
        if key not in reached:
            yield None, None, row


def _under(found: Map, outcome: Any, objective: Any) -> bool:
    above = found.serves.get(outcome.item, frozenset())
    if objective is not None:
        return objective.item in above
    return not any(one.item in above for one in found.of(Sort.OBJECTIVE))


def _row(
    found: Map, priorities: Mapping[str, str], objective: Any, outcome: Any, row: Any
) -> list[str | Cell]:
    changes = found.changes_for(row.benefit) if row is not None else []
    named = "; ".join(_change(found, one) for one in changes)
    return [
        _objective(found, priorities, objective),
        outcome.title if outcome is not None else "No outcome yet",
        _benefit(row) if row is not None else "No benefit yet",
        named or ("–" if row is None else "None stated"),
    ]


def _objective(found: Map, priorities: Mapping[str, str], objective: Any) -> Cell:
    if objective is None:
        return Cell("No objective yet")
    served = [priorities[key] for key in found.serves.get(objective.item, ()) if key in priorities]
    note = f"Serves: {'; '.join(sorted(served))}" if served else "Serves no council-plan priority"
    return Cell(objective.title, note=note)


def _benefit(row: Any) -> Cell:
    return Cell(f"B{row.position} {row.title}", _href(row), note=money_of(row))


def _change(found: Map, change: Any) -> str:
    said = when(found.milestones.get(change.milestone))
    return f"{change.title} ({said[:1].lower()}{said[1:]})" if said else str(change.title)


def changes(found: Map) -> Grid:
    """Every enabling change: how far it is, and the benefits that it enables."""
    return grid(
        "Enabling changes",
        ["Change", "Milestone", "Benefits that it enables"],
        [
            [one.title, _milestone(found, one), _enabled(found.served_by(one.item))]
            for one in found.of(Sort.CHANGE)
        ],
    )


def _milestone(found: Map, change: Any) -> Cell:
    milestone = found.milestones.get(change.milestone)
    if milestone is None:
        return Cell("None stands for it")
    href = f"/benefits/{milestone.benefit}/delivery"
    return Cell(milestone.title, href, note=when(milestone))


def _enabled(rows: Sequence[Any]) -> str:
    return "; ".join(f"B{row.position} {row.title}" for row in rows) or "None yet"


def kept(found: Map, home: str) -> Grid:
    """Everything on the map with the forms that change it and take it off, for the PMO."""
    names = {Sort.OBJECTIVE: "objective", Sort.OUTCOME: "outcome", Sort.CHANGE: "change"}
    rows: list[list[str | Cell]] = [
        [
            Cell(row.title, f"{home}/{name}/{row.item}"),
            sort.value.capitalize(),
            Cell(f"Take “{row.title}” off", f"{home}/{name}/{row.item}/remove"),
        ]
        for sort, name in names.items()
        for row in found.of(sort)
    ]
    return grid("Change what is on the map", ["Words", "What it is", "Take it off"], rows)


def unplaced(number: int, rows: Sequence[Any], *, places: bool) -> Grid | None:
    """Benefits that serve no outcome yet, each with the form to place it for whoever may."""
    if not number:
        return None
    lines = [
        [
            Cell(f"B{row.position} {row.title}", _href(row)),
            Cell(row.stage.capitalize(), links=_place(row) if places else ()),
        ]
        for row in rows
    ]
    more = f" The first {len(rows)} are listed." if number > len(rows) else ""
    serve = "serves" if number == 1 else "serve"
    basis = f"{count(number, 'benefit')} of the programme {serve} no outcome on the map.{more}"
    return grid("Not on the map yet", ["Benefit", "Stage"], lines, basis=basis)


def _place(row: Any) -> tuple[tuple[str, str], ...]:
    return ((f"Place B{row.position} on the map", f"/benefits/{row.benefit}/place"),)
