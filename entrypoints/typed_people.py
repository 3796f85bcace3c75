"""What was typed about a person: name, address, post, roles and a first password."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from entrypoints.passwords import LONGEST, SHORTEST
from workflows.commands import Role

LONGEST_NAME, LONGEST_EMAIL = 120, 254
_EMAIL = re.compile(r"[^@\s<>\"(),:;\\]{1,64}@[^@\s<>\"(),:;\\]+\.[^@\s<>\"(),:;\\.]+")


class Sent(Protocol):
    """The fields of a form as they came."""

    def get(self, key: str, default: str) -> str: ...
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Typed:
    """The answers, tidied, with a sentence for each that cannot stand."""

    name: str = ""
    email: str = ""
    post: str = ""
    roles: tuple[Role, ...] = ()
    password: str = field(default="", repr=False)
    faults: Mapping[str, str] = field(default_factory=dict)


def read_person(sent: Sent) -> Typed:
    """The person as typed. A password is optional; without one they cannot sign in yet."""
    name, post = one_line(sent.get("name", "")), one_line(sent.get("post", ""))
    email, password = sent.get("email", "").strip(), sent.get("password", "")
    chosen = sent.getlist("roles")
    roles = tuple(role for role in Role if role.value in chosen)
    checks = {
        "name": (not name or len(name) > LONGEST_NAME, "Write the person’s name."),
        "email": (
            bool(email) and (len(email) > LONGEST_EMAIL or not is_email(email)),
            "Write an email address like name@council.gov.uk, or leave it blank.",
        ),
        "post": (len(post) > LONGEST_NAME, f"Write the post in at most {LONGEST_NAME} characters."),
        "roles": (len(roles) < len(set(chosen)), "Choose roles from the list."),
        "password": (
            bool(password) and not SHORTEST <= len(password) <= LONGEST,
            f"A password has from {SHORTEST} to {LONGEST} characters.",
        ),
    }
    faults = {box: said for box, (wrong, said) in checks.items() if wrong}
    if password and not email:
        faults["email"] = "Whoever has a password signs in by an email address: write it."
    return Typed(name, email, post, roles, password, faults)


def is_email(written: str) -> bool:
    """Whether this is a plain email address."""
    return _EMAIL.fullmatch(written) is not None


def one_line(written: str) -> str:
    """One line, without what cannot be seen."""
    shown = (c if unicodedata.category(c)[0] != "C" else " " for c in written)
    return " ".join("".join(shown).split())
