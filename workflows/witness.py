"""Tells a witness outside of each new checkpoint, so that nobody here could take it back."""

from eventlog.checkpoints import Checkpoint
from workflows.outbox import Message

#: What a message's recipient begins with when it is an address, and not a person of the directory.
PLAIN = "mailto:"


def checkpoint_message(checkpoint: Checkpoint, address: str) -> Message:
    """The email with the checkpoint as a file. Made once for each checkpoint."""
    return Message(
        f"checkpoint-{checkpoint.size}",
        f"{PLAIN}{address}",
        "checkpoint",
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
