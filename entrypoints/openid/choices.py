"""What the council says of its OpenID provider: where it is, and which claim gives which role."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from entrypoints.loopback import is_loopback
from entrypoints.settings_list import BadSetting
from workflows.commands import Role
from workflows.people import FOR_A_PROGRAMME

#: Comes in, with no role: a benefit's owner, or a member of a board.
MEMBER = "member"
_ROLES = {role.name.lower(): role for role in Role}


@dataclass(frozen=True, slots=True, order=True)
class Given:
    """A role that a value of the claim gives; for the council when no programme's id is named."""

    role: Role
    programme: str = ""


@dataclass(frozen=True, slots=True)
class OpenId:
    """The provider and what its claim gives: each value lets its bearer in, with these roles."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str
    gives: Mapping[str, frozenset[Given]]
    called: str

    @property
    def managed(self) -> frozenset[Given]:
        """Every role that the provider decides; all others are the administrators' to give."""
        return frozenset().union(*self.gives.values())

    def left_out(self, claims: Mapping[str, Any]) -> bool:
        """Whether the claim stands elsewhere, as Entra ID's groups do above two hundred."""
        elsewhere = claims.get("_claim_names")
        return self.claim not in claims and isinstance(elsewhere, dict) and self.claim in elsewhere

    def given(self, claims: Mapping[str, Any]) -> frozenset[Given] | None:
        """The roles of somebody with these claims; None for who may not come in."""
        held = claims.get(self.claim)
        values = [held] if isinstance(held, str) else held if isinstance(held, list) else []
        known = [self.gives[one] for one in values if isinstance(one, str) and one in self.gives]
        return frozenset().union(*known) if known else None


def read_openid(
    issuer: str, client_id: str, client_secret: str, claim: str, roles: str, called: str
) -> OpenId | None:
    """The provider as set; None when no issuer is. Raises ``BadSetting``."""
    if not issuer:
        return None
    parts = urlsplit(issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not safe or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(
            "REALISE_OIDC_ISSUER is not an address of an OpenID provider. Write it as the provider "
            "does, such as https://login.microsoftonline.com/TENANT/v2.0."
        )
    if not client_id:
        raise BadSetting("Set REALISE_OIDC_CLIENT_ID to what the OpenID provider calls Realise.")
    return OpenId(issuer, client_id, client_secret, claim, _gives(roles), called)


def _gives(written: str) -> Mapping[str, frozenset[Given]]:
    """``Value=role; Value=role@programme``: one value may stand several times."""
    found: dict[str, frozenset[Given]] = {}
    for pair in filter(None, (each.strip() for each in written.split(";"))):
        value, said, role = (part.strip() for part in pair.rpartition("="))
        if not said or not value:
            raise BadSetting(f"REALISE_OIDC_ROLES has “{pair[:60]}”. Write value=role.")
        found[value] = found.get(value, frozenset()) | _given(role)
    if not found:
        raise BadSetting(
            "REALISE_OIDC_ISSUER is set and REALISE_OIDC_ROLES is not, so nobody could come in. "
            "Say which value of the claim gives which role, such as Realise.PMO=pmo."
        )
    return found


def _given(written: str) -> frozenset[Given]:
    if written == MEMBER:
        return frozenset()
    name, _, programme = written.partition("@")
    role = _ROLES.get(name)
    if role is None:
        raise BadSetting(
            f"REALISE_OIDC_ROLES gives “{written[:60]}”. Write {MEMBER} or one of: "
            f"{', '.join(_ROLES)}; and @ with a programme's id for that programme alone."
        )
    if programme and (role not in FOR_A_PROGRAMME or not re.fullmatch(r"[\w-]{1,64}", programme)):
        raise BadSetting(f"REALISE_OIDC_ROLES gives “{written[:60]}”: nobody is that there.")
    return frozenset({Given(role, programme)})
