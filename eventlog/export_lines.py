"""The lines of an exported log, as docs/log-format.md says them: how each is written and read."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventlog.seal import HASHED, Row, Verdict

COLUMNS = (*HASHED, "prev_hash", "hash")
#: The format that is written. In the first, no line said what the file holds.
FORMAT = 2
_HEAD = {"export": int, "events": int, "hash": str, "checkpoints": int}
_NOTE = {"checkpoint": str, "made_at": str}
_NUMBERS = {"position", "version", "schema_version"}
_LARGEST = 2**31
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
#: Text is written as it is, so that the file is the same on every machine.
written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BadLine(ValueError):
    """A line is not one of a log's export, or the file is not a whole one. A sentence."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line says that the file holds: events, the last one's hash, checkpoints."""

    events: int
    hash: str
    checkpoints: int

    def line(self) -> str:
        """The line that says so."""
        return written(
            {"export": FORMAT, "events": self.events, "hash": self.hash,
             "checkpoints": self.checkpoints}
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A line with a checkpoint, and its number in the file."""

    number: int
    note: str
    made_at: str


class ExportLines:
    """Reads a file once, from its first line to its last: the rows, then the checkpoints."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.head: Head | None = None
        self.notes: list[Note] = []
        self._numbered = enumerate(lines, 1)

    def rows(self) -> Iterator[Row]:
        """Every row; the checkpoints are ``notes`` once these have ended. Raises ``BadLine``."""
        number = 0
        for number, line in self._numbered:
            found = _parsed(number, line)
            if number == 1 and "export" in found:
                self.head = _head(found)
            elif "checkpoint" in found:
                self.notes.append(_note(number, found))
            elif self.notes:
                raise BadLine(f"Line {number} of the file stands after a checkpoint, and is none.")
            else:
                yield _row(number, found)
        if not number:
            raise BadLine("The file is empty: it is no export of a log.")

    def must_be_whole(self, verdict: Verdict) -> None:
        """Compare what came with what the first line says. Raises ``BadLine``."""
        if self.head is None:
            return
        if (self.head.events, self.head.hash) != (verdict.events, verdict.hash):
            raise BadLine(
                f"The file says that it holds {self.head.events:,} events ending with hash "
                f"{self.head.hash[:64]}, and it has {verdict.events:,} ending with {verdict.hash}: "
                "it was cut off or put together."
            )
        if self.head.checkpoints != len(self.notes):
            raise BadLine(
                f"The file says that it holds {self.head.checkpoints:,} checkpoints, and it has "
                f"{len(self.notes):,}: it was cut off or put together."
            )


def _parsed(number: int, line: str) -> dict[str, Any]:
    if line.endswith(("\r\n", "\r")):
        raise BadLine(
            f"Line {number} of the file ends as Windows ends lines: the file was changed on its "
            "way. Take it again, as it was written."
        )
    try:
        found = json.loads(line, object_pairs_hook=without_repeats)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadLine(
            f"Line {number} of the file is not one of a log’s export, made by: realise export-log."
        )
    return found


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises ``ValueError`` when a name stands in it twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("A name stands in it twice.")
    return found


def _head(found: dict[str, Any]) -> Head:
    if not _has(found, _HEAD) or found["export"] != FORMAT:
        raise BadLine(
            "Line 1 of the file is of a format that is not known here. Use the newer Realise that "
            "wrote it."
        )
    return Head(found["events"], found["hash"], found["checkpoints"])


def _note(number: int, found: dict[str, Any]) -> Note:
    if not _has(found, _NOTE) or not _INSTANT.fullmatch(found["made_at"]):
        raise BadLine(f"Line {number} of the file is not a checkpoint.")
    return Note(number, found["checkpoint"], found["made_at"])


def _has(found: dict[str, Any], kinds: Mapping[str, type]) -> bool:
    return found.keys() == kinds.keys() and all(
        type(found[name]) is kind and (kind is int or _is_text(found[name]))
        for name, kind in kinds.items()
    )


def _row(number: int, found: dict[str, Any]) -> Row:
    fits = found.keys() == set(COLUMNS) and all(_fits(name, value) for name, value in found.items())
    if not fits:
        raise BadLine(f"Line {number} of the file is not a row of a log.")
    return tuple(found[name] for name in COLUMNS)


def _fits(name: str, value: object) -> bool:
    if name in _NUMBERS:
        return type(value) is int and (name != "schema_version" or 0 < value < _LARGEST)
    if value is None:
        return name == "causation_id"
    if not isinstance(value, str) or not _is_text(value):
        return False
    return name != "recorded_at" or _INSTANT.fullmatch(value) is not None


def _is_text(value: str) -> bool:
    try:
        return "\0" not in value and value.encode() is not None
    except UnicodeEncodeError:
        return False
