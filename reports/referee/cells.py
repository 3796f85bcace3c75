"""Reading one printed cell: a figure, a dash for nothing, a percentage, or words."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

_SCALES = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_FIGURE = re.compile(
    r"(?P<number>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?P<scale>k|thousand|mn?|million|bn|billion)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"-+|nil|none", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
#: How ledgers mark the two sides, behind the figure.
_SIDE = re.compile(r"(?<=[\d)])\s*\(?(?P<side>cr|dr)\.?\)?$", re.IGNORECASE)
#: A sign behind a word or figure; “[20]” alone is twenty in brackets.
_FOOTNOTE = re.compile(r"(?<=[^\s*†‡§¹²³⁴⁵])\s?(?:[*†‡§¹²³⁴⁵]|\[\d{1,2}\])+$")
#: A unit that stands where a figure might: “£000” heads a column.
_UNIT_ALONE = re.compile(r"£ ?0{3}s?")

#: Words that hedge a figure and leave it as it is.
_ABOUT = re.compile(
    r"^(?:c(?:a|irca)?\.?|approx(?:\.|imately)?|about|around|[~≈])\s*(?=[£(\d-])", re.I
)
_ESTIMATED = re.compile(
    r"(?<=[\dkmn)])\s*\(?(?:est\.?|estimated?|approx\.?|provisional|indicative)\)?$", re.I
)
_SCALE_BEHIND = re.compile(r"([(\[])([^()\[\]]+)([)\]])\s*(k|m|mn|bn|million|thousand)", re.I)
#: What a spreadsheet puts before a figure that it keeps as text, and how a figure may begin.
_TEXT_MARKS = ("'", "’", "‘", "`")
_FIRST_OF_FIGURE = tuple("0123456789.£(-+")

#: More digits than any council's money: what is longer is a reference, not an amount.
LONGEST = 15


class Blank(Enum):
    """What a cell can hold that is not a figure."""

    EMPTY = "nothing printed"
    PERCENT = "a percentage"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure in pounds. A dash is a figure of nothing, and is not counted as added.

    ``scale`` is what one stands for (1,000 in a column of £000). ``own_scale`` says that the
    cell itself carries it (``£1.31m``).
    """

    pounds: Decimal
    written: str
    scale: int = 1
    decimals: int = 0
    own_scale: bool = False
    sterling: bool = False
    dash: bool = False

    @property
    def last_digit(self) -> Decimal:
        """What the last printed digit stands for, in pounds."""
        return Decimal(self.scale).scaleb(-self.decimals)

    def scaled(self, scale: int) -> "Figure":
        """The same figure read under a heading such as £000, unless it carries its own."""
        if self.own_scale or scale == self.scale:
            return self
        number = self.pounds * scale
        return replace(self, pounds=number, scale=scale)


Cell: TypeAlias = Figure | Blank


def plain(written: str) -> str:
    """The words of a cell without mark-up, footnote signs and doubled spaces."""
    text = re.sub(r"</?[a-zA-Z][^>]{0,40}>", "", written)
    text = _SPACES.sub(" ", text).strip().strip("*_").strip()
    return _FOOTNOTE.sub("", text).strip()


def read_cell(written: str) -> Cell:
    """What one cell says. Brackets and every sort of minus are negative; never raises."""
    text = plain(written).translate(_DASHES)
    if text[:1] in _TEXT_MARKS and text[1:2] in _FIRST_OF_FIGURE:
        text = text[1:]
    if not text:
        return Blank.EMPTY
    if _NOTHING.fullmatch(text.removeprefix("£").strip()):
        return Figure(Decimal(0), plain(written), dash=True)
    if text.rstrip(")").endswith("%"):
        return Blank.PERCENT
    if _UNIT_ALONE.fullmatch(text):
        return Blank.WORDS
    return _figure(text, plain(written)) or Blank.WORDS


def is_credit(written: str) -> bool:
    """Whether a figure is marked as a credit (``120CR``), which is negative."""
    side = _SIDE.search(written)
    return side is not None and side["side"].lower() == "cr"


def _figure(text: str, written: str) -> Figure | None:
    text = _ESTIMATED.sub("", _ABOUT.sub("", text, count=1))
    text = _SCALE_BEHIND.sub(r"\1\2\4\3", text)  # (100)k is (100k)
    credit = is_credit(text)
    text, negative = _unsigned(_SIDE.sub("", text))
    negative = negative or credit
    sterling = "£" in written
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    number = match["number"].replace(",", "").replace(" ", "")
    if len(number.replace(".", "")) > LONGEST:
        return None
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
    pounds = Decimal(number) * scale
    decimals = len(number.partition(".")[2])
    own = match["scale"] is not None
    return Figure(-pounds if negative else pounds, written, scale, decimals, own, sterling)


def _unsigned(text: str) -> tuple[str, bool]:
    behind = text.removeprefix("£").strip()
    text = behind if behind[:1] in ("(", "[") else text  # £(100) is (£100)
    bracketed = len(text) > 2 and text[0] + text[-1] in ("()", "[]")
    if bracketed:
        text = text[1:-1].strip()
    bare = text.replace("£", "", 1).strip()
    minus = bare.startswith("-") or bare.endswith("-")
    return bare.strip("-+ ").removeprefix("£").strip(), bracketed or minus
