"""The rules for valuing a benefit: range, profile, confidence, overlap check, confirmation."""

from benefits.benefit import Benefit
from benefits.commands import details as asked
from benefits.events import details as happened
from benefits.money import pounds
from benefits.refusals import require
from benefits.rules import Answer, Context, Rule, checks, planned


def _range(b: Benefit, c: asked.RecordRange, _: Context) -> Answer:
    """A full-year range, alone or beside a profile by year: it has no money of its own."""
    checks.identified(
        b,
        "The board approved a profile by year at Validation: put a Re-baseline case to change it.",
    )
    checks.amount(c.low, "The low figure", least=0)
    checks.amount(c.high, "The high figure")
    require(
        c.low <= c.high,
        f"The low figure, {pounds(c.low)}, is above the high figure, {pounds(c.high)}: "
        "put the low first.",
    )
    return [] if b.range == (c.low, c.high) else [happened.RangeRecorded(c.low, c.high)]


def _profile(b: Benefit, c: asked.RecordProfile, context: Context) -> Answer:
    checks.identified(
        b,
        "The board approved this profile at Validation: put a Re-baseline case to the board to "
        "change it.",
    )
    profile = planned.profile(c.profile, checks.window_of(context, b), b.kind)
    if b.profile == profile:
        return []
    why = checks.reason(c.reason, "Say why the profile is corrected", needed=b.profile is not None)
    return [happened.ProfileRecorded(profile, why)]


def _confidence(b: Benefit, c: asked.StateConfidence, _: Context) -> Answer:
    checks.live(b)
    why = checks.reason(c.reason, "Say why the confidence is what it is")
    same = (b.confidence, b.confidence_reason) == (c.level, why)
    return [] if same else [happened.ConfidenceStated(c.level, why)]


def _overlap_check(b: Benefit, c: asked.StateOverlapCheck, _: Context) -> Answer:
    checks.live(b)
    note = checks.words(c.note, "Where overlaps were looked for, and what was found,")
    require(
        c.found or not b.overlaps,
        "An overlap is agreed for this benefit: say that overlaps were found.",
    )
    stated = ("found: " if c.found else "none found: ") + note
    return [] if b.overlap_check == stated else [happened.OverlapCheckStated(c.found, note)]


def _confirm(b: Benefit, c: asked.ConfirmValue, context: Context) -> Answer:
    checks.live(b)
    require(
        b.profile or b.measured_only,
        "There is no profile to confirm: the profile by year is recorded first, or for a "
        "non-cash benefit a measure with a target.",
    )
    note = checks.words(c.note, "The note", needed=False)
    return [] if b.value_confirmed_by == context.by else [happened.ValueConfirmed(note)]


RULES: dict[type, Rule] = {
    asked.RecordRange: Rule(
        _range, "benefit", "benefit", (happened.RangeRecorded, happened.ProfileRecorded)
    ),
    asked.RecordProfile: Rule(_profile, "benefit", "benefit", (happened.ProfileRecorded,)),
    asked.StateConfidence: Rule(_confidence, "benefit", "benefit", (happened.ConfidenceStated,)),
    asked.StateOverlapCheck: Rule(
        _overlap_check,
        "benefit",
        "benefit",
        (happened.OverlapCheckStated, happened.OverlapDeclared, happened.OverlapEnded),
    ),
    # Finance confirms the figures that it saw, so anything that moves them since is minded.
    asked.ConfirmValue: Rule(
        _confirm,
        "benefit",
        "benefit",
        (
            happened.ProfileRecorded,
            happened.ClassificationCorrected,
            happened.InvestmentRecorded,
            happened.InvestmentRemoved,
            happened.OverlapDeclared,
            happened.OverlapEnded,
        ),
    ),
}
