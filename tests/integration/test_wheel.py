"""A wheel has all that it needs: installed anywhere, without the checkout, Realise runs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

_RUN = """
import sys
from click.testing import CliRunner
from entrypoints.cli import realise
from entrypoints.cli.opening import ROOT, built
assert str(ROOT) == sys.argv[1], ROOT
made = CliRunner().invoke(realise, ["init"])
assert made.exit_code == 0, made.output
said = CliRunner().invoke(realise, ["doctor"]).output
assert "The page assets are built." in said, said
assert "The fonts of the report are there." in said, said
from wsgi import app
from reports.drawing import TEMPLATES
assert TEMPLATES.is_dir()
page = app.test_client().get("/sign-in")
assert page.status_code == 200 and "Sign in to Realise" in page.text
assert app.test_client().get("/static/app.css").status_code == 200
"""


def test_an_installed_wheel_runs_without_the_checkout(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True, timeout=120)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(installed)
    assert not any((installed / name).exists() for name in ("tests", "build", "tools"))
    assert (installed / "realise_built" / "realise_verify.py").exists()
    mine = {name: value for name, value in os.environ.items() if "REALISE" not in name}
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, str(installed)],
        cwd=tmp_path,
        env={**mine, "PYTHONPATH": str(installed), "REALISE_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
