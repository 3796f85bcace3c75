"""What the register can be narrowed to and sorted by, as conditions and orders of its tables.

A status is worked out by the database from the pounds that hold on the day and the tolerance of
the programme, so that it can be filtered, sorted and paged like anything that is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from benefits.lifecycle import Stage
from benefits.lines import Source
from benefits.register.status_table import statuses
from benefits.register.tables import claims, programmes, register, tranches
from benefits.vocabulary import Fund, Kind, Status
from eventlog.kinds import STILL


class Needs(StrEnum):
    """What a benefit may be waiting for. The value is what people choose."""

    BOARD = "a decision of the board"
    FINANCE = "finance to decide a claim"
    MILESTONE = "a milestone that is overdue"
    CONDITION = "a condition to be met"
    PROFILE = "a profile by year"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which benefits are looked for. What is empty does not narrow; ``year`` is 2024/25."""

    programme: str = ""
    words: str = ""
    stages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    workstream: str = ""
    owner: str = ""
    year: str = ""
    needs: str = ""


_ALIVE = register.c.stage != Stage.WITHDRAWN.value


def _worst() -> ColumnElement[int]:
    """The status as a number in the order of ``Status``; None while no board's plan stands.

    The same rule as ``reports.status.Strip.worst``, in whole numbers.
    """
    held, whole = statuses.c, 100
    allowed = case((held.plan > 0, held.plan * programmes.c.tolerance), else_=0)
    number = {status: literal(place) for place, status in enumerate(Status)}
    return case(
        (held.benefit.is_(None), None),
        (held.not_delivered * whole > allowed, number[Status.WILL_NOT_BE_DELIVERED]),
        ((held.not_delivered + held.at_risk) * whole > allowed, number[Status.AT_RISK]),
        (and_(held.delivered > 0, held.on_track <= 0), number[Status.DELIVERED]),
        else_=number[Status.ON_TRACK],
    )


#: The place of the benefit's status in ``Status``, or None. Needs ``joined``.
STATUS = _worst()


def joined(query: Select[Any], today: date) -> Select[Any]:
    """The register with each benefit's programme, and how its pounds stand on the day."""
    day = today.isoformat()
    standing = and_(
        statuses.c.benefit == register.c.benefit, statuses.c.begins <= day, statuses.c.ends > day
    )
    return query.select_from(
        register.outerjoin(programmes, programmes.c.programme == register.c.programme).outerjoin(
            statuses, standing
        )
    )


Called: TypeAlias = Callable[[ColumnElement[Any]], ColumnElement[Any]]


def _as_it_is(person: ColumnElement[Any]) -> ColumnElement[Any]:
    """Owners by their ids, for those who do not care for names."""
    return person


def _listed(column: ColumnElement[Any], words: type[StrEnum]) -> ColumnElement[Any]:
    """In the order in which the vocabulary lists them."""
    return case({each.value: place for place, each in enumerate(words)}, value=column, else_=99)


def _reference(_: Called) -> Sequence[ColumnElement[Any]]:
    return ()


def _filed(_: Called) -> Sequence[ColumnElement[Any]]:
    return func.lower(func.coalesce(programmes.c.title, "")), func.lower(register.c.workstream)


def _owner(called: Called) -> Sequence[ColumnElement[Any]]:
    name = called(register.c.owner)
    # Who has no owner comes after all who have, and who is not in the directory between them.
    last = case((register.c.owner.is_(None), 2), (name.is_(None), 1), else_=0)
    return last, func.lower(func.coalesce(name, register.c.owner, ""))


def _by(*columns: ColumnElement[Any]) -> Callable[[Called], Sequence[ColumnElement[Any]]]:
    return lambda _: columns


def _alive(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A plan; a withdrawn benefit has none. A disbenefit's is below nothing."""
    signed = case((register.c.kind == Kind.DISBENEFIT.value, -column), else_=column)
    return case((_ALIVE, signed), else_=0)


def _signed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((register.c.kind == Kind.DISBENEFIT.value, -column), else_=column)


_DAY = register.c.next_milestone_day
#: What the register can be sorted by, by the name in the address. Ties go by reference.
SORTS: dict[str, Callable[[Called], Sequence[ColumnElement[Any]]]] = {
    "reference": _reference,
    "title": _by(func.lower(register.c.title)),
    "programme": _filed,
    "stage": _by(_listed(register.c.stage, Stage)),
    "status": _by(func.coalesce(STATUS, -1)),
    "kind": _by(_listed(register.c.kind, Kind), _listed(register.c.fund, Fund)),
    "fund": _by(_listed(register.c.fund, Fund), _listed(register.c.kind, Kind)),
    "owner": _owner,
    "planned": _by(_alive(register.c.planned_run_rate)),
    "verified": _by(_signed(register.c.verified_run_rate)),
    "expected": _by(_alive(register.c.forecast_run_rate)),
    "one-off": _by(_alive(register.c.planned_one_off)),
    "milestone": _by(case((and_(_ALIVE, _DAY != ""), _DAY), else_="9999")),
}


@dataclass(frozen=True, slots=True)
class Order:
    """The order asked for: a name in ``SORTS``, with a minus before it to begin with the last."""

    sort: str = "reference"
    called: Called = _as_it_is

    @property
    def down(self) -> bool:
        return self.sort.startswith("-")

    @property
    def columns(self) -> tuple[ColumnElement[Any], ...]:
        """What is compared, none of it ever null; the reference follows, so that nothing ties."""
        return tuple(SORTS[self.sort.removeprefix("-")](self.called))

    @property
    def by(self) -> list[ColumnElement[Any]]:
        """The columns as ORDER BY has them: only what is compared turns round, ties never do."""
        place = register.c.position
        if not self.columns:
            return [place.desc() if self.down else place.asc()]
        turned = [each.desc() if self.down else each.asc() for each in self.columns]
        return [*turned, place.asc()]


def where(asked: Filter, today: date) -> ColumnElement[bool]:
    """The condition of a filter, for a query that is ``joined``."""
    held = register.c
    conditions: list[ColumnElement[bool]] = [
        held.words.contains(word, autoescape=True) for word in asked.words.casefold().split()
    ]
    for column, wanted in (
        (held.programme, asked.programme),
        (held.workstream, asked.workstream),
        (held.owner, asked.owner),
    ):
        if wanted:
            conditions.append(column == wanted)
    for column, several in (
        (held.stage, asked.stages),
        (held.kind, asked.kinds),
        (held.fund, asked.funds),
    ):
        if several:
            conditions.append(column.in_(several))
    if asked.statuses:
        places = [place for place, status in enumerate(Status) if status in asked.statuses]
        conditions.append(STATUS.in_(places))
    if asked.year:
        conditions.append(held.benefit.in_(_planned_for(asked.year)))
    if asked.needs:
        conditions.append(_waiting(Needs(asked.needs), today))
    return and_(True, *conditions)  # noqa: FBT003 - the condition that always holds


def _planned_for(year: str) -> Select[Any]:
    """The benefits with a plan, or a proposed profile, for the year."""
    return select(tranches.c.benefit).where(
        tranches.c.until == STILL,
        tranches.c.plan_year == year,
        tranches.c.source.in_([Source.PLAN.value, Source.PROPOSED.value]),
    )


def _waiting(needs: Needs, today: date) -> ColumnElement[bool]:
    held = register.c
    match needs:
        case Needs.BOARD:
            return held.open_gate != ""
        case Needs.FINANCE:
            waits = select(claims.c.benefit).where(claims.c.standing == "waiting")
            return held.benefit.in_(waits)
        case Needs.MILESTONE:
            return and_(_ALIVE, _DAY != "", today.isoformat() > _DAY)
        case Needs.CONDITION:
            return held.open_conditions > 0
        case Needs.PROFILE:
            return and_(_ALIVE, ~held.has_profile)
