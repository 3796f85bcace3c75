"""Style, script, icons and fonts, each under an address that changes with its content."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_from_directory

from entrypoints.access import PUBLIC, allowed
from entrypoints.here import settings

pages = Blueprint("assets", __name__)

YEAR = 31_536_000


class NotBuilt(RuntimeError):
    """The page assets have not been built."""


@pages.get("/static/<path:name>")
@allowed(PUBLIC)
def static(name: str) -> Response:
    """One file. It is kept for good only under the address of exactly this content."""
    folder = settings().static_folder.resolve()
    if "\0" in name:
        abort(404)
    answer = send_from_directory(folder, name, conditional=True, max_age=3600)
    if request.args.get("v") == _version(folder, name):
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


@pages.get("/favicon.ico")
@allowed(PUBLIC)
def favicon() -> Response:
    """The icon that browsers ask for unasked."""
    return static("images/favicon.svg")


def address(name: str) -> str:
    """The address of a file in the page assets, with its content's hash."""
    folder: Path = current_app.extensions["realise_settings"].static_folder
    return f"/static/{name}?v={_version(folder.resolve(), name)}"


def require_built(folder: Path) -> None:
    """Refuse to start without the page assets. Raises ``NotBuilt``."""
    if not (folder / "app.css").exists():
        raise NotBuilt(
            "The page assets are not there. Build them: make setup. A wheel has them when it is "
            "made after that."
        )


@cache
def _version(folder: Path, name: str) -> str:
    file = folder / name
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""
