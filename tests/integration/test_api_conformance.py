"""Schemathesis, which knows nothing of Realise, finds no fault in the API that the document tells.

With REALISE_SOAK_EXAMPLES=50 in the environment it goes through all its phases, for an hour or so.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.programs import program
from tests.scenario import ROOT, begin, saves
from tests.web import web_of, web_settings
from workflows.commands import GrantRole, Role

QUICK = ("--max-examples", "1", "--phases", "examples,fuzzing")


@pytest.fixture
def served(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a council's API, and a token that may do a great deal there."""
    council = begin(migrated_sqlite_url, tmp_path)
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.on("2024-08-05")
    council.verified(homes, council.claimed(homes, 40_000, "2024-07"))
    council.do(GrantRole("pat", Role.FINANCE), GrantRole("pat", Role.ADMINISTRATOR), by="ada")
    app = web_of(council.realise, web_settings(tmp_path, REALISE_API_PER_MINUTE="1000000"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}", program(app, council.realise, "pat").secret
    server.shutdown()
    thread.join()
    server.server_close()
    council.realise.database.close()


def test_schemathesis_finds_nothing(served: tuple[str, str], tmp_path: Path) -> None:
    address, token = served
    soak = os.environ.get("REALISE_SOAK_EXAMPLES")
    budget = ("--max-examples", soak) if soak else QUICK
    words = [sys.executable, "-m", "schemathesis.cli", "--config-file", ROOT / "schemathesis.toml"]
    words += ["run", f"{address}/api/openapi.json", "--checks", "all", "--workers", "1"]
    words += ["--seed", "1", "--generation-database", "none", *budget]
    found = subprocess.run(
        [str(word) for word in words],
        cwd=tmp_path,
        env={**os.environ, "REALISE_TOKEN": token, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    # A long run that found something is read whole: the first findings are the telling ones.
    heard = found.stdout if soak else found.stdout[-6_000:]
    assert found.returncode == 0, heard + found.stderr[-2_000:]
    assert "Tested: " in found.stdout
