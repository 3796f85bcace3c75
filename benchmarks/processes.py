"""What a process of Realise weighs, and how soon it answers."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measuring import Figure, Size, race
from benchmarks.places import Places

_FLASK = "an empty Flask application"
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
from pathlib import Path
from entrypoints.wiring import Realise
from entrypoints.settings import read_settings
from entrypoints.application import create_app
from eventlog.database import Database
from tests.web import STATIC
settings = read_settings({{"REALISE_DATABASE_URL": {url!r}}}, Path({folder!r}), STATIC)
app = create_app(Realise(Database.open({url!r}), settings), settings)
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
    yield race(
        "start-up to the first answer", 1, lambda: _run(program),
        {"python -c 'import flask'": lambda: _run("import flask")},
        rounds=size.rounds, unit="a second",
    )  # fmt: skip


def _megabytes(what: str) -> float:
    return int(_run(_WEIGH.format(what=what))) / 1024


def _run(program: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout
