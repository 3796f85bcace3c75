"""What a program may send, as JSON Schema: drawn from the questions of each command.

The same questions make the forms. JSON is held to the plain kinds: money is text in pounds, a
whole number is a number, yes or no is true or false; so what is described is what is taken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from benefits.periods import EARLIEST, LATEST, FinancialYear
from benefits.plans import Condition
from benefits.tranches import Tranche
from entrypoints.questions import BOUNDS, IDS, Question, Shape, every_question
from entrypoints.schemas import LONG, MOST_ROWS, SHORT, SHORT_TEXTS, longest

Schema = dict[str, Any]

ID = "^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$"
MONEY = r"^-?[0-9]{1,10}(\.[0-9]{1,2})?$"
DECIMAL = r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"
#: Years from 1990 to 2149; the first financial year begins in April 1990.
_YEARS = "(199[0-9]|20[0-9]{2}|21[0-4][0-9])"
_LATER = "(199[1-9]|20[0-9]{2}|21[0-4][0-9])"
MONTH = f"^(1990-(0[4-9]|1[0-2])|{_LATER}-(0[1-9]|1[0-2]))$"
_LEAP = "(199[26]|20([02468][048]|[13579][26])|21([024][48]|[13][26]|[24]0))"
DAY = (
    f"^({_YEARS}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    f"|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)$"
)
#: What is cut off the ends of a text, and what no text may hold, not even there.
_BLANK = r"\t\n\r\x20\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"


def of_questions(
    asked: Sequence[Question], left_out: Sequence[str] = (), made: Sequence[str] = ()
) -> Schema:
    """An object with these answers. ``made`` may be left out: Realise makes such an id."""
    shown = [question for question in asked if question.name not in left_out]
    needed = [each.name for each in shown if each.required and each.name not in made]
    schema: Schema = {
        "type": "object",
        "properties": {
            each.name: of_question(replace(each, nullable=True) if each.name in made else each)
            for each in shown
        },
        "additionalProperties": False,
    }
    return {**schema, "required": needed} if needed else schema


def of_question(question: Question) -> Schema:
    """One answer. What may be left out may also be null."""
    schema = _shape(question)
    if question.required and not question.nullable:
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


def refer(name: str) -> Schema:
    """A part that the document describes once."""
    return {"$ref": f"#/components/schemas/{name}"}


def _shape(question: Question) -> Schema:
    match question.shape:
        case Shape.WHOLE:
            least, most = BOUNDS[question.name]
            return {"type": "integer", "minimum": least, "maximum": most}
        case Shape.TEXT:
            length = "Line" if question.name in SHORT_TEXTS else "Text"
            return refer(length if question.required else f"{length}OrBlank")
        case _:
            return _list(question) or refer(_NAMES.get(question.shape) or question.of.__name__)


def _list(question: Question) -> Schema | None:
    match question.shape:
        case Shape.CHOICES:
            return {"type": "array", "items": refer(question.of.__name__), "maxItems": MOST_ROWS}
        case Shape.LINES:
            part = refer("IdOrBlank" if question.name in IDS else "Name")
            return {"type": "array", "items": part, "maxItems": MOST_ROWS}
        case Shape.NUMBERS:
            part = {"type": "integer", "minimum": 0, "maximum": 100}
            return {"type": "array", "items": part, "minItems": 1, "maxItems": 30}
        case Shape.PART:
            return refer(f"{question.of.__name__}Sent")
        case Shape.ROWS:
            part = refer(f"{question.of.__name__}Sent")
            fewest = {"minItems": 1} if question.required else {}
            return {"type": "array", "items": part, "maxItems": MOST_ROWS, **fewest}
        case _:
            return None


_NAMES: Mapping[Shape, str] = {
    Shape.MONEY: "Money",
    Shape.DECIMAL: "Decimal",
    Shape.MONTH: "Month",
    Shape.YEAR: "FinancialYear",
    Shape.DAY: "Day",
    Shape.YES_NO: "YesOrNo",
    Shape.TICK: "YesOrNo",
    Shape.ID: "Id",
}
#: What need not be sent inside a value: it is worked out, or an id is made for it.
_MADE: Mapping[type, Sequence[str]] = {Tranche: ["plan_year"], Condition: ["condition"]}
LONGEST_NAME = 100


def components(commands: Iterable[type]) -> dict[str, Schema]:
    """Every part that commands are described by, by its name in the document."""
    found = _plain_parts()
    for command in commands:
        for question in every_question(command):
            if question.shape in (Shape.CHOICE, Shape.CHOICES):
                found[question.of.__name__] = _choice(question.of)
            elif question.shape in (Shape.PART, Shape.ROWS):
                made = _MADE.get(question.of, ())
                found[f"{question.of.__name__}Sent"] = of_questions(question.parts, made=made)
    return found


def _choice(of: Any) -> Schema:
    return {"type": "string", "enum": [str(member.value) for member in of]}


def _plain_parts() -> dict[str, Schema]:
    return {
        "Money": {
            "type": "string",
            "pattern": MONEY,
            "description": "Pounds as text. A year's worth when it recurs.",
            "examples": ["120000.00"],
        },
        "Decimal": {"type": "string", "pattern": DECIMAL, "examples": ["12.5"]},
        "Month": {"type": "string", "pattern": MONTH, "examples": ["2024-10"]},
        "FinancialYear": _financial_years(),
        "Day": {"type": "string", "format": "date", "pattern": DAY},
        "YesOrNo": {"type": "boolean"},
        "Id": {"type": "string", "pattern": ID},
        "IdOrBlank": {"type": "string", "pattern": f"^({ID.strip('^$')})?$"},
        "Line": words(SHORT, lines=False),
        "LineOrBlank": words(SHORT, lines=False, needed=False),
        "Name": words(LONGEST_NAME, lines=False, needed=False),
        "Text": words(LONG, lines=True),
        "TextOrBlank": words(LONG, lines=True, needed=False),
    }


def words(most: int, *, lines: bool, needed: bool = True) -> Schema:
    """A text of so many characters at most."""
    return {
        "type": "string",
        "maxLength": most,
        "pattern": text_pattern(lines=lines, needed=needed),
    }


def text_pattern(*, lines: bool, needed: bool = True) -> str:
    """Words: something to see, unless it may be left out, and nothing that cannot be seen.

    What is cut off the ends may be anything blank.
    """
    inside = "" if lines else r"\t\n\r"
    seen = f"[^{_BLANK}{_UNSEEN}]([^{_UNSEEN}{inside}]*[^{_BLANK}{_UNSEEN}])?"
    return f"^[{_BLANK}]*{seen}[{_BLANK}]*$" if needed else f"^[{_BLANK}]*({seen}[{_BLANK}]*)?$"


def _financial_years() -> Schema:
    years = [str(FinancialYear(start)) for start in range(EARLIEST, LATEST)]
    return {"type": "string", "enum": years, "examples": ["2024/25"]}


def faults(asked: Sequence[Question], sent: Mapping[str, Any], path: str = "") -> dict[str, str]:
    """Where JSON is not of the plain kind that is described, with a sentence for each."""
    found: dict[str, str] = {}
    for question in asked:
        if sent.get(question.name) is not None:
            found |= _faults(question, sent[question.name], path + question.name)
    return found


def _faults(question: Question, value: Any, path: str) -> dict[str, str]:
    kind: Any
    kind, sentence = _KINDS.get(question.shape, (str, "Write this as text."))
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return {path: sentence}
    match question.shape:
        case Shape.PART:
            return faults(question.parts, value, f"{path}-")
        case Shape.ROWS:
            return _rows(question, value, path)
        case Shape.TEXT | Shape.CHOICES | Shape.LINES | Shape.NUMBERS:
            said = _in_list_or_text(question, value)
            return {path: said} if said else {}
    pattern = _PATTERNS.get(question.shape)
    if isinstance(value, str) and (pattern is None or pattern.fullmatch(value)):
        return {} if value.strip() else {path: "Leave this out, or send null, when it is blank."}
    return {path: _EXAMPLES[question.shape]} if isinstance(value, str) else {}


def _in_list_or_text(question: Question, value: Any) -> str:
    """What is wrong; blanks at the ends are cut off later, and count here all the same."""
    texts = [value] if question.shape is Shape.TEXT else value
    if any(isinstance(text, str) and _CONTROLS.search(text) for text in texts):
        return "This holds characters that cannot be shown. Type it again."
    match question.shape:
        case Shape.NUMBERS if not all(type(part) is int for part in value):
            return "Send whole numbers, such as [25, 50, 25]."
        case Shape.TEXT if len(value) > longest(question):
            return f"This is {len(value):,} characters. Send {longest(question):,} at most."
        case Shape.LINES if any(len(str(each)) > LONGEST_NAME for each in value):
            return f"Send up to {LONGEST_NAME} characters in each."
    return ""


def _rows(question: Question, rows: list[Any], path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, row in enumerate(rows[:MOST_ROWS]):
        if isinstance(row, Mapping):
            found |= faults(question.parts, row, f"{path}-{number}-")
    return found


_KINDS: Mapping[Shape, tuple[type, str]] = {
    Shape.WHOLE: (int, "Send a whole number."),
    Shape.YES_NO: (bool, "Send true or false."),
    Shape.TICK: (bool, "Send true or false."),
    Shape.CHOICES: (list, "Send a list."),
    Shape.LINES: (list, "Send a list."),
    Shape.NUMBERS: (list, "Send a list of whole numbers."),
    Shape.ROWS: (list, "Send these as a list."),
    Shape.PART: (dict, "Send these as an object."),
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PATTERNS: Mapping[Shape, re.Pattern[str]] = {
    Shape.MONEY: re.compile(MONEY.strip("^$")),
    Shape.DECIMAL: re.compile(DECIMAL.strip("^$")),
    Shape.MONTH: re.compile(MONTH.strip("^$")),
    Shape.YEAR: re.compile("[0-9]{4}/[0-9]{2}"),
    Shape.DAY: re.compile(DAY.strip("^$")),
    Shape.ID: re.compile(ID.strip("^$")),
}
_EXAMPLES: Mapping[Shape, str] = {
    Shape.MONEY: "Write pounds as text, with two figures for the pence: “120000.00”.",
    Shape.DECIMAL: "Write a number as text: “12.5”.",
    Shape.MONTH: "Write a month as year and month: “2024-10”.",
    Shape.YEAR: "Write a financial year like “2024/25”.",
    Shape.DAY: "Write a date as year, month and day: “2024-10-31”.",
    Shape.ID: "Send an id: letters, figures, and _ . : - after the first.",
}
