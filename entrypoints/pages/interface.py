"""The readable page of the API, drawn from its document."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template

from entrypoints.access import PUBLIC, allowed
from entrypoints.api import problems
from entrypoints.api.document import document_of

pages = Blueprint("interface", __name__)


@dataclass(frozen=True, slots=True)
class Said:
    """One operation as it is read. ``takes`` are its parameters and fields, with what they are."""

    name: str
    method: str
    address: str
    summary: str
    about: tuple[str, ...]
    takes: tuple[tuple[str, str], ...]


@pages.get("/api")
@allowed(PUBLIC)
def index() -> str:
    """What programs can do here."""
    document = document_of(current_app)
    info = document["info"]["description"]
    lead, _, points = info.partition("\n\n")
    kinds = [(name, problems.title(status)) for status, name in problems.NAMES.items()]
    kinds.append(("personal-data", "Something in it looks like personal data"))
    return render_template(
        "pages/api.html",
        lead=lead,
        points=[point.strip() for point in points.split("* ") if point.strip()],
        tags=[tag["name"] for tag in document["tags"]],
        operations=operations(document),
        problems=kinds,
    )


def operations(document: dict[str, Any]) -> dict[str, list[Said]]:
    """Every operation by its tag, in the order of its address."""
    found: dict[str, list[Said]] = {tag["name"]: [] for tag in document["tags"]}
    for address, methods in sorted(document["paths"].items()):
        for method, operation in methods.items():
            if method in ("get", "post"):
                found[operation["tags"][0]].append(_said(address, method, operation))
    return found


def _said(address: str, method: str, operation: dict[str, Any]) -> Said:
    about = operation["description"].replace("`", "").split("\n\n")
    takes = [
        (each["name"], _kind(each["schema"]) + _where(each))
        for each in operation.get("parameters", ())
    ]
    return Said(
        operation["operationId"],
        method.upper(),
        address,
        operation["summary"],
        tuple(about),
        (*takes, *_fields(operation)),
    )


def _where(parameter: dict[str, Any]) -> str:
    needed = ", needed" if parameter.get("required") else ""
    return f" ({parameter['in']}{needed})"


def _fields(operation: dict[str, Any]) -> list[tuple[str, str]]:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    needed = schema.get("required", ())
    return [
        (name, _kind(each) + (" (needed)" if name in needed else ""))
        for name, each in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    """What a schema is, in a word or two."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if "enum" in schema:
        return ", ".join(str(each) for each in schema["enum"])
    kind = schema.get("type", "anything")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
