"""The sample council for tests: loaded once a run, and copied for each test module that asks."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from entrypoints.cli.opening import ROOT
from entrypoints.sample import load
from entrypoints.sample.people import DOMAIN, PEOPLE
from entrypoints.settings import Settings, read_settings
from entrypoints.wiring import Realise
from eventlog.database import Database
from eventlog.schema import upgrade
from tests.postgres import only_one
from tests.undrawn import undrawn
from tests.web import Visitor, visitor, web_of

#: One person of each kind who signs in, as the sample's list names them.
KINDS_OF_PEOPLE = {
    "priya": "PMO officer",
    "amira": "Benefit owner",
    "daniel": "Finance",
    "ruth": "Board chair",
    "sanjay": "Board member",
    "colin": "Board, finance seat",
    "margaret": "Scrutiny committee",
    "fiona": "Auditor",
    "morag": "Administrator",
}
#: A PMO officer of one programme, and of nothing else.
ONA, ONLY_PROGRAMME = "ona", "operatingmodel"
EMAILS = {one.person: one.email for one in PEOPLE} | {ONA: f"ona.reid@{DOMAIN}"}


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample council on a database and a folder of its own."""

    realise: Realise
    folder: Path
    passwords: dict[str, str]

    @property
    def settings(self) -> Settings:
        return self.realise.settings

    def site(self) -> Flask:
        """The pages on its record."""
        return web_of(self.realise, self.settings)

    def at(self, app: Flask, person: str) -> Visitor:
        """A person of the sample, signed in by the form at a browser of their own."""
        here = visitor(app)
        assert here.sign_in(EMAILS[person], self.passwords[person]).status_code == 303, person
        return here


def _load(var: Path) -> None:
    """Load it as on this day. Reports are worked out in full, and printed as one empty page."""
    from tests.sample_used import use  # which needs what is here

    url = f"sqlite:///{var / 'realise.db'}"
    upgrade(url, url)
    database = Database.open(url)
    with undrawn():
        realise = Realise(database, _settings(var))
        load(realise, datetime.now(UTC), var, lambda _: None)
    passwords = json.loads((var / "sign-ins.json").read_text(encoding="utf-8"))
    (var / "sign-ins.json").write_text(json.dumps({**passwords, ONA: passwords["priya"]}))
    use(Sample(realise, var, passwords))
    database.close()


def _settings(var: Path, **environment: str) -> Settings:
    return read_settings(environment, var, ROOT / "build" / "static")


@contextmanager
def copied(run: Path, folder: Path, **environment: str) -> Iterator[Sample]:
    """A copy of the run's sample in ``folder``; whoever asks first loads it."""
    made = run / "sample"
    with only_one(run):
        if not made.exists():
            fresh = run / "sample.fresh"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            _load(fresh)
            fresh.rename(made)
    var = folder / "var"
    shutil.copytree(made, var)
    settings = _settings(var, **environment)
    database = Database.open(settings.database_url)
    passwords = json.loads((var / "sign-ins.json").read_text(encoding="utf-8"))
    try:
        yield Sample(Realise(database, settings), folder, passwords)
    finally:
        database.close()
