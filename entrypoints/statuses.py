"""The one table from what went wrong to the status of the answer."""

from benefits.periods import NotAPeriod
from benefits.refusals import NotAllowed, NotFound, Refused, SeveralRefused, Stale
from entrypoints.attempts import TooManyAttempts
from entrypoints.schemas import Malformed
from entrypoints.versions import VersionNeeded
from eventlog.faults import DatabaseFault
from eventlog.store import Conflict
from workflows.handling import Busy
from workflows.repeats import KeyUsed

#: The first that fits holds, so the particular stands before the general.
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (Malformed, 422),
    (VersionNeeded, 428),
    (NotFound, 404),
    (NotAllowed, 403),
    (Stale, 412),
    (Conflict, 412),
    (KeyUsed, 409),
    (NotAPeriod, 409),  # a rule counted past the calendar from dates that are in it
    (Busy, 503),
    (Refused, 409),
    (TooManyAttempts, 429),
    (DatabaseFault, 503),
)

#: What is said when nobody wrote a sentence for it: a heading, and what to do.
SAYINGS: dict[int, tuple[str, str]] = {
    400: ("We could not read what was sent", "Go back, load the page again and send it again."),
    401: ("You are not signed in", "Sign in, then do it again. Nothing was changed."),
    403: (
        "You may not open this page",
        "Your roles do not reach it. An administrator can say who may, or give you a role.",
    ),
    404: (
        "Page not found",
        "If you typed the address, check it. The thing that it names may not be on the record.",
    ),
    405: ("This page cannot be used that way", "Go back and use the buttons on the page."),
    409: ("That cannot be done as things stand", "Nothing was changed."),
    412: (
        "This changed while you were looking at it",
        "Nothing was changed. Look at it again, then repeat what you did.",
    ),
    413: ("That is too large", "Send a smaller file or less text. Nothing was changed."),
    422: ("We could not read what was sent", "Go back and check what you wrote."),
    428: (
        "It is not clear which version you saw",
        "Load the page again, then repeat what you did.",
    ),
    429: ("Too many tries", "Wait 15 minutes, then try again."),
    500: (
        "Sorry, something went wrong",
        "Nothing was half written. Try again, and tell an administrator if it happens again.",
    ),
    503: ("Realise cannot reach its record", "Nothing was changed. Try again in a few minutes."),
}


def status_of(fault: Exception) -> int | None:
    """The status for a fault that has a sentence for the person; None for any other."""
    if isinstance(fault, SeveralRefused) and fault.faults:
        return status_of(fault.faults[0][1])
    return next((status for kind, status in STATUSES if isinstance(fault, kind)), None)
