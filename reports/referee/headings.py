"""What the words at the head of a row or column say about it: total, net, cost, cumulative."""

import re
from enum import Enum


class Role(Enum):
    """What a row or column is to the sums of a table."""

    LINE = "a line that is added"
    TOTAL = "a total"
    NET = "a net figure"
    CUMULATIVE = "a running total, which is not added"
    ASIDE = "a figure that is part of another, which is not added again"
    RANGE = "one end of a range, which is not added to the others"
    RATE = "a rate or an average, which is not added"
    COUNT = "a count of something other than money, which is not added to money"


_TOTAL = re.compile(
    r"\b(?:grand |sub[- ]?|over-?all )?totals?\b|\bsub-?totals?\b|\bgross\b|^overall$|^sum$"
    r"|^all (?:years|lines|themes|workstreams)$|^altogether$|^sum of (?:the )?above$"
    r"|\bclosing (?:balance|position)\b|\bcarried forward\b"
)
_NET = re.compile(r"\bnet\b(?! zero)")
_GRAND = re.compile(r"\bgrand\b|\bover-?all\b|^all |^altogether$")
_SUB = re.compile(r"\bsub[- ]?totals?\b|\bgroup total\b")
_COST = re.compile(
    r"\binvestments?\b|\bcosts?\b|\bexpenditure\b|^less\b|\bdeduct|\boverlaps?\b|\bdisbenefits?\b"
    r"|\bexisting mtfs\b|\bpressures?\b"
)
_NOT_COST = re.compile(r"\bsavings?\b|\bavoid|\breduc|\bbenefits?\b|\bincome\b")
_CUMULATIVE = re.compile(r"\bcumulative|\brunning total|\brun[- ]rate\b")
_ASIDE = re.compile(r"^(?:of which|including|memo(?:randum)?|which includes)\b")
_RANGE = re.compile(
    r"(?:^|\b(?:target|savings?|estimate|end) )(?:low|lower|high|higher|mid|middle|min|minimum|max"
    r"|maximum)(?: end| point| case| estimate)?$"
)
_RATE = re.compile(r"^(?:average|mean|median)\b|^unit (?:costs?|value|price)$|^score$|^priority$")
_COUNT = re.compile(
    r"^(?:fte'?s?|posts|headcount|units?|volumes?|weeks|hours)$"
    r"|^number of\b|\bfte(?: reductions?| posts)?$|\(fte\)"
)
_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b|\bratio\b|\bproportion\b")
_NOTES = re.compile(r"^(?:notes?|comments?|commentary|source|explanation|rag|status|owner)$")
_LABEL = re.compile(
    r"^(?:no|number|ref|reference|id|#|line|item|code|(?:financial )?years?|period|date)\.?$"
)
_YEAR = re.compile(
    r"(?:fy ?)?(?:19|20)\d\d(?: ?[/-] ?(?:\d\d|\d{4}))?|\d\d/\d\d"
    r"|(?:year|yr|quarter|q|month|period) ?\d+"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[ -]\d\d(?:\d\d)?)?"
)
_UNIT_MARKS = re.compile(r"[\(\[]?£ ?['’,]?(?:000s?|k|m(?:illions?)?|thousands?)?[\)\]]?")

_THOUSANDS = re.compile(
    r"£ ?['’,]?0{3}s?(?!\d)|£ ?k\b|£ ?thousands?\b|\((?:'?000s?|k|thousands?)\)"
)
_MILLIONS = re.compile(r"£ ?m\b|£ ?millions?\b|\((?:m|millions?)\)")
_LOOSE_THOUSANDS = re.compile(r"(?<![a-z])thousands?(?![a-z])|(?<!\d)'?000s\b")
_LOOSE_MILLIONS = re.compile(r"(?<![a-z])millions?(?![a-z])")


def _words(name: str) -> str:
    return _UNIT_MARKS.sub(" ", name.lower().replace("_", " ")).strip(" :,.-")


def role_of(name: str) -> Role:
    """What a row or column is, by its own words alone."""
    words = " ".join(_words(name).split())
    last = words.rsplit(", ", 1)[-1]
    for pattern, role in (
        (_ASIDE, Role.ASIDE),
        (_CUMULATIVE, Role.CUMULATIVE),
        (_NET, Role.NET),
        (_TOTAL, Role.TOTAL),
        (_RANGE, Role.RANGE),
        (_RATE, Role.RATE),
        (_COUNT, Role.COUNT),
    ):
        if pattern.search(last) or (role in (Role.TOTAL, Role.NET) and pattern.search(words)):
            return role
    return Role.LINE


def is_grand(name: str) -> bool:
    """Whether a total says that it is of everything."""
    return bool(_GRAND.search(_words(name)))


def is_plain_total(name: str) -> bool:
    """Whether a total says no more than that it is one (“Total”), or that it is of everything."""
    words = _words(name).rsplit(", ", 1)[-1]
    return is_grand(name) or words in ("total", "totals", "gross", "gross total", "sub-total")


def is_sub(name: str) -> bool:
    """Whether a total says that it is of a part."""
    return bool(_SUB.search(_words(name)))


def is_cost(name: str) -> bool:
    """Whether the words are those of a cost, so that a net figure takes it away."""
    words = _words(name)
    return bool(_COST.search(words)) and not _NOT_COST.search(words)


def is_percent(name: str) -> bool:
    """Whether the heading is of percentages or ratios."""
    return bool(_PERCENT.search(name.lower()))


def is_unit(text: str) -> bool:
    """Whether a cell holds a unit and no more: “£”, “£000”, “£m” or “%”."""
    return text == "%" or bool(_UNIT_MARKS.fullmatch(text.lower()))


def is_notes(name: str) -> bool:
    """Whether the heading is of a column of notes."""
    return bool(_NOTES.match(_words(name)))


def is_label(name: str) -> bool:
    """Whether the heading is of names, numbers or years that tell the rows apart."""
    return bool(_LABEL.match(_words(name)))


def is_number(text: str) -> bool:
    """Whether a text can number a row, as “12”, “1.2” and “3.1.4” do."""
    return all(part.isdigit() for part in text.rstrip(".").split("."))


def is_year(name: str) -> bool:
    """Whether a name is a year, a quarter or a month, which is never a total by itself."""
    return bool(_YEAR.fullmatch(_words(name)))


def scale_in(heading: str) -> int | None:
    """What one stands for under a heading: 1,000 for £000, 1,000,000 for £m, None when unsaid."""
    text = heading.lower()
    if _THOUSANDS.search(text):
        return 1_000
    return 1_000_000 if _MILLIONS.search(text) else None


def scale_in_caption(caption: str) -> int | None:
    """The same in a caption, where the bare words “thousands” and “millions” count too."""
    text = caption.lower()
    if (scale := scale_in(text)) is not None:
        return scale
    if _LOOSE_THOUSANDS.search(text):
        return 1_000
    return 1_000_000 if _LOOSE_MILLIONS.search(text) else None
