"""Measures against their targets, counter-measures against their limits, and risks by score."""

from decimal import Decimal

from benefits import parts
from benefits.plans import MeasureTarget
from benefits.vocabulary import Direction
from benefits.wording.writing import day
from reports.composing.book import Account, Book
from reports.composing.statuses import severity
from reports.entries import Measure, Risk


def _live(book: Book) -> list[Account]:
    return [account for account in book.accounts if account.benefit.stage.reconciled]


def measures(book: Book) -> tuple[Measure, ...]:
    """Measures of what should improve, with the target that holds at the month's end."""
    return tuple(
        _measure(book, account, one)
        for account in _live(book)
        for one in account.benefit.measures.values()
        if not one.counter
    )


def counter_measures(book: Book) -> tuple[Measure, ...]:
    """Measures that guard the service, with the limit past which it has worsened."""
    return tuple(
        _counter(account, one)
        for account in _live(book)
        for one in account.benefit.measures.values()
        if one.counter
    )


def _measure(book: Book, account: Account, one: parts.Measure) -> Measure:
    latest, target = one.latest, _target(book, one)
    value = Decimal(target.value) if target else None
    return Measure(
        account.ref,
        one.title,
        account.benefit.title,
        one.unit,
        one.direction.value,
        Decimal(one.baseline),
        value,
        Decimal(latest.value) if latest else None,
        latest.day if latest else None,
        _verdict(book, one, value, target),
    )


def _target(book: Book, one: parts.Measure) -> MeasureTarget | None:
    """The last target whose day has come, or the first that is to come."""
    come = [target for target in one.targets if target.day <= book.month.last_day]
    return come[-1] if come else next(iter(one.targets), None)


def _verdict(
    book: Book, one: parts.Measure, value: Decimal | None, target: MeasureTarget | None
) -> str:
    if one.latest is None:
        return "Not read yet"
    read = Decimal(one.latest.value)
    if value is None or target is None:
        return _against_baseline(one, read)
    of = f"of {day(target.day)}"
    if _good(one, read, value):
        return f"Has reached its target {of}"
    if target.day > book.month.last_day:
        return f"{_against_baseline(one, read)}; its target is {of}"
    return f"Short of its target {of}"


def _good(one: parts.Measure, read: Decimal, against: Decimal) -> bool:
    return read >= against if one.direction is Direction.UP else read <= against


def _against_baseline(one: parts.Measure, read: Decimal) -> str:
    baseline = Decimal(one.baseline)
    if read == baseline:
        return "As it was at the start"
    return "Better than at the start" if _good(one, read, baseline) else "Worse than at the start"


def _counter(account: Account, one: parts.Measure) -> Measure:
    latest, limit = one.latest, limit_of(one)
    if latest is None:
        verdict = "Not read yet"
    elif _good(one, Decimal(latest.value), limit):
        verdict = "Within its limit"
    else:
        verdict = "Worse than its limit"
    edge = "not below" if one.direction is Direction.UP else "not above"
    return Measure(
        account.ref,
        one.title,
        account.benefit.title,
        one.unit,
        f"{edge} {limit}",
        Decimal(one.baseline),
        limit,
        Decimal(latest.value) if latest else None,
        latest.day if latest else None,
        verdict,
    )


def limit_of(one: parts.Measure) -> Decimal:
    """The worst value allowed: the baseline and its tolerance in per cent."""
    baseline = Decimal(one.baseline)
    slack = abs(baseline) * one.tolerance / 100
    limit = baseline - slack if one.direction is Direction.UP else baseline + slack
    return Decimal(f"{limit.normalize():f}")


def risks(book: Book) -> tuple[Risk, ...]:
    """Every open risk, the most severe first."""
    found = [
        (risk, account)
        for account in _live(book)
        for risk in account.benefit.risks.values()
        if not risk.closed
    ]
    return tuple(
        Risk(
            account.ref,
            risk.title,
            account.benefit.title,
            risk.likelihood.value,
            risk.impact,
            risk.mitigation or "None is recorded.",
            book.record.names.with_post(risk.owner or account.benefit.owner),
        )
        for risk, account in sorted(found, key=lambda pair: (severity(pair[0]), pair[1].ref))
    )
