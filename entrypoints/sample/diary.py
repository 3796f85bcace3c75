"""A diary of what the people of the sample do, kept in the order of days and then done.

Every entry is one or more commands through the same door that the pages use, at the hour at
which the person is said to have acted. Months are closed and reports made between the entries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from benefits.periods import Month
from entrypoints.wiring import Realise
from reports.calendar import LONDON, is_working_day

Act = Callable[[datetime], None]


@dataclass
class Diary:
    """What happens when. ``start`` is the month in which the record begins."""

    realise: Realise
    start: Month
    now: datetime
    entries: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def day(self, months: int, day: int) -> date:
        """A working day near ``day`` of the month so many months after the start."""
        found = self.start.plus(months).first_day + timedelta(days=day - 1)
        while not is_working_day(found):
            found += timedelta(days=1)
        return found

    def ago(self, working_days: int) -> date:
        """The working day so many working days before today: what waits now began then."""
        found = self.now.astimezone(LONDON).date()
        for _ in range(working_days):
            found -= timedelta(days=1)
            while not is_working_day(found):
                found -= timedelta(days=1)
        return found

    def on(self, when: date, act: Act, hour: int = 10) -> None:
        """Note an act. One that lies in the future is left out: it has not happened yet."""
        at = datetime.combine(when, time(hour), LONDON).astimezone(UTC)
        if at <= self.now:
            self.entries.append((at, len(self.entries), act))

    def asks(
        self, when: date, by: str, commands: object | Sequence[object], hour: int = 10
    ) -> None:
        """Note that a person asks for something."""
        self.on(when, lambda at: self._ask(by, commands, at), hour)

    def _ask(self, by: str, commands: object | Sequence[object], at: datetime) -> None:
        self.realise.handle(commands, by=by, at=at)

    def keep(self, tell: Callable[[int, int], None]) -> None:
        """Do everything, in order. ``tell`` is told how many entries are done, and of how many."""
        entries = sorted(self.entries, key=lambda entry: entry[:2])
        for number, (at, _, act) in enumerate(entries, start=1):
            act(at)
            tell(number, len(entries))
