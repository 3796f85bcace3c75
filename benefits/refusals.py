"""How a rule says no: one sentence that tells the person what to do."""


class Refused(Exception):
    """A rule does not allow what was asked. ``str()`` is a sentence for the person."""


class NotFound(Refused):
    """What was named is not there."""


def require(holds: object, otherwise: str) -> None:
    """Refuse with the sentence unless the rule holds."""
    if not holds:
        raise Refused(otherwise)
