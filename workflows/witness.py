"""Tells a witness outside of each new checkpoint, so that nobody here could take it back."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from eventlog.checkpoints import Checkpoint, checkpoints
from workflows.outbox import Message, outbox

#: What a message's recipient begins with when it is an address, and not a person of the directory.
PLAIN = "mailto:"


_ABOUT = "checkpoint"


def taken_out(connection: Connection) -> Iterator[str]:
    """A sentence for each checkpoint of which an email told a witness, and which is not kept."""
    sizes = connection.execute(select(checkpoints.c.size)).scalars()
    kept = {f"checkpoint-{size}" for size in sizes}
    told = select(outbox.c.message).where(outbox.c.about == _ABOUT).order_by(outbox.c.position)
    for message in connection.execute(told).scalars():
        if message not in kept:
            yield (
                f"The email {message!s:.40} told a witness of a checkpoint that is not kept any "
                "more: it was taken out."
            )


def checkpoint_message(checkpoint: Checkpoint, address: str) -> Message:
    """The email with the checkpoint as a file. Made once for each checkpoint."""
    return Message(
        f"checkpoint-{checkpoint.size}",
        f"{PLAIN}{address}",
        _ABOUT,
        f"Signed checkpoint of {checkpoint.size:,} events",
        "Keep the attached file. It is what the benefits realisation record was at this moment, "
        "in a form that nobody can change afterwards without it being seen.\n\n"
        "To compare the record with it, ask for an export of the log and for realise_verify.py, "
        "and run:\n\n"
        "    python realise_verify.py log.jsonl --key PUBLIC-KEY --checkpoint THIS-FILE\n\n"
        f"The checkpoint:\n\n{checkpoint.note}",
        f"checkpoint-{checkpoint.size}.txt",
        checkpoint.note.encode(),
        checkpoint.size,
    )
