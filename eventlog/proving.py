"""Proofs that need not the whole log: that one event is in it, and that it has only grown."""

from base64 import b64encode
from typing import Any

from sqlalchemy import Connection

from eventlog.audit import leaves_of
from eventlog.checkpoints import Checkpoint
from eventlog.faults import DatabaseFault
from eventlog.merkle import consistency_spans, inclusion_spans, proof
from eventlog.seal import HASHED


class NotProvable(DatabaseFault):
    """There is no checkpoint that covers what is to be proved."""


def prove_event(connection: Connection, position: int, checkpoint: Checkpoint) -> dict[str, Any]:
    """The event's row, and the hashes that lead from it to the checkpoint's root, for JSON.

    Raises ``NotProvable`` for an event that the checkpoint does not cover.
    """
    if not 0 < position <= checkpoint.size:
        raise NotProvable(
            f"The last checkpoint covers the events 1 to {checkpoint.size}, and not {position}. "
            "Make one now: realise checkpoint"
        )
    columns = (*HASHED, "prev_hash", "hash")
    row = connection.exec_driver_sql(
        f"SELECT {', '.join(columns)} FROM events "  # noqa: S608 - our own columns
        f"WHERE position = {position:d}"
    ).one()
    spans = inclusion_spans(position - 1, checkpoint.size)
    return {
        "event": dict(zip(columns, row, strict=True)),
        "inclusion": _texts(proof(spans, leaves_of(connection))),
        "checkpoint": checkpoint.note,
    }


def prove_growth(connection: Connection, old: Checkpoint, new: Checkpoint) -> dict[str, Any]:
    """The hashes that show the old checkpoint's log to be the beginning of the new one's."""
    spans = consistency_spans(old.size, new.size)
    return {
        "older_checkpoint": old.note,
        "consistency": _texts(proof(spans, leaves_of(connection))),
        "checkpoint": new.note,
    }


def _texts(hashes: list[bytes]) -> list[str]:
    return [b64encode(one).decode() for one in hashes]
