"""Turns what a person or a program sent into a command, or into a sentence for each fault.

There is one schema a command, made from its types, for forms and JSON alike.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, cast

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate

from benefits.tranches import Tranche
from entrypoints import fields as answers
from entrypoints.labels import missing_sentence
from entrypoints.questions import BOUNDS, IDS, Question, Shape, questions

Command = TypeVar("Command")

SHORT, LONG, MOST_ROWS = 200, 4_000, 200
#: Texts that are a name or a reference, in one line. All others may run to several paragraphs.
SHORT_TEXTS = frozenset(
    {
        "about", "agreed_by", "against", "budget_line", "colour", "committee", "directorate",
        "figure", "funding", "group", "line", "media_type", "name", "place", "reference", "sha256",
        "source", "spent_on", "starts", "theme", "title", "unit", "workstream",
    }
)  # fmt: skip


class Malformed(ValueError):
    """What was sent is not the command. ``faults``: the name of a field, and its sentence.

    A nested field is named by its path with hyphens: ``tranches-0-amount``.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


_WRONG = {
    "unknown": "There is no such field.",
    "type": "Send an object with the fields by their names.",
    "invalid": "Send an object with the fields by their names.",
}


class CommandSchema(Schema):
    """A schema that gives the value it describes."""

    makes: type
    error_messages = _WRONG

    @pre_load
    def _drop_blanks(self, data: Any, **_: Any) -> Any:
        """An optional answer that is left blank is no answer."""
        if not isinstance(data, Mapping):
            return data
        return {
            name: value
            for name, value in data.items()
            if not (_blank(value) and isinstance(name, str) and self._optional(name))
        }

    def _optional(self, name: str) -> bool:
        return name in self.fields and not self.fields[name].required

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Any:
        given = dict(data)
        try:
            if self.makes is Tranche and "plan_year" not in given:
                given["plan_year"] = given["month"].financial_year
            return self.makes(**given)
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def load(command: type[Command], sent: Any) -> Command:
    """The command that was sent. Raises ``Malformed`` with a sentence for each field at fault."""
    try:
        return cast(Command, schema_of(command)().load(sent))
    except ValidationError as fault:
        raise Malformed(dict(_flat(fault.messages))) from fault


def schema_of(asked: type) -> type[CommandSchema]:
    """The schema of a command, or of a value inside one."""
    return _made(asked)


@cache
def _made(asked: type) -> type[CommandSchema]:
    members: dict[str, Any] = {
        question.name: _field(asked, question) for question in questions(asked)
    }
    return type(f"{asked.__name__}Schema", (CommandSchema,), {**members, "makes": asked})


def longest(question: Question) -> int:
    """How many characters an answer in words may have."""
    return SHORT if question.name in SHORT_TEXTS else LONG


def _field(asked: type, question: Question) -> fields.Field[Any]:
    said = missing_sentence(asked, question)
    optional_year = asked is Tranche and question.name == "plan_year"
    about: dict[str, Any] = {
        "required": question.required and not optional_year,
        "allow_none": question.nullable,
    }
    if question.shape in (Shape.PART, Shape.ROWS):
        return _nested(question, about, said)
    return _plain(question, {**about, "missing": said})


def _plain(question: Question, about: dict[str, Any]) -> answers.Answer:
    match question.shape:
        case Shape.WHOLE:
            return answers.WholeField(*BOUNDS[question.name], **about)
        case Shape.CHOICE:
            return answers.ChoiceField(question.of, **about)
        case Shape.CHOICES:
            return answers.ChoicesField(question.of, **about)
        case Shape.LINES:
            return answers.LinesField(ids=question.name in IDS, **about)
        case Shape.TEXT:
            one_line = question.name in SHORT_TEXTS
            return answers.TextField(longest(question), many_lines=not one_line, **about)
        case _:
            return _SIMPLE[question.shape](**about)


_SIMPLE: dict[Shape, type[answers.Answer]] = {
    Shape.MONEY: answers.PoundsField,
    Shape.DECIMAL: answers.DecimalText,
    Shape.MONTH: answers.MonthField,
    Shape.YEAR: answers.YearField,
    Shape.DAY: answers.DayField,
    Shape.YES_NO: answers.YesNoField,
    Shape.TICK: answers.YesNoField,
    Shape.ID: answers.IdField,
    Shape.NUMBERS: answers.NumbersField,
}


def _nested(question: Question, about: dict[str, Any], said: str) -> fields.Field[Any]:
    of = schema_of(question.of)
    wrong: dict[str, Any] = {"required": said, "null": said, "type": "Send these as an object."}
    if question.shape is Shape.PART:
        return fields.Nested(of, error_messages=wrong, **about)
    least = 1 if question.required else 0
    size = validate.Length(
        least, MOST_ROWS, error=said if least else f"There may be up to {MOST_ROWS} of these."
    )
    return _Rows(
        fields.Nested(of, error_messages=wrong),
        validate=size,
        error_messages={**wrong, "invalid": "Send these as a list."},
        **about,
    )


class _Rows(fields.List[Any]):
    """A list that is given as a tuple, as commands hold it."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **rest: Any) -> Any:
        if isinstance(value, list) and len(value) > MOST_ROWS:
            raise ValidationError(f"There may be up to {MOST_ROWS} of these.")
        return tuple(super()._deserialize(value, attr, data, **rest))


def _flat(messages: Any, path: str = "") -> list[tuple[str, str]]:
    """Every first message with the path of its field."""
    if isinstance(messages, Mapping):
        return [
            found
            for name, inner in messages.items()
            for found in _flat(inner, path if name == "_schema" else _join(path, name))
        ]
    first = messages[0] if isinstance(messages, list) else messages
    return [(path, str(first))]


def _join(path: str, name: Any) -> str:
    return f"{path}-{name}" if path else str(name)
