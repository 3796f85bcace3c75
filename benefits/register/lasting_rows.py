"""What the register holds of a benefit from a position of the log on: tranches, and its place."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from benefits import lines
from benefits.benefit import Benefit
from benefits.lines import Source
from benefits.parts import Claim
from benefits.plans import PlannedTranche
from benefits.register import tables
from benefits.tranches import Tranche
from eventlog.kinds import Lasting, LastingOf
from eventlog.pieces import Each

Row = dict[str, Any]
#: A tranche, perhaps with its low and high; a list's source and item come before them.
_Parts: TypeAlias = Sequence[tuple[Tranche] | tuple[Tranche, int | None, int | None]]
_List: TypeAlias = tuple[str, str, _Parts]
#: As they are stored. Looked up once: a rebuild asks for them millions of times.
_ORIGINAL, _PLAN, _PROPOSED, _FORECAST, _CLAIMED, _VERIFIED, _INVESTMENT = (
    source.value for source in Source
)


def _place(b: Benefit) -> Lasting:
    """What it is filed under."""
    if not b.position:
        return {}
    standing = {
        "benefit": b.benefit,
        "position": b.position,
        "programme": b.programme,
        "workstream": b.workstream,
        "group_name": b.group,
        "title": b.title,
        "kind": b.kind.value,
        "fund": b.fund.value,
        "stage": b.stage.value,
        "owner": b.owner,
        "replaced_by": b.replacement or "",
        "forecasted": b.forecast is not None,
    }
    return {tables.standings: {(b.benefit,): standing}}


def _planned(b: Benefit) -> Lasting:
    return _tranches(b.benefit, _lists_planned(b)) if b.position else {}


def _forecast(b: Benefit) -> Lasting:
    if b.forecast is None:
        return {}
    return _tranches(b.benefit, iter([(_FORECAST, "", _plain(b.forecast))]))


def _claimed(b: Benefit, claim: Claim) -> Lasting:
    return _tranches(b.benefit, _lists_claimed(b, claim))


#: Each a function of the benefit alone; the tranches of plan, forecast and claims change apart.
PARTS: tuple[LastingOf, ...] = (_place, _planned, _forecast, Each("claims", _claimed))


def _tranches(benefit: str, lists: Iterator[_List]) -> Lasting:
    return {
        tables.tranches: {
            (benefit, source, item, number): _Line(benefit, source, item, number, *line)
            for source, item, listed in lists
            for number, line in enumerate(listed)
        }
    }


class _Line(NamedTuple):
    """A tranche's row before it is written out: after each event all are compared, few written."""

    benefit: str
    source: str
    item: str
    number: int
    tranche: Tranche
    low: int | None = None
    high: int | None = None

    def columns(self) -> Row:
        tranche = self.tranche
        return {
            "benefit": self.benefit,
            "source": self.source,
            "item": self.item,
            "number": self.number,
            "amount": tranche.amount,
            "nature": tranche.nature.value,
            "month": str(tranche.month),
            "plan_year": str(tranche.plan_year),
            "low": self.low,
            "high": self.high,
        }


def _lists_planned(b: Benefit) -> Iterator[_List]:
    yield _ORIGINAL, "", _plain(b.original)
    yield _PLAN, "", _plain(b.plan)
    if not b.stage.reconciled and b.profile:
        yield _PROPOSED, "", _ranged(b.profile.tranches)
    for spent in b.investments.values():
        yield _INVESTMENT, spent.investment, _ranged(spent.tranches)


def _lists_claimed(b: Benefit, claim: Claim) -> Iterator[_List]:
    if claim.waiting:
        yield _CLAIMED, claim.claim, ((claim.tranche,),)
    yield _VERIFIED, claim.claim, _plain(lines.verified(b, claim))


def _plain(listed: Sequence[Tranche]) -> _Parts:
    return [(line,) for line in listed]


def _ranged(listed: Sequence[PlannedTranche]) -> _Parts:
    return [(line.tranche, line.low, line.high) for line in listed]
