"""Where the API is, and whether a request is for it."""

from flask import request

PREFIX = "/api"


def for_a_program() -> bool:
    """Whether this request is a program's: no cookie is looked at, and faults are JSON."""
    return request.path.startswith(f"{PREFIX}/")
