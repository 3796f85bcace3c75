"""The OpenAPI document, made from the operations themselves, and the parts they share."""

from functools import cache
from typing import Any

from flask import Flask, Response, json
from flask_smorest import Api, Blueprint
from flask_wtf.csrf import CSRFProtect

from benefits.benefit import Benefit
from benefits.programme import MtfsLine, Overlap, Programme
from entrypoints.access import PUBLIC
from entrypoints.acts import ACTS
from entrypoints.api import (
    bearer,
    benefits,
    bulk,
    claims,
    commanding,
    data,
    described,
    feed,
    imports,
    ledger,
    papers,
    plain,
    problems,
    programmes,
    reports,
    taking,
    things,
)
from entrypoints.api.address import PREFIX
from entrypoints.api.described import ID, Schema
from entrypoints.api.operations import IdConverter
from workflows.boards import Board
from workflows.council import Council
from workflows.meetings import Meeting
from workflows.people import Person
from workflows.scrutiny.question import Question

VERSION = "1"
PARTS = (
    benefits,
    claims,
    programmes,
    things,
    reports,
    feed,
    commanding,
    bulk,
    imports,
    taking,
    ledger,
    papers,
    data,
)
#: What is described as it looks when it is read.
THINGS: tuple[type, ...] = (
    Programme, Overlap, MtfsLine, Board, Meeting, Person, Council, Question,
)  # fmt: skip
ABOUT = """\
Everything that the pages of Realise can do, by the same commands and the same rules.

* Send a token with every request: `Authorization: Bearer realise_…`. It acts as its person, \
within its scopes: read, record, decide, administer.
* Money is text in pounds, `"120000.00"`; a month is `2024-10`; a financial year is `2024/25`, \
from April to March; instants are UTC.
* Every change needs an `Idempotency-Key` of your own. Send the same key with the same body and \
you get the first answer; with another body it is refused with 422.
* Every change to a thing that is there needs `If-Match`: the ETag that came with it when you read \
it. 428 asks for it. 412 says what changed since then that matters to what you ask; changes that \
do not matter to it do not stop it.
* Free text that looks like personal data (an email address, a telephone number, a date of birth) \
is asked about with 422 and the problem `personal-data`, which names the fields. Take it out, or \
send `Confirm-Personal-Data: yes`.
* Where the council asks who votes to sign in again first, a token cannot vote: it gets 403 and \
the problem `proof-needed`, whose sentence names the page of the case. People vote there, by their \
password and code or by the single sign-on. All else that leads to a decision goes by the API.
* What a rule does not allow is refused with 409 and nothing is written. Every problem is \
`application/problem+json` (RFC 9457) and says in a sentence what to do.
* Lists come in pages: go on with `after` as the `next` of the page before.
"""


class Document(Api):  # type: ignore[misc]
    """flask-smorest, mended: pages keep their own faults, and the API's are problems."""

    def _register_error_handlers(self) -> None:
        """``entrypoints.errors`` answers faults: pages for people, problems for programs."""

    def _register_responses(self) -> None:
        """One way to say what went wrong, in the media type that it is really sent in."""
        schemas = self.spec.components
        schemas.schema("Problem", component=problems.schema())
        reference = {"$ref": "#/components/schemas/Problem"}
        content = {problems.MEDIA_TYPE: {"schema": reference}}
        schemas.response("Problem", {"description": "What went wrong.", "content": content})

    def _register_pagination_header(self) -> None:
        """Pages say ``next`` in their body and in ``Link``: there is no header of its own."""

    def _register_etag_headers(self) -> None:
        """An ETag is the version of a stream, which each operation says for itself."""


def install(app: Flask, csrf: CSRFProtect, a_minute: int) -> None:
    """Serve the API of an application. ``a_minute``: how many requests one caller may make."""
    app.url_map.converters["id"] = IdConverter
    bearer.install(app, a_minute)
    blueprint = _blueprint()
    csrf.exempt(blueprint)  # no cookie lets anybody in here, so no other site can borrow one
    app.register_blueprint(blueprint)

    def openapi() -> Response:
        return Response(json.dumps(document_of(app)), mimetype="application/json")

    openapi.allowed = frozenset({PUBLIC})  # type: ignore[attr-defined]
    app.add_url_rule(f"{PREFIX}/openapi.json", "api.openapi", openapi, methods=["GET"])


def document_of(app: Flask) -> dict[str, Any]:
    """The document of an application's API, drawn when it is first asked for."""
    if "realise_api" not in app.extensions:
        app.extensions["realise_api"] = _drawn(app)
    found: dict[str, Any] = app.extensions["realise_api"]
    return found


def _drawn(app: Flask) -> dict[str, Any]:
    document = Document(app, spec_kwargs=_options())
    document.register_converter(IdConverter, lambda _: {"type": "string", "pattern": ID})
    _components(document)
    blueprint = _blueprint()
    blueprint.register_views_in_doc(
        document, app, document.spec, name=blueprint.name, parameters=None
    )
    return _whole(document.spec.to_dict())


@cache
def _blueprint() -> Blueprint:
    """All operations. They are the same in every application of this process."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    for part in PARTS:
        part.install(blueprint)
    return blueprint


def _options() -> dict[str, Any]:
    return {
        "title": "Realise",
        "version": VERSION,
        "openapi_version": "3.1.0",
        "info": {"description": ABOUT},
        "security": [{"token": []}],
    }


def _components(document: Document) -> None:
    parts = document.spec.components
    parts.security_scheme("token", {"type": "http", "scheme": "bearer"})
    schemas = {
        **plain.components([Benefit, *THINGS]),
        **described.components(ACTS),
        **bulk.command_schemas(),
        "Written": _written(),
    }
    schemas["Benefit"] = _with_reference(schemas["Benefit"])
    for name, schema in schemas.items():
        parts.schema(name, component=schema)


def _with_reference(schema: Schema) -> Schema:
    return {
        **schema,
        "properties": {"reference": {"type": "string"}, **schema["properties"]},
        "required": ["reference", *schema["required"]],
    }


def _written() -> Schema:
    event = {
        "type": "object",
        "required": ["position", "stream", "version", "type"],
        "properties": {
            "position": {"type": "integer"},
            "stream": {"type": "string"},
            "version": {"type": "integer"},
            "type": {"type": "string"},
        },
    }
    return {
        "type": "object",
        "required": ["written", "position", "version", "id"],
        "properties": {
            "written": {"type": "array", "items": event},
            "position": {
                "type": ["integer", "null"],
                "description": "The last position of the log that this wrote; null for none.",
            },
            "version": {
                "type": ["integer", "null"],
                "description": "The new version of what was changed; null when nothing had to.",
            },
            "id": {"type": ["string", "null"], "description": "The id of what was made."},
        },
    }


def _whole(spec: dict[str, Any]) -> dict[str, Any]:
    """The document in the order in which people read it, without the tag of the blueprint."""
    used = {tag for path in spec["paths"].values() for each in path.values()
            if isinstance(each, dict) for tag in each.get("tags", ())}  # fmt: skip
    spec["tags"] = [{"name": name} for name in sorted(used)]
    return spec


def whole_document() -> dict[str, Any]:
    """The document as it is served, without a record behind it: for the pages of docs/."""
    app = Flask("document")
    install(app, CSRFProtect(), 1)
    return document_of(app)
