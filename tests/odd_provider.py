"""An OpenID provider of a few lines: no page to sign in at, other signatures, odd claims."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.web import Visitor

_KEYS: dict[str, tuple[Any, Any]] = {"ES256": (ECKey, "P-256"), "PS256": (RSAKey, 2048)}


@dataclass
class OddProvider:
    """``said`` goes over its discovery document, ``claimed`` over the ID token; None takes away."""

    issuer: str = ""
    signature: str = "ES256"
    said: dict[str, Any] = field(default_factory=dict)
    claimed: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    key: Any = None

    def new_key(self) -> None:
        """Sign with another key from now on, which is published."""
        kind, size = _KEYS[self.signature]
        self.key = kind.generate_key(size, {"use": "sig"}, private=True, auto_kid=True)

    @property
    def base(self) -> str:
        return self.issuer.rstrip("/")

    def answer(self, request: Request) -> Response:
        """Everything that is asked of it."""
        if request.path.endswith("openid-configuration"):
            return _json(self._discovery() | self.said)
        if request.path == "/keys":
            return _json({"keys": [self.key.as_dict(private=False)]})
        return _json({"access_token": "x", "token_type": "Bearer", "id_token": self._token()})

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.base}/there",
            "token_endpoint": f"{self.base}/token",
            "jwks_uri": f"{self.base}/keys",
            "id_token_signing_alg_values_supported": [self.signature],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "x_unheard_of": {"of": ["anybody"]},
        }

    def _token(self) -> str:
        at = int(time.time())
        claims = {
            "iss": self.issuer, "aud": ["realise"], "sub": "odd", "name": "Odd Quay",
            "email": "odd@quay.example", "nonce": self.nonce, "iat": at, "exp": at + 300,
            "roles": "Realise.PMO", "wids": [1, {"a": None}], "address": {"country": "GB"},
        } | self.claimed  # fmt: skip
        header = {"alg": self.signature, "kid": self.key.kid}
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, kept, self.key, algorithms=[self.signature])

    def way_back(self, visitor: Visitor) -> str:
        """Go there from our page; gives the address that leads back."""
        sent = visitor.get("/sign-in/openid")
        assert sent.status_code == 302, sent.text
        asked = parse_qs(urlsplit(str(sent.location)).query)
        self.nonce = asked["nonce"][0]
        return f"/sign-in/openid/back?code=any&state={asked['state'][0]}"


def _json(said: Any) -> Response:
    return Response(json.dumps(said), mimetype="application/json")


@contextmanager
def odd_provider(signature: str) -> Iterator[OddProvider]:
    """The provider, serving; its issuer ends with a slash."""
    made = OddProvider(signature=signature)
    made.new_key()
    server = make_server("127.0.0.1", 0, Request.application(made.answer), threaded=True)
    made.issuer = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
