"""Whether the person here has lately proved who they are, and proving it again by the password.

Who came in by the single sign-on proves it there (entrypoints/pages/single_sign_on.py).
"""

from datetime import timedelta

from flask import request, session

from entrypoints import attempts, passwords, second_factor, sessions
from entrypoints.attempts import TooManyAttempts
from entrypoints.auth import TOO_MANY, came_by_openid
from entrypoints.here import now, realise, settings, viewer
from workflows import directory
from workflows.council import Council

WRONG = "That is not your password. Write it again; your vote is not cast yet."
PROVE_THERE = (
    "Prove at the single sign-on that it is you, then vote again; your vote is not cast yet."
)
WRONG_CODE = (
    "The password and the code are not right together, or the code was used. Write both again; "
    "your vote is not cast yet."
)
#: The names of the boxes for the password, and for the code of those who have a second factor.
BOX, CODE_BOX = "proof", "proof-code"


def minutes_asked() -> int:
    """Within how many minutes of proving who they are the council has members vote; 0: any."""
    council: Council = realise().standing("council", "council")
    return council.sign_in_within


def recently_proved(minutes: int) -> bool:
    """Whether the person of this session proved who they are within so many minutes; 0: always.

    Signing in, by whatever means, is a proof; so is ``prove``.
    """
    if not minutes:
        return True
    with realise().database.read() as connection:
        last = sessions.proved_at(connection, str(session.get("token", "")))
    return last is not None and now() - last <= timedelta(minutes=minutes)


def has_password() -> bool:
    """Whether the person can prove it by a password; others do it at the single sign-on."""
    if came_by_openid():
        return False
    with realise().database.read() as connection:
        entry = directory.by_id(connection, viewer().person)
    return entry is not None and bool(entry.password)


def needs_code() -> bool:
    """Whether the person proves it by a code of their telephone too, as at signing in."""
    with realise().database.read() as connection:
        return second_factor.counts(connection, viewer().person)


def prove(password: str, code: str) -> bool:
    """Look at the person's password again, and at a code of the telephone where they have set one.

    Raises ``TooManyAttempts``, as signing in does.
    """
    with realise().database.write() as connection:
        entry = directory.by_id(connection, viewer().person)
        account = (entry.email if entry else None) or viewer().person
        within = attempts.count_one(connection, account, request.remote_addr or "", now())
    if not within:
        raise TooManyAttempts(TOO_MANY)
    if not passwords.matches(entry.password if entry else "", password):
        return False
    with realise().database.write() as connection:
        person, key = viewer().person, settings().secret_key
        if second_factor.counts(connection, person) and not second_factor.proves(
            connection, key, person, code, now()
        ):
            return False
        attempts.forget(connection, account)
        sessions.prove(connection, str(session["token"]), now())
    return True


def fault_of_voting() -> tuple[str, int]:
    """Why a vote sent now is not taken, with its status; an empty sentence when it is."""
    if recently_proved(minutes_asked()):
        return "", 200
    if came_by_openid():
        return PROVE_THERE, 422
    try:
        right = prove(request.form.get(BOX, ""), request.form.get(CODE_BOX, "")[:40])
    except TooManyAttempts as fault:
        return str(fault), 429
    if right:
        return "", 200
    return (WRONG_CODE if needs_code() else WRONG), 422
