"""The pages, one short module each. A module's ``pages`` is its Flask blueprint."""

from types import ModuleType

from entrypoints.pages import (
    asking,
    benefit,
    board,
    cases,
    claims,
    finance,
    home,
    recording,
    register,
    sign_in,
)

#: Every module of pages. A new one is added here, and to ``entrypoints.navigation`` for a tab.
PAGES: tuple[ModuleType, ...] = (
    asking,
    benefit,
    board,
    cases,
    claims,
    finance,
    home,
    recording,
    register,
    sign_in,
)
