"""The project's files that the guards look at: all that are there, but for what git ignores.

Read from the folder itself, so that the guards hold wherever the project is copied, with or
without git.
"""

import os
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("benefits", "entrypoints", "eventlog", "migrations", "reports", "workflows")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the project; what .gitignore names is not among them."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        here = Path(folder)
        inner[:] = sorted(name for name in inner if not _ignored(here / name))
        found += [here / name for name in sorted(names) if (here / name).is_file()]
    return tuple(path for path in found if not _ignored(path))


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


def _ignored(path: Path) -> bool:
    if path == ROOT / ".git":
        return True
    return any(fnmatch(named(path) if top else path.name, glob) for top, glob in _patterns())


@cache
def _patterns() -> tuple[tuple[bool, str], ...]:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    globs = (line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return tuple((glob.startswith("/"), glob.strip("/")) for glob in globs)
