"""Imports run one way and each library has its place, as pyproject.toml says."""

import subprocess
import sysconfig
from pathlib import Path

from tests.guards.tracked import ROOT


def test_the_import_contracts_hold() -> None:
    linter = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
