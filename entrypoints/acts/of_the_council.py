"""What can be asked of boards, people and the council."""

from entrypoints.acts.act import Act
from workflows import commands as governance

OF_THE_COUNCIL = (
    Act(governance.FormBoard, "Form a board", "Form the board", "The board is formed.", "board"),
    Act(
        governance.SetBoardRules,
        "Change how the board decides",
        "Save the rules",
        "The board’s rules are changed.",
    ),
    Act(governance.FillSeat, "Fill a seat", "Fill the seat", "The seat is filled.", "seat"),
    Act(governance.VacateSeat, "Vacate a seat", "Vacate the seat", "The seat is vacated."),
    Act(governance.GrantRole, "Give a role", "Give the role", "The role is given."),
    Act(governance.RevokeRole, "Take a role away", "Take it away", "The role is taken away."),
    Act(
        governance.GrantProgrammeRole,
        "Give a role for one programme",
        "Give the role",
        "The role for the programme is given.",
    ),
    Act(
        governance.RevokeProgrammeRole,
        "Take a role for one programme away",
        "Take it away",
        "The role for the programme is taken away.",
    ),
    Act(
        governance.NameCouncil,
        "Name the council",
        "Save",
        "The council’s name and colour are recorded.",
    ),
    Act(
        governance.SetLists, "Set the council’s lists", "Save the lists", "The lists are recorded."
    ),
    Act(
        governance.RecordPriority,
        "Record a priority of the council plan",
        "Save the priority",
        "The priority is recorded.",
        "priority",
        "priorities",
    ),
    Act(
        governance.RemovePriority,
        "Take the priority off the list",
        "Take it off",
        "The priority is off the list.",
    ),
    Act(
        governance.SetPortfolioSchedule,
        "Set when the report of all programmes is due",
        "Save the schedule",
        "The schedule of the report of all programmes is recorded.",
    ),
    Act(
        governance.SetVotingRules,
        "Set what is asked of members who vote",
        "Save",
        "What is asked of members who vote is recorded.",
    ),
    Act(
        governance.SetDiscountRates,
        "Set the discount rates",
        "Save the rates",
        "The discount rates are recorded.",
    ),
    Act(
        governance.SetOptimismBias,
        "Set what is allowed for optimism",
        "Save the allowances",
        "What is allowed for optimism is recorded.",
    ),
)
