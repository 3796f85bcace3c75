"""Texts signed with a key, in the form that transparency logs have agreed on (C2SP signed-note).

A note is a text, an empty line, and signatures: ``— name base64``. The bytes of a signature are
four that tell the key (of SHA-256 of its name, a line end, 0x01 and the public key), then Ed25519.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_MARK = "— "


class BadKey(ValueError):
    """A text is no key. ``str()`` is a sentence that does not show it."""


class BadNote(ValueError):
    """A note is not in the agreed form, or no known key has signed it."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name: ``name+key id+base64``, as it is printed and handed out."""

    name: str
    public: bytes

    @staticmethod
    def read(text: str) -> "Verifier":
        """Read a public key. Raises ``BadKey``."""
        name, key_id, key = _parts(text.strip(), "public")
        found = Verifier(name, key)
        if found.key_id.hex() != key_id:
            raise BadKey("The public key does not fit its own id: copy it again, whole.")
        return found

    @property
    def key_id(self) -> bytes:
        return _key_id(self.name, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(_ED25519 + self.public).decode()}"

    def has_signed(self, text: str, signature: bytes) -> bool:
        """Whether these are this key's 64 bytes for the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name. It is never shown by accident: its text must be asked for."""

    name: str
    _private: bytes = field(repr=False)

    @staticmethod
    def fresh() -> "Signer":
        """A new key at random, named after itself."""
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw()
        return Signer(f"realise/{sha256(public).hexdigest()[:12]}", private.private_bytes_raw())

    @staticmethod
    def read(text: str) -> "Signer":
        """Read a private key as ``secret_text`` wrote it. Raises ``BadKey``."""
        text = text.strip()
        if not text.startswith(_PRIVATE):
            raise BadKey("The signing key is not one that Realise has made.")
        name, key_id, key = _parts(text.removeprefix(_PRIVATE), "signing")
        found = Signer(name, key)
        if found.verifier.key_id.hex() != key_id:
            raise BadKey("The signing key does not fit its own id: its file has changed.")
        return found

    def secret_text(self) -> str:
        """The private key in the form that its file holds."""
        key = b64encode(_ED25519 + self._private).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{key}"

    @property
    def verifier(self) -> Verifier:
        private = Ed25519PrivateKey.from_private_bytes(self._private)
        return Verifier(self.name, private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note: the text, which ends with a line end, and this key's signature."""
        if not text.endswith("\n"):
            raise BadNote("A text to be signed ends with a line end.")
        signature = Ed25519PrivateKey.from_private_bytes(self._private).sign(text.encode())
        line = b64encode(self.verifier.key_id + signature).decode()
        return f"{text}\n{_MARK}{self.name} {line}\n"


@dataclass(frozen=True, slots=True)
class Keys:
    """The key that signs, and the public keys of those that signed before it."""

    signer: Signer
    earlier: tuple[Verifier, ...] = ()

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """Every key whose signature counts."""
        return (self.signer.verifier, *self.earlier)


def text_of(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one of these keys has signed. Raises ``BadNote``.

    Signatures of other keys are passed over; a false one of a known key spoils the note.
    """
    text, between, signatures = note.rpartition("\n\n")
    text += "\n"
    if not between or not signatures.endswith("\n"):
        raise BadNote("This is not a signed note: it has no signature below an empty line.")
    known = {(one.name, one.key_id): one for one in verifiers}
    signed = False
    for line in signatures.removesuffix("\n").split("\n"):
        name, key_id, signature = _signature(line)
        key = known.get((name, key_id))
        if key is not None:
            if not key.has_signed(text, signature):
                raise BadNote(f"The signature of {name} does not fit the text above it.")
            signed = True
    if not signed:
        raise BadNote("No key that is known here has signed it.")
    return text


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, between, encoded = line.removeprefix(_MARK).partition(" ")
    try:
        decoded = b64decode(encoded, validate=True)
    except (NotBase64, ValueError):
        decoded = b""
    if not line.startswith(_MARK) or not name or not between or len(decoded) < 5:
        raise BadNote("This is not a signed note: a line of its signatures cannot be read.")
    return name, decoded[:4], decoded[4:]


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _parts(text: str, kind: str) -> tuple[str, str, bytes]:
    parts = text.split("+", 2)
    try:
        key = b64decode(parts[-1], validate=True)
    except (NotBase64, ValueError):
        key = b""
    name = parts[0]
    if len(parts) != 3 or not name or any(one.isspace() for one in name):
        raise BadKey(f"This is not a {kind} key: it is a name, an id and a key, with + between.")
    if key[:1] != _ED25519 or len(key) != 33:
        raise BadKey(f"This is not a {kind} key of the kind that Realise uses (Ed25519).")
    return name, parts[1], key[1:]
