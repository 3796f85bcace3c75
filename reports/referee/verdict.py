"""What the referee says of a table: whether it adds up, and each place where it does not."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    """The verdicts that the referee can give."""

    ADDS_UP = "adds up"
    BUT_FOR_ROUNDING = "adds up but for rounding"
    DOES_NOT = "does not add up"
    NOTHING_TO_CHECK = "nothing to check"


@dataclass(frozen=True, slots=True)
class Break:
    """A printed total that is not the sum of its parts. Amounts are in pounds.

    ``row`` and ``column`` name the cell that holds the total; ``along`` is the direction of the
    sum (“row” or “column”). ``difference`` is what is printed less what it should be.
    ``units`` are the printed units of the figures, the coarsest first. ``rounding_explains`` takes
    fractions as dropped or rounded, ``nearest_explains`` as rounded to the nearest.
    """

    row: str
    column: str
    along: str
    written: str
    printed: Decimal
    should_be: Decimal
    difference: Decimal
    units: tuple[Decimal, ...]
    figures: int
    rounding_explains: bool
    nearest_explains: bool
    sterling: bool

    @property
    def sentence(self) -> str:
        """The break as a sentence."""
        much = "too much" if self.difference > 0 else "too little"
        should_be, by = (
            _amount(n, sterling=self.sterling) for n in (self.should_be, self.difference)
        )
        said = f" ({_amount(self.printed, sterling=True)})" if self._scaled else ""
        return (
            f"Row “{self.row}”, column “{self.column}”: {self.written}{said} is printed; added "
            f"{'along the row' if self.along == 'row' else 'down the column'} it should be "
            f"{should_be}: {by.lstrip('−')} {much}. {self._rounding}"
        )

    @property
    def _scaled(self) -> bool:
        digits = "".join(c for c in self.written if c.isdigit() or c == ".")
        return self.sterling and bool(digits) and Decimal(digits.strip(".")) != abs(self.printed)

    @property
    def _rounding(self) -> str:
        if not self.rounding_explains:
            return "Rounding does not explain it."
        units = " and ".join(_amount(unit, sterling=self.sterling) for unit in self.units)
        added = f"{self.figures} figure{'' if self.figures == 1 else 's'} added"
        of = f"{added}, in units of {units}"
        if self.nearest_explains:
            return f"Rounding explains it ({of})."
        return (
            f"Rounding explains it only if fractions were dropped ({of}); "
            "rounding each to the nearest, half a unit each, would not do."
        )


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell whose change would mend several breaks at once. Amounts are in pounds."""

    row: str
    column: str
    written: str
    printed: Decimal
    would_be: Decimal
    mends: int
    sterling: bool

    @property
    def sentence(self) -> str:
        """The suspicion as a sentence."""
        amount = _amount(self.would_be, sterling=self.sterling)
        return (
            f"The cell in row “{self.row}”, column “{self.column}” prints {self.written}: "
            f"{amount} there would mend {self.mends} of these sums."
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to “does it add up?”, with everything that was inferred on the way."""

    outcome: Outcome
    tested: int
    inferred: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    suspects: tuple[Suspect, ...] = ()

    def exit_status(self, *, allow_rounding: bool = False) -> int:
        """0 adds up; 1 does not (nor, unless allowed, but for rounding); 2 nothing to check."""
        if self.outcome is Outcome.NOTHING_TO_CHECK:
            return 2
        if self.outcome is Outcome.BUT_FOR_ROUNDING:
            return 0 if allow_rounding else 1
        return int(self.outcome is Outcome.DOES_NOT)

    def as_text(self) -> str:
        """The verdict for a person, a sentence a line."""
        sums = f"{self.tested} sum{'' if self.tested == 1 else 's'} tested"
        lines = [f"The table {self.outcome}: {sums}."]
        if self.outcome is Outcome.NOTHING_TO_CHECK:
            lines = ["There is nothing to check in this table: no total was found."]
        lines += [f"- {found.sentence}" for found in self.breaks]
        lines += [f"- {suspect.sentence}" for suspect in self.suspects]
        if self.inferred:
            lines += ["How the table was read:", *(f"- {said}" for said in self.inferred)]
        return "\n".join(lines)

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON; amounts are pounds as text, so that nothing is lost."""
        return {
            "verdict": str(self.outcome),
            "sums_tested": self.tested,
            "breaks": [
                _plain(asdict(found)) | {"sentence": found.sentence} for found in self.breaks
            ],
            "suspects": [
                _plain(asdict(found)) | {"sentence": found.sentence} for found in self.suspects
            ],
            "inferred": list(self.inferred),
        }


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {
        name: _text(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
        if name not in ("sterling", "units")
    } | {name: [*map(_text, value)] for name, value in values.items() if isinstance(value, tuple)}


def _text(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _amount(amount: Decimal, *, sterling: bool) -> str:
    sign = "−" if amount < 0 else ""
    number = abs(amount)
    whole = number == number.to_integral_value()
    text = f"{number:,.0f}" if whole else f"{number.normalize():,f}"
    if sterling and not whole and number == number.quantize(Decimal("0.01")):
        text = f"{number:,.2f}"
    return f"{sign}{'£' if sterling else ''}{text}"
