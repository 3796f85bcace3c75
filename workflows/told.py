"""One sentence for an event that a person had not seen, for a refusal to say what was first."""

from collections.abc import Callable
from typing import Any

from benefits import wording
from benefits.benefit import Benefit
from benefits.programme import MtfsLine, Overlap, Programme
from eventlog.recorded import Recorded
from workflows.scrutiny import wording as scrutiny
from workflows.scrutiny.question import Question


def told(recorded: Recorded[Any], before: object, name: Callable[[str], str]) -> str:
    """What the event changed. ``before`` is its thing just before it, ``name`` a person's name."""
    if isinstance(before, Benefit):
        return wording.sentence(recorded, before, name)
    if isinstance(before, Programme | Overlap | MtfsLine):
        return wording.describe_programme_event(recorded, before, name)
    if isinstance(before, Question):
        return scrutiny.sentence(recorded, before, name)
    return "This was changed by somebody else."
