"""The key that signs checkpoints: kept in a file of its own, made on first use.

The first line is the private key. Each further line is the public key of one that signed before
it, whose checkpoints still count.
"""

from collections.abc import Sequence
from pathlib import Path

from entrypoints.private_file import NotPrivate, read_private
from entrypoints.settings import BadSetting
from eventlog.signed_note import BadKey, Keys, Signer, Verifier


def signing_keys(file: Path) -> Keys:
    """The keys, made when there are none yet. Raises ``BadSetting``."""
    found = known_keys(file, make=True)
    assert found is not None
    return found


def known_keys(file: Path, *, make: bool = False) -> Keys | None:
    """The keys, or None when there are none yet. Raises ``BadSetting`` when they are unreadable."""
    try:
        text = read_private(file, _fresh if make else None)
        if text is None:
            return None
        private, *earlier = text.split("\n")
        verifiers = tuple(Verifier.read(line) for line in earlier if line.strip())
        return Keys(Signer.read(private), verifiers)
    except (NotPrivate, BadKey) as fault:
        raise BadSetting(
            f"The signing key in {file} cannot be used (REALISE_SIGNING_KEY_FILE). {fault} "
            "Put its file back from where you keep it."
        ) from fault


def go_on_from(file: Path, earlier: Sequence[str]) -> bool:
    """Where there are no keys yet, make a new one to which the checkpoints of these count.

    Says whether it did. Raises ``BadSetting``.
    """
    if file.exists():
        return False
    lines = "".join(f"{one}\n" for one in earlier)
    try:
        read_private(file, lambda: _fresh() + lines)
    except NotPrivate as fault:
        raise BadSetting(str(fault)) from fault
    return True


def _fresh() -> str:
    return Signer.fresh().secret_text() + "\n"
