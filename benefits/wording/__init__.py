"""How events are written for people: the story of a benefit, one plain English sentence an event.

A sentence says what changed, from what to what; who did it and when stand beside it.
``benefits.wording.writing`` writes money, days, months and lists, everywhere the same.
"""

from collections.abc import Callable
from typing import Any

from benefits.benefit import Benefit
from benefits.events.mapping import BenefitMapped
from benefits.programme import MtfsLine, Overlap, Programme
from benefits.wording import cases, delivery, details, mapping, money, programme
from benefits.wording.details import Say
from benefits.wording.names import Names
from eventlog.recorded import Recorded

OF_A_BENEFIT: dict[type, Say] = {
    **details.SAY,
    **delivery.SAY,
    **money.SAY,
    **cases.SAY,
    BenefitMapped: mapping.mapped,
}
OF_ALL_ELSE = {**programme.SAY, **mapping.SAY_OF_A_PROGRAMME}


def _another(_: str) -> str:
    return "another benefit or MTFS line"


def sentence(
    recorded: Recorded[Any],
    before: Benefit,
    name: Callable[[str], str],
    titled: Callable[[str], str] = _another,
) -> str:
    """What an event of a benefit's stream changed. ``before``: the benefit just before it.

    ``name`` gives the name of a person by id, ``titled`` what another benefit or MTFS line is
    called. Raises ``KeyError`` for an event that no benefit has.
    """
    return OF_A_BENEFIT[type(recorded.event)](recorded.event, before, Names(name, titled))


def describe_programme_event(
    recorded: Recorded[Any],
    before: Programme | Overlap | MtfsLine,
    name: Callable[[str], str],
    titled: Callable[[str], str] = _another,
) -> str:
    """What an event of a programme, an overlap or an MTFS line changed, in one sentence."""
    return OF_ALL_ELSE[type(recorded.event)](recorded.event, before, Names(name, titled))
