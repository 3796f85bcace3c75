"""When a month's report is due: on a working day of the month after, in London."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from benefits.periods import Month
from benefits.refusals import Refused
from benefits.wording.writing import month as month_words

LONDON = ZoneInfo("Europe/London")
#: Reports are made from this hour of the due day on, when people are not yet at their desks.
#: Between one and two at night a clock change would make it happen twice, or not at all.
EARLIEST = time(6, 0)


@cache
def _bank_holidays() -> frozenset[date]:
    """England's and Wales's bank holidays, as the library holds them: nothing is fetched."""
    # With it comes ``requests``: a page is answered without either.
    from govuk_bank_holidays.bank_holidays import BankHolidays

    known = BankHolidays(use_cached_holidays=True)
    return frozenset(
        day["date"] for day in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    )


def is_working_day(day: date) -> bool:
    """Neither a weekend nor a bank holiday of England and Wales."""
    return day.weekday() < 5 and day not in _bank_holidays()


def after(day: date) -> datetime:
    """The instant at which the day is over in London."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def must_have_begun(month: Month, at: datetime) -> None:
    """Raises ``Refused`` for a month of which there is nothing to draft yet."""
    if month > Month.of(at.astimezone(LONDON).date()):
        raise Refused(f"{month_words(month)} has not begun: there is nothing to report yet.")


def due_day(month: Month, working_day: int) -> date:
    """The day on which the report of ``month`` is due: so many working days into the next."""
    day = month.plus(1).first_day
    found = 1 if is_working_day(day) else 0
    while found < working_day:
        day += timedelta(days=1)
        found += is_working_day(day)
    return day


def due_at(month: Month, working_day: int) -> datetime:
    """The instant from which the report is due, in London."""
    return datetime.combine(due_day(month, working_day), EARLIEST, LONDON)
