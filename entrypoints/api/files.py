"""A file that is sent as evidence: its bytes as base64 within the JSON, checked and kept."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from flask import request
from sqlalchemy import Connection

from benefits.refusals import Refused
from entrypoints.api.described import Schema
from entrypoints.here import now
from entrypoints.schemas import Malformed
from eventlog.recorded import Recorded
from workflows import evidence

#: What the command needs and Realise works out from the file.
MADE = ("sha256", "size", "media_type")
#: What is sent in its place.
SENT: dict[str, Schema] = {
    "file": {
        "type": "string",
        "maxLength": 200,
        "pattern": r"^[^\x00-\x1f\x7f-\x9f/\\]+\.("
        + "|".join(sorted(ending[1:] for ending in evidence.MEDIA_TYPES))
        + ")$",
        "description": "The file's name, which says what it is.",
        "examples": ["ledger.pdf"],
    },
    "content": {
        "type": "string",
        "contentEncoding": "base64",
        "pattern": "^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
        "|^[A-Za-z0-9+/]{2}==$|^[A-Za-z0-9+/]{3}=$",
        "description": "The file's bytes.",
    },
}
_SPARE = 100_000


@dataclass(slots=True)
class Attached:
    """A file on its way in. ``largest`` is in bytes."""

    largest: int
    kept: evidence.File | None = None

    @classmethod
    def allowing_for(cls, largest: int) -> Self:
        """Let a body of this request be as large as such a file makes it."""
        request.max_content_length = largest * 4 // 3 + _SPARE
        return cls(largest)

    def read(self, sent: dict[str, Any]) -> dict[str, Any]:
        """The command's fields, with the file's in place of its bytes. Raises ``Malformed``."""
        faults = {
            name: "Send this as text." for name in SENT if not isinstance(sent.get(name), str)
        }
        faults |= {name: "There is no such field." for name in MADE if name in sent}
        if faults:
            raise Malformed(faults)
        rest = {name: value for name, value in sent.items() if name not in SENT}
        try:
            content = base64.b64decode(sent["content"], validate=True)
        except (binascii.Error, ValueError) as fault:
            raise Malformed({"content": "Send the file's bytes as base64."}) from fault
        try:
            self.kept = evidence.examine(sent["file"], content, self.largest)
        except Refused as fault:
            raise Malformed({"file": str(fault)}) from fault
        kept = self.kept
        return {**rest, "sha256": kept.sha256, "size": kept.size, "media_type": kept.media_type}

    def keep(self, connection: Connection, _: Sequence[Recorded[Any]]) -> None:
        """Keep the bytes in the transaction of the event."""
        assert self.kept is not None
        evidence.keep(connection, self.kept, now())
