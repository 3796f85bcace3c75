"""What must be true before Realisation: that what was committed is there, and has been seen."""

from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.parts import Claim
from benefits.rules import Context
from benefits.tranches import Nature
from benefits.vocabulary import Grade, Kind
from benefits.wording.writing import count, listed, per_year, pounds, tranche
from workflows.gates.findings import Found, Test, met, missing
from workflows.gates.validation import outcome_measures
from workflows.gates.verified import compared, reached, worsened


def _milestones(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    still_open = [milestone.title for milestone in b.milestones.values() if milestone.open]
    if still_open:
        return missing(f"Record that {listed(still_open)} was reached, or waive it with a reason.")
    waived = sum(bool(milestone.waived) for milestone in b.milestones.values())
    done = count(len(b.milestones) - waived, "milestone")
    return met(f"{done} reached, {waived} waived with a reason.")


def _enough(b: Benefit, asked: CaseSubmitted, _: Context) -> Found:
    enough, said = _readings(b, asked) if b.kind is Kind.NON_CASH else _money(b, asked)
    if enough:
        return met(said)
    if asked.shortfall.strip():
        return met(f"{said} The board is asked to accept the shortfall: {asked.shortfall.strip()}")
    return missing(f"{said} Have more verified, or state the shortfall for the board to accept.")


def _money(b: Benefit, asked: CaseSubmitted) -> tuple[bool, str]:
    both = compared(b)
    if not both:
        return True, "The plan commits to no money."
    said = (
        f"{per_year(one.verified, one.nature)} is verified of"
        f" {per_year(one.committed, one.nature)} committed"
        for one in both
    )
    return all(one.enough(asked.tolerance) for one in both), (
        f"{listed(said)}{_within(asked.tolerance)}."
    )


def _within(tolerance: int) -> str:
    return f", with a tolerance of {tolerance} per cent" if tolerance else ""


def _readings(b: Benefit, asked: CaseSubmitted) -> tuple[bool, str]:
    measures = outcome_measures(b)
    without = [measure.title for measure in measures if not measure.targets]
    if without or not measures:
        return False, f"No target is set for {listed(without) or 'what should improve'}."
    short = [m.title for m in measures if not reached(m, asked.tolerance)]
    if short:
        return False, f"{listed(short)} has not reached its target{_within(asked.tolerance)}."
    return True, f"{listed(m.title for m in measures)} has reached its target."


def _read(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    unread = [measure.title for measure in b.measures.values() if measure.latest is None]
    if unread:
        return missing(f"Record a reading of {listed(unread)}.")
    if not b.measures:
        return missing("Define a measure and record a reading of it.")
    said = (
        f"{measure.title} {measure.latest.value} {measure.unit}"
        for measure in b.measures.values()
        if measure.latest
    )
    return met(f"Latest readings: {listed(said)}.")


def _counter_measures(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    counters = [measure for measure in b.measures.values() if measure.counter]
    worse = [
        f"{m.title} ({m.baseline} before, {m.latest.value} now, {m.tolerance} per cent allowed)"
        for m in counters
        if m.latest and worsened(m)
    ]
    if worse:
        return missing(
            f"The service has worsened past tolerance: {listed(worse)}."
            " Put it right and record a new reading."
        )
    if not counters:
        return met("No counter-measure was set.")
    return met(f"Not worsened past tolerance: {listed(m.title for m in counters)}.")


def _counted(b: Benefit) -> list[Claim]:
    if b.kind is Kind.NON_CASH:
        return []
    return [claim for one in compared(b) for claim in one.claims]


def _final(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    counted = _counted(b)
    waiting = [claim for claim in counted if claim.grade is not Grade.FINAL]
    if waiting:
        claims = listed(tranche(claim.tranche) for claim in waiting)
        return missing(
            f"Ask finance to grade Final every claim that counts. Not yet Final: {claims}."
        )
    total = {n: sum(c.stands for c in counted if c.tranche.nature is n) for n in Nature}
    if not counted:
        return met("No claim counts here.")
    return met(
        f"{count(len(counted), 'claim')} counted, all graded Final:"
        f" {pounds(total[Nature.RECURRING])} a year and {pounds(total[Nature.ONE_OFF])} once."
    )


TESTS = (
    Test("Milestones", "Every milestone is reached, or waived with a reason.", _milestones),
    Test(
        "Verified",
        "Verified money (the run rate; one-offs by their verified total; non-cash by its readings)"
        " is at or above what is committed, within the programme's tolerance; or the shortfall is"
        " stated for the board to accept.",
        _enough,
    ),
    Test("Measures read", "Every measure has a reading.", _read),
    Test(
        "Counter-measures", "No counter-measure has worsened past its tolerance.", _counter_measures
    ),
    Test("Final claims", "Every claim that counts is graded Final.", _final),
)
