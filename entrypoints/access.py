"""Who may open which page. Every page says so; one that does not opens to nobody.

This decides who sees a page. Who may do what is decided once more, by ``handle``.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias, TypeVar

from flask import Flask

from entrypoints.here import Viewer
from workflows.commands import Role

View = TypeVar("View", bound=Callable[..., object])


class Anyone(StrEnum):
    """People named by something other than a role."""

    PUBLIC = "everybody, signed in or not"
    SIGNED_IN = "everybody who is signed in"
    BOARD_SEAT = "people with a seat on a board"
    OWNER = "owners of a benefit"


Who: TypeAlias = Anyone | Role

PUBLIC, SIGNED_IN = Anyone.PUBLIC, Anyone.SIGNED_IN
BOARD_SEAT, OWNER = Anyone.BOARD_SEAT, Anyone.OWNER


class Undeclared(LookupError):
    """A page does not say who may open it."""


def allowed(*who: Who) -> Callable[[View], View]:
    """Say who may open a page. Stands below the route."""

    def declare(view: View) -> View:
        view.allowed = frozenset(who)  # type: ignore[attr-defined]
        return view

    return declare


def who_may(view: object) -> frozenset[Who]:
    """Who may open a page; nobody when it does not say."""
    found: frozenset[Who] = getattr(view, "allowed", frozenset())
    return found


def may_open(who: frozenset[Who], viewer: Viewer | None) -> bool:
    """Whether the person may open a page that is for ``who``."""
    if PUBLIC in who:
        return True
    if viewer is None:
        return False
    return (
        SIGNED_IN in who
        or (BOARD_SEAT in who and bool(viewer.boards))
        or (OWNER in who and viewer.owns)
        or any(role in who for role in viewer.roles)
    )


def require_declared(app: Flask) -> None:
    """Refuse to start when a page does not say who may open it. Raises ``Undeclared``."""
    silent = [name for name, view in app.view_functions.items() if not who_may(view)]
    if silent:
        raise Undeclared(f"Say with @allowed who may open: {', '.join(sorted(silent))}.")
