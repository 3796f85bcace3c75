"""The benefits on one page of a grid, each as it stands, in a fixed number of queries."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, select

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.register.tables import register
from benefits.standing import stand
from entrypoints.entry.asked import PAGE, Asked
from entrypoints.here import Realise


def benefits_shown(
    realise: Realise,
    connection: Connection,
    asked: Asked,
    stages: Iterable[Stage],
    sent: Sequence[str],
) -> tuple[list[Benefit], int]:
    """One page of the benefits at these stages, by workstream and title; and how many there are.

    When a grid was ``sent``, those that stood in it, whatever has become of them since.
    """
    held = register.c
    wanted = [held.programme == asked.programme.programme]
    if sent:
        wanted.append(held.benefit.in_(sent))
    else:
        wanted.append(held.stage.in_([stage.value for stage in stages]))
    if asked.workstream and not sent:
        wanted.append(held.workstream == asked.workstream)
    if asked.owner:
        wanted.append(held.owner == asked.owner)
    found = connection.execute(
        select(func.count()).select_from(register).where(*wanted)
    ).scalar_one()
    page = (
        select(held.benefit)
        .where(*wanted)
        .order_by(held.workstream, held.title, held.position)
        .limit(PAGE)
        .offset(0 if sent else (asked.page - 1) * PAGE)
    )
    keys = list(connection.execute(page).scalars())
    streams = realise.store.load_many([f"benefit-{key}" for key in keys], None, connection)
    return [stand(key, streams[f"benefit-{key}"]) for key in keys], int(found)
