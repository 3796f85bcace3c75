"""Reading what a program sent: the body as JSON, the parts of the address, and its headers."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from entrypoints.api.described import Schema
from entrypoints.fields import Answer
from entrypoints.schemas import Malformed
from entrypoints.versions import VersionNeeded

KEY = "^[A-Za-z0-9_.:-]{8,64}$"
VERSION = '^"[0-9]{1,15}"$'
NO_KEY = (
    "Send an Idempotency-Key of 8 to 64 letters, figures and _ . : - with every change, and the "
    "same one when you repeat it: then it is done once."
)
NO_VERSION = 'Send the ETag of what you read in If-Match, such as “"12"”.'


class Unreadable(BadRequest):
    """What was sent is not what it says it is. ``description`` is a sentence."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address: how it is read, and how it is described."""

    name: str
    field: Answer
    schema: Schema
    about: str
    many: bool = False
    needed: bool = False


def query(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The parameters that were sent. Raises ``Malformed`` for one that is not known or wrong."""
    found: dict[str, Any] = {}
    faults: dict[str, str] = {}
    known = {parameter.name: parameter for parameter in parameters}
    for name in request.args:
        if name not in known:
            names = ", ".join(known) or "none"
            faults[name[:60]] = f"There is no parameter “{name[:60]}” here; there are: {names}."
            continue
        try:
            found[name] = _read(known[name], request.args.getlist(name))
        except ValidationError as fault:
            faults[name] = str(fault.messages[0])
    if faults:
        raise Malformed(faults)
    return found


def _read(parameter: Parameter, sent: Sequence[str]) -> Any:
    if len(sent) > 1 and not parameter.many:
        raise ValidationError("Send this once.")
    for value in sent:
        _bound(parameter, value)
    read = [parameter.field.read(value) for value in sent]
    return tuple(read) if parameter.many else read[0]


def body() -> dict[str, Any]:
    """The object that was sent. Raises ``Malformed`` or what the framework answers with."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    raw = request.get_data(cache=False)
    try:
        sent = json.loads(raw.decode("utf-8"), parse_float=_number, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("The body is not JSON in UTF-8.") from fault
    if not isinstance(sent, dict):
        raise Malformed({"": "Send an object with the fields by their names."})
    return sent


_KINDS: Mapping[str, type] = {"string": str, "integer": int, "boolean": bool}


def fields(parameters: Sequence[Parameter], sent: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an object that was sent. Raises ``Malformed`` with every fault."""
    require_known(sent, [parameter.name for parameter in parameters])
    found: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for parameter in parameters:
        value = sent.get(parameter.name)
        if value is None:
            if parameter.needed:
                faults[parameter.name] = "This is needed."
            continue
        try:
            found[parameter.name] = _field(parameter, value)
        except ValidationError as fault:
            faults[parameter.name] = str(fault.messages[0])
    if faults:
        raise Malformed(faults)
    return found


def _field(parameter: Parameter, value: Any) -> Any:
    kind = parameter.schema.get("type", "string")
    if type(value) is not _KINDS[kind]:
        raise ValidationError(f"Send this as {kind}.")
    _bound(parameter, value)
    return parameter.field.deserialize(value)


def _bound(parameter: Parameter, value: Any) -> None:
    """Blanks at the ends are cut off later, and count here all the same."""
    most = parameter.schema.get("maxLength")
    if most is not None and len(value) > most:
        raise ValidationError(f"Send {most:,} characters at most.")


def object_of(parameters: Sequence[Parameter]) -> Schema:
    """The description of such an object. What may be left out may be null."""
    return {
        "type": "object",
        "required": [parameter.name for parameter in parameters if parameter.needed],
        "properties": {
            each.name: {"description": each.about, **_or_null(each)} for each in parameters
        },
        "additionalProperties": False,
    }


def _or_null(parameter: Parameter) -> Schema:
    schema = parameter.schema
    return schema if parameter.needed else {"anyOf": [schema, {"type": "null"}]}


def _number(written: str) -> int | float:
    """1.0 is the whole number 1, as JSON Schema has it."""
    number = float(written)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _no_number(written: str) -> float:
    raise ValueError(f"{written} is not JSON.")


def key() -> str:
    """The Idempotency-Key. Raises ``Unreadable`` when it is not there or is none."""
    sent = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(KEY.strip("^$"), sent):
        raise Unreadable(NO_KEY)
    return sent


def version() -> int:
    """The version in If-Match. Raises ``VersionNeeded``, or ``Unreadable`` for what is none."""
    sent = request.headers.get("If-Match")
    if sent is None:
        raise VersionNeeded(NO_VERSION)
    if not re.fullmatch(VERSION.strip("^$"), sent.strip()):
        raise Unreadable(NO_VERSION)
    return int(sent.strip().strip('"'))


def require_known(sent: Mapping[str, Any], names: Sequence[str], path: str = "") -> None:
    """Refuse fields that are not asked for. Raises ``Malformed``."""
    strange = {path + name: "There is no such field." for name in sent if name not in names}
    if strange:
        raise Malformed(strange)
