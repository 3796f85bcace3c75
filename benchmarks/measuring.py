"""How a figure is measured: contestants in turn, round after round, and the middle of the ratios.

A machine that is busy with something else is busy for both sides of a ratio when their rounds
alternate. So a ratio is worked out within each round, and the median of the rounds is quoted.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

Work = Callable[[], object]


@dataclass(frozen=True)
class Size:
    """How much is measured: ``name`` is tiny (for the tests), quick or full."""

    name: str
    rounds: int
    of: Mapping[str, int]

    def __getitem__(self, what: str) -> int:
        return self.of[what]

    def but(self, others: Sequence[str], rounds: int | None = None) -> "Size":
        """The same with other amounts, written ``reconciled=1000``. Raises ``ValueError``."""
        rounds = rounds or self.rounds
        if not others:
            return replace(self, rounds=rounds)
        amounts = dict[str, int]()
        for told in others:
            what, _, number = told.partition("=")
            if what not in self.of or not number.isdecimal():
                raise ValueError(f"“{told}” is no amount: write {next(iter(self.of))}=100.")
            amounts[what] = int(number)
        named = ", ".join(f"{what} {number:,}" for what, number in amounts.items())
        return Size(f"{self.name} but {named}", rounds, {**self.of, **amounts})


@dataclass(frozen=True)
class Figure:
    """One measured thing: Realise's own figure, and each floor's or peer's of the same run.

    ``ratios`` are Realise's rate over the other's: 2.0 is twice as fast. ``target`` is the least
    ratio to a named contestant that was asked for.
    """

    what: str
    ours: float
    others: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    unit: str = "a second"
    target: str = ""
    met: bool | None = None


def seconds(work: Work) -> float:
    """How long the work takes, by the wall."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def race(
    what: str,
    count: int,
    ours: Work,
    others: Mapping[str, Work],
    *,
    rounds: int,
    unit: str = "a second",
    target: tuple[str, float] | None = None,
) -> Figure:
    """Rates of ``count`` things by each contestant, one round of each in turn.

    The order turns round by round, so that nobody always comes after the same one.
    """
    contestants = {"": ours, **others}
    took: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        order = list(contestants)
        for name in order[number % len(order) :] + order[: number % len(order)]:
            took[name].append(seconds(contestants[name]))
    ratios = {
        name: statistics.median(
            other / own for own, other in zip(took[""], took[name], strict=True)
        )
        for name in others
    }
    rates = {name: count / statistics.median(each) for name, each in took.items()}
    return Figure(
        what,
        rates.pop(""),
        rates,
        ratios,
        unit,
        "" if target is None else f"{target[1]:g} of {target[0]}",
        None if target is None else ratios[target[0]] >= target[1],
    )
