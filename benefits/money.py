"""Exact money: whole pence inside, written the way councils write it at the edges."""

import re
from decimal import Decimal, InvalidOperation
from itertools import accumulate, pairwise
from typing import TypeAlias

Pence: TypeAlias = int

#: One hundred thousand million pounds: more than any council will ever plan, and far inside
#: the 63 bits that both databases keep for a whole number.
LARGEST: Pence = 10_000_000_000_000

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_WRITTEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<unit>k|m|bn)?",
    re.ASCII,
)


class NotMoney(ValueError):
    """What was written cannot be read as an amount of money."""


def parse_pounds(written: str) -> Pence:
    """Read an amount in pounds, such as ``£1,234.50``, ``2.5m`` or ``(400)``, as pence.

    Brackets and a leading minus both mean a negative amount. Raises ``NotMoney`` with a
    sentence for the person when it is not an amount, has parts of a penny or is too large.
    """
    text = written.strip().replace("−", "-").replace("\N{NO-BREAK SPACE}", "")
    bracketed = text.startswith("(") and text.endswith(")")
    if bracketed:
        text = text[1:-1].strip()
    negative = text.startswith("-")
    text = text.removeprefix("-").strip().removeprefix("£").strip()
    if text.startswith("-") and not negative:
        negative, text = True, text[1:]
    match = _WRITTEN.fullmatch(text.lower())
    if match is None:
        raise NotMoney(
            f"“{written.strip()[:40]}” is not an amount of money. Write pounds, such as 1,234.50."
        )
    pence = _pence(match["number"].replace(",", ""), match["unit"] or "", written)
    return -pence if negative or bracketed else pence


def _pence(number: str, unit: str, written: str) -> Pence:
    try:
        amount = Decimal(number) * _UNITS[unit] * 100
    except InvalidOperation as fault:  # pragma: no cover - the pattern lets only digits through
        raise NotMoney(f"“{written[:40]}” is not an amount of money.") from fault
    if amount != amount.to_integral_value():
        raise NotMoney(
            f"“{written.strip()[:40]}” has parts of a penny. Write pounds and whole pence."
        )
    if amount > LARGEST:
        raise NotMoney(
            f"“{written.strip()[:40]}” is too large. The largest amount is {pounds(LARGEST)}."
        )
    return int(amount)


def pounds(amount: Pence) -> str:
    """Write pence as pounds: ``£1,234``, with pence ``£1,234.50``, negative ``−£5``."""
    sign = "−" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}£{whole:,}" + (f".{rest:02d}" if rest else "")


def split(amount: Pence, weights: list[int]) -> list[Pence]:
    """Split pence by weights so that the parts sum to the whole.

    Each part is the difference between the floors of the running shares, the same rule that
    months of an annual amount follow. Raises ``ValueError`` when the weights do not sum above 0.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("Weights must not be negative and must sum to more than nothing.")
    shares = [amount * running // total for running in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(shares)]
