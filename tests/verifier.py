"""The stand-alone verifier, run as an auditor would: elsewhere, without a module of ours."""

import importlib.util
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

VERIFIER = Path(__file__).resolve().parent.parent / "tools" / "realise_verify.py"
#: Python without any installed package but those that stand in the folder named first.
_BARE = """
import runpy, sys
sys.path.append(sys.argv[1])
sys.argv = sys.argv[2:]
for ours in ("eventlog", "entrypoints", "sqlalchemy"):
    try:
        __import__(ours)
    except ImportError:
        continue
    sys.exit("it could import " + ours)
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass(frozen=True)
class Verdict:
    """How the verifier ended, and what it said: what holds, and what does not."""

    status: int
    good: str
    bad: str


def run_verifier(folder: Path, *words: str | Path) -> Verdict:
    """Run it in an empty folder below ``folder``."""
    packages, elsewhere = folder / "packages", folder / "elsewhere"
    if not packages.exists():
        packages.mkdir()
        elsewhere.mkdir()
        for name in ("cryptography", "_cffi_backend"):
            found = importlib.util.find_spec(name)
            assert found is not None
            assert found.origin is not None
            place = Path(found.origin)
            place = place.parent if place.name == "__init__.py" else place
            (packages / place.name).symlink_to(place)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _BARE, packages, VERIFIER, *words],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Verdict(done.returncode, done.stdout, done.stderr)
