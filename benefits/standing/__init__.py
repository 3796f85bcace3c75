"""What each event does to a benefit as it stands. Nothing is decided here."""

from collections.abc import Callable, Iterable
from typing import Any

from benefits.benefit import Benefit
from benefits.standing import cases, delivery, details, money
from eventlog.recorded import Recorded

APPLY: dict[type, Callable[[Benefit, Recorded[Any], Any], None]] = {
    **details.APPLY,
    **delivery.APPLY,
    **money.APPLY,
    **cases.APPLY,
}


def apply(benefit: Benefit, recorded: Recorded[Any]) -> None:
    """Add one event to the benefit. Raises ``KeyError`` for an event that no benefit has."""
    APPLY[type(recorded.event)](benefit, recorded, recorded.event)
    benefit.version = recorded.version
    benefit.last_position = recorded.position


def stand(benefit_id: str, events: Iterable[Recorded[Any]]) -> Benefit:
    """The benefit after all these events of its stream."""
    benefit = Benefit(benefit_id)
    for recorded in events:
        apply(benefit, recorded)
    return benefit
