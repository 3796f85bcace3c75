"""Letting programs in: by the token that they send, and by nothing else."""

import time
from contextlib import suppress
from datetime import datetime
from typing import cast

from flask import Flask, abort, current_app, g, request
from werkzeug.exceptions import TooManyRequests, Unauthorized

from benefits.refusals import NotAllowed
from entrypoints import sight, tokens
from entrypoints.access import may_open, who_may
from entrypoints.api.address import for_a_program
from entrypoints.api.throttle import Throttle
from entrypoints.auth import viewer_of
from entrypoints.here import now, realise
from entrypoints.tokens import Scope, Token
from eventlog.faults import DatabaseFault

LONGEST = 200


def install(app: Flask, a_minute: int) -> None:
    """Look for a token before every request of a program. ``a_minute``: requests of one caller."""
    throttle = Throttle(a_minute)

    @app.before_request
    def _let_in() -> None:
        if not for_a_program():
            return
        secret = _sent()
        caller = tokens.hashed(secret) if secret else f"address {request.remote_addr}"
        wait = throttle.wait(caller, time.monotonic())
        if wait:
            raise TooManyRequests(retry_after=wait)
        g.viewer, g.token = None, None
        if secret:
            _recognise(secret)
        if request.endpoint is None:
            return  # no such address; the problem says so
        if not may_open(who_may(current_app.view_functions[request.endpoint]), g.viewer):
            abort(403 if g.viewer else 401)


def require(scope: Scope) -> None:
    """Refuse what the token's scopes do not reach. Raises ``NotAllowed``."""
    token = cast(Token, g.token)
    if scope not in token.scopes:
        held = ", ".join(each.value for each in Scope if each in token.scopes)
        raise NotAllowed(
            f"This needs a token with the scope “{scope.value}”, and this one has: {held}. "
            "Make another token."
        )


def _sent() -> str:
    """The token as it was sent; empty for none, or for another sort of authorisation."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip()[:LONGEST] if scheme.lower() == "bearer" else ""


def _recognise(secret: str) -> None:
    at = now()
    with realise().database.read() as connection:
        token = tokens.find(connection, secret)
    if token is None or not token.lives(at):
        raise Unauthorized
    viewer = viewer_of(token.person)
    if viewer is None:
        raise Unauthorized
    g.viewer, g.token = viewer, token
    sight.take(viewer)
    _remember_use(token, at)


def _remember_use(token: Token, at: datetime) -> None:
    if token.last_used_at is not None and at - token.last_used_at < tokens.USED_EVERY:
        return
    # When it was used is worth less than the answer.
    with suppress(DatabaseFault), realise().database.write() as connection:
        tokens.used(connection, token.token, at)
