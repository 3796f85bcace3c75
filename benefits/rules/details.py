"""The rules for describing a benefit, naming its people, attaching evidence and writing notes."""

import re

from benefits.benefit import Benefit
from benefits.commands import details as asked
from benefits.events import details as happened
from benefits.events import gates
from benefits.lifecycle import Stage
from benefits.programme import Programme
from benefits.refusals import NotFound, Refused, require
from benefits.rules import Answer, Context, Rule, checks, planned
from benefits.vocabulary import Fund, Kind
from benefits.wording.writing import listed

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
LARGEST_FILE = 100_000_000


def _identify(b: Benefit, c: asked.IdentifyBenefit, context: Context) -> Answer:
    checks.fresh_id(c.benefit, "benefit")
    programme = checks.running(context.programme(c.programme))
    _consistent(c.kind, c.fund)
    event = happened.BenefitIdentified(
        c.programme,
        _workstream(programme, c.workstream),
        checks.title(c.title),
        c.kind,
        c.fund,
        checks.title(c.group, "The group", needed=False),
        checks.title(c.source, "The source", needed=False),
    )
    if not b.exists:
        return [event]
    same = (b.programme, b.workstream, b.title) == (event.programme, event.workstream, event.title)
    require(same, "Another benefit already has this id: open a new form and try again.")
    return []


def _workstream(programme: Programme, name: str) -> str:
    if name.strip() in programme.workstreams:
        return name.strip()
    if not programme.workstreams:
        raise Refused(f"“{programme.title}” has no workstream yet: add one first.")
    listing = listed((f"“{known}”" for known in programme.workstreams), "or")
    raise Refused(
        f"“{name.strip()[:60]}” is not a workstream of “{programme.title}”: choose {listing}."
    )


def _consistent(kind: Kind, fund: Fund) -> None:
    require(
        kind is not Kind.CAPITAL_RECEIPT or fund is Fund.CAPITAL,
        "A capital receipt belongs to the capital fund: choose capital as its fund.",
    )


def _describe(b: Benefit, c: asked.DescribeBenefit, _: Context) -> Answer:
    checks.identified(
        b,
        "The board approved this description at Validation, so it can no longer be changed: "
        "write a note beside it.",
    )
    event = happened.DescriptionRecorded(
        checks.words(c.description, "The description"),
        checks.words(c.outcome, "The outcome that an outsider would see"),
        checks.words(c.attribution, "Why it is this change that brings it about"),
    )
    same = (b.description, b.outcome, b.attribution) == (
        event.description,
        event.outcome,
        event.attribution,
    )
    return [] if same else [event]


_FREE_LABELS = {
    "theme": "The theme",
    "directorate": "The directorate",
    "group": "The group",
}


def _label(b: Benefit, c: asked.LabelBenefit, context: Context) -> Answer:
    checks.live(b)
    new: dict[str, object] = {"avenue": c.avenue}
    if c.title is not None:
        new["title"] = checks.title(c.title)
    if c.workstream is not None:
        new["workstream"] = _workstream(context.programme(b.programme), c.workstream)
    for name, what in _FREE_LABELS.items():
        if getattr(c, name) is not None:
            new[name] = checks.title(getattr(c, name), what, needed=False)
    changed = {
        name: value
        for name, value in new.items()
        if value is not None and value != getattr(b, name)
    }
    return [happened.LabelsRecorded(**changed)] if changed else []  # type: ignore[arg-type]


def _classify(b: Benefit, c: asked.CorrectClassification, _: Context) -> Answer:
    checks.identified(
        b,
        f"The board approved this benefit as {b.kind.value} of {b.fund.value} at Validation: "
        "withdraw it and name the benefit that replaces it.",
    )
    _consistent(c.kind, c.fund)
    if b.profile is not None:
        planned.natures_of(b.profile.tranches, c.kind)
    if (b.kind, b.fund) == (c.kind, c.fund):
        return []
    why = checks.reason(c.reason, "Say why the kind or the fund was wrong")
    return [happened.ClassificationCorrected(c.kind, c.fund, why)]


def _owner(b: Benefit, c: asked.NameOwner, context: Context) -> Answer:
    checks.live(b)
    person = checks.known(context, c.person, "the owner")
    return [] if b.owner == person else [happened.OwnerNamed(person)]


def _finance_partner(b: Benefit, c: asked.NameFinancePartner, context: Context) -> Answer:
    checks.live(b)
    person = checks.known(context, c.person, "the finance partner")
    require(
        context.acts_for_finance(person),
        "The finance partner must act for finance: choose somebody who has the finance role.",
    )
    return [] if b.finance_partner == person else [happened.FinancePartnerNamed(person)]


def _cabinet_member(b: Benefit, c: asked.NameCabinetMember, context: Context) -> Answer:
    checks.live(b)
    person = checks.known(context, c.person, "the cabinet member")
    return [] if b.cabinet_member == person else [happened.CabinetMemberNamed(person)]


def _attach(b: Benefit, c: asked.AttachEvidence, _: Context) -> Answer:
    checks.existing(b)
    checks.fresh_id(c.evidence, "evidence")
    require(_SHA256.fullmatch(c.sha256), "The file's SHA-256 must be 64 lower-case hex digits.")
    require(c.size > 0, "The file is empty: attach one that holds something.")
    require(c.size <= LARGEST_FILE, "The file is larger than 100 MB: attach a smaller one.")
    require(_MEDIA_TYPE.fullmatch(c.media_type), "The file's type must be like application/pdf.")
    event = happened.EvidenceAttached(
        c.evidence,
        checks.title(c.title, "The title of the evidence"),
        c.sha256,
        c.size,
        c.media_type,
        checks.title(c.about, "What the evidence is about", needed=False),
    )
    before = b.evidence.get(c.evidence)
    if before is None:
        return [event]
    require(
        (before.sha256, before.title) == (event.sha256, event.title),
        "Other evidence already has this id: attach the file again as new evidence.",
    )
    return []


def _note(b: Benefit, c: asked.AddNote, _: Context) -> Answer:
    checks.existing(b)
    return [happened.NoteAdded(checks.words(c.text, "The note"))]


def _withdraw(b: Benefit, c: asked.WithdrawIdentified, context: Context) -> Answer:
    checks.live(b)
    require(
        b.stage is not Stage.REALISED,
        "A realised benefit is reopened by the board before it can be withdrawn: "
        "put a Reopening case.",
    )
    checks.identified(
        b, "The board approved this benefit, so only the board withdraws it: put a Withdrawal case."
    )
    require(b.open_case is None, "A case is before the board: retract it first.")
    why = checks.reason(c.reason, "Say why the benefit is withdrawn")
    return [gates.BenefitWithdrawn(why, "", replacement(b, c.replacement, context))]


def replacement(b: Benefit, named: str | None, context: Context) -> str | None:
    """The id of the benefit that replaces one withdrawn, if one does: another, still live."""
    if not named:
        return None
    require(named != b.benefit, "A benefit cannot replace itself: name another, or none.")
    try:
        other = checks.existing(context.benefit(named))
    except NotFound:
        raise NotFound(
            "There is no such benefit to replace it: name one of the register."
        ) from None
    require(
        other.stage is not Stage.WITHDRAWN,
        f"“{other.title}” was withdrawn itself: name another benefit that replaces this one.",
    )
    return named


RULES: dict[type, Rule] = {
    asked.IdentifyBenefit: Rule(_identify, "benefit", "benefit"),
    asked.DescribeBenefit: Rule(_describe, "benefit", "benefit", (happened.DescriptionRecorded,)),
    asked.LabelBenefit: Rule(_label, "benefit", "benefit", (happened.LabelsRecorded,)),
    asked.CorrectClassification: Rule(
        _classify, "benefit", "benefit", (happened.ClassificationCorrected,)
    ),
    asked.NameOwner: Rule(_owner, "benefit", "benefit", (happened.OwnerNamed,)),
    asked.NameFinancePartner: Rule(
        _finance_partner, "benefit", "benefit", (happened.FinancePartnerNamed,)
    ),
    asked.NameCabinetMember: Rule(
        _cabinet_member, "benefit", "benefit", (happened.CabinetMemberNamed,)
    ),
    asked.AttachEvidence: Rule(_attach, "benefit", "benefit"),
    asked.AddNote: Rule(_note, "benefit", "benefit"),
    asked.WithdrawIdentified: Rule(_withdraw, "benefit", "benefit"),
}
