"""How much is likely to come: many made-up years, from each benefit's range and confidence.

Each run draws, for every benefit, how much of its unverified money comes and how many months
late. The draws follow from a seed that is printed, so the same report always gives the same
range. Whole pence; no fraction is ever used but whole numbers, so every computer agrees.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from benefits.money import Pence
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.profile import Layers
from benefits.tranches import Tranche
from benefits.vocabulary import Confidence
from reports.drawn import WHOLE, Range, RunningRange, tenths, triangular

#: Runs of a small programme; a large one has fewer, so that no report draws more than this.
MOST_RUNS, LEAST_RUNS, MOST_DRAWS = 2_000, 250, 200_000

#: How much comes where no range is given: at the least, most often, at the most (per million).
WITHOUT_A_RANGE: dict[Confidence | None, Range] = {
    Confidence.HIGH: (900_000, 1_000_000, 1_050_000),
    Confidence.MEDIUM: (700_000, 950_000, 1_050_000),
    Confidence.LOW: (400_000, 800_000, 1_000_000),
    None: (400_000, 800_000, 1_000_000),
}
#: By how many months unclaimed money may come later than forecast, each as likely as another.
MONTHS_LATE: dict[Confidence | None, int] = {
    Confidence.HIGH: 1,
    Confidence.MEDIUM: 3,
    Confidence.LOW: 6,
    None: 6,
}


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One benefit: what is verified is certain; what is claimed or to come is drawn.

    ``share`` is the least, most likely and greatest share of the committed figure, per million;
    None where no range is given. ``met`` is the cash to come, by year, that in-year claims have
    met already.
    """

    ref: str
    verified: tuple[Tranche, ...]
    claimed: tuple[Tranche, ...]
    to_come: tuple[Tranche, ...]
    confidence: Confidence | None
    share: Range | None = None
    met: Mapping[FinancialYear, Pence] = field(default_factory=dict)

    @property
    def range(self) -> Range:
        return self.share or WITHOUT_A_RANGE[self.confidence]


@dataclass(frozen=True, slots=True)
class Likely:
    """In one of ten runs less came than ``p10``, in half less than ``p50``, in nine than ``p90``.

    ``expected`` is the same cash as it is forecast, without any doubt. Pence; the drawn three are
    whole pounds.
    """

    p10: Pence
    p50: Pence
    p90: Pence
    expected: Pence


@dataclass(frozen=True, slots=True)
class RiskAdjusted:
    """The range of a programme's cash in a year and over its plan window, and of its run rate.

    ``run_rate`` is P10 and P90 of the annual pence that run at the end of each month, from the
    month of the report to the end of the plan window or of the year.
    """

    seed: str
    runs: int
    year_end: Likely
    plan_total: Likely
    run_rate: Mapping[Month, tuple[Pence, Pence]] = field(default_factory=dict)


def range_of(low: Pence, mid: Pence | None, high: Pence, committed: Pence) -> Range | None:
    """A printed range as shares of the committed figure; the middle where no mid is given.

    None when the committed figure is nothing, or when the range is not in order.
    """
    if committed == 0:
        return None
    middle = (low + high) // 2 if mid is None else mid
    shares = [amount * WHOLE // committed for amount in (low, middle, high)]
    least, most_likely, most = shares
    return (least, most_likely, most) if least <= most_likely <= most else None


def runs_for(benefits: int) -> int:
    """How many runs are made for so many benefits."""
    return max(LEAST_RUNS, min(MOST_RUNS, MOST_DRAWS // max(1, benefits)))


def simulate(
    benefits: Sequence[Uncertain], now: Month, window: PlanWindow, seed: str
) -> RiskAdjusted:
    """The range of in-year cash of the year of ``now``, of the plan total and of the run rate."""
    runs, year = runs_for(len(benefits)), now.financial_year
    years, wholes = [0] * runs, [0] * runs
    running = RunningRange(now, max(window.last.last, now), runs)
    sure_year = sure_whole = expected_year = expected_whole = 0
    for one in benefits:
        certain = _last([one.verified], year, window)
        claimed = _last([one.verified, one.claimed], year, window)
        to_come = [_to_come(one, months, year, window) for months in range(_delays(one))]
        expected_year += certain[0] + claimed[0] + to_come[0][0]
        expected_whole += certain[1] + claimed[1] + to_come[0][1]
        sure_year, sure_whole = sure_year + certain[0], sure_whole + certain[1]
        running.sure(one.verified)
        begins = running.late(one.claimed, one.to_come, MONTHS_LATE[one.confidence])
        for run, (share, late) in enumerate(_draws(one, seed, runs)):
            years[run] += (claimed[0] + to_come[late][0]) * share // WHOLE
            wholes[run] += (claimed[1] + to_come[late][1]) * share // WHOLE
            running.add(run, begins[late], share)
    return RiskAdjusted(
        seed,
        runs,
        _likely(years, sure_year, expected_year),
        _likely(wholes, sure_whole, expected_whole),
        running.ends(),
    )


def _draws(one: Uncertain, seed: str, runs: int) -> Iterator[tuple[int, int]]:
    """For each run the share of what is open (per million), and how many months late it comes."""
    if one.claimed or one.to_come:
        draw = Random(f"{seed}/{one.ref}")  # noqa: S311 - a repeatable draw, nothing secret
        for _ in range(runs):
            yield triangular(one.range, draw.randrange(WHOLE)), draw.randrange(_delays(one))


_Lists = Sequence[Sequence[Tranche]]


def _delays(one: Uncertain) -> int:
    return MONTHS_LATE[one.confidence] + 1


def _last(lists: _Lists, year: FinancialYear, window: PlanWindow) -> tuple[Pence, Pence]:
    """Cash of the year and of the window of the last list, as it lies on those before it."""
    layers = Layers(lists)
    return layers.cash(year)[-1], sum(layers.cash(each)[-1] for each in window)


def _to_come(
    one: Uncertain, months: int, year: FinancialYear, window: PlanWindow
) -> tuple[Pence, Pence]:
    """What is to come, so many months late, less what in-year claims have met of it."""
    layers = Layers([one.verified, one.claimed, _later(one.to_come, months)])

    def left(each: FinancialYear) -> Pence:
        cash = layers.cash(each)[-1]
        return cash - min(max(0, cash), one.met.get(each, 0))

    return left(year), sum(left(each) for each in window)


def _later(tranches: Sequence[Tranche], months: int) -> tuple[Tranche, ...]:
    return tuple(Tranche(t.amount, t.nature, t.month.plus(months), t.plan_year) for t in tranches)


def _likely(drawn: list[Pence], sure: Pence, expected: Pence) -> Likely:
    p10, p50, p90 = tenths([sure + outcome for outcome in drawn], 1, 5, 9)
    return Likely(p10, p50, p90, expected)


_DRAWN = (
    "{} possible outcomes were drawn. In each, the money of every benefit that finance has not "
    "verified comes to a share of what is forecast, drawn between the low and the high of its "
    "range, most often near the middle figure."
)
_NO_RANGE = (
    "Where no range was given the share is 90% to 105% for high confidence (most often 100%), "
    "70% to 105% for medium (95%) and 40% to 100% for low or none stated (80%)."
)
_LATE = (
    "Money not yet claimed may also come later than forecast: up to one month for high confidence, "
    "three for medium and six for low or none stated, each as likely as another."
)
_CERTAIN = (
    "Verified money is taken as certain. Benefits are drawn independently: where one cause would "
    "delay many of them, the true range is wider than shown."
)
_SEED = (
    "The draws follow from {}, the month and each benefit’s code, so the same record always gives "
    "the same range."
)


def method(runs: int, begins: str) -> tuple[str, ...]:
    """How the range was worked out and what it assumes, in sentences for a reader.

    ``begins`` names what, beside the month, the seed is made of.
    """
    return (_DRAWN.format(f"{runs:,}"), _NO_RANGE, _LATE, _CERTAIN, _SEED.format(begins))
