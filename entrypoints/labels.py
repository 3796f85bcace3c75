"""The words beside each field of a form: its label, its hint, and what is said when it is empty."""

from dataclasses import dataclass

from entrypoints.questions import Question, Shape


@dataclass(frozen=True, slots=True)
class Words:
    """A field's label, its hint, and what is said when it is left empty."""

    label: str
    hint: str = ""
    missing: str = ""


_MONEY_HINT = "In pounds, such as 120,000 or 1.5m"
_YEARLY = "In pounds. A year’s worth when it recurs, the whole when it is one-off"
_MONTH_HINT = "Such as October 2024, or 2024-10"
_YEAR_HINT = "Such as 2023/24"

#: Words by the field's name, whatever it belongs to.
FIELDS: dict[str, Words] = {
    "adjustments": Words("Allowances", "One row for each category"),
    "after_years": Words("For the years after", "0 for the first years, such as 30 for year 31 on"),
    "change": Words("Enabling change", missing="Choose an enabling change."),
    "changes": Words("Enabling changes that it needs"),
    "item": Words("What is taken off", missing="Choose what is taken off."),
    "objective": Words("Objective", missing="Choose an objective."),
    "objectives": Words("Objectives that it serves"),
    "outcomes": Words("Outcomes that it serves"),
    "priorities": Words("Council-plan priorities that it serves"),
    "priority": Words("Priority", missing="Choose a priority."),
    "category": Words("Category", "A kind of benefit, or what money is spent on"),
    "from_day": Words("From which day"),
    "rate": Words("Rate in per cent a year", "In real terms, such as 3.5"),
    "section": Words("Section"),
    "sort": Words("What it is"),
    "response": Words("Response"),
    "question": Words("Question", missing="Choose a question."),
    "steps": Words("Rates", "One row for each run of years"),
    "about": Words("What it is evidence of"),
    "against": Words("What it was checked against", "Such as a ledger code and period"),
    "agreed_by": Words("Who agreed it"),
    "allowance": Words("Allowance in per cent"),
    "amount": Words("Amount", _MONEY_HINT),
    "amounts": Words("Amounts by financial year"),
    "annual": Words("What it really costs a year", _MONEY_HINT),
    "approvals": Words("Approvals needed"),
    "attribution": Words("Why it is this change that brings it about"),
    "avenue": Words("How the money is found", missing="Choose how the money is found."),
    "baseline": Words("Baseline", "The value before the change, such as 12.5"),
    "baseline_day": Words("Date of the baseline"),
    "baseline_evidence": Words("Where the baseline comes from"),
    "baseline_volume": Words("Units before"),
    "benefit": Words("Benefit", missing="Choose a benefit."),
    "board": Words("Board", missing="Choose a board."),
    "budget_line": Words("Budget line", "The line that the money comes out of"),
    "case": Words("Case"),
    "cases": Words("Cases", "Taken in this order, which can be changed on the meeting’s page"),
    "interest": Words("What the interest is", "It stands in the record. Name nobody else"),
    "meeting": Words("Meeting"),
    "place": Words("Where", "A room, or a link to join"),
    "sign_in_within": Words(
        "Minutes after signing in before a vote asks for the password again",
        "0 when nobody has to sign in again to vote",
    ),
    "starts": Words("Starts at", "Such as 14:00"),
    "cause": Words("Cause", missing="Choose a cause."),
    "choice": Words("Your vote", missing="Choose how you vote."),
    "claim": Words("Claim", missing="Choose a claim."),
    "colour": Words("Colour", "Six figures or letters a to f after a hash, such as #12436d"),
    "committed": Words("Committed", _YEARLY),
    "committee": Words("Scrutiny committee"),
    "components": Words("Lines printed under this one profile"),
    "condition": Words("Condition", missing="Choose a condition."),
    "conditions": Words("Conditions", "Each needs an owner and a date by which it is met"),
    "counter": Words("This measure guards the quality of the service"),
    "cover": Words("Cover"),
    "cumulative": Words("The amounts are cumulative", "They are kept as increments"),
    "day": Words("Date"),
    "days": Words("Days allowed for a decision"),
    "deputy": Words("Deputy"),
    "description": Words("Description", "What will improve, in words a resident would follow"),
    "direction": Words("Which way it should move", missing="Choose which way it should move."),
    "directorate": Words("Directorate"),
    "directorates": Words("Directorates", "One on each line"),
    "drives": Words("A saving starts when this is reached"),
    "drivers": Words("Unit model", "Leave all of it blank when there is none"),
    "due": Words("Due date"),
    "erosion": Words("Loss", missing="Choose a loss."),
    "evidence": Words("Evidence"),
    "expected": Words("Now expected on"),
    "figure": Words("Figure, if it is about one", "Its reference in the report, such as F3"),
    "finding": Words("What was found"),
    "first_year": Words("First financial year of the plan", _YEAR_HINT),
    "found": Words("Were overlaps found?", missing="Say whether overlaps were found."),
    "fund": Words("Fund", "Whose money it is", "Choose a fund."),
    "funding": Words("Funding source"),
    "gate": Words("Gate", missing="Choose a gate."),
    "gives_up": Words("Benefit that gives the amount up", missing="Choose a benefit."),
    "grade": Words("Grade", "How much of the ledger has been seen", "Choose a grade."),
    "group": Words("Group"),
    "high": Words("High", _MONEY_HINT),
    "impact": Words("Impact", "1 is least, 5 is most"),
    "investment": Words("Investment", missing="Choose an investment."),
    "keeps": Words("Which side keeps it", missing="Choose which side keeps it."),
    "kind": Words("Kind", missing="Choose a kind."),
    "lag": Words("Months after it until the saving counts"),
    "level": Words("Confidence", missing="Choose how sure the service is."),
    "likelihood": Words("Likelihood", "A is almost certain, E is rare", "Choose a likelihood."),
    "line": Words("MTFS line", missing="Choose a line."),
    "low": Words("Low", _MONEY_HINT),
    "measure": Words("Measure", missing="Choose a measure."),
    "media_type": Words("Kind of file"),
    "mid": Words("Mid", _MONEY_HINT),
    "milestone": Words("Milestone", missing="Choose a milestone."),
    "mitigation": Words("What is done about it"),
    "month": Words("Month from which it counts", _MONTH_HINT),
    "name": Words("Name"),
    "nature": Words("Nature", missing="Choose recurring or one-off."),
    "net_of": Words(
        "Already net of", "What is not in the figures any more, and so is not deducted again"
    ),
    "note": Words("Note"),
    "outcome": Words("What an outsider would see", "The observable outcome"),
    "overlap": Words("Overlap", missing="Choose an overlap."),
    "owner": Words("Owner", missing="Choose a person."),
    "people": Words("People"),
    "per_cent": Words("Per cent of the committed figure"),
    "person": Words("Person", missing="Choose a person."),
    "phasing": Words("Phasing by year, in per cent", "Such as 25, 50, 25"),
    "plan_year": Words("Plan year that it delivers", "Such as 2023/24; the month’s own when blank"),
    "planned": Words("Planned date"),
    "planned_volume": Words("Units after"),
    "point": Words("Point committed to", missing="Choose the point committed to."),
    "pressure": Words("Pressure"),
    "profile": Words("Profile"),
    "programme": Words("Programme", missing="Choose a programme."),
    "quorum": Words("Quorum", "How many must vote"),
    "reached": Words("Date reached"),
    "reason": Words("Reason"),
    "reference": Words("Reference"),
    "replacement": Words("Benefit that replaces it", "Where there is one"),
    "risk": Words("Risk", missing="Choose a risk."),
    "role": Words("Role", missing="Choose a role."),
    "seat": Words("Seat"),
    "sha256": Words("SHA-256 of the file"),
    "shortfall": Words("Shortfall that the board is asked to accept", "Where there is one"),
    "size": Words("Size in bytes"),
    "source": Words("Where it comes from", "Such as a paper and page"),
    "spent_on": Words("What it is spent on"),
    "sponsor": Words("Sponsor"),
    "statement": Words(
        "Statement",
        "Why you vote so. It is needed to defer, to reject or to set conditions, and stands in the "
        "record, the certificate and the report with your vote",
    ),
    "status": Words("Status", missing="Choose a status."),
    "summary": Words("Summary"),
    "targets": Words("Targets"),
    "text": Words("Text"),
    "theme": Words("Theme"),
    "themes": Words("Themes", "One on each line"),
    "tie": Words("How a tie ends", missing="Choose how a tie ends."),
    "times_a_year": Words("Times a year", "52 for weeks, 12 for months"),
    "title": Words("Title"),
    "tolerance": Words("Tolerance in per cent"),
    "tranche": Words("Amount and timing"),
    "tranches": Words("Amounts", "One row for each amount that starts in its own month"),
    "by_schedule": Words("Issue it by itself every month"),
    "unclosed": Words("If the month is not closed", missing="Choose what becomes of the report."),
    "unit": Words("Unit", "Such as days, weeks or placements"),
    "unit_value": Words("Value of one unit", _MONEY_HINT),
    "until": Words("Until"),
    "value": Words("Value", "Such as 12.5"),
    "version": Words("Version"),
    "volume": Words("Units in the month", "As the unit model counts them, such as 243 places"),
    "with_mtfs": Words("The side that keeps it is an MTFS line"),
    "working_day": Words("Working day on which the report is due"),
    "workstream": Words("Workstream", missing="Choose a workstream."),
    "year": Words("Financial year", _YEAR_HINT),
    "years": Words("Number of financial years"),
}

#: Words where a field means something of its own in one command or value.
OWN: dict[tuple[str, str], Words] = {
    ("CallMeeting", "day"): Words("Day of the meeting"),
    ("RecordAttendance", "people"): Words("Who attended"),
    ("DeclareInterest", "person"): Words("Whose interest", missing="Choose a person."),
    ("AddNote", "text"): Words("Note", "It stands in the benefit’s story"),
    ("AddWorkstream", "workstream"): Words("Name of the workstream"),
    ("AnswerQuestion", "response"): Words(
        "What becomes of the recommendation", missing="Say what becomes of it."
    ),
    ("AnswerQuestion", "text"): Words("Answer", "It stands in the next report"),
    ("AskQuestion", "benefit"): Words("Benefit, if it is about one"),
    ("AskQuestion", "due"): Words("Day by which an answer is wanted, if you name one"),
    ("AskQuestion", "month"): Words("Month of the report, if it is about one", _MONTH_HINT),
    ("AskQuestion", "owner"): Words(
        "Who is to answer", "Leave it blank for the benefit’s owner, or else the PMO"
    ),
    ("AskQuestion", "sort"): Words("What it is", missing="Say whether you ask or recommend."),
    ("AskQuestion", "text"): Words(
        "What you ask or recommend", "It stands in the next report, word for word"
    ),
    ("AssessImpact", "about"): Words("What is assessed", missing="Choose what is assessed."),
    ("AssignQuestion", "due"): Words("Day by which an answer is wanted"),
    ("AssignQuestion", "owner"): Words("Who answers", missing="Choose a person."),
    ("CloseMonth", "month"): Words("Month to close", _MONTH_HINT),
    ("CloseQuestion", "note"): Words("Why it is closed"),
    ("Component", "name"): Words("Line"),
    ("Condition", "text"): Words("Condition"),
    ("ConfirmErosion", "note"): Words("What was seen"),
    ("FollowUpQuestion", "due"): Words("Day by which an answer is wanted, if it is a new one"),
    ("FollowUpQuestion", "text"): Words("What you ask now"),
    ("MakeExempt", "reason"): Words(
        "Why it is exempt",
        "Such as paragraph 3 of Schedule 12A: it tells of a supplier’s business affairs. Public "
        "editions leave out every word of it, and keep its money in each total as “Exempt items”: "
        "where it is the only one, that is its amount",
    ),
    ("MakeClaim", "tranche"): Words("What has been realised"),
    ("NameBudgetLine", "amount"): Words("Amount that will be removed a year", _MONEY_HINT),
    ("NameBudgetLine", "line"): Words("Code of the budget line"),
    ("NameBudgetLine", "title"): Words("Title of the budget line"),
    ("ReadDrivers", "month"): Words("Month of the reading", _MONTH_HINT),
    ("ReadDrivers", "unit_value"): Words(
        "Value of one unit", "In pounds. Leave it blank when nobody looked"
    ),
    ("RecordCover", "year"): Words("Financial year that it covers", _YEAR_HINT),
    ("RecordInvestment", "title"): Words("Investment", "Such as a new case system"),
    ("RecordForecast", "tranches"): Words(
        "The whole delivery now expected", "What is already claimed included"
    ),
    ("RecordObjective", "title"): Words(
        "Objective", "What the programme is to achieve, in one line"
    ),
    ("RecordOutcome", "title"): Words("Outcome", "What will be different for people, in one line"),
    ("RecordEnablingChange", "title"): Words(
        "Enabling change", "What has to change first, such as a new case system in use"
    ),
    ("RecordEnablingChange", "milestone"): Words("Milestone that stands for it, if there is one"),
    ("RecordPriority", "title"): Words("Priority", "As the council plan words it"),
    ("RecordPriority", "source"): Words("Where it stands", "Such as Council Plan 2025, page 12"),
    ("RecordPressure", "month"): Words("Month", _MONTH_HINT),
    ("ReportErosion", "amount"): Words("Amount lost", _YEARLY),
    ("ReportErosion", "month"): Words("Month from which it is lost", _MONTH_HINT),
    ("ReviewMonth", "month"): Words("Month reviewed", _MONTH_HINT),
    ("ScoreRisk", "title"): Words("Risk", "What could happen, and what it would do"),
    ("StateConfidence", "reason"): Words("Why"),
    ("StateOverlapCheck", "note"): Words("What was looked at"),
    ("StateNoInvestment", "note"): Words("Why none is needed", "Or where it is deducted"),
    ("SubmitCase", "summary"): Words("What the board is asked"),
    ("Tranche", "amount"): Words("Amount", _YEARLY),
    ("VerifyClaim", "amount"): Words("Amount confirmed", "In pounds. The rest is rejected"),
    ("WriteNarrative", "month"): Words("Month of the report", _MONTH_HINT),
    ("WriteNarrative", "section"): Words("Section", missing="Choose a section."),
    ("WriteNarrative", "text"): Words(
        "Your words",
        "At most 2,000 characters; a blank line begins a new paragraph. They are printed in the "
        "section, marked as the PMO’s. Leave it blank to take back what stands",
    ),
    ("WithdrawIdentified", "reason"): Words("Why it is withdrawn"),
}


def words(asked: type, name: str) -> Words:
    """The words of one field of a command or of a value inside one."""
    return OWN.get((asked.__name__, name)) or FIELDS[name]


def missing_sentence(asked: type, question: Question) -> str:
    """What is said when a needed answer was left empty."""
    said = words(asked, question.name)
    if said.missing:
        return said.missing
    if question.shape is Shape.ROWS:
        return "Fill in at least one row."
    return f"Fill in “{said.label}”."
