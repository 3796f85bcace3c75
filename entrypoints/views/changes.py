"""What changed between two points of a benefit's life, a sentence an event, newest last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benefits import wording
from benefits.benefit import Benefit
from benefits.standing import apply
from benefits.wording.writing import instant
from eventlog.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Change:
    """One event: when, who, what, and the position that leads to it in the log."""

    when: str
    who: str
    said: str
    position: int
    type: str


def changes(
    benefit: str,
    events: Sequence[Recorded[Any]],
    after: int,
    upto: int,
    name: Callable[[str], str],
    titled: Callable[[str], str],
) -> Iterator[Change]:
    """The events of a benefit's stream after one version and up to another, as sentences."""
    standing = Benefit(benefit)
    for recorded in events:
        if after < recorded.version <= upto:
            said = wording.sentence(recorded, standing, name, titled)
            yield Change(
                instant(recorded.recorded_at),
                name(recorded.actor),
                said,
                recorded.position,
                recorded.type,
            )
        apply(standing, recorded)
