"""People and their roles: added, changed, let in and out by an administrator."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotFound, Refused
from benefits.register import tables
from entrypoints import joining, passwords, second_factor, sessions
from entrypoints.access import allowed
from entrypoints.access_record import What
from entrypoints.accesses import note
from entrypoints.acts import ACTS
from entrypoints.forms import sentence_case
from entrypoints.here import now, realise, settings, viewer
from entrypoints.ids import is_key, new_key
from entrypoints.openid import identities
from entrypoints.openid.identities import AlreadyLinked
from entrypoints.passwords import WeakPassword
from entrypoints.sheets import Again, Sheet
from entrypoints.typed_people import Typed, read_person
from entrypoints.views.grids import Cell, Tag, grid
from workflows import commands, directory, inbox
from workflows.commands import Role
from workflows.directory import AlreadyInDirectory, Entry
from workflows.people import FOR_A_PROGRAMME

pages = Blueprint("people", __name__)

#: What happens to roles, by the name in the address.
ROLES: Mapping[str, type] = {
    "grant": commands.GrantRole,
    "revoke": commands.RevokeRole,
    "appoint": commands.GrantProgrammeRole,
    "dismiss": commands.RevokeProgrammeRole,
}


@pages.get("/admin/people")
@allowed(Role.ADMINISTRATOR)
def index() -> str:
    """Everybody in the directory, with their roles."""
    with realise().database.read() as connection:
        everybody = directory.everybody(connection)
        linked = identities.linked(connection)
        held: dict[str, list[str]] = {}
        for row in connection.execute(select(inbox.roles)):
            held.setdefault(row.person, []).append(sentence_case(row.role))
    rows: list[list[str | Cell]] = [
        [
            Cell(one.name, href=f"/admin/people/{one.person}", note=one.post),
            one.email or "None",
            ", ".join(sorted(held.get(one.person, []))) or "None",
            Cell(tag=_standing(one, linked=one.person in linked)),
        ]
        for one in everybody
    ]
    table = grid("People", ["Name", "Email address", "Roles", "Sign-in"], rows)
    return render_template("pages/people.html", table=table)


def _standing(entry: Entry, *, linked: bool) -> Tag:
    if not entry.active:
        return Tag("Left", "grey")
    if linked:
        return Tag("Single sign-on", "green")
    return Tag("Can sign in", "green") if entry.password else Tag("No password", "yellow")


@pages.get("/admin/people/new")
@allowed(Role.ADMINISTRATOR)
def new_form() -> str:
    """The form to add a person."""
    return _adding(Typed(), new_key(), "")


@pages.post("/admin/people/new")
@allowed(Role.ADMINISTRATOR)
def add() -> AnyResponse:
    """Add a person, with a first password or none. Sent twice, one person is added."""
    key = request.form.get("key", "")
    if not is_key(key):
        abort(428)
    typed = read_person(request.form)
    with realise().database.read() as connection:
        known = directory.by_id(connection, key)
    if known is not None:
        return redirect(f"/admin/people/{key}", 303)
    if typed.faults:
        return Response(_adding(typed, key, ""), 422)
    try:
        joining.add_person(
            realise(),  # type: ignore[arg-type]
            typed.name,
            typed.email or None,
            typed.post,
            typed.password or None,
            typed.roles,
            now(),
            by=viewer().person,
            person=key,
        )
    except Refused as fault:
        return Response(_adding(typed, key, str(fault)), 409)
    flash(f"{typed.name} is added.")
    return redirect(f"/admin/people/{key}", 303)


@pages.get("/admin/people/<person>")
@allowed(Role.ADMINISTRATOR)
def show(person: str) -> str:
    """A person: what they are called, their roles, and whether they can sign in."""
    return _one(_entry(person))


@pages.post("/admin/people/<person>/details")
@allowed(Role.ADMINISTRATOR)
def change(person: str) -> AnyResponse:
    """Change a person's name, post or address."""
    entry, typed = _entry(person), read_person(request.form)
    faults = {
        name: said for name, said in typed.faults.items() if name in ("name", "email", "post")
    }
    if not faults:
        try:
            with realise().database.write() as connection:
                directory.change(connection, person, typed.name, typed.email or None, typed.post)
        except AlreadyInDirectory as fault:
            faults = {"email": str(fault)}
    if faults:
        return Response(_one(entry, faults=faults, typed=typed), 422)
    flash("The details are changed.")
    return redirect(f"/admin/people/{person}", 303)


@pages.post("/admin/people/<person>/password")
@allowed(Role.ADMINISTRATOR)
def set_password(person: str) -> AnyResponse:
    """Set a new password and end every session of the person."""
    entry = _entry(person)
    try:
        fresh = passwords.hashed(request.form.get("password", ""))
    except WeakPassword as fault:
        return Response(_one(entry, faults={"password": str(fault)}), 422)
    with realise().database.write() as connection:
        directory.set_password(connection, person, fresh)
        sessions.end_all(connection, person, now())
    flash(f"The password of {entry.name} is set. Tell it to them in person or by telephone.")
    return redirect(f"/admin/people/{person}", 303)


@pages.post("/admin/people/<person>/second-factor")
@allowed(Role.ADMINISTRATOR)
def reset_second_factor(person: str) -> AnyResponse:
    """Take a person's second factor away, who lost it. Recorded, and they are signed out."""
    entry = _entry(person)
    if person == viewer().person:
        return Response(_one(entry, refusal="You cannot reset your own. Ask another."), 409)
    with realise().database.write() as connection:
        second_factor.remove(connection, person)
        sessions.end_all(connection, person, now())
    note(What.FACTOR_RESET, viewer().person)
    flash(f"The second factor of {entry.name} is reset. Their password alone signs them in.")
    return redirect(f"/admin/people/{person}", 303)


@pages.post("/admin/people/<person>/single-sign-on")
@allowed(Role.ADMINISTRATOR)
def link(person: str) -> AnyResponse:
    """Say who a person is at the single sign-on, or that they are nobody there any more."""
    entry, openid = _entry(person), settings().openid
    subject = request.form.get("subject", "").strip()
    if openid is None or len(subject) > identities.LONGEST:
        return Response(_one(entry, faults={"subject": "Write their number as it is there."}), 422)
    try:
        with realise().database.write() as connection:
            if subject:
                who = identities.Identity(openid.issuer, subject)
                identities.link(connection, who, person, now())
            else:
                identities.unlink(connection, person)
            sessions.end_all(connection, person, now())
    except AlreadyLinked as fault:
        return Response(_one(entry, faults={"subject": str(fault)}), 409)
    flash("Who they are at the single sign-on is changed. They are signed out everywhere.")
    return redirect(f"/admin/people/{person}", 303)


@pages.post("/admin/people/<person>/<any(leave, return):way>")
@allowed(Role.ADMINISTRATOR)
def come_or_go(person: str, way: str) -> AnyResponse:
    """Say that a person has left, which ends every session, or has come back."""
    entry = _entry(person)
    if person == viewer().person:
        return Response(_one(entry, refusal="You cannot put yourself out. Ask another."), 409)
    with realise().database.write() as connection:
        directory.set_active(connection, person, active=way == "return")
        if way == "leave":
            sessions.end_all(connection, person, now())
    flash(f"{entry.name} {'can sign in again' if way == 'return' else 'cannot sign in any more'}.")
    return redirect(f"/admin/people/{person}", 303)


@pages.post("/admin/people/<person>/<any(grant, revoke, appoint, dismiss):way>")
@allowed(Role.ADMINISTRATOR)
def change_role(person: str, way: str) -> AnyResponse:
    """Give a role or take one away."""
    entry, command = _entry(person), ROLES[way]
    outcome = _role_sheet(person, command).answer()
    if isinstance(outcome, Again):
        said = outcome.form.refusal or " ".join(fault for _, fault in outcome.form.faults)
        return Response(_one(entry, refusal=said), outcome.status)
    flash(ACTS[command].done)
    return redirect(f"/admin/people/{person}", 303)


def _role_sheet(person: str, command: type) -> Sheet:
    standing = realise().standing("person", person)
    return Sheet(ACTS[command], standing.version, {"person": person})


def _entry(person: str) -> Entry:
    with realise().database.read() as connection:
        found = directory.by_id(connection, person)
    if found is None:
        raise NotFound("There is nobody with this id. Look in the list of people.")
    return found


def _adding(typed: Typed, key: str, refusal: str) -> str:
    return render_template(
        "pages/person_new.html", typed=typed, key=key, refusal=refusal, roles=list(Role)
    )


def _one(
    entry: Entry,
    *,
    faults: Mapping[str, str] | None = None,
    refusal: str = "",
    typed: Typed | None = None,
) -> str:
    standing: Any = realise().standing("person", entry.person)
    held = tables.programmes.c
    with realise().database.read() as connection:
        rows = connection.execute(select(held.programme, held.title).order_by(held.title))
        titles = {row.programme: row.title for row in rows}
        second = second_factor.counts(connection, entry.person)
        subject = identities.subject_of(connection, entry.person)
    return render_template(
        "pages/person.html",
        entry=entry,
        tag=_standing(entry, linked=bool(subject)),
        typed=typed or Typed(entry.name, entry.email or "", entry.post),
        faults=faults or {},
        refusal=refusal,
        held=[role for role in Role if role in standing.roles],
        free=[role for role in Role if role not in standing.roles],
        held_for=sorted(
            (role.value, programme, titles.get(programme, programme))
            for role, programme in standing.programme_roles
        ),
        for_a_programme=FOR_A_PROGRAMME,
        titles=titles,
        hidden={"key": new_key(), "seen": str(standing.version)},
        known=standing.exists,
        own=entry.person == viewer().person,
        single=settings().openid is not None,
        subject=subject,
        second=second,
    )
