"""A program of a few lines for tests of the API: it has a token and sends JSON."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from entrypoints import tokens
from entrypoints.here import now
from entrypoints.tokens import Scope
from entrypoints.wiring import Realise

_KEYS = count(1)


@dataclass(slots=True)
class Program:
    """A program that comes in by a token."""

    client: FlaskClient
    secret: str
    last: TestResponse | None = field(default=None)

    def get(self, address: str, **headers: str) -> TestResponse:
        """Read."""
        return self.client.get(f"/api{address}", headers=self._headers(headers), buffered=True)

    def read(self, address: str) -> Any:
        """What is read, which is there."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(
        self,
        address: str,
        body: Any,
        seen: int | str | None = None,
        key: str | None = None,
        **headers: str,
    ) -> TestResponse:
        """Change something. ``seen`` is the version for If-Match; a fresh key unless given."""
        sent = {"Idempotency-Key": key or f"test-key-{next(_KEYS)}", **headers}
        if seen is not None:
            sent["If-Match"] = f'"{seen}"'
        return self.client.post(
            f"/api{address}", json=body, headers=self._headers(sent), buffered=True
        )

    def version(self, address: str) -> int:
        """The version in the ETag of a thing."""
        return int(self.get(address).headers["ETag"].strip('"'))

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **more}


def program(
    app: Flask, realise: Realise, person: str, scopes: Collection[Scope] = tuple(Scope)
) -> Program:
    """A program with a fresh token of this person."""
    with realise.database.write() as connection:
        secret, _ = tokens.make(connection, person, "tests", scopes, 30, person, now())
    return Program(app.test_client(), secret)
