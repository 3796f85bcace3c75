"""How pages are drawn: a name that a template gets wrong is an error, not a blank.

GOV.UK's own macros lean on blanks, so they live in an environment of their own.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from flask import Flask, g, get_flashed_messages, request
from jinja2 import Environment, PackageLoader, StrictUndefined

from benefits.money import pounds
from benefits.periods import Month
from benefits.wording.writing import month as month_words
from entrypoints import assets
from entrypoints.council import council
from entrypoints.glossary import explained
from entrypoints.headers import nonce
from entrypoints.here import Viewer, realise, viewer_or_none
from entrypoints.navigation import navigation
from eventlog.faults import DatabaseFault
from workflows import notices

MACROS = {
    "govukBackLink": "back-link",
    "govukBreadcrumbs": "breadcrumbs",
    "govukButton": "button",
    "govukCharacterCount": "character-count",
    "govukCheckboxes": "checkboxes",
    "govukDateInput": "date-input",
    "govukDetails": "details",
    "govukErrorSummary": "error-summary",
    "govukFileUpload": "file-upload",
    "govukGenericHeader": "generic-header",
    "govukInput": "input",
    "govukInsetText": "inset-text",
    "govukNotificationBanner": "notification-banner",
    "govukPagination": "pagination",
    "govukPanel": "panel",
    "govukPasswordInput": "password-input",
    "govukRadios": "radios",
    "govukSelect": "select",
    "govukServiceNavigation": "service-navigation",
    "govukSkipLink": "skip-link",
    "govukSummaryList": "summary-list",
    "govukTable": "table",
    "govukTabs": "tabs",
    "govukTag": "tag",
    "govukTaskList": "task-list",
    "govukTextarea": "textarea",
    "govukWarningText": "warning-text",
}


def install(app: Flask) -> None:
    """Give templates the macros, the filters and what the layout shows."""
    app.jinja_env.globals.update(
        _macros(), asset=assets.address, explained=explained, next_tip=next_tip
    )
    app.jinja_env.filters.update(pounds=pounds, day=written_day, month_words=written_month)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def _layout() -> dict[str, Any]:
        viewer = viewer_or_none()
        return {
            "nonce": nonce(),
            "viewer": viewer,
            "council": council(),
            "navigation": navigation(viewer, request.path),
            "notices": get_flashed_messages(),
            "unread_notices": _unread(viewer),
        }


def _unread(viewer: Viewer | None) -> int:
    """How many notices the person has not read; 0 too when the database is away."""
    if viewer is None:
        return 0
    try:
        with realise().database.read() as connection:
            return notices.unread(connection, viewer.person)
    except DatabaseFault:
        return 0


def next_tip() -> str:
    """An id that no other tip of this page has."""
    g.tips = g.get("tips", 0) + 1
    return f"tip-{g.tips}"


def written_day(day: date) -> str:
    """A date as councils write it: 3 May 2024."""
    return f"{day.day} {day:%B %Y}"


def written_month(month: Month | str) -> str:
    """A month as councils write it: May 2024."""
    return month_words(Month.parse(month) if isinstance(month, str) else month)


def _macros() -> dict[str, Any]:
    return {macro: _when_called(macro) for macro in MACROS}


def _when_called(macro: str) -> Callable[..., Any]:
    """Compiling all of them is a tenth of a start; a page asks for a handful."""
    return lambda *given, **named: _macro(macro)(*given, **named)


@cache
def _macro(macro: str) -> Any:
    template = _govuk().get_template(f"{_WITHIN}/components/{MACROS[macro]}/macro.html")
    return getattr(template.module, macro)


@cache
def _govuk() -> Environment:
    return Environment(loader=_Prefixed("govuk_frontend_jinja"), autoescape=True, trim_blocks=True)


_WITHIN = "govuk_frontend_jinja"


class _Prefixed(PackageLoader):
    """The macros name each other by their package's name first."""

    def get_source(self, environment: Environment, template: str) -> Any:
        return super().get_source(environment, template.removeprefix(f"{_WITHIN}/"))


STRICT = {"undefined": StrictUndefined, "autoescape": True}
