"""Whether the benefits behind a line of the medium-term plan leave room above it."""

from collections.abc import Iterable

from benefits.money import Pence


def headroom(low_ends: Iterable[Pence], line: Pence) -> Pence:
    """The low end of the benefits that support a line, less the line; below nothing when short.

    Oxfordshire: 34 - 33 = 1 (GBP m).
    """
    return sum(low_ends) - line


def released(verified_net_run_rate: Pence, line: Pence) -> Pence:
    """Verified net run rate above the line, for members to allocate; never below nothing."""
    return max(0, verified_net_run_rate - line)
