"""The rows that the register holds of a benefits map, of a programme and of each benefit."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from benefits.benefit import Benefit
from benefits.programme import Programme
from benefits.register.map_tables import benefit_links, map_items, map_links
from eventlog.kinds import Rows

Row = dict[str, Any]


class Sort(StrEnum):
    """What stands on a map beside benefits, in the words of its columns."""

    OBJECTIVE = "objective"
    OUTCOME = "outcome"
    CHANGE = "enabling change"


def of_programme(p: Programme) -> Rows:
    """What stands on its map, in the order in which it was put there, and what serves what."""
    return {
        map_items: {
            (p.programme, item): {
                "programme": p.programme,
                "item": item,
                "sort": sort.value,
                "title": title,
                "number": number,
                "milestone": milestone,
            }
            for number, (sort, item, title, milestone) in enumerate(_items(p))
        },
        map_links: {
            (p.programme, item, serves): {
                "programme": p.programme,
                "item": item,
                "serves": serves,
            }
            for item, serves in _links(p)
        },
    }


def _items(p: Programme) -> Iterator[tuple[Sort, str, str, str]]:
    for objective in p.objectives.values():
        yield Sort.OBJECTIVE, objective.objective, objective.title, ""
    for outcome in p.outcomes.values():
        yield Sort.OUTCOME, outcome.outcome, outcome.title, ""
    for change in p.changes.values():
        yield Sort.CHANGE, change.change, change.title, change.milestone or ""


def _links(p: Programme) -> Iterator[tuple[str, str]]:
    for objective in p.objectives.values():
        for priority in objective.priorities:
            yield objective.objective, priority
    for outcome in p.outcomes.values():
        for served in outcome.objectives:
            yield outcome.outcome, served


def of_benefit(b: Benefit) -> Rows:
    """The outcomes that a benefit serves and the changes that it needs."""
    return {
        benefit_links: {
            (b.benefit, item): {"benefit": b.benefit, "item": item, "programme": b.programme}
            for item in (*b.outcomes, *b.changes)
        }
    }
