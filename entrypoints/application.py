"""The web application: its pages, its protections and what it says when something goes wrong."""

from datetime import timedelta
from pathlib import Path
from types import ModuleType

from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from entrypoints import (
    accesses,
    assets,
    auth,
    council,
    errors,
    headers,
    logs,
    requests,
    templating,
    watching,
)
from entrypoints.access import require_declared
from entrypoints.api import document
from entrypoints.here import Realise
from entrypoints.openid import provider
from entrypoints.pages import PAGES
from entrypoints.settings import Settings

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
#: The largest form, in bytes, and the most fields in one.
LARGEST_FORM, MOST_FIELDS = 2 * 1024 * 1024, 5_000


class Pages(Flask):
    """Flask, with templates in which a wrong name is an error."""

    jinja_options = templating.STRICT


def create_app(realise: Realise, settings: Settings) -> Flask:
    """The application on a record. Raises ``NotBuilt`` or ``Undeclared`` when it is not whole."""
    logs.configure()
    assets.require_built(settings.static_folder)
    app = Pages("realise", static_folder=None, template_folder=str(TEMPLATES))
    app.config.update(_config(settings))
    app.extensions["realise"], app.extensions["realise_settings"] = realise, settings
    requests.install(app)
    app.before_request(_bound_form)
    app.before_request(_whole_address)
    csrf = CSRFProtect(app)
    headers.install(app, https=settings.https)
    auth.install(app)
    accesses.install(app)
    errors.install(app)
    templating.install(app)
    modules: tuple[ModuleType, ...] = (assets, council, watching, *PAGES)
    for module in modules:
        app.register_blueprint(module.pages)
    if settings.openid is not None:
        provider.install(app, settings.openid)
    document.install(app, csrf, settings.api_per_minute)
    require_declared(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app


def _bound_form() -> None:
    """Only a form that brings files may be large. Before anything reads the form."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = LARGEST_FORM


def _whole_address() -> None:
    """No id holds a null character, which PostgreSQL cannot even be asked about."""
    if "\0" in request.path:
        abort(404)


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-realise" if settings.https else "realise",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "MAX_CONTENT_LENGTH": settings.evidence_bytes + LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "MAX_FORM_PARTS": MOST_FIELDS,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "WTF_CSRF_TIME_LIMIT": None,  # a form lasts as long as the session that it came with
        "PROPAGATE_EXCEPTIONS": False,
    }
