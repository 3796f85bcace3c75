"""How each pound stands, and every benefit that is not on track, with who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.money import Pence
from benefits.parts import Override as StandingOverride
from benefits.parts import Risk
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature
from benefits.vocabulary import Confidence, Kind
from benefits.vocabulary import Status as Word
from benefits.wording.writing import day, listed, per_year, tranche, tranches
from reports.composing.book import Account, Book
from reports.contents import StatusRow
from reports.entries import Status, StatusException
from reports.lines import still_expected
from reports.status import NO_SIGNS, Override, Signs, Strip, all_years, strip, total

_PRINTED = {
    Word.DELIVERED: Status.DELIVERED,
    Word.ON_TRACK: Status.ON_TRACK,
    Word.AT_RISK: Status.AT_RISK,
    Word.WILL_NOT_BE_DELIVERED: Status.NOT_DELIVERED,
}


def signs_of(account: Account, month: Month) -> Signs:
    """What is known of a benefit beside its money, at the end of the month."""
    benefit = account.benefit
    if benefit.kind is Kind.DISBENEFIT:
        return NO_SIGNS  # a cost that comes late puts no saving at risk
    overdue = any(
        milestone.drives and milestone.overdue(month.plus(1).first_day)
        for milestone in benefit.milestones.values()
    )
    return Signs(
        milestone_overdue=overdue,
        low_confidence=benefit.confidence is Confidence.LOW,
        override=_override(benefit.override),
    )


def _override(standing: StandingOverride | None) -> Override | None:
    """It holds in a month when its last day is not before that month's."""
    if standing is None:
        return None
    last = Month.of(standing.until)
    if standing.until < last.last_day:
        last = last.plus(-1)
    return Override(standing.status, standing.reason, last)


def strip_of(account: Account, year: FinancialYear, month: Month) -> Strip:
    """The pounds of one benefit and plan year by status."""
    return strip(account.lines, year, month, signs_of(account, month))


@dataclass(frozen=True, slots=True)
class Stands:
    """How a benefit stands over all plan years: its pounds by status, and the worst."""

    pounds: Strip
    status: Status


def stands(book: Book, account: Account) -> Stands:
    """The status that a benefit shows, over every plan year."""
    whole = all_years(account.lines, book.month, signs_of(account, book.month))
    own, shared = account.told.tolerance, book.record.programme.tolerance
    return Stands(whole, _PRINTED[whole.worst(shared if own is None else own)])


def status_rows(book: Book) -> tuple[tuple[StatusRow, ...], StatusRow]:
    """The strip of this plan year by workstream, cashable benefits of all funds, and their sum."""
    rows = []
    for name in book.workstreams:
        accounts = [a for a in book.cashable if a.benefit.workstream == name]
        if accounts:
            rows.append(_row(name, _strip(book, accounts)))
    return tuple(rows), _row("All workstreams", _strip(book, book.cashable))


def _strip(book: Book, accounts: Sequence[Account]) -> Strip:
    return total(strip_of(account, book.year, book.month) for account in accounts)


def _row(label: str, pounds: Strip) -> StatusRow:
    return StatusRow(label, pounds.delivered, pounds.on_track, pounds.at_risk, pounds.not_delivered)


def exceptions(book: Book) -> tuple[StatusException, ...]:
    """Every benefit at risk or not delivered in full, of any kind, the most serious first."""
    found = []
    for account in book.accounts:
        standing = stands(book, account)
        if standing.status in (Status.AT_RISK, Status.NOT_DELIVERED):
            found.append(_exception(book, account, standing))
    return tuple(sorted(found, key=_seriousness))


def _seriousness(one: StatusException) -> tuple[bool, Pence, str]:
    """What will not be delivered before what is at risk, and the largest amount first."""
    return one.status is not Status.NOT_DELIVERED, -one.amount, one.ref


def _exception(book: Book, account: Account, standing: Stands) -> StatusException:
    benefit, names = account.benefit, book.record.names
    red = standing.status is Status.NOT_DELIVERED
    return StatusException(
        account.ref,
        benefit.title,
        benefit.workstream,
        standing.status,
        standing.pounds.not_delivered if red else standing.pounds.at_risk,
        cause(book, account),
        _mitigation(book, account),
        names.with_post(benefit.owner),
        names.of_cabinet(benefit.cabinet_member),
        _overridden(benefit.override, book.month.last_day),
    )


def _overridden(standing: StandingOverride | None, today: date) -> str:
    if standing is None or standing.until < today:
        return ""
    return f"Set by hand until {day(standing.until)}."


def cause(book: Book, account: Account) -> str:
    """Why a benefit is not on track, from what is recorded."""
    said = [*_money(account), *_signs(book, account)]
    if account.benefit.forecast_reason and account.benefit.forecast is not None:
        said.append(_sentence(account.benefit.forecast_reason))
    override = account.benefit.override
    if override is not None and override.until >= book.month.last_day:
        said.insert(0, _sentence(override.reason))
    return " ".join(said) or "No cause is recorded."


def _money(account: Account) -> list[str]:
    """What will not come, or only later, each plan year and nature apart."""
    said = []
    for name, words in (
        ("not_delivered", "Will not be delivered"),
        ("slipped", "Slipped to later years"),
    ):
        amounts = [
            f"{per_year(getattr(row, name), nature)} of {year}"
            for nature, rows in (
                (Nature.RECURRING, account.recurring),
                (Nature.ONE_OFF, account.one_offs),
            )
            for year, row in rows.items()
            if getattr(row, name)
        ]
        if amounts:
            said.append(f"{words}: {listed(amounts)}.")
    return said


def _signs(book: Book, account: Account) -> list[str]:
    benefit, end = account.benefit, book.month.plus(1).first_day
    said = [
        f"“{milestone.title}”, expected on {day(milestone.expected)}, is overdue."
        for milestone in benefit.milestones.values()
        if milestone.drives and milestone.overdue(end)
    ]
    passed = [
        t
        for t in still_expected(account.lines, book.month)
        if t.amount and t.month <= book.month and t.plan_year >= book.year
    ]
    if passed:
        said.append(f"Due and not claimed: {tranches(passed)}.")
    said += [
        f"Finance verified nothing of {tranche(claim.tranche)}: {_sentence(claim.rejected)}"
        for claim in benefit.claims.values()
        if claim.rejected
    ]
    if benefit.confidence is Confidence.LOW:
        said.append(f"Confidence is low: {_sentence(benefit.confidence_reason)}")
    return said


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _mitigation(book: Book, account: Account) -> str:
    said = []
    to_come = [t for t in still_expected(account.lines, book.month) if t.month > book.month]
    if to_come:
        said.append(f"Still expected: {tranches(to_come)}.")
    worst = worst_risk(account)
    if worst and worst.mitigation:
        said.append(_sentence(worst.mitigation))
    if account.benefit.replacement:
        title = book.record.titles.get(account.benefit.replacement, "another benefit")
        said.append(f"“{title}” replaces it.")
    return " ".join(said) or "None is recorded."


def worst_risk(account: Account) -> Risk | None:
    """The open risk with the highest score: likelihood A first, then the greater impact."""
    risks = [risk for risk in account.benefit.risks.values() if not risk.closed]
    return min(risks, key=severity, default=None)


def severity(risk: Risk) -> tuple[int, str, str]:
    """Risks in order, the worst first: impact by likelihood (A counts 5, E counts 1)."""
    weight = "EDCBA".index(risk.likelihood.value) + 1
    return -weight * risk.impact, risk.likelihood.value, risk.title
