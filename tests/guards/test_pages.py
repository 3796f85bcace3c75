"""Every page says who may open it, has a template that can be read, and writes only by POST."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from entrypoints.access import PUBLIC, SIGNED_IN, Undeclared, allowed, require_declared, who_may
from entrypoints.application import create_app
from entrypoints.settings import read_settings
from entrypoints.statuses import SAYINGS, STATUSES
from tests.guards.tracked import ROOT

#: Pages that anybody may open without signing in. Think twice before adding one.
OPEN = {
    "calendars.feed", "glossary.index", "setting_up.picture",
    "api.openapi", "assets.favicon", "assets.static", "council.brand", "interface.index",
    "sign_in.form", "sign_in.sign_in", "sign_in.sign_out", "sign_in.signed_out",
    "sign_in.code_form", "sign_in.give_code",
    "single_sign_on.back", "single_sign_on.begin", "single_sign_on.leave",
    "watching.health", "watching.metrics", "watching.ready",
}  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(_nothing(), read_settings({}, tmp_path, ROOT / "build" / "static"))


def _nothing() -> Any:
    """No record at all: these tests open no page."""
    return object()


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    require_declared(app)
    is_open = {name for name, view in app.view_functions.items() if PUBLIC in who_may(view)}
    assert is_open == OPEN


def test_a_page_that_does_not_say_stops_the_start(app: Flask) -> None:
    app.view_functions["left.out"] = lambda: ""
    with pytest.raises(Undeclared, match=r"left\.out"):
        require_declared(app)
    app.view_functions["left.out"] = allowed(SIGNED_IN)(lambda: "")
    require_declared(app)


def test_a_page_is_either_read_or_sent_never_both(app: Flask) -> None:
    both = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set()) or (rule.methods or set()) & {"PUT", "DELETE"}
    ]
    assert not both, "Give reading and sending a function each, so that no GET can write."


def test_every_template_can_be_read(app: Flask) -> None:
    for name in app.jinja_env.list_templates(extensions=["html"]):
        if not name.startswith("report/"):
            app.jinja_env.get_template(name)


def test_every_status_has_its_words() -> None:
    assert {status for _, status in STATUSES} <= SAYINGS.keys()
    assert SAYINGS.keys() >= {400, 401, 403, 404, 405, 409, 412, 413, 422, 428, 429, 500, 503}
