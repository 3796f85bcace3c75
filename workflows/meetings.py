"""A meeting of a board: when, which cases in which order, and who attended."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from benefits.refusals import require
from benefits.rules import Answer, Rule
from benefits.rules.checks import fresh_id, reason, words
from benefits.wording.writing import clock, day
from eventlog.recorded import Recorded
from workflows.boards import Board
from workflows.commands import CallMeeting, CancelMeeting, RecordAttendance, SetAgenda
from workflows.context import Context
from workflows.meeting_events import (
    AgendaItem,
    AgendaSet,
    AttendanceRecorded,
    MeetingCalled,
    MeetingCancelled,
    Present,
)

MOST_CASES = 30
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(slots=True)
class Meeting:
    """A meeting after so many events (``version``)."""

    meeting: str
    version: int = 0
    board: str = ""
    day: date = date.min
    starts: str = ""
    place: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    present: dict[str, str] = field(default_factory=dict)  # seat -> person
    recorded: bool = False
    cancelled: str = ""

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def when(self) -> str:
        """The day and the time in words: ``30 June 2024 at 2:00pm``."""
        return said_when(self.day, self.starts)


def said_when(on: date, starts: str) -> str:
    """A day and a time that is kept as 14:00, in words."""
    hour, _, minute = starts.partition(":")
    return f"{day(on)} at {clock(int(hour), int(minute))}"


def apply_to_meeting(meeting: Meeting, recorded: Recorded[Any]) -> None:
    """Add one event to a meeting."""
    meeting.version = recorded.version
    match recorded.event:
        case MeetingCalled(board, day, starts, place, agenda):
            meeting.board, meeting.day, meeting.agenda = board, day, agenda
            meeting.starts, meeting.place = starts, place
        case AgendaSet(agenda):
            meeting.agenda = agenda
        case AttendanceRecorded(present):
            meeting.present = {one.seat: one.person for one in present}
            meeting.recorded = True
        case MeetingCancelled(why):
            meeting.cancelled = why


def call(meeting: Meeting, command: CallMeeting, context: Context) -> Answer:
    """Call a meeting of a board on a day to come, with the cases that it takes."""
    require(not meeting.exists, "This meeting is called already. Set its agenda instead.")
    fresh_id(command.meeting, "meeting")
    board = context.board(command.board)
    require(command.day >= context.today, "The day of the meeting has gone by. Give a later day.")
    require(_TIME.fullmatch(command.starts), "Write the time it starts as 14:00.")
    place = words(command.place, "Where the board meets", needed=False)
    agenda = _agenda(meeting, board, command.cases, context)
    return [MeetingCalled(command.board, command.day, command.starts, place, agenda)]


def set_agenda(meeting: Meeting, command: SetAgenda, context: Context) -> Answer:
    """Set the cases that the meeting takes, in order."""
    _goes_on(meeting)
    agenda = _agenda(meeting, context.board(meeting.board), command.cases, context)
    return [] if agenda == meeting.agenda else [AgendaSet(agenda)]


def _agenda(
    meeting: Meeting, board: Board, cases: tuple[str, ...], context: Context
) -> tuple[AgendaItem, ...]:
    require(len(cases) <= MOST_CASES, f"A meeting takes at most {MOST_CASES} cases.")
    require(len(set(cases)) == len(cases), "Each case stands once on the agenda.")
    known = {item.case: item.benefit for item in meeting.agenda}
    known |= context.cases_before(board.board)
    require(
        all(case in known for case in cases),
        "The agenda takes cases that are before this board. Choose from those on the list.",
    )
    return tuple(AgendaItem(known[case], case) for case in cases)


def attend(meeting: Meeting, command: RecordAttendance, context: Context) -> Answer:
    """Record who attended: holders and deputies of the board's seats, one from each seat."""
    _goes_on(meeting)
    require(
        context.today >= meeting.day,
        "Attendance is recorded on the day of the meeting or after it.",
    )
    board = context.board(meeting.board)
    present: dict[str, str] = {}
    for person in dict.fromkeys(command.people):
        seat = board.seat_of(person)
        require(seat is not None, "Only holders and deputies of the board’s seats attend for it.")
        assert seat
        require(
            seat.seat not in present,
            "A holder and the deputy of the same seat are both on the list. Keep the one who sat.",
        )
        present[seat.seat] = person
    if meeting.recorded and present == meeting.present:
        return []
    return [AttendanceRecorded(tuple(Present(seat, who) for seat, who in present.items()))]


def cancel(meeting: Meeting, command: CancelMeeting, _: Context) -> Answer:
    """Cancel a meeting that has not been held."""
    _goes_on(meeting)
    require(not meeting.recorded, "The meeting was held: attendance is recorded.")
    return [MeetingCancelled(reason(command.reason, "Say why the meeting is cancelled"))]


def _goes_on(meeting: Meeting) -> None:
    require(meeting.exists, "There is no such meeting. Look for it on the board’s page.")
    require(not meeting.cancelled, "This meeting is cancelled.")


RULES: dict[type, Rule] = {
    CallMeeting: Rule(call, "meeting", "meeting"),
    SetAgenda: Rule(set_agenda, "meeting", "meeting", (AgendaSet,)),
    RecordAttendance: Rule(attend, "meeting", "meeting", (AttendanceRecorded,)),
    CancelMeeting: Rule(cancel, "meeting", "meeting"),
}
