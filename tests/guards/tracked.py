"""The files that the guards look at: what git holds, and what is about to be added to it."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("benefits", "entrypoints", "eventlog", "migrations", "reports", "workflows")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the project, as git sees it; what is ignored is not among them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def modules(*folders: str) -> list[Path]:
    """The Python modules in these top-level folders."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    ]


def named(path: Path) -> str:
    """A file's name as a person would say it, from the top of the project."""
    return path.relative_to(ROOT).as_posix()
