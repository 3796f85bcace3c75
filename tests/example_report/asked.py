"""What the invented council's scrutiny asks, and the PMO's words in two sections."""

from datetime import date

from benefits.vocabulary import ReportSection
from reports.contents import Narrative
from reports.entries import QuestionEntry

QUESTIONS = (
    QuestionEntry(
        "Q310", "B2", "Question", "Why did placements cost more in September?",
        "Review of high-cost placements, report of September 2024, figure F3", date(2024, 10, 8),
        "Ann Reid", date(2024, 10, 28), "overdue", outstanding=True,
        asked_again="Is the market the only cause?", answer="The market price rose.",
        answered=date(2024, 10, 15),
    ),
    QuestionEntry(
        "Q311", "", "Recommendation", "Publish the costs of the tender.", "", date(2024, 9, 9),
        "The PMO", None, "partly accepted, closed", outstanding=False,
        answer="They are published with the decision.", answered=date(2024, 10, 20),
        closed="The committee is content.",
    ),
)  # fmt: skip
NARRATIVES = (
    Narrative(
        ReportSection.MILESTONES, ("A hard month.", "Two posts are filled now."), "Priya Nair",
        date(2024, 11, 4),
    ),
    Narrative(ReportSection.RISKS, ("No new risk is known.",), "Priya Nair", date(2024, 11, 4)),
)  # fmt: skip
