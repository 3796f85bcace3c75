"""What a savings table says otherwise than the record, of a line that is known already."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from benefits.benefit import Benefit
from benefits.commands.details import RecordInvestment, RecordProfile, RecordRange
from benefits.commands.programme import RecordGroupInvestment
from benefits.money import Pence, pounds
from benefits.parts import Investment
from benefits.periods import FinancialYear
from benefits.plans import Component, PlannedTranche
from benefits.savings_table.plan import PlannedBenefit, PlannedInvestment
from benefits.savings_table.recording import profile_of, tranches_of
from benefits.tranches import Nature
from benefits.vocabulary import Point
from benefits.wording.writing import planned as written


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that moved: the sentence that tells it, and the command that would correct it."""

    sentence: str
    command: object


def figures(tranches: Iterable[PlannedTranche]) -> Counter[tuple[FinancialYear, Nature]]:
    """The committed pence by year and nature: what a savings table prints."""
    found: Counter[tuple[FinancialYear, Nature]] = Counter()
    for line in tranches:
        found[line.month.financial_year, line.nature] += line.committed
    return found


def changes_of_benefit(planned: PlannedBenefit, b: Benefit, reason: str) -> Iterator[Change]:
    """The range and the profile, where the file prints one and the record has another."""
    if planned.low is not None and planned.high is not None:
        asked = (planned.low, planned.high)
        if b.range != asked:
            sentence = f"the range is {_range(b.range)} on record and {_range(asked)} in the file"
            yield Change(sentence, RecordRange(b.benefit, *asked))
    if not planned.profile:
        return
    profile = profile_of(planned)
    before = b.profile
    if before is None:
        sentence = f"the record has no profile, and the file has {written(profile.tranches)}"
        yield Change(sentence, RecordProfile(b.benefit, profile, reason))
    elif figures(before.tranches) != figures(profile.tranches) or (
        before.components != profile.components
    ):
        # What the profile was already net of, and its drivers, no savings table prints.
        corrected = replace(
            before,
            tranches=profile.tranches,
            point=Point.STATED,
            components=profile.components,
        )
        sentence = _moved(before.tranches, profile.tranches) or _parts(
            before.components, profile.components
        )
        yield Change(sentence, RecordProfile(b.benefit, corrected, reason))


def change_of_investment(
    planned: PlannedInvestment, before: Investment, benefit: str | None, programme: str, reason: str
) -> Change | None:
    """The figures of an investment, where the file has others. Its other words are left alone."""
    tranches = tranches_of(planned.profile, planned.nature)
    sentence = _moved(before.tranches, tranches)
    if not sentence:
        return None
    words = (before.investment, before.title, before.spent_on, before.funding, tranches)
    if benefit is not None:
        return Change(sentence, RecordInvestment(benefit, *words, reason))
    place = (planned.workstream, planned.group)
    return Change(sentence, RecordGroupInvestment(programme, *words, *place, reason))


def _moved(before: tuple[PlannedTranche, ...], after: tuple[PlannedTranche, ...]) -> str:
    """Empty when the figures are the same."""
    if figures(before) == figures(after):
        return ""
    return f"the record has {written(before)}, and the file has {written(after)}"


def _parts(before: tuple[Component, ...], after: tuple[Component, ...]) -> str:
    gone = [part.name for part in before if part not in after]
    new = [part.name for part in after if part not in before]
    told = ", ".join(f"“{name}”" for name in dict.fromkeys([*gone, *new]))
    return f"the components printed under it differ from those on record: {told or 'their order'}"


def _range(of: tuple[Pence, Pence] | None) -> str:
    return f"{pounds(of[0])} to {pounds(of[1])}" if of else "not given"
