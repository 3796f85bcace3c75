"""Every benefit, where each figure comes from, what the words mean, and how to verify it all."""

from collections.abc import Iterator

from benefits import lines as listed
from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.periods import FinancialYear
from benefits.profile import increments
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Kind
from benefits.wording.writing import listed as listing
from benefits.wording.writing import month, pounds, tranches
from reports.composing.book import Account, Book
from reports.composing.definitions import DEFINITIONS, verification
from reports.composing.met import late_claims
from reports.composing.record import Told
from reports.composing.statuses import stands
from reports.composing.waiting import left_waiting
from reports.contents import Appendix
from reports.entries import BenefitEntry, BenefitYear


def appendix(book: Book) -> Appendix:
    """Section 10, made last: the traces are those that every other section asked for."""
    accounts = {account.ref: account for account in book.accounts}
    entries = [_entry(book, told, accounts.get(told.ref)) for told in book.record.benefits]
    order = {name: place for place, name in enumerate(book.record.programme.workstreams)}
    entries.sort(key=lambda one: (order.get(one.workstream, len(order)), int(one.ref[1:])))
    return Appendix(
        tuple(entries), tuple(book.traces.entries), DEFINITIONS, verification(book.record)
    )


def _entry(book: Book, told: Told, account: Account | None) -> BenefitEntry:
    benefit, names = told.benefit, book.record.names
    live = account is not None and benefit.stage is not Stage.WITHDRAWN
    return BenefitEntry(
        ref=told.ref,
        name=benefit.title,
        workstream=benefit.workstream,
        kind=benefit.kind.value[0].upper() + benefit.kind.value[1:],
        nature=_nature(benefit, account),
        fund=benefit.fund.value,
        stage=benefit.stage.value,
        owner=names.with_post(benefit.owner),
        cabinet_member=names.of_cabinet(benefit.cabinet_member),
        finance_partner=names(benefit.finance_partner),
        confidence=benefit.confidence.value if benefit.confidence else "not stated",
        status=stands(book, account).status if account and live else None,
        years=_years(account) if account else _proposed(benefit),
        events=_positions(book, told),
        basis=_basis(account),
        note=" ".join(_notes(book, told, account)),
        benefit=benefit.benefit,
    )


def _positions(book: Book, told: Told) -> tuple[int, ...]:
    waiting = left_waiting(told.events, book.month)
    return tuple(r.position for r in told.events if r.position not in waiting)


def _all_tranches(benefit: Benefit, account: Account | None) -> list[Tranche]:
    if account is None:
        return list(listed.proposed(benefit))
    one = account.lines
    return [*one.original, *one.plan, *one.forecast, *one.claimed, *one.verified]


def _nature(benefit: Benefit, account: Account | None) -> str:
    natures = {tranche.nature for tranche in _all_tranches(benefit, account)}
    if not natures:
        return "no amounts by year"
    return " and ".join(nature.value for nature in Nature if nature in natures)


def _basis(account: Account | None) -> str:
    if account is None:
        return "as proposed, not approved,"
    if _counted(account) is Nature.ONE_OFF:
        return "one-offs,"
    return "annual amounts, gross of recurring investment,"


def _counted(account: Account) -> Nature:
    """Recurring, where anything recurs; the one-offs of such a benefit are in its note."""
    every = _all_tranches(account.benefit, account)
    recurs = any(tranche.nature is Nature.RECURRING for tranche in every)
    return Nature.RECURRING if recurs or not every else Nature.ONE_OFF


def _years(account: Account) -> tuple[BenefitYear, ...]:
    nature, one = _counted(account), account.lines.only(_counted(account))
    lists = (one.original, one.plan, one.forecast, one.verified, one.claimed)
    sums = [_by_year(tranches, nature) for tranches in lists]
    years = sorted({year for by_year in sums for year in by_year})
    return tuple(BenefitYear(year, *(sums_.get(year, 0) for sums_ in sums)) for year in years)


def _by_year(tranches: tuple[Tranche, ...], nature: Nature) -> dict[FinancialYear, int]:
    if nature is Nature.RECURRING:
        return increments(tranches)
    sums: dict[FinancialYear, int] = {}
    for tranche in tranches:
        sums[tranche.plan_year] = sums.get(tranche.plan_year, 0) + tranche.amount
    return sums


def _proposed(benefit: Benefit) -> tuple[BenefitYear, ...]:
    sums: dict[FinancialYear, int] = {}
    for tranche in listed.proposed(benefit):
        sums[tranche.plan_year] = sums.get(tranche.plan_year, 0) + tranche.amount
    return tuple(BenefitYear(year, 0, amount, 0, 0, 0) for year, amount in sorted(sums.items()))


def _notes(book: Book, told: Told, account: Account | None) -> Iterator[str]:
    benefit = told.benefit
    if account is None and benefit.stage is Stage.IDENTIFIED:
        yield "Proposed only: the board has not approved it and it is in no total."
    if benefit.stage is Stage.WITHDRAWN:
        yield from _withdrawn(book, benefit)
    yield from _made_up(benefit)
    if benefit.kind is Kind.DISBENEFIT:
        yield "Its amounts are taken off the cashable totals."
    if account is not None:
        yield from _beside(account)
        yield from late_claims(account)
    if left_waiting(told.events, book.month):
        yield f"A claim dated after {month(book.month)} waits for the next report."


def _withdrawn(book: Book, benefit: Benefit) -> Iterator[str]:
    yield f"Withdrawn: {benefit.withdrawn_because}"
    if benefit.replacement:
        title = book.record.titles.get(benefit.replacement, "another benefit")
        ref = book.record.refs.get(benefit.replacement, "")
        yield f"Replaced by {title}{f' ({ref})' if ref else ''}."


def _made_up(benefit: Benefit) -> Iterator[str]:
    if benefit.range and not benefit.profile:
        low, high = benefit.range
        given = "A single figure of" if low == high else "A range of"
        said = pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"
        yield f"{given} {said} a year is given, and no profile by year."
    if benefit.profile and benefit.profile.components:
        yield f"It is made up of {listing(part.name for part in benefit.profile.components)}."
    if benefit.group:
        yield f"Group: {benefit.group}."


def _beside(account: Account) -> Iterator[str]:
    """The one-offs of a benefit whose table shows what recurs."""
    if _counted(account) is Nature.RECURRING:
        once = account.lines.only(Nature.ONE_OFF)
        if once.plan:
            yield f"Planned besides: {tranches(once.plan)}."
        if once.verified:
            yield f"Verified besides: {tranches(once.verified)}."
