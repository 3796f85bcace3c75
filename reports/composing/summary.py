"""The summary that a member reads in a minute: what changed, why, and what comes next."""

from collections.abc import Iterator, Mapping
from datetime import date

from benefits.events import gates, money
from benefits.events.gates import Outcome
from benefits.money import Pence, pounds
from benefits.wording.writing import count, listed
from benefits.wording.writing import month as month_words
from reports.composing.book import Book, Family
from reports.composing.enquiries import enquiries
from reports.composing.headlines import headlines
from reports.composing.moved import Statements
from reports.composing.what_next import what_next
from reports.contents import Decisions, Headline, Milestones, Summary
from reports.movements import Cause, Row
from reports.printing import short_pounds

MOST = 5


def summary(
    book: Book,
    stated: Mapping[Family, Statements],
    decisions: Decisions,
    milestones: Milestones,
    today: date,
) -> Summary:
    """Section 1. ``stated`` is what moved since the last report, which is made ``today``."""
    figures = headlines(book)
    return Summary(
        lead=_lead(book, figures),
        headlines=figures,
        changed=tuple(_changed(stated, decisions, milestones)),
        why=tuple(_why(book))[:MOST],
        next=what_next(decisions, milestones, today),
        enquiries=tuple(enquiries(book)),
        reconciles=_reconciles(book),
    )


def _lead(book: Book, figures: tuple[Headline, ...]) -> str:
    plan, verified, expected, _, brought = (figure.amount for figure in figures)
    if not book.accounts:
        return (
            "No benefit of this programme has passed Validation yet. There is no approved plan, "
            "and so nothing to reconcile."
        )
    window, year = book.record.programme.window, book.year
    if year < window.first:
        approved = sum(t.amount for a in book.cashable for t in a.lines.plan)
        return (
            f"The plan begins in {window.first}. Nothing is due in {year}; approved so far is "
            f"{short_pounds(approved)} of cashable benefits for later years."
        )
    said = []
    if plan or expected:
        said.append(
            f"Finance has verified {short_pounds(verified)} of the {short_pounds(plan)} that this "
            "year’s plan should be worth in a full year."
        )
        ended = book.month == year.last
        by = "The year ends with" if ended else "By March the council expects"
        said.append(f"{by} {short_pounds(expected)}{_rest(book)}.")
    else:
        said.append(f"No new recurring saving was planned to start in {year}.")
    if brought:
        said.append(f"{short_pounds(brought)} of earlier years’ plans is still not verified.")
    return " ".join(said)


def _rest(book: Book) -> str:
    rows = [account.recurring[book.year] for account in book.cashable]
    slipped = sum(row.slipped for row in rows)
    red = sum(row.not_delivered for row in rows)
    over = sum(row.over_delivery for row in rows)
    parts = []
    if slipped:
        parts.append(f"{short_pounds(slipped)} has slipped to later years")
    if red:
        parts.append(f"{short_pounds(red)} will not be delivered")
    if over:
        parts.append(f"{short_pounds(over)} is more than was planned")
    return f". Of this year’s plan, {listed(parts)}" if parts else ""


_SAID = {
    Cause.NEWLY_APPROVED: ("{} of recurring plan was newly approved.", "current_plan"),
    Cause.RE_BASELINED: ("Re-baselining {moved} the recurring plan by {}.", "current_plan"),
    Cause.WITHDRAWN: ("Withdrawal {moved} the recurring plan by {}.", "current_plan"),
    Cause.REPLACED: ("Replacement {moved} the recurring plan by {}.", "current_plan"),
    Cause.SLIPPED: ("{} a year slipped to a later year.", "slipped"),
    Cause.FORECAST_RAISED: ("Forecasts of {} a year were raised.", ""),
    Cause.FORECAST_LOWERED: (
        "Forecasts fell: {} a year more, over all plan years, will not be delivered.",
        "not_delivered",
    ),
    Cause.CLAIMED: ("{} a year was claimed.", "claimed"),
    Cause.VERIFIED: ("Finance verified {} a year.", "verified"),
    Cause.ERODED: ("Erosion {moved} verified money by {} a year.", "verified"),
    Cause.TIME_PASSED: ("{} a year was not claimed before its plan year ended.", "slipped"),
    Cause.CORRECTED: ("Corrections {moved} verified money by {} a year.", "verified"),
}


def _changed(
    stated: Mapping[Family, Statements], decisions: Decisions, milestones: Milestones
) -> Iterator[str]:
    annual, _ = stated[Family.CASHABLE]
    moved = dict.fromkeys(Cause, 0)
    for statement in annual.values():
        for row in statement.rows:
            moved[row.cause] += _amount(row)
    for cause, amount in moved.items():
        if cause in _SAID and amount:
            said = _SAID[cause][0]
            signed = "{moved}" in said
            moved_words = "raised" if amount > 0 else "lowered"
            yield said.format(pounds(abs(amount) if signed else amount), moved=moved_words)
    yield from _passed(decisions)
    if milestones.reached:
        reached = count(len(milestones.reached), "milestone was", "milestones were")
        yield f"{reached} reached."


def _amount(row: Row) -> Pence:
    column = _SAID.get(row.cause, ("", ""))[1]
    if not column:
        return sum(row.amounts[name] for name in ("still_forecast", "slipped"))
    return row.amounts[column]


def _passed(decisions: Decisions) -> Iterator[str]:
    taken: dict[str, int] = {}
    for one in decisions.taken:
        approved = one.outcome in (
            Outcome.APPROVED.value.capitalize(),
            Outcome.APPROVED_WITH_CONDITIONS.value.capitalize(),
        )
        said = f"passed the {one.gate}" if approved else f"{one.outcome.lower()} at the {one.gate}"
        if not one.gate.endswith("gate"):
            said = f"{one.gate}: {one.outcome.lower()}"
        taken[said] = taken.get(said, 0) + 1
    for said, number in taken.items():
        if ":" in said:
            yield f"{said} for {count(number, 'benefit')}."
        else:
            passive = "was " if number == 1 else "were "
            was = "" if said.startswith(("passed", "lapsed")) else passive
            yield f"{count(number, 'benefit')} {was}{said}."


def _why(book: Book) -> Iterator[str]:
    """The reasons given for what moved since the last report, the largest benefits first."""
    found: list[tuple[Pence, str]] = []
    for account in book.accounts:
        size = sum(abs(t.amount) for t in account.lines.original)
        at = {step.position: step for step in account.told.followed.steps}
        for recorded in account.told.events:
            if recorded.position in at:
                said = _reason(recorded.event)
                if said:
                    found.append((-size, f"{account.benefit.title}: {said}"))
    yield from dict.fromkeys(said for _, said in sorted(found, key=lambda pair: pair[0]))


def _reason(event: object) -> str:
    match event:
        case money.ForecastRecorded() | money.ClaimCorrected() | money.ClaimRejected():
            said = event.reason
        case gates.PlanRebaselined():
            said = f"{event.cause.value}. {event.reason}"
        case gates.BenefitWithdrawn():
            said = event.reason
        case _:
            said = ""
    said = said.strip()
    return said if not said or said.endswith((".", "!", "?")) else f"{said}."


def _reconciles(book: Book) -> str:
    if not book.accounts:
        return "There is nothing to add up yet."
    last = book.record.last
    opening = (
        "this first report opens with nothing."
        if last is None
        else f"the opening balances are those that the report of {month_words(last.month)} printed."
    )
    number = len(book.accounts)
    benefits = count(
        number,
        "benefit that the board has approved adds",
        "benefits that the board has approved add",
    )
    return (
        f"Yes. {'The' if number == 1 else 'All'} {benefits} up to the penny, on both bases and in "
        f"every year, and {opening}"
    )
