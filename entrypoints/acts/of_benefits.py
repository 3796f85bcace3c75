"""What can be asked of one benefit, in the order of its life."""

from benefits.commands import delivery, details, money
from entrypoints.acts.act import Act
from workflows import commands as governance

OF_BENEFITS = (
    Act(
        details.DescribeBenefit,
        "Describe the benefit",
        "Save the description",
        "The description is recorded.",
    ),
    Act(
        details.LabelBenefit,
        "Rename or refile the benefit",
        "Save",
        "The benefit’s title and place are recorded.",
    ),
    Act(
        details.CorrectClassification,
        "Correct the kind or fund",
        "Correct it",
        "The kind and fund are corrected.",
    ),
    Act(details.NameOwner, "Name the accountable owner", "Name the owner", "The owner is named."),
    Act(
        details.NameFinancePartner,
        "Name the finance partner",
        "Name the finance partner",
        "The finance partner is named.",
    ),
    Act(
        details.NameCabinetMember,
        "Name the cabinet member",
        "Name the cabinet member",
        "The cabinet member is named.",
    ),
    Act(
        details.RecordRange,
        "Record a full-year range",
        "Record the range",
        "The range is recorded.",
    ),
    Act(
        details.RecordProfile,
        "Record the profile",
        "Record the profile",
        "The profile is recorded.",
    ),
    Act(
        details.RecordInvestment,
        "Record an investment",
        "Record the investment",
        "The investment is recorded.",
        "investment",
        "investments",
    ),
    Act(
        details.ConfirmInvestment,
        "Confirm what an investment costs",
        "Confirm the cost",
        "The investment’s cost is confirmed.",
    ),
    Act(
        details.RemoveInvestment,
        "Take back an investment",
        "Take it back",
        "The investment is taken back.",
    ),
    Act(
        details.StateNoInvestment,
        "State that no investment is needed",
        "State it",
        "It is stated that no investment is needed.",
    ),
    Act(
        details.StateConfidence,
        "State how sure the service is",
        "State the confidence",
        "The confidence is recorded.",
    ),
    Act(
        details.StateOverlapCheck,
        "State the overlap check",
        "State the check",
        "The overlap check is recorded.",
    ),
    Act(details.ConfirmValue, "Confirm the value", "Confirm the value", "The value is confirmed."),
    Act(
        details.AttachEvidence,
        "Attach evidence",
        "Attach the file",
        "The evidence is attached.",
        "evidence",
    ),
    Act(
        details.MakeExempt,
        "Keep the benefit out of public editions",
        "Make it exempt",
        "The benefit is exempt: public editions have it within totals only.",
    ),
    Act(
        details.EndExemption,
        "Let the benefit stand in public editions",
        "End the exemption",
        "The benefit is exempt no more.",
    ),
    Act(details.AddNote, "Write a note", "Add the note", "The note is added."),
    Act(
        details.WithdrawIdentified,
        "Withdraw the benefit",
        "Withdraw it",
        "The benefit is withdrawn.",
    ),
    Act(
        delivery.StateDeliveryPlan,
        "State the delivery plan",
        "Save the plan",
        "The delivery plan is recorded.",
    ),
    Act(
        delivery.NameBudgetLine,
        "Name the budget line",
        "Name the line",
        "The budget line is named.",
    ),
    Act(
        delivery.PlanMilestone,
        "Plan a milestone",
        "Plan the milestone",
        "The milestone is planned.",
        "milestone",
    ),
    Act(
        delivery.ForecastMilestone,
        "Change when a milestone is expected",
        "Record the new date",
        "The milestone’s new date is recorded.",
    ),
    Act(
        delivery.ReachMilestone,
        "Record that a milestone was reached",
        "Record it",
        "The milestone is recorded as reached.",
    ),
    Act(delivery.WaiveMilestone, "Waive a milestone", "Waive it", "The milestone is waived."),
    Act(
        delivery.DefineMeasure,
        "Define a measure",
        "Save the measure",
        "The measure is defined.",
        "measure",
        "measures",
    ),
    Act(delivery.ReadMeasure, "Record a reading", "Record the reading", "The reading is recorded."),
    Act(
        delivery.ReadDrivers,
        "Record a reading of the unit model",
        "Record the reading",
        "The reading of the unit model is recorded.",
    ),
    Act(
        delivery.AssessImpact,
        "Record an impact assessment",
        "Record the assessment",
        "The impact assessment is recorded.",
    ),
    Act(
        delivery.ScoreRisk, "Score a risk", "Score the risk", "The risk is scored.", "risk", "risks"
    ),
    Act(delivery.CloseRisk, "Close a risk", "Close it", "The risk is closed."),
    Act(delivery.OverrideStatus, "Override the status", "Override it", "The status is overridden."),
    Act(
        money.RecordForecast,
        "Record a forecast",
        "Record the forecast",
        "The forecast is recorded.",
    ),
    Act(
        money.MakeClaim,
        "Make a claim",
        "Make the claim",
        "The claim is made. Finance will look at it.",
        "claim",
    ),
    Act(money.VerifyClaim, "Verify a claim", "Verify the claim", "The claim is verified."),
    Act(money.RejectClaim, "Reject a claim", "Reject the claim", "The claim is rejected."),
    Act(money.GradeClaim, "Grade a claim", "Grade the claim", "The claim is graded."),
    Act(money.CorrectClaim, "Correct a claim", "Correct the claim", "The claim is corrected."),
    Act(
        money.ReportErosion,
        "Report a loss",
        "Report the loss",
        "The loss is reported. Finance will look at it.",
        "erosion",
    ),
    Act(money.ConfirmErosion, "Confirm a loss", "Confirm the loss", "The loss is confirmed."),
    Act(money.DismissErosion, "Dismiss a loss", "Dismiss the loss", "The loss is dismissed."),
    Act(
        money.RecordPressure,
        "Record a pressure",
        "Record the pressure",
        "The pressure is recorded.",
        "pressure",
    ),
    Act(
        money.RecordCover,
        "Record reserves used",
        "Record the cover",
        "The cover is recorded.",
        "cover",
    ),
    Act(
        governance.SubmitCase,
        "Put the benefit to the board",
        "Submit the case",
        "The case is before the board.",
        "case",
    ),
    Act(
        governance.DeclareInterest,
        "Declare an interest",
        "Declare it",
        "The interest is declared.",
    ),
    Act(governance.CastVote, "Cast your vote", "Cast your vote", "Your vote is recorded."),
    Act(governance.RetractCase, "Take the case back", "Take it back", "The case is taken back."),
    Act(
        governance.MeetCondition,
        "Record that a condition is met",
        "Record it",
        "The condition is recorded as met.",
    ),
)

#: Asked by pages of their own: a vote stands beside its pack, and evidence comes with a file.
OWN_PAGES = (governance.CastVote, governance.DeclareInterest, details.AttachEvidence)
#: What the one page for every command asks, by the name in its address.
GENERIC = {act.slug: act for act in OF_BENEFITS if act.command not in OWN_PAGES}
