"""What schemathesis has to be told: a key that was used for something else is rightly refused."""

import re
from typing import Any
from uuid import uuid4

import schemathesis

from entrypoints.api.received import KEY


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Give every request with a good key one of its own; a bad one is left to be refused."""
    sent = (case.headers or {}).get("Idempotency-Key")
    if isinstance(sent, str) and re.fullmatch(KEY.strip("^$"), sent):
        case.headers["Idempotency-Key"] = str(uuid4())
