"""The pages, one short module each. A module's ``pages`` is its Flask blueprint."""

from types import ModuleType

from entrypoints.pages import (
    account,
    admin,
    asking,
    audit,
    benefit,
    board,
    boards,
    cases,
    claims,
    event,
    evidence,
    finance,
    home,
    interface,
    people,
    programme_forms,
    programmes,
    recording,
    register,
    reports,
    sign_in,
    tokens,
)

#: Every module of pages. A new one is added here, and to ``entrypoints.navigation`` for a tab.
PAGES: tuple[ModuleType, ...] = (
    account,
    admin,
    asking,
    audit,
    benefit,
    board,
    boards,
    cases,
    claims,
    event,
    evidence,
    finance,
    home,
    interface,
    people,
    programme_forms,
    programmes,
    recording,
    register,
    reports,
    sign_in,
    tokens,
)
