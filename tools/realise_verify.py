#!/usr/bin/env python3
"""Checks an exported log of Realise without Realise: for an auditor, on any machine.

    python3 realise_verify.py log.jsonl --key PUBLIC-KEY --checkpoint older.txt --report report.pdf

It needs Python 3.9 or later with the package ``cryptography``, and no network. It works out every
hash again, row by row, and says the first row that fails. Status: 0 when all holds, 1 when
something does not, 2 when it could not look. docs/verify-the-log.md explains it; docs/log-format.md
is the rule for each row, RFC 6962 for the tree, C2SP signed-note and tlog-checkpoint for the rest.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterator

HASHED = (
    "position", "event_id", "stream", "version", "type", "schema_version", "recorded_at",
    "actor_id", "correlation_id", "causation_id", "payload",
)  # fmt: skip
COLUMNS = (*HASHED, "prev_hash", "hash")
NUMBERS = {"position", "version", "schema_version"}
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class Wrong(Exception):
    """Something does not hold. ``str()`` is a sentence."""


class Unusable(Exception):
    """Something could not be looked at. ``str()`` is a sentence."""


class Key(NamedTuple):
    """A public key with its name."""

    name: str
    key_id: bytes
    public: bytes


class Checkpoint(NamedTuple):
    """What was signed: the tree over the first ``size`` events has this root."""

    size: int
    root: bytes
    where: str


def read_key(text: str) -> Key:
    """Read ``name+id+base64``, or the first line of a file that holds it."""
    if "+" not in text and Path(text).is_file():
        text = Path(text).read_text(encoding="utf-8").split("\n")[0]
    name, _, rest = text.strip().partition("+")
    given, _, encoded = rest.partition("+")
    key = decoded(encoded)
    key_id = sha256(f"{name}\n".encode() + key).digest()[:4]
    if len(key) != 33 or key[:1] != b"\x01" or key_id.hex() != given:
        raise Unusable("The public key cannot be read: give it as Realise prints it, whole.")
    return Key(name, key_id, key[1:])


def decoded(text: str) -> bytes:
    """Base64, or nothing when it is not."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


def read_checkpoint(note: str, keys: list[Key], where: str) -> Checkpoint:
    """A checkpoint that one of the keys has signed. Raises ``Wrong``."""
    body, between, signatures = note.replace("\r\n", "\n").strip("\n").rpartition("\n\n")
    origin, size, root, *_ = [*body.split("\n"), "", "", ""]
    if not between or not re.fullmatch("0|[1-9][0-9]{0,18}", size) or len(decoded(root)) != 32:
        raise Wrong(f"{where} is not a signed checkpoint.")
    for line in signatures.split("\n"):
        name, _, encoded = line[2:].partition(" ")
        signature = decoded(encoded)
        for key in keys:
            if line[:2] == "— " and (name, signature[:4]) == (key.name, key.key_id) == (
                origin, key.key_id,
            ):  # fmt: skip
                if not signed(key, f"{body}\n".encode(), signature[4:]):
                    raise Wrong(f"{where} was changed: its signature does not fit.")
                return Checkpoint(int(size), decoded(root), where)
    raise Wrong(f"{where} is not signed with the given key.")


def signed(key: Key, text: bytes, signature: bytes) -> bool:
    """Whether these 64 bytes are the key's signature of the text."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962, section 2.1."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962, section 2.1."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """The tree over the rows so far, as the roots of its whole parts."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        fresh, size = leaf_hash(leaf), self.size
        while size & 1:
            fresh, size = node_hash(self.peaks.pop(), fresh), size >> 1
        self.peaks.append(fresh)
        self.size += 1

    def root(self) -> bytes:
        found = self.peaks[-1] if self.peaks else sha256().digest()
        for other in self.peaks[-2::-1]:
            found = node_hash(other, found)
        return found


def row_hash(prev_hash: str, row: dict[str, Any]) -> str:
    """The hash of a row, as docs/log-format.md says it."""
    parts = [f"{len(prev_hash)}:{prev_hash}".encode()]
    for name in HASHED:
        text = b"" if row[name] is None else str(row[name]).encode()
        parts.append(b"-" if row[name] is None else b"%d:%b" % (len(text), text))
    return sha256(b"".join(parts)).hexdigest()


def is_row(found: dict[str, Any]) -> bool:
    """Whether a line has exactly the columns of a row, each of its kind."""
    if found.keys() != set(COLUMNS):
        return False
    empty = found["causation_id"] is None
    return all(
        type(value) is (int if name in NUMBERS else str)
        for name, value in found.items()
        if not (empty and name == "causation_id")
    )


class Log:
    """Reads an export from its first line to its last, and checks each row against those before."""

    def __init__(self) -> None:
        self.leaves = bytearray()
        self.last_hash, self.last_instant = "0" * 64, ""
        self.versions: dict[str, int] = {}
        self.event_ids: set[str] = set()
        self.reports: dict[str, tuple[int, Any]] = {}
        self.notes: list[str] = []

    @property
    def size(self) -> int:
        return len(self.leaves) // 32

    def read(self, file: Path) -> None:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                found = self.parsed(number, line)
                if "checkpoint" in found:
                    self.notes.append(str(found["checkpoint"]))
                elif self.notes or not is_row(found):
                    raise Wrong(f"Position {self.size + 1}, line {number} is not a row of a log.")
                else:
                    self.take(found)

    def parsed(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            found = json.loads(line.decode(), object_pairs_hook=_without_repeats)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not line.endswith(b"\n"):
            raise Wrong(f"Position {self.size + 1}: line {number} of the export cannot be read.")
        return found

    def take(self, row: dict[str, Any]) -> None:
        """Check a row and keep what the next ones rest on. Raises ``Wrong``."""
        fault = self.fault(row)
        if fault:
            raise Wrong(fault)
        self.leaves += bytes.fromhex(row["hash"])
        self.last_hash, self.last_instant = row["hash"], row["recorded_at"]
        self.versions[row["stream"]] = row["version"]
        self.event_ids.add(row["event_id"])
        if row["type"] in ("report-issued", "exempt-report-issued"):
            said = json.loads(row["payload"])
            self.reports[said["pdf_sha256"]] = row["position"], said

    def fault(self, row: dict[str, Any]) -> str | None:
        position, due = row["position"], self.size + 1
        if position != due:
            return f"Position {due} is missing or out of place: position {position} comes next."
        if row["prev_hash"] != self.last_hash:
            return f"Position {due}: it does not follow the row before it (prev_hash differs)."
        if row_hash(self.last_hash, row) != row["hash"]:
            return f"Position {due}: the row was changed after it was written (hash differs)."
        if row["version"] != self.versions.get(row["stream"], 0) + 1:
            return f"Position {due}: version {row['version']} of its stream is out of order."
        if row["event_id"] in self.event_ids:
            return f"Position {due}: its event id was used before."
        instant = row["recorded_at"]
        if not INSTANT.fullmatch(instant) or instant < self.last_instant:
            return f"Position {due}: it was recorded before the row that it follows ({instant})."
        return None

    def compare(self, checkpoints: list[Checkpoint]) -> Iterator[str]:
        """A sentence for each checkpoint that is not of this log."""
        tree, good = Tree(), 0
        for one in sorted(checkpoints):
            if one.size > self.size:
                yield (
                    f"Position {self.size + 1} and those after it are gone: {one.where} was signed "
                    f"over {one.size} events, and the log has {self.size}."
                )
                continue
            while tree.size < one.size:
                tree.add(bytes(self.leaves[tree.size * 32 : tree.size * 32 + 32]))
            if tree.root() == one.root:
                good = one.size
            else:
                yield (
                    f"Position {good + 1} or one after it, up to {one.size}, is not what was "
                    f"signed in {one.where}: the log was changed and sealed again."
                )

    def removed(self, kept: list[Checkpoint]) -> Iterator[str]:
        """A sentence for each that the record should hold: it was signed before the last event."""
        for one in kept:
            if one.size < self.size:
                yield (
                    f"{one.where} was signed over {one.size} events and is not among the "
                    "checkpoints of the export: it was taken out of the record."
                )


def said_of(note: str) -> tuple[int, bytes]:
    """The size and the root that a note gives, signed or not."""
    lines = [*note.replace("\r\n", "\n").split("\n"), "", "", ""]
    return int(lines[1]) if re.fullmatch("[0-9]{1,19}", lines[1]) else -1, decoded(lines[2])


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def roots(place: int, last: int, first: bytes, hashes: list[bytes]) -> tuple[bytes, bytes] | None:
    """Where a proof leads: the root of the tree up to this place, and of all (RFC 9162, 2.1)."""
    was = now = first
    for other in hashes:
        if last == 0:
            return None
        if place & 1 or place == last:
            was, now = node_hash(other, was), node_hash(other, now)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            now = node_hash(now, other)
        place, last = place >> 1, last >> 1
    return (was, now) if last == 0 else None


def check_proof(file: Path, keys: list[Key]) -> str:
    """What a proof made by ``realise prove`` shows. Raises ``Wrong``."""
    found = json.loads(file.read_text(encoding="utf-8"))
    row, top = found["event"], read_checkpoint(found["checkpoint"], keys, f"{file} (checkpoint)")
    if not is_row(row) or row_hash(row["prev_hash"], row) != row["hash"]:
        raise Wrong(f"{file}: the event was changed (its hash differs).")
    place, path = row["position"] - 1, [decoded(one) for one in found["inclusion"]]
    led = roots(place, top.size - 1, leaf_hash(bytes.fromhex(row["hash"])), path)
    if not 0 <= place < top.size or led is None or led[1] != top.root:
        raise Wrong(f"{file}: the event at position {row['position']} is not proved to be there.")
    said = f"{file}: the event at position {row['position']} is in the log of {top.size} events."
    if "consistency" in found:
        old = read_checkpoint(found["older_checkpoint"], keys, f"{file} (older checkpoint)")
        if not has_grown(old, top, [decoded(one) for one in found["consistency"]]):
            raise Wrong(f"{file}: the log of {old.size} events is not proved to have only grown.")
        said += f" That log has only grown since it had {old.size}."
    return said


def has_grown(old: Checkpoint, new: Checkpoint, hashes: list[bytes]) -> bool:
    """Whether the hashes prove that the old log is the beginning of the new one."""
    if old.size in (0, new.size):
        return not hashes and (old.size < new.size or old.root == new.root)
    if old.size > new.size or not hashes:
        return False
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first, *rest = [old.root, *hashes] if old.size & (old.size - 1) == 0 else hashes
    return roots(place, last, first, rest) == (old.root, new.root)


def check_report(file: Path, log: Log) -> str:
    """Which event says that this very file was issued. Raises ``Wrong``."""
    found = log.reports.get(sha256(file.read_bytes()).hexdigest())
    if found is None:
        raise Wrong(f"{file} is not a report that this log says was issued, or it was changed.")
    position, said = found
    later = max(
        (other["edition"] for _, other in log.reports.values()
         if (other["programme"], other["month"]) == (said["programme"], said["month"])),
    )  # fmt: skip
    replaced = f" Edition {later} has replaced it." if later > said["edition"] else ""
    return (
        f"{file} is the report of {said['programme']} for {said['month']}, edition "
        f"{said['edition']}, issued at position {position}.{replaced}"
    )


def check_log(given: argparse.Namespace, keys: list[Key]) -> Iterator[tuple[bool, str]]:
    """What holds and what does not: whether, and a sentence."""
    log = Log()
    try:
        log.read(given.export)
    except Wrong as fault:
        yield False, str(fault)
        return
    yield True, f"The chain is sound: {log.size} events, ending with hash {log.last_hash}."
    notes = [(note, f"a checkpoint of the export ({n})") for n, note in enumerate(log.notes, 1)]
    notes += [(file.read_text(encoding="utf-8"), str(file)) for file in given.checkpoint]
    checkpoints, bad = [], 0
    for note, where in notes:
        try:
            checkpoints.append(read_checkpoint(note, keys, where))
        except Wrong as fault:
            bad += 1
            yield False, str(fault)
    exported = {said_of(note) for note in log.notes}
    kept = [one for one in checkpoints if (one.size, one.root) not in exported]
    for sentence in [*log.compare(checkpoints), *log.removed(kept)]:
        bad += 1
        yield False, sentence
    if not bad:
        yield True, f"It is what was signed in {len(notes)} checkpoints."
    for file in given.report:
        yield attempted(lambda file=file: check_report(file, log))


def attempted(check: Any) -> tuple[bool, str]:
    """What a check says, or why it does not hold."""
    try:
        return True, check()
    except Wrong as fault:
        return False, str(fault)


def main() -> int:
    """Look at all that was given; print what holds and what does not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("export", type=Path, nargs="?", help="made by: realise export-log")
    parser.add_argument("--key", action="append", required=True, help="a public key, or its file")
    for name, what in (
        ("checkpoint", "a file with a checkpoint that you kept"),
        ("report", "a report's PDF"),
        ("proof", "a file made by: realise prove"),
    ):
        parser.add_argument(f"--{name}", type=Path, action="append", default=[], help=what)
    given = parser.parse_args()
    if given.export is None and not given.proof:
        parser.error("give an export, or a --proof")
    try:
        keys = [read_key(text) for text in given.key]
        said = [attempted(lambda file=file: check_proof(file, keys)) for file in given.proof]
        said += check_log(given, keys) if given.export else ()
    except Unusable as fault:
        print(fault, file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as fault:
        print(f"It could not be looked at: {fault!r}", file=sys.stderr)
        return 2
    for good, sentence in said:
        print(sentence, file=sys.stdout if good else sys.stderr)
    return 0 if all(good for good, _ in said) else 1


if __name__ == "__main__":
    sys.exit(main())
