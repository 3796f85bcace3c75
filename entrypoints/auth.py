"""Signing in and out, and finding who is here at each request."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response

from benefits.register import tables
from entrypoints import attempts, passwords, second_factor, sessions, sight
from entrypoints.access import PUBLIC, may_open, who_may
from entrypoints.api.address import for_a_program
from entrypoints.attempts import TooManyAttempts
from entrypoints.here import Viewer, now, realise, settings
from eventlog.narrowed import narrow
from workflows import directory, inbox
from workflows.commands import Role

#: Files that caches may keep: nobody is looked for, and no cookie goes with them.
THE_SAME_FOR_ALL = ("assets", "council", "watching")
TOO_MANY = "Too many sign-ins were tried. Wait 15 minutes, then try again."
FOR_ADMINISTRATORS = "Passwords are only for administrators here. Use the single sign-on."
#: What the browser's session says while a code is awaited, and once one was given.
_HALF_WAY, SECOND = "half way", "second"
LONGEST_FOR_A_CODE = timedelta(minutes=5)
#: The pages on which a second factor is set up.
SETTING_UP = "second_factor"
#: What the browser's session says of who came in by the single sign-on.
BY_OPENID = "openid"
#: How far ahead of our clock a cookie may be: processes on other machines may differ a little.
LEEWAY = timedelta(minutes=1)


class PasswordsAreNotForYou(Exception):
    """The council lets this person in by the single sign-on only. ``str()`` says so."""


def install(app: Flask, find_viewer: Callable[[str], Viewer | None] | None = None) -> None:
    """Find who is here before every page, and let nobody into a page that is not for them."""
    find = find_viewer or viewer_of
    app.after_request(_end_of_sight)

    @app.before_request
    def _let_in() -> Response | None:
        g.viewer = None
        narrow(None)
        if for_a_program():
            return None  # no cookie counts there: the API looks for a token
        if "token" in session and request.blueprint not in THE_SAME_FOR_ALL:
            g.viewer = _here(find)
            sight.take(g.viewer)
        if request.endpoint is None:
            return None  # no such page; the error page says so
        who = who_may(current_app.view_functions[request.endpoint])
        if may_open(who, g.viewer):
            if g.viewer and PUBLIC not in who and request.blueprint != SETTING_UP:
                return _to_second_factor() if _must_set_up(g.viewer) else None
            return None
        if g.viewer is not None:
            abort(403)
        return _to_sign_in()


def _end_of_sight(answer: Response) -> Response:
    """Once the answer is sent, and not before: a file may be read while it is being sent."""
    answer.call_on_close(lambda: narrow(None))
    return answer


def _to_second_factor() -> Response:
    if request.method not in ("GET", "HEAD"):
        abort(403)
    return redirect("/account/second-factor", 303)


def _to_sign_in() -> Response:
    if request.method not in ("GET", "HEAD"):
        abort(401)
    wanted = request.full_path.rstrip("?")
    return redirect(f"/sign-in?next={quote(wanted)}" if wanted != "/" else "/sign-in", 303)


def _here(find: Callable[[str], Viewer | None]) -> Viewer | None:
    """The person of this browser's session, unless it is idle too long, ended or revoked."""
    at, last = now(), _last_seen()
    idle = timedelta(minutes=settings().idle_minutes)
    if last is None or not -LEEWAY <= at - last <= idle:
        session.clear()
        return None
    with realise().database.read() as connection:
        person = sessions.person_of(connection, str(session["token"]), at)
    found = find(person) if person else None
    if found is None:
        session.clear()
        return None
    session["seen"] = at.isoformat()
    return found


def _last_seen() -> datetime | None:
    try:
        return datetime.fromisoformat(str(session.get("seen", "")))
    except ValueError:
        return None


def viewer_of(person: str) -> Viewer | None:
    """The person with roles and seats as they are now; None when no longer active."""
    with realise().database.read() as connection:
        entry = directory.by_id(connection, person)
        if entry is None or not entry.active:
            return None
        seats, roles, register = inbox.seats.c, inbox.roles.c, tables.register.c
        held = connection.execute(select(roles.role).where(roles.person == person)).scalars()
        sits = (seats.person == person) | (seats.deputy == person)
        boards = connection.execute(
            select(inbox.boards.c.board, inbox.boards.c.title)
            .join(inbox.seats, seats.board == inbox.boards.c.board)
            .where(sits)
        )
        owned = select(register.programme).where(register.owner == person).distinct()
        return Viewer(
            person=person,
            name=entry.name,
            council_roles=frozenset(Role(role) for role in held),
            boards={row.board: row.title for row in boards},
            owns_in=frozenset(connection.execute(owned).scalars()),
            programme_roles=_programme_roles(connection, person),
        )


def _programme_roles(connection: Connection, person: str) -> dict[str, frozenset[Role]]:
    held = inbox.programme_roles.c
    query = select(held.programme, held.role).where(held.person == person)
    found: dict[str, frozenset[Role]] = {}
    for programme, role in connection.execute(query):
        found[programme] = found.get(programme, frozenset()) | {Role(role)}
    return found


class Outcome(Enum):
    """What came of an email address and a password."""

    WRONG = auto()
    CODE = auto()
    IN = auto()


def sign_in(email: str, password: str, address: str) -> Outcome:
    """Sign a person in on this browser, or ask for the code of who has a second factor.

    The answer takes as long when there is no such account.

    Raises ``TooManyAttempts``, and ``PasswordsAreNotForYou`` once the password was right.
    """
    at = now()
    with realise().database.write() as connection:
        within = attempts.count_one(connection, email, address, at)
    if not within:
        raise TooManyAttempts(TOO_MANY)
    with realise().database.read() as connection:
        entry = directory.by_email(connection, email)
    known = entry is not None and entry.active
    right = passwords.matches(entry.password if known and entry else "", password)
    if not right or entry is None:
        return Outcome.WRONG
    if not (settings().passwords_for_all or _is_administrator(entry.person)):
        raise PasswordsAreNotForYou(FOR_ADMINISTRATORS)
    with realise().database.write() as connection:
        attempts.forget(connection, email)
        if second_factor.counts(connection, entry.person):
            session.clear()
            session[_HALF_WAY] = {"person": entry.person, "at": at.isoformat()}
            return Outcome.CODE
        token = sessions.start(connection, entry.person, at, settings().session_hours)
    begin(token, at)
    return Outcome.IN


def half_way() -> str:
    """The person whose password was right a moment ago and whose code is awaited; or empty."""
    held = session.get(_HALF_WAY)
    if not isinstance(held, dict):
        return ""
    fresh = now() - datetime.fromisoformat(held["at"]) <= LONGEST_FOR_A_CODE
    return str(held["person"]) if fresh else ""


def sign_in_by_code(code: str, address: str) -> bool:
    """The second half of signing in. Raises ``TooManyAttempts``."""
    at, person = now(), half_way()
    if not person or not proves_by_code(person, code, address):
        return False
    with realise().database.write() as connection:
        token = sessions.start(connection, person, at, settings().session_hours)
    begin(token, at)
    session[SECOND] = True
    return True


def proves_by_code(person: str, code: str, address: str) -> bool:
    """Whether a code is right; it is used up. Raises ``TooManyAttempts``."""
    at = now()
    with realise().database.write() as connection:
        within = attempts.count_one(connection, f"code of {person}", address, at)
    if not within:
        raise TooManyAttempts(TOO_MANY)
    with realise().database.write() as connection:
        entry = directory.by_id(connection, person)
        right = second_factor.proves(connection, settings().secret_key, person, code, at)
        if right:
            attempts.forget(connection, f"code of {person}")
    return right and entry is not None and entry.active


def _must_set_up(viewer: Viewer) -> bool:
    """Whether the person must have a second factor first, to do anything here."""
    asked = settings().second_factor_asked and Role.ADMINISTRATOR in viewer.council_roles
    return asked and not session.get(SECOND) and not came_by_openid()


def _is_administrator(person: str) -> bool:
    held = inbox.roles.c
    query = select(held.person).where(held.person == person, held.role == Role.ADMINISTRATOR.value)
    with realise().database.read() as connection:
        return connection.execute(query).first() is not None


def known_as(email: str) -> str:
    """The id of the person with this address, empty for nobody: what was typed is not kept."""
    with realise().database.read() as connection:
        entry = directory.by_email(connection, email)
    return entry.person if entry else ""


def begin(token: str, at: datetime, by: str = "") -> None:
    """A new session from nothing, so that nobody can prepare one for another person.

    ``by`` says by what means they came in: ``BY_OPENID``, or else by a password.
    """
    session.clear()
    session["token"], session["seen"] = token, at.isoformat()
    if by:
        session["by"] = by


def came_by_openid() -> bool:
    """Whether the person here came in by the single sign-on."""
    return session.get("by") == BY_OPENID


def sign_out() -> None:
    """End the session of this browser, everywhere and at once."""
    token: Any = session.get("token")
    if token:
        with realise().database.write() as connection:
            sessions.end(connection, str(token), now())
    session.clear()


def safe_next(wanted: str) -> str:
    """The page to go to after signing in: a path of our own, or the first page."""
    parts = urlsplit(wanted) if _plain(wanted) else urlsplit("/")
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return wanted if ours and _plain(wanted) else "/"


def _plain(wanted: str) -> bool:
    """Browsers read a backslash as a slash and drop tabs: an address with one is not plain."""
    return (
        wanted.startswith("/")
        and not wanted.startswith("//")
        and len(wanted) <= 2_000
        and not any(character <= " " or character in "\\\x7f" for character in wanted)
    )
