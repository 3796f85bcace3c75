"""What is asked of the record to take in what a savings table has and the record has not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benefits.commands.details import (
    IdentifyBenefit,
    RecordInvestment,
    RecordProfile,
    RecordRange,
)
from benefits.commands.programme import RecordGroupInvestment
from benefits.money import Pence
from benefits.periods import FinancialYear
from benefits.plans import PlannedTranche, Profile
from benefits.savings_table.identity import line_id
from benefits.savings_table.plan import PlannedBenefit, PlannedInvestment
from benefits.tranches import Nature
from benefits.vocabulary import Point

#: A savings table does not print what an investment buys, nor who pays: nothing is invented.
NOT_STATED = "Not stated in the savings table"


@dataclass(frozen=True, slots=True)
class Step:
    """One command of an import, and the place in the file that it comes from.

    ``path`` says what it rests on: a step whose path begins with that of a refused one is
    refused for the same reason, which is told once.
    """

    command: object
    place: str
    path: tuple[str, ...]


def tranches_of(
    profile: Mapping[FinancialYear, Pence], nature: Nature
) -> tuple[PlannedTranche, ...]:
    """The figures printed for years, each from April, as the committed point with no range."""
    return tuple(PlannedTranche(nature, year.first, amount) for year, amount in profile.items())


def profile_of(planned: PlannedBenefit) -> Profile:
    """The profile as printed: the figures are the committed point."""
    tranches = tranches_of(planned.profile, planned.nature)
    return Profile(tranches, Point.STATED, components=planned.components)


def new_benefit(planned: PlannedBenefit, programme: str, place: str, source: str) -> Iterator[Step]:
    """The steps that put a line on the register, with its range and its profile."""
    benefit = line_id(programme, planned)
    path = (planned.workstream, benefit)
    yield Step(
        IdentifyBenefit(
            benefit,
            programme,
            planned.workstream,
            planned.title,
            planned.kind,
            planned.fund,
            planned.group,
            source,
        ),
        place,
        path,
    )
    if planned.low is not None and planned.high is not None:
        yield Step(RecordRange(benefit, planned.low, planned.high), place, path)
    if planned.profile:
        yield Step(RecordProfile(benefit, profile_of(planned)), place, path)


def new_investment(
    planned: PlannedInvestment, programme: str, benefit: str | None, place: str
) -> Step:
    """The step that records an investment on its benefit, or else for its group or workstream."""
    key = line_id(programme, planned)
    tranches = tranches_of(planned.profile, planned.nature)
    if benefit is not None:
        return Step(
            RecordInvestment(benefit, key, planned.line, NOT_STATED, NOT_STATED, tranches),
            place,
            (planned.workstream, benefit, key),
        )
    return Step(
        RecordGroupInvestment(
            programme,
            key,
            planned.line,
            NOT_STATED,
            NOT_STATED,
            tranches,
            planned.workstream,
            planned.group,
        ),
        place,
        (planned.workstream, key),
    )
