"""Reading a file that somebody names on the command line, whatever it turns out to be."""

from pathlib import Path

from benefits.refusals import Refused


class BadFile(Refused):
    """The file cannot be read. ``str()`` is a sentence that says what to do."""


def read_file(file: Path, most: int) -> bytes:
    """All the bytes of a file of at most ``most`` bytes. Raises ``BadFile``."""
    try:
        if not file.exists():
            raise BadFile(f"There is no file {file}: check its name.")
        if not file.is_file():
            raise BadFile(f"{file} is not a file: name the table's own file.")
        with file.open("rb") as opened:
            content = opened.read(most + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "its name is not one that a file can have"
        raise BadFile(f"{file} cannot be read: {reason}.") from fault
    if len(content) > most:
        raise BadFile(
            f"{file} is larger than {most // 1_000_000} MB, which no table is: name a file that "
            "holds the table alone."
        )
    return content


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as those of a zip file do, which an XLSX is."""
    return content.startswith(b"PK\x03\x04")


def is_old_workbook(content: bytes) -> bool:
    """Whether the bytes begin as those of an old XLS do."""
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
