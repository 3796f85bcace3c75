"""The meetings of the sample's programme board: one that was held, and one to come."""

from datetime import date, timedelta

from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import PMO, Life
from reports.calendar import is_working_day
from workflows.commands import CallMeeting, DeclareInterest, RecordAttendance

BOARD, CHAIR = "bestvalueboard", "ruth"
ROOM = "Committee room 2, County Hall"


def write(diary: Diary, lives: dict[str, Life]) -> None:
    """Note both. ``lives`` by the title of the benefit; their cases are noted already."""
    _held(diary, lives["Category management"], lives["Other professional specialisms"])
    _to_come(
        diary, lives["Independent travel"], lives["Employee service centre and transactions hub"]
    )


def _held(diary: Diary, category: Life, other: Life) -> None:
    """Two cases, put on the same day, are decided where one member declares an interest."""
    put = diary.day(4, 8)
    day, meeting = category.decided(put), "meeting1"
    cases = (f"{category.benefit}c3", f"{other.benefit}c1")
    diary.asks(put, PMO, CallMeeting(meeting, BOARD, day, "15:30", ROOM, cases), hour=15)
    interest = DeclareInterest(
        category.benefit,
        cases[0],
        "elaine",
        "A close relative works for a supplier that is bidding for the second framework.",
    )
    diary.asks(day, CHAIR, interest, hour=15)
    diary.asks(day, CHAIR, RecordAttendance(meeting, (CHAIR, "colin", "elaine")), hour=18)


def _to_come(diary: Diary, travel: Life, hub: Life) -> None:
    """The cases that wait are on the agenda of the next meeting."""
    cases = (f"{travel.benefit}c2", f"{hub.benefit}c1")
    call = CallMeeting("meeting2", BOARD, _soon(diary), "14:00", ROOM, cases)
    diary.asks(diary.ago(2), PMO, call, hour=11)


def _soon(diary: Diary) -> date:
    """A working day four or more days from now, before the waiting cases end."""
    found = diary.now.date() + timedelta(days=4)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found
