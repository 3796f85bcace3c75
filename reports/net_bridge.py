"""The bridge from gross to net: what is taken off a benefit's saving, each thing once.

Gross - recurring investment - existing MTFS - overlap = net. What a profile was already net of
when it was given is shown, and not taken off again.
"""

from collections.abc import Mapping
from enum import StrEnum

from benefits.money import Pence, pounds
from reports.money_tables import Bridge, Step


class Deduction(StrEnum):
    """What may be taken off, in the order in which it is shown."""

    RECURRING_INVESTMENT = "Recurring investment"
    EXISTING_MTFS = "Existing MTFS"
    OVERLAP = "Overlap"


class NotADeduction(ValueError):
    """An amount below nothing was to be taken off."""


def net_bridge(
    gross: Pence,
    recurring_investment: Pence = 0,
    existing_mtfs: Pence = 0,
    overlap: Pence = 0,
    *,
    already_net_of: Mapping[Deduction, Pence] | None = None,
    net: Pence | None = None,
    basis: str = "Annual amounts",
) -> Bridge:
    """The steps from gross to net, in pence.

    ``already_net_of`` holds what was taken off before the figures were given: it is named in a
    step of nothing. ``net`` is the net as worked or printed elsewhere: ``DoesNotAddUp`` is
    raised when the steps lead to anything else. Raises ``NotADeduction`` below nothing.
    """
    amounts = (recurring_investment, existing_mtfs, overlap)
    before = already_net_of or {}
    steps = [
        step
        for deduction, amount in zip(Deduction, amounts, strict=True)
        for step in _steps(deduction, amount, before.get(deduction, 0))
    ]
    return Bridge(
        "From gross to net",
        basis,
        Step("Gross", gross),
        tuple(steps),
        Step("Net", gross - sum(amounts) if net is None else net),
    )


def _steps(deduction: Deduction, amount: Pence, before: Pence) -> list[Step]:
    if min(amount, before) < 0:
        raise NotADeduction(f"{deduction} cannot be less than nothing: it is taken off as given.")
    steps = [Step(f"Less {_said(deduction)}", -amount)] if amount or not before else []
    if before:
        note = f"{pounds(before)} was already taken off in the figures given; not taken off again"
        steps.append(Step(f"{deduction}, already off", 0, note))
    return steps


def _said(deduction: Deduction) -> str:
    """The name inside a sentence: MTFS stays in capitals."""
    return deduction.value[0].lower() + deduction.value[1:]
