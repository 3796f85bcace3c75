"""Asks before a text that looks like personal data is written into the record for good.

Every command is looked at here, whatever way it came: by a form, a grid, a file, the API or the
command line. Who confirms goes on; that they did is not itself recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benefits.personal_data import as_words, found
from entrypoints.questions import IDS, Question, Shape, questions
from entrypoints.schemas import Malformed

#: The name of the box to tick, and the header by which a program says the same.
CONFIRM, HEADER = "confirm-personal-data", "Confirm-Personal-Data"
#: What the box to tick says.
ASKS = "Write it all the same: I have looked at it, and it has to stand in the record"
HINT = "The record is kept for good: nobody can take a word out of it again"
#: Texts that name a file or a code, in which figures are no telephone.
_CODES = frozenset({"budget_line", "line", "reference"})
#: Texts that nobody writes.
_MACHINE = frozenset({"colour", "media_type", "sha256"})


class LooksPersonal(Malformed):
    """What was sent holds what looks like personal data, and nobody has confirmed it.

    ``fields``: the name of each field, and its sentence. ``faults`` has the box to tick too.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__({**fields, CONFIRM: "Take it out, or tick to write it all the same."})


def refuse_unless(confirmed: bool, command: object, fixed: Sequence[str] = ()) -> None:  # noqa: FBT001
    """Raise ``LooksPersonal`` when a command's texts need a second look and had none.

    ``fixed`` are the answers that were not asked for here.
    """
    fields = {} if confirmed else flagged(command)
    asked = {name: said for name, said in fields.items() if name.split("-")[0] not in fixed}
    if asked:
        raise LooksPersonal(asked)


def flagged(command: object) -> dict[str, str]:
    """The fields of a command that look personal, by path, each with its sentence."""
    return {name: _sentence(said) for name, said in _flagged(command)}


def of_several(commands: Sequence[object], path: str = "") -> dict[str, str]:
    """The same of several commands, each path beginning with the command's place."""
    return {
        f"{path}{number}-{name}": said
        for number, command in enumerate(commands)
        for name, said in flagged(command).items()
    }


def in_text(text: str) -> str:
    """The sentence for one text, or nothing when it does not look personal."""
    said = as_words(found(text))
    return _sentence(said) if said else ""


def as_warnings(placed: Sequence[tuple[str, object]]) -> Iterator[str]:
    """A warning for each command of a file that needs a second look, with its place there."""
    for place, command in placed:
        for _, said in _flagged(command):
            where = f"{place[:1].upper()}{place[1:]}: this" if place else "This"
            yield f"Warning. {where} looks like personal data: {said}."


def _sentence(said: str) -> str:
    return f"This looks like personal data: {said}. Say who by their post or as “a resident”."


def _flagged(command: object) -> Iterator[tuple[str, str]]:
    for name, text in _texts(_questions(command), command, ""):
        last = name.rsplit("-", 1)[-1]
        said = "" if last in _MACHINE else as_words(found(text, code=last in _CODES))
        if said:
            yield name, said


def _questions(command: Any) -> tuple[Question, ...]:
    kind: type = type(command)
    return questions(kind)


def _texts(asked: Sequence[Question], value: Any, path: str) -> Iterator[tuple[str, str]]:
    for question in asked:
        held, name = getattr(value, question.name), path + question.name
        match question.shape:
            case Shape.TEXT if held:
                yield name, held
            case Shape.LINES if held and question.name not in IDS:
                yield name, "\n".join(held)
            case Shape.PART if held is not None:
                yield from _texts(question.parts, held, f"{name}-")
            case Shape.ROWS:
                for number, row in enumerate(held):
                    yield from _texts(question.parts, row, f"{name}-{number}-")
