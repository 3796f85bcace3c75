"""Holding the ledger against the claims, by budget line and month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from benefits.money import Pence
from benefits.parts import Claim
from benefits.register.tables import claims, register
from benefits.savings_table.identity import alike
from benefits.tranches import Nature
from entrypoints.taking.tables import ledger_lines


@dataclass(slots=True)
class Pair:
    """What the ledger and the claims have of one budget line in one month. Pence."""

    budget_line: str
    lines: list[Any] = field(default_factory=list)
    claims: list[Any] = field(default_factory=list)

    @property
    def in_ledger(self) -> Pence:
        """What came out of the line: a credit and a debit of it cancel, whichever sign is used."""
        return abs(sum(int(line.amount) for line in self.lines))

    @property
    def claimed(self) -> Pence:
        """What is claimed: a year's worth where it recurs, the whole where it is one-off."""
        return sum(int(claim.amount) for claim in self.claims)

    @property
    def of_a_month(self) -> Pence:
        """What the claims bring in the month alone: a twelfth of what recurs, and the one-offs."""
        return sum(
            int(claim.amount) // (12 if claim.nature == Nature.RECURRING.value else 1)
            for claim in self.claims
        )

    @property
    def agrees(self) -> str:
        """How the two agree, in words; empty when they differ."""
        if self.in_ledger == self.claimed:
            return "The amounts are the same"
        if 0 <= self.in_ledger - self.of_a_month <= len(self.claims):
            return "The ledger has a month’s share of what recurs"
        return ""


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairs of a month, and what has no other side."""

    matched: tuple[Pair, ...]
    differing: tuple[Pair, ...]
    unclaimed: tuple[Pair, ...]
    unseen: tuple[Pair, ...]


def match(lines: Iterable[Any], claimed: Iterable[Any]) -> Matching:
    """Pair lines (budget_line, amount) with claims (budget_line, amount, nature)."""
    pairs: dict[str, Pair] = {}
    for line in lines:
        pairs.setdefault(code(line.budget_line), Pair(line.budget_line)).lines.append(line)
    for claim in claimed:
        pairs.setdefault(code(claim.budget_line), Pair(claim.budget_line)).claims.append(claim)
    ordered = [pairs[key] for key in sorted(pairs)]
    both = [pair for pair in ordered if pair.lines and pair.claims]
    return Matching(
        tuple(pair for pair in both if pair.agrees),
        tuple(pair for pair in both if not pair.agrees),
        tuple(pair for pair in ordered if not pair.claims),
        tuple(pair for pair in ordered if not pair.lines),
    )


def code(written: str) -> str:
    """A budget line's code as it is compared: spreadsheets drop the zeros before a number."""
    said = alike(written)
    return said.lstrip("0") or said if said.isdigit() else said


def of_claim(connection: Connection, claim: Claim) -> Pair:
    """What the ledger has of a claim's budget line in its month."""
    rows = connection.execute(
        select(ledger_lines)
        .where(ledger_lines.c.month == str(claim.tranche.month))
        .order_by(ledger_lines.c.number)
    )
    mine = code(claim.budget_line)
    return Pair(claim.budget_line, [row for row in rows if code(row.budget_line) == mine])


def months(connection: Connection) -> list[str]:
    """The months that the ledger has lines of, the latest first."""
    query = select(ledger_lines.c.month).distinct().order_by(ledger_lines.c.month.desc())
    return list(connection.execute(query).scalars())


def seen(connection: Connection, *, every: bool) -> Callable[[Any], bool]:
    """Which lines of the ledger somebody sees: all, or those of budget lines that a claim which
    they see names. A line of the ledger belongs to no programme by itself.
    """
    if every:
        return lambda _: True
    named = connection.execute(select(claims.c.budget_line).distinct()).scalars()
    codes = {code(one) for one in named if one}
    return lambda line: code(line.budget_line) in codes


def of_month(connection: Connection, month: str, *, every: bool = True) -> Matching:
    """The ledger of a month held against its claims, but for those that finance rejected."""
    shows = seen(connection, every=every)
    rows = connection.execute(
        select(ledger_lines)
        .where(ledger_lines.c.month == month)
        .order_by(ledger_lines.c.budget_line, ledger_lines.c.number)
    )
    lines = [line for line in rows if shows(line)]
    found = connection.execute(
        select(claims, register.c.title, register.c.position.label("number"))
        .join(register, register.c.benefit == claims.c.benefit)
        .where(claims.c.month == month, claims.c.budget_line != "", claims.c.standing != "rejected")
        .order_by(claims.c.position)
    )
    return match(lines, found)
