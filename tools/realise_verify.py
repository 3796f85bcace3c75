#!/usr/bin/env python3
"""Checks an exported log of Realise without Realise: for an auditor, on any machine.

    python3 realise_verify.py log.jsonl --key PUBLIC-KEY --checkpoint older.txt --report report.pdf

It needs Python 3.9 or later with the package ``cryptography``, and no network. It works out every
hash again, row by row, and says the first row that fails. Status: 0 when all holds, 1 when
something does not, 2 when it could not look. An export that nothing signs does not hold, unless
--chain-alone asks for no more. docs/verify-the-log.md explains it; docs/log-format.md is the rule
for each row, RFC 6962 for the tree, C2SP signed-note and tlog-checkpoint for the rest.

To read it, begin at the end: ``main`` and ``looked``, then ``check_log``. Above them stand what
they rest on, in this order: files, keys and checkpoints, the tree, the rows of the export.
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
HEAD = {"export", "events", "hash", "checkpoints"}
FORMAT = 2
OLDER = (
    "The export is of an older Realise and does not say how many events it holds: only a "
    "checkpoint shows that none is missing at its end."
)
NOT_SIGNED = (
    "Nothing signs it: no checkpoint covers a row, so all of it could have been written anew. "
    "Give a checkpoint that you kept, or ask for the chain alone: --chain-alone"
)
NUMBERS = {"position", "version", "schema_version"}
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


# What can be wrong, and reading what is given.


class Wrong(Exception):
    """Something does not hold. ``str()`` is a sentence."""


class Unusable(Exception):
    """Something could not be looked at. ``str()`` is a sentence."""


def attempted(check: Any) -> tuple[int, Any]:
    """What a check gives with status 0; or why it does not hold (1), or could not be made (2)."""
    try:
        return 0, check()
    except Wrong as fault:
        return 1, str(fault)
    except Unusable as fault:
        return 2, str(fault)


def bytes_in(file: Path) -> bytes:
    """What a file holds. Raises ``Unusable``."""
    try:
        return file.read_bytes()
    except (OSError, ValueError) as fault:
        raise Unusable(f"{file} cannot be read: {why(fault)}.") from fault


def text_in(file: Path) -> str:
    """What a file of text holds. Raises ``Unusable``."""
    try:
        return bytes_in(file).decode()
    except UnicodeDecodeError as fault:
        raise Unusable(f"{file} is not text: it is another file than it should be.") from fault


def is_file(text: str) -> bool:
    """Whether this names a file; not every text can."""
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def why(fault: Exception) -> str:
    """What the system says of a file that cannot be read."""
    return getattr(fault, "strerror", None) or "its name is none that a file can have"


def is_text(*values: Any) -> bool:
    """Whether these are texts that can be written down: half a letter cannot."""
    if not all(isinstance(one, str) for one in values):
        return False
    try:
        "".join(values).encode()
    except UnicodeEncodeError:
        return False
    return True


def plain(text: str) -> str:
    """A value of the log as it may be shown: short, and nothing that moves the cursor."""
    return "".join(one if one.isprintable() else "?" for one in text[:60])


def decoded(text: Any) -> bytes:
    """Base64, or nothing when it is not."""
    try:
        return b64decode(text, validate=True)
    except (ValueError, TypeError):
        return b""


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For ``json``: a name that stands twice could be read as either, so it is refused."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


# Public keys, and the checkpoints that they signed (C2SP signed-note and tlog-checkpoint).


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
    """Read ``name+id+base64``, or the first line of a file that holds it. Raises ``Unusable``."""
    found = key_of(text)
    if found is None and is_file(text):
        found = key_of(text_in(Path(text)).split("\n")[0])
    if found is None:
        raise Unusable(
            "The public key cannot be read: give it as Realise prints it, whole, or its file."
        )
    return found


def key_of(text: str) -> Key | None:
    """The key that this text is, if it is one."""
    name, _, rest = text.strip().partition("+")
    given, _, encoded = rest.partition("+")
    key = decoded(encoded)
    key_id = sha256(f"{name}\n".encode(errors="replace") + key).digest()[:4]
    if len(key) != 33 or key[:1] != b"\x01" or key_id.hex() != given:
        return None
    return Key(name, key_id, key[1:])


def read_checkpoint(note: str, keys: list[Key], where: str) -> Checkpoint:
    """A checkpoint that one of the keys has signed. Raises ``Wrong``.

    As C2SP signed-note has it: signatures of other keys are passed over, and a false one of a
    known key spoils the note, whichever others are there. Line ends may be those of any system.
    """
    body, between, signatures = note.replace("\r\n", "\n").strip("\n").rpartition("\n\n")
    origin, size, root, *_ = [*body.split("\n"), "", "", ""]
    if not between or not re.fullmatch("0|[1-9][0-9]{0,18}", size) or len(decoded(root)) != 32:
        raise Wrong(f"{where} is not a signed checkpoint.")
    vouched = False
    for line in signatures.split("\n"):
        name, _, encoded = line[2:].partition(" ")
        signature = decoded(encoded)
        if line[:2] != "— " or not name or len(signature) < 5:
            raise Wrong(f"{where} is not a signed checkpoint: a signature cannot be read.")
        for key in keys:
            if (name, signature[:4]) == (key.name, key.key_id):
                if not signed(key, f"{body}\n".encode(errors="replace"), signature[4:]):
                    raise Wrong(f"{where} was changed: its signature does not fit.")
                vouched = vouched or name == origin
    if not vouched:
        raise Wrong(f"{where} is not signed with the given key.")
    return Checkpoint(int(size), decoded(root), where)


def signed(key: Key, text: bytes, signature: bytes) -> bool:
    """Whether these 64 bytes are the key's signature of the text."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


# The tree (RFC 6962), and where its proofs lead (RFC 9162).


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
        """Put one more leaf at the end."""
        fresh, size = leaf_hash(leaf), self.size
        while size & 1:
            fresh, size = node_hash(self.peaks.pop(), fresh), size >> 1
        self.peaks.append(fresh)
        self.size += 1

    def root(self) -> bytes:
        """The hash over all the leaves."""
        found = self.peaks[-1] if self.peaks else sha256().digest()
        for other in self.peaks[-2::-1]:
            found = node_hash(other, found)
        return found


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


# The lines of an export, and the chain of its rows (docs/log-format.md).


def row_hash(prev_hash: str, row: dict[str, Any]) -> str:
    """The hash of a row, as docs/log-format.md says it."""
    parts = [f"{len(prev_hash)}:{prev_hash}".encode()]
    for name in HASHED:
        text = b"" if row[name] is None else str(row[name]).encode()
        parts.append(b"-" if row[name] is None else b"%d:%b" % (len(text), text))
    return sha256(b"".join(parts)).hexdigest()


def is_row(found: Any) -> bool:
    """Whether a line has exactly the columns of a row, each of its kind."""
    if not isinstance(found, dict) or found.keys() != set(COLUMNS):
        return False
    empty = found["causation_id"] is None
    return all(
        type(value) is (int if name in NUMBERS else str)
        for name, value in found.items()
        if not (empty and name == "causation_id")
    )


def is_sealed(row: dict[str, Any]) -> bool:
    """Whether a row's hash is what its values give."""
    try:
        return bool(row_hash(row["prev_hash"], row) == row["hash"])
    except UnicodeEncodeError:
        return False


def is_head(found: dict[str, Any]) -> bool:
    """Whether a first line says what the export holds, in the format that is known here."""
    return (
        found.keys() == HEAD
        and all(type(found[name]) is int for name in ("export", "events", "checkpoints"))
        and found["export"] == FORMAT
        and isinstance(found["hash"], str)
    )


def issued(row: dict[str, Any]) -> dict[str, Any]:
    """What an event says of the report that was issued. Raises ``Wrong``."""
    try:
        said: dict[str, Any] = json.loads(row["payload"])
        texts = [said[name] for name in ("pdf_sha256", "programme", "month")]
        if is_text(*texts) and type(said["edition"]) is int:
            return said
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    raise Wrong(
        f"Position {row['position']}: it says that a report was issued, in words that cannot be "
        "read."
    )


class Log:
    """Reads an export from its first line to its last, and checks each row against those before."""

    def __init__(self) -> None:
        self.leaves = bytearray()  # the 32 bytes of each row's hash, one after another
        self.last_hash, self.last_instant = "0" * 64, ""
        self.versions: dict[str, int] = {}
        self.event_ids: set[str] = set()
        self.reports: dict[str, tuple[int, Any]] = {}
        self.notes: list[str] = []
        self.head: dict[str, Any] | None = None

    @property
    def size(self) -> int:
        """How many rows have been read."""
        return len(self.leaves) // 32

    def read(self, file: Path) -> int:
        """Gives how many lines there are. Raises ``Wrong`` at the first that does not hold."""
        number = 0
        try:
            with file.open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    self.line(number, self.parsed(number, line))
        except (OSError, ValueError) as fault:
            raise Unusable(f"{file} cannot be read: {why(fault)}.") from fault
        if not number:
            raise Wrong(f"{file} is empty: it is no export of a log.")
        self.must_be_whole()
        return number

    def parsed(self, number: int, line: bytes) -> dict[str, Any]:
        """The object that a line holds. Raises ``Wrong``."""
        if line.endswith(b"\r\n"):
            raise Wrong(
                f"Position {self.size + 1}: line {number} of the export ends as Windows ends "
                "lines. The file was changed on its way: ask for it again, as it was written."
            )
        try:
            found = json.loads(line.decode(), object_pairs_hook=without_repeats)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not line.endswith(b"\n"):
            raise Wrong(f"Position {self.size + 1}: line {number} of the export cannot be read.")
        return found

    def line(self, number: int, found: dict[str, Any]) -> None:
        """Take a line for what it is: the head, a row, or a checkpoint after the rows."""
        if number == 1 and "export" in found:
            if not is_head(found):
                raise Wrong("Line 1 of the export is of a format that is not known here.")
            self.head = found
        elif "checkpoint" in found:
            if found.keys() != {"checkpoint", "made_at"} or not is_text(*found.values()):
                raise Wrong(f"Line {number} of the export is not a checkpoint.")
            self.notes.append(found["checkpoint"])
        elif self.notes or not is_row(found):
            raise Wrong(f"Position {self.size + 1}, line {number} is not a row of a log.")
        else:
            self.take(found)

    def take(self, row: dict[str, Any]) -> None:
        """Check a row and keep what the next ones rest on. Raises ``Wrong``."""
        try:
            fault = self.fault(row)
        except UnicodeEncodeError:
            fault = f"Position {self.size + 1}: it holds half a letter, which no log can hold."
        if fault:
            raise Wrong(fault)
        self.leaves += bytes.fromhex(row["hash"])
        self.last_hash, self.last_instant = row["hash"], row["recorded_at"]
        self.versions[row["stream"]] = row["version"]
        self.event_ids.add(row["event_id"])
        if row["type"] in ("report-issued", "exempt-report-issued"):
            said = issued(row)
            self.reports[said["pdf_sha256"]] = row["position"], said

    def fault(self, row: dict[str, Any]) -> str | None:
        """Why a row cannot stand after those before it, as a sentence; None when it can."""
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
            return (
                f"Position {due}: it was recorded before the row that it follows "
                f"({plain(instant)})."
            )
        return None

    def must_be_whole(self) -> None:
        """Compare the export with what its first line says that it holds. Raises ``Wrong``."""
        if self.head is None:
            return
        if (self.head["events"], self.head["hash"]) != (self.size, self.last_hash):
            raise Wrong(
                f"Position {self.size + 1} or one after it is missing: the export says that it "
                f"holds {self.head['events']} events, and it has {self.size}, ending with another "
                "hash. It was cut off or put together."
            )
        if self.head["checkpoints"] != len(self.notes):
            raise Wrong(
                f"The export says that it holds {self.head['checkpoints']} checkpoints, and it "
                f"has {len(self.notes)}. It was cut off or put together."
            )

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


# An export, its checkpoints and reports.


def check_log(given: argparse.Namespace, keys: list[Key]) -> Iterator[tuple[int, str]]:
    """What holds and what does not: a status, and a sentence."""
    log = Log()
    status, sentence = attempted(lambda: log.read(given.export))
    if status:
        yield status, sentence
        return
    yield 0, f"The chain is sound: {log.size} events, ending with hash {log.last_hash}."
    if log.head is None:
        yield 0, OLDER
    yield from check_signatures(given, keys, log)
    for file in given.report:
        yield attempted(lambda file=file: check_report(file, log))


def check_signatures(
    given: argparse.Namespace, keys: list[Key], log: Log
) -> Iterator[tuple[int, str]]:
    """What the checkpoints say of the log: those of the export, and those that were kept."""
    faults: list[tuple[int, str]] = []

    def good(checks: list[Any]) -> list[Checkpoint]:
        """What these checks give; those that fail are told."""
        found = [attempted(check) for check in checks]
        faults.extend(one for one in found if one[0])
        return [one for status, one in found if not status]

    noted = [(note, f"a checkpoint of the export ({n})") for n, note in enumerate(log.notes, 1)]
    exported = good([lambda one=one: read_checkpoint(one[0], keys, one[1]) for one in noted])
    kept = good(
        [
            lambda file=file: read_checkpoint(text_in(file), keys, str(file))
            for file in given.checkpoint
        ]
    )
    there = {(one.size, one.root) for one in exported}
    faults += [(1, sentence) for sentence in log.compare([*exported, *kept])]
    faults += [
        (1, sentence)
        for sentence in log.removed([one for one in kept if (one.size, one.root) not in there])
    ]
    if faults:
        yield from faults
        return
    signed_to = signed_so_far([*exported, *kept], log.size)
    yield (0 if signed_to or given.chain_alone else 1), signed_to or NOT_SIGNED


def signed_so_far(checkpoints: list[Checkpoint], size: int) -> str | None:
    """How far the log is signed, once every checkpoint holds; None when nothing signs it."""
    last = max([one.size for one in checkpoints], default=0)
    if not last:
        return None
    after = f" Nothing signs the {size - last} after them yet." if last < size else ""
    different = len({(one.size, one.root) for one in checkpoints})
    return f"It is what was signed in {different} checkpoints, over the first {last} events.{after}"


def check_report(file: Path, log: Log) -> str:
    """Which event says that this very file was issued. Raises ``Wrong`` or ``Unusable``."""
    found = log.reports.get(sha256(bytes_in(file)).hexdigest())
    if found is None:
        raise Wrong(f"{file} is not a report that this log says was issued, or it was changed.")
    position, said = found
    later = max(
        (other["edition"] for _, other in log.reports.values()
         if (other["programme"], other["month"]) == (said["programme"], said["month"])),
    )  # fmt: skip
    replaced = f" Edition {later} has replaced it." if later > said["edition"] else ""
    return (
        f"{file} is the report of {plain(said['programme'])} for {plain(said['month'])}, edition "
        f"{said['edition']}, issued at position {position}.{replaced}"
    )


# A proof of one event.


def check_proof(file: Path, keys: list[Key]) -> str:
    """What a proof made by ``realise prove`` shows. Raises ``Wrong`` or ``Unusable``."""
    found = read_proof(file)
    row, top = found["event"], read_checkpoint(found["checkpoint"], keys, f"{file} (checkpoint)")
    if not is_row(row) or not is_sealed(row):
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


def read_proof(file: Path) -> dict[str, Any]:
    """The parts of a proof, each of its kind. Raises ``Unusable``."""
    text = text_in(file)
    try:
        found = json.loads(text, object_pairs_hook=without_repeats)
    except (ValueError, RecursionError):
        found = None
    kinds = {"event": dict, "checkpoint": str, "inclusion": list}
    if isinstance(found, dict) and ("consistency" in found or "older_checkpoint" in found):
        kinds.update(consistency=list, older_checkpoint=str)
    if not isinstance(found, dict) or not all(
        isinstance(found.get(name), kind) for name, kind in kinds.items()
    ):
        raise Unusable(f"{file} is not a proof: it is made by realise prove, and is given whole.")
    return found


# What is asked for, and what is said.


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("export", type=Path, nargs="?", help="made by: realise export-log")
    parser.add_argument("--key", action="append", required=True, help="a public key, or its file")
    for name, what in (
        ("checkpoint", "a file with a checkpoint that you kept"),
        ("report", "a report's PDF"),
        ("proof", "a file made by: realise prove"),
    ):
        parser.add_argument(f"--{name}", type=Path, action="append", default=[], help=what)
    parser.add_argument(
        "--chain-alone", action="store_true", help="an export that nothing signs holds too"
    )
    given = parser.parse_args()
    if given.export is None and not given.proof:
        parser.error("give an export, or a --proof")
    return given


def looked(given: argparse.Namespace) -> list[tuple[int, str]]:
    """Everything that was asked for, looked at."""
    try:
        keys = [read_key(text) for text in given.key]
    except Unusable as fault:
        return [(2, str(fault))]
    said = [attempted(lambda file=file: check_proof(file, keys)) for file in given.proof]
    return [*said, *(check_log(given, keys) if given.export else ())]


def main() -> int:
    """Look at all that was given; print what holds and what does not."""
    streams: tuple[Any, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        stream.reconfigure(errors="backslashreplace")  # a file may be named in any way
    given = asked()
    try:
        said = looked(given)
    except Exception as fault:  # noqa: BLE001 - what nobody foresaw is still no traceback
        said = [(2, f"It could not be looked at: the verifier failed ({type(fault).__name__}).")]
    for status, sentence in said:
        print(sentence, file=sys.stderr if status else sys.stdout)
    found = {status for status, _ in said}
    return 1 if 1 in found else max(found)


if __name__ == "__main__":
    sys.exit(main())
