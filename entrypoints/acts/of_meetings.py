"""What can be asked of a board's meetings."""

from entrypoints.acts.act import Act
from workflows import commands as governance

OF_MEETINGS = (
    Act(
        governance.CallMeeting,
        "Call a meeting",
        "Call the meeting",
        "The meeting is called.",
        "meeting",
    ),
    Act(governance.SetAgenda, "Set the agenda", "Save the agenda", "The agenda is set."),
    Act(
        governance.RecordAttendance,
        "Record who attended",
        "Save the attendance",
        "Who attended is recorded.",
    ),
    Act(governance.CancelMeeting, "Cancel the meeting", "Cancel it", "The meeting is cancelled."),
)
