"""What of each request goes into the access record: refusals, and reading what is exempt."""

from contextlib import suppress

from flask import Flask, Response, g, request
from sqlalchemy import Connection, select

from benefits.register import tables
from entrypoints import access_record
from entrypoints.access_record import What
from entrypoints.here import now, realise, viewer_or_none
from eventlog.faults import DatabaseFault
from eventlog.tables import events


def install(app: Flask) -> None:
    """Look at every answer before it goes out."""
    app.after_request(_look)


def reads_exempt() -> None:
    """Say that this request hands out what is exempt, where its address does not tell."""
    g.reads_exempt = True


def note(what: What, person: str = "") -> None:
    """Record what happened at the door. A record that cannot be written stops nobody."""
    with suppress(DatabaseFault), realise().database.write() as connection:
        access_record.add(connection, now(), what, person, request.path)


def _look(answer: Response) -> Response:
    viewer = viewer_or_none()
    if viewer is None or request.endpoint is None:
        return answer
    if answer.status_code == 403:
        note(What.REFUSED, viewer.person)
    elif answer.status_code == 200:
        exempt = _exempt()
        if exempt is not None:
            # Not suppressed: what cannot be recorded is not handed out.
            with realise().database.write() as connection:
                access_record.add(
                    connection,
                    now(),
                    What.EXEMPT_READ,
                    viewer.person,
                    request.full_path.rstrip("?"),
                    exempt,
                )
    return answer


def _exempt() -> str | None:
    """The exempt benefit that the answer is of; empty for a list or a report; None for none."""
    if g.get("reads_exempt"):
        return ""
    named = request.view_args or {}
    if not {"benefit", "case", "claim", "position"} & named.keys() and not _is_export():
        return None
    with realise().database.read() as connection:
        return _named(connection, {key: str(value) for key, value in named.items()})


def _is_export() -> bool:
    """A list that is taken away: a file, or an answer of the API."""
    read = request.method in ("GET", "HEAD")
    return read and (request.path.startswith("/api/") or request.path.endswith((".csv", ".xlsx")))


def _named(connection: Connection, named: dict[str, str]) -> str | None:
    held = tables.register.c
    exempt = select(held.benefit).where(held.exempt)
    if "benefit" in named:
        exempt = exempt.where(held.benefit == named["benefit"])
    elif "case" in named:
        of = select(tables.cases.c.benefit).where(tables.cases.c.case_id == named["case"])
        exempt = exempt.where(held.benefit.in_(of))
    elif "claim" in named:
        of = select(tables.claims.c.benefit).where(tables.claims.c.claim == named["claim"])
        exempt = exempt.where(held.benefit.in_(of))
    elif "position" in named:
        if not named["position"].isdigit():
            return None
        stream = select(events.c.stream).where(events.c.position == int(named["position"][:15]))
        name = connection.execute(stream).scalar() or ""
        exempt = exempt.where(held.benefit == name.removeprefix("benefit-"))
    else:
        programme = named.get("programme") or request.args.get("programme", "")
        exempt = exempt.where(held.programme == programme) if programme else exempt
        return "" if connection.execute(exempt.limit(1)).first() else None
    found: str | None = connection.execute(exempt.limit(1)).scalar()
    return found
