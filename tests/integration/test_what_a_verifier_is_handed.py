"""What is handed to the stand-alone verifier may be anything: each gets a sentence of its own."""

import json
import runpy
import sys
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from eventlog.checkpoints import checkpoint_now, latest
from eventlog.exported import export_log
from eventlog.proving import prove_event
from eventlog.seal import HASHED
from eventlog.signed_note import Signer
from tests.integration.attacked import KEY, KEYS
from tests.integration.sample_log import NOON, book, open_store
from tests.verifier import VERIFIER, Verdict

DEEP = "[" * 100_000


class Handed:
    """A log of five events signed at three and at five, as the auditor has it."""

    def __init__(self, url: str, folder: Path) -> None:
        store = open_store(url)
        book(store, "hall-1", 0, *range(3))
        checkpoint_now(store.database, KEYS, NOON)
        book(store, "hall-1", 3, 3, 4)
        self.note = checkpoint_now(store.database, KEYS, NOON).note
        with store.database.read() as connection:
            self.lines = list(export_log(connection))
            last = latest(connection)
            assert last is not None
            self.proof = prove_event(connection, 2, last)
        self.folder, self.rows = folder, self.lines[1:6]

    def file(self, name: str, content: str | bytes) -> Path:
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def look(self, lines: list[str] | bytes, *words: str | Path, key: str | Path = KEY) -> Verdict:
        whole = lines if isinstance(lines, bytes) else "".join(f"{one}\n" for one in lines)
        return _said(self.file("log.jsonl", whole), "--key", key, *words)

    def proved(self, proof: object) -> Verdict:
        text = proof if isinstance(proof, str | bytes) else json.dumps(proof)
        return _said("--proof", self.file("proof.json", text), "--key", KEY)

    def with_last(self, **changes: object) -> list[str]:
        """The rows, with the last changed and sealed again, as the first format has them."""
        row: dict[str, Any] = {**json.loads(self.rows[-1]), **changes}
        parts = [row["prev_hash"], *(row[name] for name in HASHED)]
        raw = [None if one is None else str(one).encode(errors="surrogatepass") for one in parts]
        whole = b"".join(b"-" if one is None else b"%d:%b" % (len(one), one) for one in raw)
        row["hash"] = sha256(whole).hexdigest()
        return [*self.rows[:-1], json.dumps(row)]


def _said(*words: str | Path) -> Verdict:
    """How the verifier ends, and its sentences, which are never those of Python."""
    good, bad = (TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2))
    argv = [str(VERIFIER), *map(str, words)]
    with (
        patch.object(sys, "argv", argv),
        redirect_stdout(good),
        redirect_stderr(bad),
        pytest.raises(SystemExit) as ended,
    ):
        runpy.run_path(str(VERIFIER), run_name="__main__")
    texts = []
    for stream in (good, bad):
        stream.seek(0)
        texts.append(stream.read())
    status = ended.value.code
    assert isinstance(status, int)
    for python in ("Traceback", "Error", "verifier failed", "\\x"):
        assert python not in texts[1], texts
    assert len(texts[1]) < 600
    assert (status == 0) == (texts[1] == ""), texts
    return Verdict(status, *texts)


@pytest.fixture
def handed(file_log: str, tmp_path: Path) -> Handed:
    return Handed(file_log, tmp_path)


def test_an_export_that_nothing_signs_is_not_said_to_be_signed(handed: Handed) -> None:
    whole = handed.look(handed.lines)
    assert whole.status == 0
    assert "what was signed in 2 checkpoints, over the first 5 events.\n" in whole.good
    verdict = handed.look(handed.rows)
    assert verdict.status == 1
    assert "Nothing signs it" in verdict.bad
    assert "signed in" not in verdict.good
    assert "only a checkpoint shows that none is missing at its end" in verdict.good
    alone = handed.look(handed.rows, "--chain-alone")
    assert alone.status == 0
    assert "Nothing signs it" in alone.good
    kept = handed.file("kept.txt", handed.note)
    assert "taken out of the record" not in handed.look(handed.lines, "--checkpoint", kept).bad


def test_a_signature_over_no_event_signs_nothing_and_rows_after_the_last_are_counted(
    handed: Handed,
) -> None:
    origin, root = KEYS.signer.name, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    note = KEYS.signer.sign(f"{origin}\n0\n{root}\n")
    line = json.dumps({"checkpoint": note, "made_at": "x"})
    assert "Nothing signs it" in handed.look([*handed.rows, line]).bad
    first = handed.look([*handed.rows, handed.lines[6]])
    assert first.status == 0
    assert "over the first 3 events. Nothing signs the 2 after them yet." in first.good


def test_an_empty_file_and_one_cut_off_anywhere_are_no_export(handed: Handed) -> None:
    assert "is empty" in handed.look(b"").bad
    for count in range(1, len(handed.lines)):
        assert handed.look(handed.lines[:count]).status == 1, count
    assert handed.look([*handed.lines[:1], *handed.rows[:2], *handed.lines[6:]]).status == 1
    newer = handed.lines[0].replace('"export":2', '"export":3')
    assert "a format that is not known" in handed.look([newer, *handed.lines[1:]]).bad
    line = handed.look("".join(f"{one}\r\n" for one in handed.lines).encode())
    assert "as Windows ends lines" in line.bad


@pytest.mark.parametrize(
    "payload",
    [DEEP, "[]", "nope", '{"pdf_sha256":[]}', '{"pdf_sha256":"x"}',
     '{"pdf_sha256":"x","programme":"p","month":"m","edition":null}'],
)  # fmt: skip
def test_a_report_in_words_that_cannot_be_read_is_named_by_its_row(
    handed: Handed, payload: str
) -> None:
    verdict = handed.look(handed.with_last(type="report-issued", payload=payload))
    assert verdict.status == 1
    assert "Position 5: it says that a report was issued" in verdict.bad


def test_half_a_letter_is_told_wherever_it_stands(handed: Handed) -> None:
    assert "Position 5: it holds half a letter" in handed.look(
        handed.with_last(payload="\ud800")
    ).bad  # fmt: skip
    note = json.dumps({"checkpoint": f"\ud800{handed.note}", "made_at": "x"})
    assert "Line 6 of the export is not a checkpoint" in handed.look([*handed.rows, note]).bad
    event = {**handed.proof["event"], "payload": "\ud800"}
    assert "the event was changed" in handed.proved({**handed.proof, "event": event}).bad


@pytest.mark.parametrize(
    "change",
    ["[]", "", DEEP, "null", b"\xff", {"event": []}, {"checkpoint": 5}, {"checkpoint": None},
     {"inclusion": None}, {"inclusion": "abc"}, {"older_checkpoint": "x"}, {"consistency": []}],
)  # fmt: skip
def test_what_is_no_proof_is_said_to_be_none(handed: Handed, change: Any) -> None:
    verdict = handed.proved({**handed.proof, **change} if isinstance(change, dict) else change)
    assert verdict.status == 2
    assert "proof.json is not" in verdict.bad


def test_a_proof_with_other_things_for_hashes_proves_nothing(handed: Handed) -> None:
    assert handed.proved(handed.proof).status == 0
    wrong: tuple[list[object], ...] = ([1], [None], [[]], ["é"])
    for hashes in wrong:
        verdict = handed.proved({**handed.proof, "inclusion": hashes})
        assert (verdict.status, "is not proved" in verdict.bad) == (1, True)


def test_a_false_signature_of_the_key_spoils_a_note_whatever_else_signs_it(handed: Handed) -> None:
    name, line = KEYS.signer.name, handed.note.rstrip("\n").split("\n")[-1]
    false = KEYS.signer.sign(f"{name}\n1\n").rstrip("\n").split("\n")[-1]
    other = Signer.fresh().sign("x\n").rstrip("\n").split("\n")[-1]
    for more, status, word in (
        (line, 0, ""), (other, 0, ""), (false, 1, "does not fit"), ("junk", 1, "cannot be read"),
    ):  # fmt: skip
        kept = handed.file("kept.txt", f"{handed.note}{more}\n")
        verdict = handed.look(handed.lines, "--checkpoint", kept)
        assert (verdict.status, word in verdict.bad) == (status, True), more


def test_files_that_cannot_be_read_are_named_and_what_else_was_asked_is_still_told(
    handed: Handed,
) -> None:
    binary, folder = handed.file("binary", b"\x7fELF\xff" * 2000), handed.folder / "a+b"
    folder.mkdir()
    missing = handed.folder / "no.txt"
    for words, said in (
        (("--checkpoint", binary), "binary is not text"),
        (("--checkpoint", missing), "no.txt cannot be read: No such file"),
        (("--checkpoint", folder), "cannot be read: Is a directory"),
        (("--report", missing), "no.txt cannot be read"),
    ):
        verdict = handed.look(handed.lines, *words)
        assert (verdict.status, said in verdict.bad) == (2, True), verdict
        assert "The chain is sound" in verdict.good
    for key in (binary, missing, "a" * 5000, "a+b", ""):
        assert handed.look(handed.lines, key=key).status == 2
    (folder / "key.txt").write_text(f"{KEY}\nmore\n")
    assert handed.look(handed.lines, key=folder / "key.txt").status == 0
