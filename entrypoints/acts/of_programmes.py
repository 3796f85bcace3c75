"""What can be asked of a programme, of overlaps and of the MTFS."""

from benefits.commands import details, mapping, programme
from entrypoints.acts.act import Act

OF_PROGRAMMES = (
    Act(
        details.IdentifyBenefit,
        "Identify a benefit",
        "Put it on the register",
        "The benefit is on the register.",
        "benefit",
    ),
    Act(
        programme.StartProgramme,
        "Start a programme",
        "Start the programme",
        "The programme is started.",
        "programme",
    ),
    Act(programme.ChangeProgramme, "Change the programme", "Save", "The programme is changed."),
    Act(
        programme.AddWorkstream,
        "Add a workstream",
        "Add the workstream",
        "The workstream is added.",
    ),
    Act(programme.SetTolerance, "Set the tolerance", "Set the tolerance", "The tolerance is set."),
    Act(
        programme.SetRecipients,
        "Say who is sent the report",
        "Save the list",
        "The recipients are recorded.",
    ),
    Act(
        programme.SetReportSchedule,
        "Say when the report is due",
        "Save",
        "The report’s schedule is recorded.",
    ),
    Act(
        programme.RecordGroupInvestment,
        "Record an investment",
        "Record the investment",
        "The investment is recorded.",
        "investment",
    ),
    Act(
        programme.RemoveGroupInvestment,
        "Take back an investment",
        "Take it back",
        "The investment is taken back.",
    ),
    Act(programme.CloseMonth, "Close the month", "Close the month", "The month is closed."),
    Act(programme.ReviewMonth, "Review the month", "Record the review", "The month is reviewed."),
    Act(
        programme.WriteNarrative,
        "Write in the report",
        "Save",
        "Your words are recorded, and stand in the report.",
    ),
    Act(
        programme.AgreeOverlap,
        "Record an overlap",
        "Record the overlap",
        "The overlap is recorded.",
        "overlap",
    ),
    Act(
        programme.CancelOverlap,
        "Take back an overlap",
        "Take it back",
        "The overlap is taken back.",
    ),
    Act(
        programme.RecordMtfsLine,
        "Record an MTFS line",
        "Record the line",
        "The MTFS line is recorded.",
        "line",
    ),
    Act(
        programme.AdmitToMtfs,
        "Admit money to the MTFS",
        "Admit it",
        "The amount is admitted to the MTFS.",
    ),
    Act(
        mapping.RecordObjective,
        "Put an objective on the map",
        "Save the objective",
        "The objective is on the map.",
        "objective",
        "objectives",
    ),
    Act(
        mapping.RecordOutcome,
        "Put an outcome on the map",
        "Save the outcome",
        "The outcome is on the map.",
        "outcome",
        "outcomes",
    ),
    Act(
        mapping.RecordEnablingChange,
        "Put an enabling change on the map",
        "Save the change",
        "The enabling change is on the map.",
        "change",
        "changes",
    ),
    Act(mapping.RemoveFromMap, "Take it off the map", "Take it off", "It is off the map."),
    Act(
        mapping.PlaceOnMap,
        "Place the benefit on the map",
        "Save its place",
        "The benefit’s place on the map is recorded.",
    ),
)
