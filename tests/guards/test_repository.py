"""What is committed names no machine and no package registry, and every lock holds what it must."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.guards.tracked import ROOT, named, tracked_files

# Built of parts, so that this file does not name what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "--index" + "-url ",
    "--extra-index" + "-url",
    "--find" + "-links",
]
MACHINE = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work|opt|mnt)/[\w.-]+")
LOCKED = re.compile(r"^(?P<name>[a-z0-9][\w.-]*)==(?P<version>[^\s;]+)", re.MULTILINE)


def _texts() -> Iterator[tuple[str, str]]:
    for path in tracked_files():
        try:
            yield named(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a document


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_file_names_a_package_registry(registry: str) -> None:
    naming = [name for name, text in _texts() if registry in text]
    assert not naming, f"{registry!r} is the reader's own setting; take it out of {naming}"


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    naming = {name: found for name, text in _texts() if (found := MACHINE.findall(text))}
    assert not naming, f"These files name a path that only one machine has: {naming}"


def test_nothing_that_is_installed_or_built_is_committed() -> None:
    bought_in = (".css", ".map", ".ttf", ".otf", ".woff", ".woff2", ".min.js", ".whl", ".jar")
    committed = [
        named(path)
        for path in tracked_files()
        if path.name.endswith(bought_in) and not named(path).startswith("templates/report/")
    ]
    assert not committed, f"Install or build these instead: {committed}"


@pytest.mark.parametrize("name", [".venv", "build", "node_modules", "var"])
def test_what_is_installed_or_built_is_ignored_as_a_link_to_it_too(
    name: str, tmp_path: Path
) -> None:
    shutil.copy(ROOT / ".gitignore", tmp_path)
    (tmp_path / name).symlink_to(tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    asked = ["git", "check-ignore", "-q", name]
    assert subprocess.run(asked, cwd=tmp_path, check=False).returncode == 0


def _asked_for(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = [project["project"]["dependencies"], *(project["dependency-groups"][g] for g in groups)]
    return [Requirement(line) for lines in lists for line in lines]


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.lock", ["checkout"]), ("requirements-dev.lock", ["checkout", "dev"])],
)
def test_a_lock_holds_every_package_that_pyproject_asks_for(lock: str, groups: list[str]) -> None:
    locked = {
        canonicalize_name(found["name"]): Version(found["version"])
        for found in LOCKED.finditer((ROOT / lock).read_text())
    }
    for wanted in _asked_for(*groups):
        version = locked.get(canonicalize_name(wanted.name))
        assert version, f"{lock} lacks {wanted}: run `make lock`"
        assert wanted.specifier.contains(version), f"{lock} has {wanted.name} {version}: make lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "tools/uv.lock"])
def test_every_package_in_a_lock_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    bare = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not bare
