"""Speaks to the OpenID provider: sends people to it, and checks everything that comes back.

Authorization code with PKCE (S256), state and nonce; the ID token's signature, issuer, audience
and times are checked. What is not right is one sentence, and nothing is written. The libraries
are loaded when somebody signs in so, or is set to: a council without a provider never needs them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask, current_app, request, session
from werkzeug.wrappers import Response

from entrypoints.here import now, settings
from entrypoints.openid.choices import OpenId
from entrypoints.openid.looked_at import PATIENCE, discovery, fault_of
from entrypoints.openid.sentences import AMISS, AWAY, STRAYED, code_of, sentence_of

log = structlog.get_logger(__name__)

#: Where the provider sends people back to; it is registered there, below our own address.
BACK = "/sign-in/openid/back"
#: How many seconds the provider's clock may be from ours.
LEEWAY = 60
#: How long a person may take at the provider.
LONGEST = timedelta(minutes=20)
#: Signatures that only the provider can make. None that a shared secret, or nobody, can.
SIGNATURES = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
_UNDER_WAY = "openid"
_STATES = "_state_openid_"


class NotSignedIn(Exception):
    """Somebody could not be signed in. ``str()`` says why, and what to do."""


def install(app: Flask, openid: OpenId) -> None:
    """Make the application know its provider. Nothing is contacted before somebody signs in."""
    from authlib.integrations.flask_client import OAuth

    OAuth(app).register(
        "openid",
        client_id=openid.client_id,
        client_secret=openid.client_secret or None,
        server_metadata_url=discovery(openid.issuer),
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )


def chosen() -> OpenId | None:
    """The provider of this council, when it has one."""
    return settings().openid


def begin(wanted: str, *, again: bool) -> Response:
    """Send the person to the provider; ``again`` has them prove who they are even when known there.

    Raises ``NotSignedIn`` when the provider does not answer.
    """
    client = _client()
    for state in [key for key in session if key.startswith(_STATES)]:
        session.pop(state)  # one sign-in at a time, so that the cookie stays small
    session[_UNDER_WAY] = {"wanted": wanted, "again": again, "begun": now().isoformat()}
    asked = {"prompt": "login", "max_age": 0} if again else {}
    sent: Response = client.authorize_redirect(f"{settings().address.rstrip('/')}{BACK}", **asked)
    return sent


def under_way() -> tuple[str, bool, datetime]:
    """The page wanted, whether it is a proof again, and when it began. Raises ``NotSignedIn``."""
    held = session.pop(_UNDER_WAY, None)
    if not isinstance(held, dict):
        raise NotSignedIn(STRAYED)
    begun = datetime.fromisoformat(held["begun"])
    if now() - begun > LONGEST:
        raise NotSignedIn(STRAYED)
    return held["wanted"], held["again"], begun


def claims() -> Mapping[str, Any]:
    """What the provider says, checked, of the person whom it sent back. Raises ``NotSignedIn``."""
    client = _client()
    issuer = client.server_metadata["issuer"]
    if request.args.get("iss", issuer) != issuer:  # RFC 9207: another provider's answer
        raise NotSignedIn(STRAYED)
    try:
        token = client.authorize_access_token(
            leeway=LEEWAY,
            claims_options={
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": client.client_id},
                "sub": {"essential": True},
            },
        )
    except _faults() as fault:
        log.warning("not signed in by the provider", why=type(fault).__name__, what=code_of(fault))
        raise NotSignedIn(sentence_of(fault)) from fault
    if "userinfo" not in token:
        raise NotSignedIn(AMISS.format("no ID token came back"))
    found: Mapping[str, Any] = token["userinfo"]
    return found


def _faults() -> tuple[type[Exception], ...]:
    """What speaking to a provider may raise."""
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import JoseError
    from requests import RequestException

    return (OAuthError, JoseError, RequestException, ValueError, KeyError, TypeError)


def leaving() -> str:
    """Where a person signs out of the provider too; empty when it has no such page."""
    client = _client()
    if not client.server_metadata.get("end_session_endpoint"):
        return ""
    made = client.create_logout_url(
        post_logout_redirect_uri=f"{settings().address.rstrip('/')}/sign-in",
        client_id=client.client_id,
    )
    return str(made["url"])


def _client() -> Any:
    """The provider's client, once it said what it is; it is asked once in each process."""
    from requests import RequestException

    client = current_app.extensions["authlib.integrations.flask_client"].openid
    try:
        said = client.load_server_metadata()
    except (RequestException, ValueError, TypeError) as fault:
        log.warning("the provider does not answer", why=type(fault).__name__)
        raise NotSignedIn(AWAY) from fault
    openid = chosen()
    amiss = fault_of(openid.issuer if openid else "", said)
    if amiss:
        said.clear()  # it is asked anew once it is mended
        raise NotSignedIn(AMISS.format(amiss))
    _settle(client, said)
    return client


def _settle(client: Any, said: dict[str, Any]) -> None:
    """Take safe signatures only, and prove who we are in a way that the provider takes."""
    offered = said.get("id_token_signing_alg_values_supported") or SIGNATURES
    said["id_token_signing_alg_values_supported"] = [one for one in SIGNATURES if one in offered]
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
    client.client_kwargs["token_endpoint_auth_method"] = way if client.client_secret else "none"
