"""What the words of these pages mean, in plain English: one table for glossary and tips."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: Each word, and what it means. Their order on the page is the alphabet's.
TERMS: Mapping[str, str] = {
    "Avenue": "How the money is saved: cheaper provision, efficiency, income or reduced demand.",
    "Baseline": "The value of a measure before anything changed, with its day.",
    "Benefit": "A measurable improvement with somebody who answers for it.",
    "Board": "The people who decide gates. Each sits in a seat: chair, member or finance.",
    "Budget line": "The line of the budget from which a saving is taken out.",
    "Cabinet member": "The councillor who answers for the benefit in public.",
    "Cashable": "Savings and income that reduce what the council spends, less disbenefits.",
    "Claim": "Money that a service says it has delivered. It counts once finance has verified it.",
    "Committed": "The one figure of a plan that the board holds people to.",
    "Condition": "Something that the board asks for when it approves. The next gate waits for it.",
    "Confidence": "How sure the service is of its forecast: low, medium or high.",
    "Counter-measure": "A measure watched so that a saving does not harm the service.",
    "Delivery gate": "The decision to start. Only after it may money enter the medium-term plan.",
    "Directorate": "The part of the council that the benefit belongs to.",
    "Disbenefit": "A cost or a worsening that a change brings with it.",
    "Erosion": "Verified money that is lost again, confirmed by finance.",
    "Evidence": "A file that shows that what was said is so.",
    "Finance partner": "The accountant who confirms the benefit’s value.",
    "Forecast": "What is expected now. It moves freely, with a reason, and never moves the plan.",
    "Fund": "Where the money counts: general fund, high needs, housing, capital or a partner.",
    "Gate": "A decision of the board that takes a benefit to its next stage.",
    "Grade": "How much finance has seen behind a claim: Preliminary, Interim or Final.",
    "Gross": "Before recurring investment, existing medium-term plan value and overlaps.",
    "In-year": "Money as cash that falls within the year, whatever it is worth in a full year.",
    "Increment": "The new yearly amount first delivered in a year.",
    "Investment": "Money spent to get a benefit, once or every year.",
    "Kind": "What sort of benefit: a saving, income, cost avoided, a capital receipt, or no cash.",
    "Log": "Every event in order. Nothing in it is edited or taken away.",
    "Measure": "Something counted to see whether a benefit that is not money has come.",
    "Milestone": "A dated step. A saving that waits for one cannot begin before it is reached.",
    "MTFS": "The medium-term financial strategy: the council’s budget plan for several years.",
    "Nature": "Recurring, every year from its month on, or one-off, once.",
    "Net": "After recurring investment, existing medium-term plan value and overlaps.",
    "Original plan": "The plan that the board approved at Validation. It is kept for ever.",
    "Overlap": "The same money in two benefits, or in a benefit and the MTFS. It is counted once.",
    "Owner": "The one person who answers for the benefit.",
    "Plan": "What the board approved. It moves only by another decision of the board.",
    "Pressure": "Money by which a budget grew for other reasons, shown beside what was saved.",
    "Profile": "The planned amounts by financial year, with their range.",
    "Programme": "Benefits that are delivered together, with one board and one monthly report.",
    "Quorum": "How many members must vote before a decision counts.",
    "Re-baseline": "The board replaces the plan by a new one, and says why.",
    "Realisation gate": "The decision that a benefit has come, on verified money graded Final.",
    "Realised": "Verified by finance. Nothing else counts as realised.",
    "Run rate": "What all recurring amounts so far come to in a full year.",
    "Scrutiny": "The committee of councillors that reads and questions the monthly report.",
    "Slippage": "How many days a milestone, or money, comes later than planned.",
    "Sponsor": "The senior officer who answers for the whole programme.",
    "Stage": "Where a benefit is in its life: identified, validated, in delivery or realised.",
    "Status": "Whether money is delivered, on track, at risk or will not be delivered.",
    "Theme": "A heading of the council’s own under which benefits are filed.",
    "Tolerance": "The share of the committed figure by which delivery may fall short.",
    "Tranche": "An amount, whether it recurs, and the month from which it counts.",
    "Validation gate": "The decision that a benefit is real, valued and owned.",
    "Verified": "Confirmed by finance, in whole or in part, against a budget line or evidence.",
    "Workstream": "A part of a programme that holds benefits.",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word with what it means; ``slug`` is its place on the glossary page."""

    word: str
    means: str

    @property
    def initial(self) -> str:
        return self.word[0]

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z]+", "-", self.word.lower())


_KNOWN = {word.lower(): Term(word, means) for word, means in TERMS.items()}


def every() -> list[Term]:
    """All words, by the alphabet."""
    return sorted(_KNOWN.values(), key=lambda term: term.word.lower())


def explained(text: str) -> Term | None:
    """The word that a heading or a label is, if the table has it."""
    return _KNOWN.get(text.strip().lower())
