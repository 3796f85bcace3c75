"""What a person may see: which programmes, and what of the exempt. Worked out once a request.

From here it holds for every page, the API, exports and totals (``eventlog.narrowed``). Where the
setting opens programmes to all, only what is exempt is hidden, from whoever may not read it.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    false,
    literal,
    not_,
    or_,
    select,
    true,
    union,
)

from benefits.register import tables
from entrypoints.here import Viewer, realise, settings
from eventlog.database import metadata
from eventlog.narrowed import Narrowing, narrow
from eventlog.tables import TWIN, events
from reports.archive import exempt_archive
from workflows.commands import Role
from workflows.exempt import READS_EXEMPT
from workflows.scrutiny.rows import questions

#: Roles for the council that see every programme, whatever the setting.
SEES_ALL = (Role.PMO, Role.FINANCE, Role.SCRUTINY, Role.AUDITOR, Role.ADMINISTRATOR)


def take(viewer: Viewer | None) -> None:
    """Let the request see what its person may see. Nobody sees more by signing out."""
    if viewer is None:
        return
    every = settings().programmes_open or any(role in viewer.council_roles for role in SEES_ALL)
    if every and any(role in viewer.council_roles for role in READS_EXEMPT):
        return
    with realise().database.read() as connection:
        programmes = None if every else _programmes(connection, viewer)
        narrow(narrowing(connection, viewer, programmes))


def _programmes(connection: Connection, viewer: Viewer) -> frozenset[str]:
    """Where the person has something to do: a role, a seat, a benefit, or the report to read."""
    person, register, programmes = viewer.person, tables.register.c, tables.programmes.c
    query = union(
        select(register.programme).where(
            or_(
                register.owner == person,
                register.finance_partner == person,
                register.cabinet_member == person,
            )
        ),
        select(programmes.programme).where(
            or_(programmes.sponsor == person, programmes.board.in_(list(viewer.boards)))
        ),
        select(tables.recipients.c.programme).where(tables.recipients.c.person == person),
    )
    return frozenset(connection.execute(query).scalars()) | viewer.programme_roles.keys()


def narrowing(
    connection: Connection, viewer: Viewer, programmes: frozenset[str] | None
) -> Narrowing:
    """What is left of the record for a person who sees these programmes (all for ``None``)."""
    within = sorted(programmes) if programmes is not None else None
    hidden = not_(_seen(viewer, within))
    benefits = select(tables.register.c.benefit).where(hidden)
    unseen = list(connection.execute(benefits).scalars())
    overlaps = _overlaps(connection, unseen)
    others = _others(connection, within)
    streams = {f"benefit-{one}" for one in unseen}
    streams |= {f"overlap-{one}" for one in overlaps}
    streams |= {f"programme-{one}" for one in others}
    asked = _questions(connection, benefits, within)
    streams |= {f"question-{one}" for one in asked}
    prefixes = tuple(f"report-{one}:" for one in others)
    return Narrowing(
        {
            **_of_tables(benefits, within),
            tables.register: _seen(viewer, within),
            tables.overlaps: tables.overlaps.c.overlap.not_in(overlaps),
            exempt_archive: _exempt_reports(viewer, within),
            events: _of_events(benefits, overlaps, others, asked, prefixes),
        },
        frozenset(streams),
        prefixes,
    )


def _seen(viewer: Viewer, within: list[str] | None) -> ColumnElement[bool]:
    """Which benefits are seen: of the programmes, and exempt ones only by who may read them."""
    held = tables.register.c
    own = and_(held.owner.is_not(None), held.owner == viewer.person)  # never unknown: it is negated
    reads = or_(held.exempt.is_(False), own, _reads_exempt(viewer))
    return reads if within is None else and_(held.programme.in_(within), reads)


def _reads_exempt(viewer: Viewer) -> ColumnElement[bool]:
    if any(role in viewer.council_roles for role in READS_EXEMPT):
        return true()
    programmes = tables.programmes.c
    seated = select(programmes.programme).where(programmes.board.in_(list(viewer.boards)))
    return or_(
        tables.register.c.programme.in_(seated),
        tables.register.c.programme.in_(_exempt_programmes(viewer)),
    )


def _exempt_programmes(viewer: Viewer) -> list[str]:
    return sorted(
        programme
        for programme, roles in viewer.programme_roles.items()
        if any(role in roles for role in READS_EXEMPT)
    )


def _exempt_reports(viewer: Viewer, within: list[str] | None) -> ColumnElement[bool]:
    held = exempt_archive.c.programme
    if any(role in viewer.council_roles for role in READS_EXEMPT):
        return true() if within is None else held.in_(within)
    programmes = tables.programmes.c
    seated = select(programmes.programme).where(programmes.board.in_(list(viewer.boards)))
    return or_(held.in_(seated), held.in_(_exempt_programmes(viewer)))


def _overlaps(connection: Connection, unseen: Iterable[str]) -> list[str]:
    held, hidden = tables.overlaps.c, set(unseen)
    rows = connection.execute(select(held.overlap, held.gives_up, held.keeps))
    return [row.overlap for row in rows if hidden & {row.gives_up, row.keeps}]


def _questions(
    connection: Connection, benefits: Select[tuple[str]], within: list[str] | None
) -> list[str]:
    """What scrutiny asked about a benefit or a programme that is not seen."""
    held = questions.c
    hidden: ColumnElement[bool] = held.benefit.in_(benefits)
    if within is not None:
        hidden = or_(hidden, held.programme.not_in(within))
    return list(connection.execute(select(held.question).where(hidden)).scalars())


def _others(connection: Connection, within: list[str] | None) -> list[str]:
    """The programmes that are not seen, and all of them together where any is not."""
    if within is None:
        return []
    query = select(tables.programmes.c.programme)
    found = [one for one in connection.execute(query).scalars() if one not in within]
    return [*found, "~portfolio"] if found else []


def _of_tables(
    benefits: Select[tuple[str]], within: list[str] | None
) -> Mapping[Table, ColumnElement[bool]]:
    """Every table that says of which benefit or programme a row is."""
    found = {}
    for table in _told_of():
        asked: list[ColumnElement[bool]] = []
        if "benefit" in table.c:
            asked.append(table.c.benefit.not_in(benefits))
        if within is not None and "programme" in table.c:
            asked.append(table.c.programme.in_(within))
        if asked:
            found[table] = and_(*asked)
    return found


@cache
def _told_of() -> tuple[Table, ...]:
    return tuple(
        table
        for name, table in metadata.tables.items()
        if not name.endswith(TWIN) and {"benefit", "programme"} & set(table.c.keys())
    )


def _of_events(
    benefits: Select[tuple[str]],
    overlaps: list[str],
    others: list[str],
    asked: list[str],
    prefixes: Iterable[str],
) -> ColumnElement[bool]:
    stream = events.c.stream
    streams = select(literal("benefit-") + benefits.selected_columns[0]).where(
        benefits.whereclause if benefits.whereclause is not None else false()
    )
    named = [f"overlap-{one}" for one in overlaps] + [f"programme-{one}" for one in others]
    named += [f"question-{one}" for one in asked]
    return and_(
        stream.not_in(streams),
        stream.not_in(named),
        *(not_(stream.startswith(prefix, autoescape=True)) for prefix in prefixes),
    )
