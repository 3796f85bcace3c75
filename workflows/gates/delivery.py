"""What must be true before Delivery: a plan with dates, its impacts, its budget line, its risks."""

from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.rules import Context
from benefits.tranches import Nature
from benefits.vocabulary import Assessed, Kind
from benefits.wording.writing import count, day, listed, pounds
from workflows.gates.findings import Found, Test, met, missing, stated


def _plan(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(
        b.delivery_plan,
        f"The delivery plan: {b.delivery_plan}",
        "State the delivery plan.",
    )


def _milestones(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    dates = sorted(m.expected for m in b.milestones.values() if not m.waived)
    if not dates:
        return missing("Plan at least one milestone with its date.")
    return met(f"{count(len(dates), 'dated milestone')}, the last on {day(dates[-1])}.")


def _impacts(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    without = [about.value for about in Assessed if about not in b.impacts]
    if without:
        return missing(f"Record the impact assessment for {listed(without)}.")
    return met(f"Impact is assessed for {listed(about.value for about in Assessed)}.")


def _budget_line(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    if b.kind is not Kind.CASH_RELEASING:
        return met(f"A benefit that is {b.kind.value} needs no budget line here.")
    removed = sum(line.amount for line in b.budget_lines.values())
    committed = sum(t.amount for t in b.plan if t.nature is Nature.RECURRING)
    titles = listed(line.title or line.line for line in b.budget_lines.values())
    if not b.budget_lines or removed <= 0:
        return missing("Name the budget line and the amount that will be removed from it.")
    if removed < committed:
        return missing(
            f"{pounds(removed)} a year will be removed from {titles}, and {pounds(committed)} a"
            f" year is committed. Name budget lines for the other {pounds(committed - removed)}."
        )
    return met(f"{pounds(removed)} a year will be removed from {titles}.")


def _risks(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    scores = [f"{risk.title} ({risk.score})" for risk in b.risks.values() if not risk.closed]
    if scores:
        return met(f"{count(len(scores), 'open risk')}: {listed(scores)}.")
    return stated(b.risks, "Every risk is closed.", "Score at least one risk, such as C3.")


TESTS = (
    Test("Delivery plan", "The delivery plan is stated.", _plan),
    Test("Milestones", "It has at least one dated milestone.", _milestones),
    Test("Impact assessments", "Equality, service and community impact are recorded.", _impacts),
    Test(
        "Budget line",
        "For a cash-releasing saving the budget lines and the amounts that will be removed are"
        " named, and cover what is committed every year.",
        _budget_line,
    ),
    Test("Risks", "Risks are scored.", _risks),
)
