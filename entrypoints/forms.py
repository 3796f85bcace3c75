"""A command's form as plain values for the page: what each box is called, holds and got wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from entrypoints import flagged
from entrypoints.labels import words
from entrypoints.questions import Question, Shape, questions
from entrypoints.schemas import SHORT_TEXTS, longest
from entrypoints.typed import BLANK_ROWS, MORE_ROWS, MOST_ROWS

#: A value that can be chosen, and how a person reads it.
Option: TypeAlias = tuple[str, str]
MOST_RADIOS = 6


class Grouped(list[Option]):
    """Options in groups with headings, where there are so many that some should come first."""

    def __init__(self, *groups: tuple[str, tuple[Option, ...]]) -> None:
        super().__init__(option for _, options in groups for option in options)
        #: Only where there is more than one group are their headings of use.
        held = tuple(group for group in groups if group[1])
        self.groups = held if len(held) > 1 else ()


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to fill in. ``kind`` says which macro draws it; ``value`` is text, or a list."""

    kind: str
    id: str
    name: str
    label: str
    hint: str
    value: Any
    error: str
    optional: bool
    options: tuple[Option, ...] = ()
    longest: int = 0
    boxes: tuple["Box", ...] = ()
    rows: tuple[tuple["Box", ...], ...] = ()
    groups: tuple[tuple[str, tuple[Option, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form with what was typed in it. ``hidden`` go with it unseen; ``faults`` link to boxes."""

    boxes: tuple[Box, ...]
    hidden: Mapping[str, str]
    faults: tuple[tuple[str, str], ...]
    refusal: str = ""

    @property
    def wrong(self) -> bool:
        return bool(self.faults or self.refusal)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a form is made of beside its command.

    ``fixed`` answers are not asked; ``choices`` are the things on record that may be named (by
    the question's name); ``more`` is the list of rows that a person asked to lengthen;
    ``confirmed`` says that they ticked to write what looks like personal data.
    """

    fixed: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    more: str = ""
    confirmed: bool = False


def form_of(
    command: type,
    typed: Mapping[str, Any],
    asking: Asking,
    faults: Mapping[str, str] | None = None,
    refusal: str = "",
) -> Form:
    """The form of a command with what is typed in it and the sentence for each fault."""
    drawing = _Drawing(asking, faults or {})
    asked = [question for question in questions(command) if question.name not in asking.fixed]
    boxes = tuple(drawing.box(command, question, typed, "") for question in asked)
    if asking.confirmed or flagged.CONFIRM in drawing.faults:
        boxes += (confirm_box(drawing.faults, confirmed=asking.confirmed),)
    return Form(boxes, asking.hidden, tuple(_links(boxes, drawing.faults)), refusal)


def confirm_box(faults: Mapping[str, str], *, confirmed: bool) -> Box:
    """The box to tick where a text looks like personal data."""
    return Box(
        kind="tick",
        id=flagged.CONFIRM,
        name=flagged.CONFIRM,
        label=flagged.ASKS,
        hint=flagged.HINT,
        value="yes" if confirmed else "",
        error=faults.get(flagged.CONFIRM, ""),
        optional=False,
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    asking: Asking
    faults: Mapping[str, str]

    def box(self, asked: type, question: Question, typed: Mapping[str, Any], prefix: str) -> Box:
        name = prefix + question.name
        said = words(asked, question.name)
        value = typed.get(question.name)
        options = self._options(question)
        return Box(
            kind=_kind(question, options),
            id=name,
            name=name,
            label=said.label,
            hint=said.hint,
            value="" if value is None else value,
            error=self.faults.get(name, ""),
            optional=not question.required and question.shape is not Shape.TICK,
            options=options,
            longest=longest(question) if question.shape is Shape.TEXT else 0,
            boxes=self._part(question, value, name),
            rows=self._rows(question, value, name),
            groups=self._groups(question),
        )

    def _options(self, question: Question) -> tuple[Option, ...]:
        if question.name in self.asking.choices:
            return tuple(self.asking.choices[question.name])
        if question.shape in (Shape.CHOICE, Shape.CHOICES):
            return tuple((member.value, sentence_case(member.value)) for member in question.of)
        return ()

    def _groups(self, question: Question) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        chosen = self.asking.choices.get(question.name)
        return chosen.groups if isinstance(chosen, Grouped) else ()

    def _part(self, question: Question, value: Any, name: str) -> tuple[Box, ...]:
        if question.shape is not Shape.PART:
            return ()
        return self._boxes(question, value or {}, f"{name}-")

    def _rows(self, question: Question, value: Any, name: str) -> tuple[tuple[Box, ...], ...]:
        if question.shape is not Shape.ROWS:
            return ()
        filled = list(value or [])
        blank = BLANK_ROWS + (MORE_ROWS if self.asking.more == name else 0)
        rows = [*filled, *({} for _ in range(blank))][:MOST_ROWS]
        return tuple(
            self._boxes(question, row, f"{name}-{number}-") for number, row in enumerate(rows)
        )

    def _boxes(self, question: Question, typed: Mapping[str, Any], prefix: str) -> tuple[Box, ...]:
        fresh = [part for part in question.parts if not _given_an_id(question.of, part)]
        return tuple(self.box(question.of, part, typed, prefix) for part in fresh)


def _given_an_id(of: type, part: Question) -> bool:
    """A condition's id is made by Realise, not typed."""
    return (of.__name__, part.name) == ("Condition", "condition")


def _kind(question: Question, options: Sequence[Option]) -> str:
    """The name of the macro that draws the question."""
    match question.shape:
        case Shape.CHOICE if len(options) <= MOST_RADIOS and question.required:
            return "radios"
        case Shape.TEXT if options:
            return "select"
        case Shape.TEXT:
            return "input" if question.name in SHORT_TEXTS else "textarea"
        case Shape.LINES:
            return "checkboxes" if options else "lines"
        case _:
            return _KINDS[question.shape]


_KINDS = {
    Shape.MONEY: "money",
    Shape.WHOLE: "number",
    Shape.DECIMAL: "number",
    Shape.MONTH: "period",
    Shape.YEAR: "period",
    Shape.DAY: "day",
    Shape.CHOICE: "select",
    Shape.CHOICES: "checkboxes",
    Shape.YES_NO: "yes_no",
    Shape.TICK: "tick",
    Shape.ID: "select",
    Shape.NUMBERS: "input",
    Shape.PART: "part",
    Shape.ROWS: "rows",
}


def sentence_case(text: str) -> str:
    """A list's word with a capital, as the label of a choice."""
    return text[:1].upper() + text[1:]


def _links(boxes: Sequence[Box], faults: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each sentence with the id of the box to go to, in the order of the page."""
    order = {name: target for box in boxes for name, target in _targets(box)}
    known = [(order[name], faults[name]) for name in order if name in faults]
    unknown = [("", sentence) for name, sentence in faults.items() if name not in order]
    return known + unknown


def _targets(box: Box) -> list[tuple[str, str]]:
    """The names of a box and of those inside it, each with the id that a link can lead to."""
    inside = [*box.boxes, *(cell for row in box.rows for cell in row)]
    within = [found for each in inside for found in _targets(each)]
    first = f"{box.id}-day" if box.kind == "day" else box.id
    rows = [(f"{box.name}-{number}", _targets(row[0])[0][1]) for number, row in enumerate(box.rows)]
    return [(box.name, _targets(inside[0])[0][1] if inside else first), *rows, *within]
