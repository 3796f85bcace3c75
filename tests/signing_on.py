"""A real OpenID provider of the tests, and people who go to it and come back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from oidc_provider_mock import run_server_in_thread
from werkzeug.test import TestResponse

from tests.web import Visitor

ROLES = (
    "Realise.PMO=pmo; Realise.Audit=auditor; Realise.Admin=administrator; "
    "Realise.Care.Finance=finance@care; Realise.Elsewhere=finance@nowhere; Realise.Member=member"
)
#: Seconds that a provider on this machine is given.
PATIENCE = 10


@contextmanager
def provider() -> Iterator[str]:
    """The address of a provider that believes whoever says who they are."""
    with run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def chosen(issuer: str, **more: str) -> dict[str, str]:
    """The settings of a council with this provider."""
    return {
        "REALISE_OIDC_ISSUER": issuer,
        "REALISE_OIDC_CLIENT_ID": "realise",
        "REALISE_OIDC_CLIENT_SECRET": "a secret of the tests",
        "REALISE_OIDC_ROLES": ROLES,
        **more,
    }


def claims(issuer: str, subject: str, **said: Any) -> None:
    """Let the provider claim this of a person."""
    known = {"name": f"{subject.title()} Quay", "email": f"{subject}@quay.example"}
    put = requests.put(f"{issuer}/users/{subject}", json={**known, **said}, timeout=PATIENCE)
    put.raise_for_status()


def asked(visitor: Visitor, address: str = "/sign-in/openid") -> str:
    """Where the visitor is sent to sign in."""
    sent = visitor.get(address)
    assert sent.status_code == 302, sent.text
    return str(sent.location)


def answered(at_the_provider: str, subject: str, action: str = "") -> str:
    """The visitor signs in there; gives the address that leads back to us."""
    typed: Mapping[str, str] = {"sub": subject} | ({"action": action} if action else {})
    sent = requests.post(at_the_provider, data=typed, allow_redirects=False, timeout=PATIENCE)
    assert sent.status_code == 302, sent.text
    back = urlsplit(sent.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_on(visitor: Visitor, subject: str, address: str = "/sign-in/openid") -> TestResponse:
    """The whole way there and back."""
    return visitor.get(answered(asked(visitor, address), subject))
