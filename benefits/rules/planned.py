"""What must hold of planned amounts, in a profile or an investment. All amounts are in pence."""

from dataclasses import replace

from benefits.money import pounds
from benefits.periods import PlanWindow
from benefits.plans import Component, PlannedTranche, Profile, UnitModel, YearAmount
from benefits.profile import increments, phased, reproduces
from benefits.refusals import require
from benefits.rules import checks
from benefits.tranches import Nature
from benefits.vocabulary import Kind, NetOf, Point
from benefits.wording.writing import amounts_by_year, listed, month, per_year, year

_FIGURES = ("low", "mid", "high")


def lines(
    tranches: tuple[PlannedTranche, ...], window: PlanWindow, what: str
) -> tuple[PlannedTranche, ...]:
    """The tranches by month, each more than nothing, within the window and within its range."""
    checks.some(tranches, what)
    for line in tranches:
        checks.in_window(line.month.financial_year, window, f"{what}: {month(line.month)}")
        checks.amount(
            line.committed,
            f"{what}: the amount of {month(line.month)}",
        )
        _range(line, f"{what}: {month(line.month)}")
    ranged = {line.low is not None for line in tranches}
    require(
        len(ranged) == 1,
        f"{what} has a low and a high figure for some amounts only: give them for all or for none.",
    )
    return tuple(sorted(tranches, key=lambda line: (line.month, line.nature.value)))


def _range(line: PlannedTranche, what: str) -> None:
    given = {name: getattr(line, name) for name in _FIGURES if getattr(line, name) is not None}
    if not given:
        return
    require(
        "low" in given and "high" in given,
        f"{what} has part of a range: give both a low and a high figure, or neither.",
    )
    for name, figure in given.items():
        checks.amount(figure, f"{what}: the {name} figure", least=0)
    figures = list(given.values())
    require(
        figures == sorted(figures),
        f"{what} has a low of {pounds(figures[0])} and a high of {pounds(figures[-1])}"
        + (f" with {pounds(given['mid'])} between" if "mid" in given else "")
        + ": put them in order, the low first.",
    )
    require(
        given["low"] <= line.committed <= given["high"],
        f"{what}: {pounds(line.committed)} is committed, outside its range of "
        f"{pounds(given['low'])} to {pounds(given['high'])}: put one of them right.",
    )


def profile(asked: Profile, window: PlanWindow, kind: Kind) -> Profile:
    """The profile as it is to be recorded: sorted, at its point, and as its drivers say."""
    checks.few_enough(asked.components, "The profile's components")
    tranches = lines(asked.tranches, window, _named(kind))
    for line in tranches:
        _at_point(line, asked.point)
    natures_of(tranches, kind)
    tidy = replace(
        asked,
        tranches=tranches,
        net_of=tuple(part for part in NetOf if part in asked.net_of),
        components=tuple(_component(part) for part in asked.components),
    )
    if asked.drivers is not None:
        tidy = replace(tidy, drivers=_drivers(asked.drivers, tidy, window))
    return tidy


def _named(kind: Kind) -> str:
    """A disbenefit is told how it is written, since its amounts are often typed below nothing."""
    return (
        "The profile (a disbenefit is recorded in amounts above nothing; it is taken off for you)"
        if kind is Kind.DISBENEFIT
        else "The profile"
    )


def natures_of(tranches: tuple[PlannedTranche, ...], kind: Kind) -> None:
    """A capital receipt comes once."""
    recurs = any(line.nature is Nature.RECURRING for line in tranches)
    require(
        kind is not Kind.CAPITAL_RECEIPT or not recurs,
        "A capital receipt comes once: plan its amounts as one-off.",
    )


def _at_point(line: PlannedTranche, point: Point) -> None:
    if point is Point.STATED:
        return
    figure = getattr(line, point.value)
    require(
        figure is not None,
        f"The profile commits to the {point.value} figure, and {month(line.month)} has none: "
        "give it, or commit to a stated figure.",
    )
    require(
        figure == line.committed,
        f"The profile commits to the {point.value} figure of {month(line.month)}, "
        f"{pounds(figure or 0)}, but {pounds(line.committed)} is given as committed: "
        "put one of them right.",
    )


def _component(part: Component) -> Component:
    name = checks.title(part.name, "The name of a component")
    for figure in (part.low, part.high):
        if figure is not None:
            checks.amount(figure, f"The range of “{name}”", least=0)
    if part.low is not None and part.high is not None:
        require(
            part.low <= part.high,
            f"“{name}” has a low of {pounds(part.low)} above its high of {pounds(part.high)}: "
            "put the low first.",
        )
    return replace(part, name=name)


def _drivers(model: UnitModel, asked: Profile, window: PlanWindow) -> UnitModel:
    checks.number(model.baseline_volume, "The volume before", 0, 1_000_000_000)
    checks.number(model.planned_volume, "The volume planned", 0, 1_000_000_000)
    checks.amount(model.unit_value, "The value of one unit")
    checks.number(model.times_a_year, "The times a year", 1, 366)
    checks.number(len(model.phasing), "The number of years in the phasing", 1, window.years)
    for part in model.phasing:
        checks.number(part, "A year's share in the phasing", 0, 100)
    require(
        sum(model.phasing) == 100,
        f"The phasing comes to {sum(model.phasing)} per cent: its years must come to 100.",
    )
    checks.amount(model.total, "What the drivers come to")
    tranches = [line.tranche for line in asked.tranches]
    planned = [YearAmount(when, sum_) for when, sum_ in increments(tranches).items()]
    require(
        reproduces(model, tranches),
        f"The drivers come to {pounds(model.total)} a year, phased "
        f"{listed(pounds(part) for part in phased(model))}; the profile recurs at "
        f"{pounds(sum(one.amount for one in planned))}"
        + (f", {amounts_by_year(planned)}" if planned else "")
        + ": put one of them right.",
    )
    return replace(model, unit=checks.title(model.unit, "The unit"))


def described(tranches: tuple[PlannedTranche, ...]) -> str:
    """The amounts of an investment, for a refusal that names it."""
    return listed(
        f"{per_year(line.committed, line.nature)} from {year(line.month.financial_year)}"
        for line in tranches[:3]
    )
