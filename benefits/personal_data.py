"""Finds what looks like personal data in free text, before it stands in the record for good.

The record is never changed, so nobody's address, telephone number or date of birth belongs into a
reason or a note. These are guesses by shape: a person looks at what was found, and decides. What
is public is let be: a councillor's name, a day, a postcode without a house.
Sources: NHS Data Dictionary, "NHS number" (check digit modulus 11); HMRC manual NIM39110 (National
Insurance numbers); Ofcom's national telephone numbering plan; BS 7666 for postcodes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import Pattern

#: No text is looked at for more than so many findings: one is enough to ask.
MOST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: what it looks like, in words, and the words themselves."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class _Rule:
    what: str
    shape: Pattern[str]
    holds: Callable[[str], bool] = bool
    in_codes: bool = True  # whether it is looked for in references too, which are mostly figures


def _digits(words: str) -> str:
    return re.sub(r"[^0-9]", "", words)


def _telephone(words: str) -> bool:
    """A national number has ten or eleven figures from its 0; from +44 the 0 is left out."""
    digits = _digits(words)
    national = "0" + digits[2:].removeprefix("0") if words.startswith("+") else digits
    return len(national) in (10, 11)


def _nhs_number(words: str) -> bool:
    """Whether the tenth figure is the check digit of the nine before it, by modulus 11."""
    digits = [int(one) for one in _digits(words)]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(digits) == 10 and (0 if check == 11 else check) == digits[9]


_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = (
    r"(?:\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})[a-z]*,? \d{{2,4}}"
    rf"|(?:{_MONTHS})[a-z]* \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}"
_NAME = r"(?:[A-Z]\.? ){0,3}[A-Z][a-z’'-]+(?:[A-Z][a-z]+)?"

_RULES = (
    _Rule("an email address", re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")),
    _Rule(
        "a telephone number",
        re.compile(
            r"(?<![\w£.,/-])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)[1-37-9]\d*"
            r"(?:\)?[ -]?\d+){0,4}(?![\w,]\d|\w)"
        ),
        _telephone,
        in_codes=False,
    ),
    _Rule(
        "a National Insurance number",
        re.compile(
            r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r"[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b",
            re.IGNORECASE,
        ),
    ),
    _Rule(
        "an NHS number",
        re.compile(r"(?<![\w£.,/-])[3-9]\d{2}([ -]?)\d{3}\1\d{4}(?![\w-]|[.,]\d)"),
        _nhs_number,
        in_codes=False,
    ),
    _Rule(
        "a date of birth",
        re.compile(
            rf"\b(?:born|date of birth|d\.?o\.?b\b\.?|birth ?date)[^.\n0-9]{{0,20}}?{_DAY}",
            re.IGNORECASE,
        ),
    ),
    _Rule(
        "a home address",
        re.compile(
            rf"\b\d{{1,4}}[A-Za-z]?,? (?:[A-Z][\w’'-]*[.,]?\s+){{1,8}}{_POSTCODE}\b"
            rf"|\b{_POSTCODE},? (?:house|flat|number|no\.?) ?\d{{1,4}}\b"
        ),
    ),
    _Rule(
        "bank details",
        re.compile(r"(?<![\w-])\d{2}[- ]\d{2}[- ]\d{2}[ ,;]{1,2}(?:[Aa]\w* ){0,2}\d{8}(?!\w)"),
        in_codes=False,
    ),
    _Rule(
        "somebody’s name",
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Mx|Dr|(?<!Near )Miss)\.? (?!Teams\b|Excel\b|Word\b|Office\b){_NAME}"
            r"|\b(?:MR|MRS|MISS)\.? (?:[A-Z]\.? ){0,3}[A-Z][A-Z’'-]+\b"
        ),
    ),
)


def found(text: str, *, code: bool = False) -> tuple[Found, ...]:
    """What looks like personal data in a text, in its order; a ``code`` is a reference number."""
    every = sorted(_every(text, code=code), key=lambda pair: pair[0])
    return tuple(one for _, one in every[:MOST])


def _every(text: str, *, code: bool) -> Iterator[tuple[int, Found]]:
    for rule in _RULES:
        if code and not rule.in_codes:
            continue
        for match in rule.shape.finditer(text):
            if rule.holds(match[0]):
                yield match.start(), Found(rule.what, " ".join(match[0].split()))


def as_words(every: tuple[Found, ...]) -> str:
    """What was found as a list in words: an email address (“jo@example.org”)."""
    told = [f"{one.what} (“{one.words}”)" for one in dict.fromkeys(every)]
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1]))) if told else ""
