"""Files that only Realise may read: made on first use, and refused when others can look."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


class NotPrivate(Exception):
    """A file cannot be kept to ourselves. ``str()`` is a sentence for the administrator."""


def read_private(file: Path, make: Callable[[], str] | None = None) -> str | None:
    """What the file says. Without one it is made, from ``make()``, or None is given.

    Raises ``NotPrivate`` when it cannot be read, or others can read it too.
    """
    try:
        if not file.exists():
            if make is None:
                return None
            file.parent.mkdir(parents=True, exist_ok=True)
            _make(file, make())
        if file.stat().st_mode & 0o077:
            raise NotPrivate(f"Other people can read the secret in {file}. Run: chmod 600 {file}")
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "it is not text"
        raise NotPrivate(f"The secret in {file} cannot be read: {reason}.") from fault


def _make(file: Path, text: str) -> None:
    """Made whole beside its place and then linked, so that two first starts agree on one."""
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        file.hardlink_to(fresh)
    except FileExistsError:
        pass  # another process was first; its secret is the secret
    finally:
        fresh.unlink()
