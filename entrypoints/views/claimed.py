"""A claim as finance looks at it: what is claimed, the budget line, and what is taken on it."""

from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.money import Pence, pounds
from benefits.parts import Claim
from benefits.rules.delivery import taken_from
from benefits.tranches import Nature
from benefits.wording.writing import instant, month, tranche
from entrypoints.taking.matching import Pair
from entrypoints.views.grids import Cell, Grid, Tag, grid, standing_tag
from entrypoints.views.grids import money as in_column
from entrypoints.views.naming import Called


@dataclass(frozen=True, slots=True)
class OnLine:
    """What a recurring claim takes from its budget line, in pence a year."""

    line: str
    removed: Pence
    verified: Pence
    waiting: Pence
    of_this: Pence

    @property
    def said(self) -> str:
        """Before this claim is decided, what may be verified of it; after, what it took too."""
        if self.of_this:
            return (
                f"{self.line}: {pounds(self.removed)} a year is to be removed, "
                f"{pounds(self.verified + self.of_this)} of it is verified, this claim included."
            )
        left = max(0, self.removed - self.verified)
        waits = f" Other claims of {pounds(self.waiting)} wait on it." if self.waiting else ""
        return (
            f"{self.line}: {pounds(self.removed)} a year is to be removed, {pounds(self.verified)} "
            f"of it is verified, so at most {pounds(left)} can be.{waits}"
        )


def on_line(benefit: Benefit, claim: Claim) -> OnLine | None:
    """What stands on the claim's budget line beside it; None when it names none."""
    named = benefit.budget_lines.get(claim.budget_line)
    if named is None:
        return None
    verified = taken_from(benefit, claim.budget_line, beside=claim.claim, waiting=False)
    all_taken = taken_from(benefit, claim.budget_line, beside=claim.claim)
    title = f"{named.line} {named.title}".strip()
    with_this = taken_from(benefit, claim.budget_line, beside="", waiting=False)
    return OnLine(title, named.amount, verified, all_taken - verified, with_this - verified)


def tag(claim: Claim) -> Tag:
    """How the claim stands, in a word."""
    return standing_tag(claim.standing)


def facts(benefit: Benefit, claim: Claim, called: Called) -> list[tuple[str, str]]:
    """The claim in rows of a name and what is said."""
    taken = on_line(benefit, claim)
    said = [
        ("Claimed", tranche(claim.tranche)),
        ("Plan year that it delivers", str(claim.tranche.plan_year)),
        ("Budget line", taken.said if taken else claim.budget_line or "None is named"),
        ("Note", claim.note),
        ("Claimed by", f"{called.person(claim.made_by)}, {instant(claim.made_at)}"),
        ("Late", f"{month(claim.late_for)} was closed already" if claim.late_for else ""),
        ("Corrected", f"Last by {called.person(claim.corrected_by)}" if claim.corrected_by else ""),
        ("Verified", _verified(claim, called)),
        ("Checked against", claim.against if claim.verified else ""),
        ("Lost since", pounds(claim.eroded) if claim.eroded else ""),
        ("Stands now", pounds(claim.stands) if claim.eroded else ""),
        ("Rejected", claim.rejected),
    ]
    return [(name, words) for name, words in said if words]


def _verified(claim: Claim, called: Called) -> str:
    if not claim.verified or claim.grade is None:
        return ""
    of = claim.tranche.amount
    part = "all" if claim.verified == of else f"{pounds(claim.verified)} of {pounds(of)}"
    who = called.person(claim.verified_by)
    return f"{part[:1].upper()}{part[1:]}, graded {claim.grade.value}, by {who}"


def money_of(claim: Claim) -> str:
    """The claimed amount in a heading."""
    once = "a year" if claim.tranche.nature is Nature.RECURRING else "once"
    return f"{pounds(claim.tranche.amount)} {once}"


def in_ledger(pair: Pair, claim: Claim) -> Grid:
    """What the ledger has of the claim's budget line in its month, beside what is claimed."""
    when = month(claim.tranche.month)
    pair.claims.append(_AsMatched(claim.tranche.amount, claim.tranche.nature.value))
    rows = [[line.words or "–", in_column(line.amount), line.note or "–"] for line in pair.lines]
    basis = f"{money_of(claim)[:1].upper()}{money_of(claim)[1:]} is claimed. "
    differ = "The two differ: other claims may be on the line"
    basis += f"{pair.agrees or differ}."
    return grid(
        f"{claim.budget_line} in the ledger of {when}",
        ["Description", "Amount £", "What finance made of it"],
        rows,
        foot=[[Cell("Together"), in_column(pair.in_ledger), ""]] if len(rows) > 1 else (),
        basis=basis,
        empty=f"The ledger that is loaded has nothing on {claim.budget_line} in {when}. "
        "Extracts are loaded on the page of ledger and claims.",
    )


@dataclass(frozen=True, slots=True)
class _AsMatched:
    """A claim as it is matched: pence, and whether they recur."""

    amount: Pence
    nature: str
