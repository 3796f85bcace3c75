"""How a rule says no: one sentence that tells the person what to do."""


class Refused(Exception):
    """A rule does not allow what was asked. ``str()`` is a sentence for the person."""


class NotFound(Refused):
    """What was named is not there."""


class NotAllowed(Refused):
    """The person may not do this."""


class Stale(Refused):
    """What the person saw has changed since in a way that matters to what they ask."""


class SeveralRefused(Refused):
    """Several commands of one act were refused: every fault, with the number of its command."""

    def __init__(self, faults: tuple[tuple[int, Refused], ...]) -> None:
        super().__init__(" ".join(str(fault) for _, fault in faults))
        self.faults = faults


def require(holds: object, otherwise: str) -> None:
    """Refuse with the sentence unless the rule holds."""
    if not holds:
        raise Refused(otherwise)
