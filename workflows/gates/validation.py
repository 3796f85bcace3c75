"""What must be true before Validation: that the benefit is described, valued and owned."""

from collections.abc import Iterable

from benefits.approved import GivesUpTooMuch, approved_plan
from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.parts import Measure
from benefits.plans import Profile
from benefits.rules import Context
from benefits.vocabulary import Point
from benefits.wording.writing import count, day, listed, pounds, tranches
from workflows.gates.findings import Found, Test, met, missing, stated


def outcome_measures(b: Benefit) -> list[Measure]:
    """The measures of what should improve: those that are no counter-measure."""
    return [measure for measure in b.measures.values() if not measure.counter]


def _owner(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(b.owner, "An accountable owner is named.", "Name the accountable owner.")


def _finance_partner(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(b.finance_partner, "A finance partner is named.", "Name the finance partner.")


def _description(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(b.description, "It is described.", "Describe the benefit.")


def _outcome(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(
        b.outcome,
        f"What an outsider would see: {b.outcome}",
        "State the observable outcome: what an outsider would see.",
    )


def _attribution(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(
        b.attribution,
        f"Why it is this change that does it: {b.attribution}",
        "State the attribution: why it is this change that does it.",
    )


def _measure(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    titles = [measure.title for measure in outcome_measures(b)]
    return stated(
        titles,
        f"Measured by {listed(titles)}.",
        "Define a measure of what should improve; a counter-measure alone is not enough.",
    )


def _baseline(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    without = [m.title for m in b.measures.values() if not m.baseline.strip()]
    if without:
        return missing(f"Give the baseline of {listed(without)}.")
    if not b.measures:
        return missing("Give a measure with its baseline: the value and the day before the change.")
    said = (
        f"{m.title} {m.baseline} {m.unit} on {day(m.baseline_day)}" for m in b.measures.values()
    )
    return met(f"Baseline: {listed(said)}.")


def _profile(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    if b.profile and b.profile.tranches:
        figures = tranches([planned.tranche for planned in b.profile.tranches])
        return met(f"Committed at the {b.profile.point.value} figure: {figures}.")
    if b.measured_only:
        return met("It promises no money: what is committed is the target of its measure.")
    if b.range:
        return missing("Record a profile by year with its committed point: a range is not enough.")
    return missing("Record a profile by year with its committed point.")


def _range(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    if b.measured_only:
        return met("It promises no money, so no range is needed.")
    if b.profile is None or not b.profile.tranches:
        return missing("Record a profile with its range, or a single stated figure.")
    if _fully_ranged(b.profile):
        return met("Low and high are given.")
    if b.profile.point is Point.STATED:
        if b.range:
            low, high = (pounds(end) for end in b.range)
            return met(f"A single figure is stated, with a full-year range of {low} to {high}.")
        return met("A single figure is stated: no range given.")
    return missing("Give low and high for every line of the profile, or commit to a stated figure.")


def _fully_ranged(profile: Profile) -> bool:
    return all(line.low is not None and line.high is not None for line in profile.tranches)


def _classified(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    natures = sorted({line.nature.value for line in (b.profile.tranches if b.profile else ())})
    if b.measured_only:
        natures = ["not in money"]
    if not natures:
        return missing("Say by a profile whether it is recurring, one-off or both.")
    return met(f"{b.kind.value.capitalize()}, {listed(_backwards(natures))}, {b.fund.value}.")


def _backwards(natures: Iterable[str]) -> list[str]:
    """Recurring before one-off, as councils say it."""
    return sorted(natures, reverse=True)


def _overlap_check(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(
        b.overlap_check,
        f"Overlaps were looked for: {b.overlap_check}",
        "State the overlap check: whether the same money is counted elsewhere, or none was found.",
    )


def plan_after_overlaps(b: Benefit, profile: Profile | None) -> Found:
    """Whether the overlaps fit into a profile, and the plan that an approval would make."""
    try:
        plan = approved_plan(profile, b.overlaps.values())
    except GivesUpTooMuch as fault:
        return missing(str(fault))
    if any(overlap.gives_up for overlap in b.overlaps.values()):
        return met(f"After what overlaps give up the plan is {tranches(plan)}.")
    return met("No overlap gives up any of it.")


def _overlaps(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return plan_after_overlaps(b, b.profile)


def _investment(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    if b.investments:
        titles = listed(investment.title for investment in b.investments.values())
        return met(f"{count(len(b.investments), 'investment')} stated: {titles}.")
    return stated(
        b.no_investment,
        f"No investment of its own: {b.no_investment}",
        "Record the investment needed, or state that there is none.",
    )


def _confidence(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    level = b.confidence.value if b.confidence else ""
    return stated(
        b.confidence and b.confidence_reason.strip(),
        f"Confidence is {level}: {b.confidence_reason}",
        "State the confidence (low, medium or high) and its reason.",
    )


def _confirmed(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return stated(
        b.value_confirmed_by,
        "Finance has confirmed the value as it stands.",
        "Ask finance to confirm the value as it stands.",
    )


TESTS = (
    Test("Owner", "An accountable owner is named.", _owner),
    Test("Finance partner", "A finance partner is named.", _finance_partner),
    Test("Description", "The benefit is described.", _description),
    Test("Outcome", "The observable outcome is stated.", _outcome),
    Test("Attribution", "The attribution is stated.", _attribution),
    Test("Measure", "A measure of what should improve is defined.", _measure),
    Test("Baseline", "Every measure has its baseline.", _baseline),
    Test(
        "Profile",
        "There is a profile by year with its committed point (or, for a non-cash benefit, a"
        " measure with a target).",
        _profile,
    ),
    Test("Range", "Low and high are given, or a single figure is stated.", _range),
    Test("Kind, nature and fund", "Kind, nature and fund are stated.", _classified),
    Test("Overlap check", "The overlap check is stated: found or none found.", _overlap_check),
    Test("Overlaps", "No overlap gives up more than its plan year holds.", _overlaps),
    Test("Investment", "The investment is stated, or that there is none.", _investment),
    Test("Confidence", "Confidence is stated with its reason.", _confidence),
    Test("Value confirmed", "Finance has confirmed the value as it stands.", _confirmed),
)
