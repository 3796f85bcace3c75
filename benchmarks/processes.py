"""What a process of Realise weighs, and how soon it answers."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measuring import Figure, Size, race
from benchmarks.places import Places

_FLASK, _IMPORT = "an empty Flask application", "python -c 'import flask'"
_WEIGH = """
import resource, sys
{what}
with open("/proc/self/status") as status:
    kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
sys.stdout.write(str(kilobytes))
"""
_EMPTY = """
from flask import Flask
app = Flask("empty")
app.test_client().get("/")
"""
_WEB = """
import os
os.environ.update(REALISE_DATABASE_URL={url!r}, REALISE_VAR={folder!r})
from wsgi import app
assert app.test_client().get("/sign-in").status_code == 200
"""
_SCHEDULER = """
from pathlib import Path
from entrypoints import scheduler
from entrypoints.wiring import Realise
from entrypoints.settings import read_settings
from eventlog.database import Database
from tests.web import STATIC
settings = read_settings({{"REALISE_DATABASE_URL": {url!r}}}, Path({folder!r}), STATIC)
realise = Realise(Database.open({url!r}), settings)
realise.store.head()
"""


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """Memory after the first answer, and the time to it, in processes of their own."""
    url = places.made("sqlite")
    given = {"url": url, "folder": str(places.folder)}
    empty = _megabytes(_EMPTY)
    for what, program in (("the web process", _WEB), ("the scheduler", _SCHEDULER)):
        ours = _megabytes(program.format(**given))
        yield Figure(
            f"memory of {what} after its first work",
            ours, {_FLASK: empty}, {_FLASK: empty / ours}, "MB",
            f"within 150 MB of {_FLASK}", ours - empty <= 150,
        )  # fmt: skip
    program = _WEB.format(**given)
    started = race(
        "start-up to the first answer", 1, lambda: _run(program),
        {_IMPORT: lambda: _run("import flask")}, rounds=size.rounds,
    )  # fmt: skip
    took = 1 / started.ours
    yield Figure(
        started.what, took, {_IMPORT: 1 / started.others[_IMPORT]}, started.ratios, "seconds",
        "under 3 seconds", took < 3,
    )  # fmt: skip


def _megabytes(what: str) -> float:
    return int(_run(_WEIGH.format(what=what))) / 1024


def _run(program: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout
