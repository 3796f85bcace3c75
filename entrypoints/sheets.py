"""One command asked by a form of its own: drawn, answered, or drawn again with what was refused.

The form carries a key (sent twice, it is done once) and the version that the person saw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from flask import abort, request

from benefits.refusals import Refused
from entrypoints import flagged
from entrypoints.acts import Act
from entrypoints.forms import Asking, Form, Option, form_of
from entrypoints.here import now, realise, viewer
from entrypoints.ids import is_key, new_key, with_condition_ids
from entrypoints.questions import questions
from entrypoints.schemas import Malformed, load
from entrypoints.statuses import status_of
from entrypoints.typed import read_typed, write_typed
from eventlog.faults import DatabaseFault
from workflows.handling import Also

#: The most digits that a version in a form may have.
LONGEST_VERSION = 9


@dataclass(frozen=True, slots=True)
class Done:
    """What was asked is on the record. ``new`` is the id of what it made, if it makes a thing."""

    new: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """The form as it was typed, with what was refused, and the status to answer with."""

    form: Form
    status: int


Outcome: TypeAlias = Done | Again


@dataclass(frozen=True, slots=True)
class Sheet:
    """A command's form. ``version`` is that of the thing it is about, as it now stands.

    ``fixed`` answers are not asked; ``choices`` may be named; ``answers`` stand in it at first;
    ``hidden`` go with it unseen, beside the key and the version.
    """

    act: Act
    version: int
    fixed: Mapping[str, Any]
    choices: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)

    def blank(self) -> Form:
        """The form as it is opened."""
        typed = write_typed(questions(self.act.command), self.answers)
        return self._drawn(typed, new_key(), self.version)

    def answer(self, also: Also | None = None) -> Outcome:
        """Do what the form that was sent asks. Ends the request (428) without key or version."""
        key, seen = _key(), sent_version("seen")
        fixed = self._fixed(key)
        asked = [each for each in questions(self.act.command) if each.name not in fixed]
        typed = read_typed(asked, request.form)
        if "add" in request.form:
            return Again(self._drawn(typed, key, seen, more=request.form["add"]), 200)
        try:
            command: object = load(self.act.command, {**with_condition_ids(typed, key), **fixed})
            flagged.refuse_unless(confirmed(), command, list(fixed))
            realise().handle(command, by=viewer().person, at=now(), seen=seen, key=key, also=also)
        except Malformed as fault:
            return Again(self._drawn(typed, key, seen, faults=fault.faults), 422)
        except (Refused, DatabaseFault) as fault:
            status = status_of(fault) or 500
            # The form now shows the newest version, so sending it again is an answer.
            seen = self.version if status == 412 else seen
            return Again(self._drawn(typed, key, seen, refusal=str(fault)), status)
        return Done(key if self.act.new else "")

    def refused(self, sentence: str, status: int) -> Again:
        """The form as it was typed, with why it was not even looked at."""
        asked = [one for one in questions(self.act.command) if one.name not in self.fixed]
        typed = read_typed(asked, request.form)
        return Again(self._drawn(typed, _key(), sent_version("seen"), refusal=sentence), status)

    def _fixed(self, key: str) -> dict[str, Any]:
        made = {self.act.new: key} if self.act.new and self.act.new not in self.fixed else {}
        return {**self.fixed, **made}

    def _drawn(
        self,
        typed: Mapping[str, Any],
        key: str,
        seen: int,
        *,
        faults: Mapping[str, str] | None = None,
        refusal: str = "",
        more: str = "",
    ) -> Form:
        hidden = {**self.hidden, "key": key, "seen": str(seen)}
        asking = Asking(self._fixed(key), self.choices, hidden, more, confirmed())
        return form_of(self.act.command, typed, asking, faults, refusal)


def _key() -> str:
    key = request.form.get("key", "")
    if not is_key(key):
        abort(428)
    return key


def confirmed() -> bool:
    """Whether the person ticked to write what looks like personal data all the same."""
    return request.form.get(flagged.CONFIRM) == "yes"


def sent_version(name: str) -> int:
    """A version that came unseen with a form. Ends the request (428) when it is none."""
    written = request.form.get(name, "")
    if not (written.isascii() and written.isdigit() and len(written) <= LONGEST_VERSION):
        abort(428)
    return int(written)
