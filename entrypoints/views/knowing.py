"""A benefit as it stands, or as it stood at the end of an earlier day ("as known at")."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benefits.benefit import Benefit
from benefits.periods import EARLIEST
from benefits.refusals import NotFound
from benefits.wording.writing import day
from entrypoints.here import Realise

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Known:
    """The benefit as it is shown. ``upto`` is the log position when ``back`` to a day."""

    benefit: Benefit
    today: date
    back: date | None = None
    upto: int | None = None
    fault: str = ""

    @property
    def query(self) -> str:
        """What an address needs to stay on that day."""
        return f"?known={self.back.isoformat()}" if self.back else ""


def known(realise: Realise, benefit: str, asked: str, today: date) -> Known:
    """The benefit as asked for. A day that cannot be is said in a sentence, and today is shown.

    Raises ``NotFound`` when there is no such benefit.
    """
    now = realise.benefit(benefit)
    if not now.exists:
        raise NotFound("There is no such benefit. Look for it in the register.")
    if not asked.strip():
        return Known(now, today)
    when, fault = read_day(asked, today)
    if when is None:
        return Known(now, today, fault=f"{fault} The benefit is shown as it stands today.")
    upto = realise.position_at(end_of(when))
    then = realise.benefit(benefit, upto)
    if not then.exists:
        said = f"The benefit was not on the register on {day(when)}. It is shown as it stands."
        return Known(now, today, fault=said)
    return Known(then, when, when, upto)


def end_of(when: date) -> datetime:
    """The instant at which a day ends in London."""
    return datetime.combine(when + timedelta(days=1), time.min, LONDON)


def read_day(text: str, today: date) -> tuple[date | None, str]:
    """A day written as 2026-10-05, not before the calendar or after today; else a sentence."""
    try:
        when = date.fromisoformat(text.strip())
    except ValueError:
        return None, f"“{text.strip()[:20]}” is not a date. Write it like 2026-10-05."
    if when > today:
        return None, f"{day(when)} is still to come."
    if when.year < EARLIEST:
        return None, f"The record does not go back to {when.year}."
    return when, ""
