"""Ids for new things and keys for forms: made once when a form is opened, and kept with it.

A form sent twice must ask for exactly the same thing, so the id of what it makes is its key.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Any

KEY = re.compile(r"[0-9a-f]{20}")


def new_key() -> str:
    """A key that no other form has."""
    return secrets.token_hex(10)


def is_key(text: str) -> bool:
    """Whether the text is a key as ``new_key`` makes them."""
    return KEY.fullmatch(text) is not None


def with_condition_ids(typed: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Give each condition of a vote the id that the form's key makes for its row."""
    if "conditions" not in typed:
        return dict(typed)
    rows = [
        {**row, "condition": f"{key}{number}"} for number, row in enumerate(typed["conditions"])
    ]
    return {**typed, "conditions": rows}
