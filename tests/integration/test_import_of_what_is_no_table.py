"""``realise import`` given a file that is no savings table: a sentence, and nothing else."""

from pathlib import Path

import pytest

from tests.command_line import Command


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.csv", None, "There is no file"),
        ("", None, "is not a file"),
        ("nul.csv", b"line\0,kind\n", "NUL bytes"),
        ("huge.csv", b"x" * 5_000_001, "larger than 5 MB"),
        ("book.xlsx", b"PK\x03\x04" + bytes(50), "The workbook is broken"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "an XLS of the old kind"),
        ("latin.csv", "line,£\n".encode("latin-1"), "not UTF-8 text"),
        ("empty.csv", b"", "The file is empty."),
        ("x" * 300, None, "cannot be read: File name too long."),
        ("half.csv", b'workstream,line,kind,low,high\nA,"half', "broken off"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    migrated_sqlite_url: str,
    tmp_path: Path,
    name: str,
    content: bytes | None,
    sentence: str,
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "var"))
    realise = Command(monkeypatch, capsys)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert realise("import", tmp_path / name, "--programme", "Best Value") == 1
    assert sentence in realise.err
    assert "Traceback" not in realise.err
