"""Whether an OpenID provider answers, is the one that was set, and has the right time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from entrypoints.openid.choices import OpenId

#: Seconds to wait for the provider.
PATIENCE = 10
#: How far its clock may be from ours before sign-ins fail.
LEEWAY = timedelta(seconds=60)


def discovery(issuer: str) -> str:
    """Where a provider says what it is."""
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def fault_of(issuer: str, said: Mapping[str, Any]) -> str:
    """What is wrong with what a provider says of itself; empty when nothing is."""
    if "{" in str(said.get("issuer", "")):
        return "REALISE_OIDC_ISSUER is the one for all tenants; write your own tenant's in it"
    if str(said.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        return "it calls itself by another name than REALISE_OIDC_ISSUER"
    for needed in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not said.get(needed):
            return f"it does not say its {needed}"
    return ""


def look_at_provider(openid: OpenId, well: list[str], wrong: list[str], now: datetime) -> None:
    """Ask the provider what it is, and say what was found in sentences."""
    import requests

    try:
        answer = requests.get(discovery(openid.issuer), timeout=PATIENCE)
        answer.raise_for_status()
        said = answer.json()
        fault = fault_of(openid.issuer, said)
        if not fault:
            requests.get(said["jwks_uri"], timeout=PATIENCE).raise_for_status()
    except (requests.RequestException, ValueError, AttributeError) as reason:
        wrong.append(
            f"The OpenID provider {openid.issuer} does not answer as one "
            f"({type(reason).__name__}): nobody can come in by it."
        )
        return
    if fault:
        wrong.append(f"The OpenID provider {openid.issuer} does not fit: {fault}.")
        return
    well.append(f"The OpenID provider {openid.issuer} answers.")
    apart = _apart(answer.headers.get("Date", ""), now)
    if apart is not None and apart > LEEWAY:
        wrong.append(
            f"This machine's clock and the OpenID provider's are {apart.total_seconds():,.0f} "
            "seconds apart, so sign-ins fail. Set this machine's by a time server."
        )


def _apart(date: str, now: datetime) -> timedelta | None:
    try:
        return abs(now - parsedate_to_datetime(date))
    except (ValueError, TypeError):
        return None
