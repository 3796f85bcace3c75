"""A browser of a few lines for tests of pages: it keeps cookies and sends each form's token."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from entrypoints.application import create_app
from entrypoints.here import Realise
from entrypoints.passwords import hashed
from entrypoints.settings import Settings, read_settings
from eventlog.database import Database
from workflows import directory

STATIC = Path(__file__).resolve().parent.parent / "build" / "static"
PASSWORD = "a long enough password"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def web_settings(folder: Path, **environment: str) -> Settings:
    """Settings that keep their files in ``folder``."""
    return read_settings(environment, folder, STATIC)


@dataclass(slots=True)
class Visitor:
    """Somebody at a browser, before or after signing in."""

    client: FlaskClient

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        return self.client.get(address, buffered=True)

    def hidden(self, address: str) -> dict[str, str]:
        """What the last form of a page carries unseen."""
        found = _HIDDEN.findall(self.get(address).text)
        return {name: unescape(value) for name, value in found}

    def send(
        self, address: str, typed: Mapping[str, str], opened: Mapping[str, str] | None = None
    ) -> TestResponse:
        """Fill the form of a page and send it; ``opened`` is the form as opened before."""
        carried = self.hidden(address) if opened is None else opened
        return self.client.post(address, data={**carried, **typed}, buffered=True)

    def sign_in(self, email: str, password: str = PASSWORD, after: str = "/") -> TestResponse:
        """Sign in by the form."""
        address = "/sign-in" if after == "/" else f"/sign-in?next={after}"
        return self.send(address, {"email": email, "password": password})


def visitor(app: Flask) -> Visitor:
    """A fresh browser."""
    return Visitor(app.test_client())


def web_of(realise: Realise, settings: Settings) -> Flask:
    """The pages on a record."""
    return create_app(realise, settings)


def give_password(database: Database, person: str, email: str) -> None:
    """Let a person of the directory sign in with ``PASSWORD``."""
    with database.write() as connection:
        directory.set_password(connection, person, hashed(PASSWORD))
        people = directory.people
        connection.execute(people.update().where(people.c.person == person).values(email=email))
