"""What people are told when the single sign-on does not bring them in."""

AGAIN = "Nothing was changed. Start the sign-in again."
STRAYED = f"This sign-in was begun in another window, or too long ago. {AGAIN}"
AWAY = "The council’s sign-on does not answer just now. Try again in a few minutes."
AMISS = (
    "The council’s sign-on and Realise do not fit together: {}. Nothing was changed. Tell an "
    "administrator of Realise."
)
_DENIED = f"You were not signed in at the council’s sign-on. {AGAIN}"
_USED = f"This sign-in was used already, or took too long. {AGAIN}"
_SECRET = AMISS.format("it does not accept the client id or secret")
_CLOCKS = AMISS.format("their clocks are apart, or the answer came too late")
_ANOTHERS = AMISS.format("the answer is from another provider, or for another program")
_FORGED = AMISS.format("the signature or a claim of the answer is not right")

#: By the short name that the provider (RFC 6749, OpenID Connect Core 3.1.2.6) or authlib gives.
_BY_CODE = {
    "mismatching_state": STRAYED,
    "access_denied": _DENIED,
    "login_required": _DENIED,
    "interaction_required": _DENIED,
    "consent_required": _DENIED,
    "invalid_grant": _USED,
    "invalid_client": _SECRET,
    "unauthorized_client": _SECRET,
    "temporarily_unavailable": AWAY,
    "server_error": AWAY,
}
#: By the claim of the ID token that is not right.
_BY_CLAIM = {
    "nonce": STRAYED,
    "iss": _ANOTHERS,
    "aud": _ANOTHERS,
    "azp": _ANOTHERS,
    "iat": _CLOCKS,
    "nbf": _CLOCKS,
    "exp": _CLOCKS,
}


def sentence_of(fault: Exception) -> str:
    """What a person is told of a fault in what the provider sent."""
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
    from requests import RequestException

    if isinstance(fault, OAuthError):
        return _BY_CODE.get(fault.error, AMISS.format(f"it answers “{fault.error}”"[:80]))
    if isinstance(fault, ExpiredTokenError):
        return _CLOCKS
    if isinstance(fault, ClaimError):
        return _BY_CLAIM.get(fault.claim, _FORGED)
    if isinstance(fault, JoseError):
        return _FORGED
    return AWAY if isinstance(fault, RequestException) else AMISS.format("it cannot be understood")


def code_of(fault: Exception) -> str:
    """The error's short name or its claim: never a description, which may hold a name."""
    return str(getattr(fault, "claim", "") or getattr(fault, "error", ""))[:60]
