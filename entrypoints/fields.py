"""The kinds of answer that forms and JSON may hold, each read strictly and refused in a sentence.

An answer is text (or, in JSON, the plain kind): never a float, and nothing is rounded or cut.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from marshmallow import ValidationError, fields

from benefits.money import NotMoney, parse_pounds
from benefits.periods import EARLIEST, LATEST, FinancialYear, Month, NotAPeriod

_DIGITS = re.compile(r"-?[0-9]{1,12}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Answer(fields.Field[Any]):
    """A field whose refusals are sentences; ``missing`` is said when it is left out."""

    def __init__(self, missing: str = "Answer this question.", **rest: Any) -> None:
        super().__init__(**rest)
        self.missing_sentence = missing
        self.error_messages = {
            **self.error_messages,
            "required": missing,
            "null": missing,
            "validator_failed": missing,
        }

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, str) and not value.strip() and self.required:
            raise ValidationError(self.missing_sentence)
        return self.read(value)

    def read(self, value: Any) -> Any:
        """The value that the answer means; raises ``ValidationError`` with a sentence."""
        raise NotImplementedError


def _written(value: Any, example: str) -> str:
    if not isinstance(value, str):
        raise ValidationError(f"Write this as text, such as “{example}”.")
    return value.strip()


class PoundsField(Answer):
    """Money, written in pounds; gives pence."""

    def read(self, value: Any) -> int:
        try:
            return parse_pounds(_written(value, "1234.50"))
        except NotMoney as fault:
            raise ValidationError(str(fault)) from fault


class WholeField(Answer):
    """A whole number between two bounds."""

    def __init__(self, least: int, most: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.least, self.most = least, most

    def read(self, value: Any) -> int:
        if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError(f"Write a whole number from {self.least} to {self.most}.")
        if not self.least <= value <= self.most:
            raise ValidationError(f"Write a number from {self.least} to {self.most}.")
        return value


class NumbersField(Answer):
    """Several whole numbers, such as ``25, 50, 25``; a list in JSON."""

    def read(self, value: Any) -> tuple[int, ...]:
        parts = re.split(r"[,;\s]+", value.strip()) if isinstance(value, str) else value
        if not isinstance(parts, list) or not 1 <= len(parts) <= 30:
            raise ValidationError("Write whole numbers with commas between them: 25, 50, 25.")
        return tuple(WholeField(0, 100).read(part) for part in parts)


class DecimalText(Answer):
    """A decimal, kept as the text of an exact number."""

    def read(self, value: Any) -> str:
        text = _written(value, "12.5").replace(",", "").replace("−", "-")
        if not _DECIMAL.fullmatch(text):
            raise ValidationError(
                f"“{text[:20]}” is not a number. Write digits, such as 12.5, with at most "
                "six decimal places."
            )
        return str(Decimal(text))


class MonthField(Answer):
    """A month, such as ``2024-10``."""

    def read(self, value: Any) -> Month:
        try:
            return Month.parse(_written(value, "2024-10"))
        except NotAPeriod as fault:
            raise ValidationError(str(fault)) from fault


class YearField(Answer):
    """A financial year, such as ``2023/24``."""

    def read(self, value: Any) -> FinancialYear:
        try:
            return FinancialYear.parse(_written(value, "2023/24"))
        except NotAPeriod as fault:
            raise ValidationError(str(fault)) from fault


class DayField(Answer):
    """A date: ``2024-10-31`` in JSON, the three boxes day, month and year in a form."""

    def read(self, value: Any) -> date:
        if isinstance(value, Mapping):
            numbers = [str(value.get(box, "")).strip() for box in ("year", "month", "day")]
            if not all(numbers):
                raise ValidationError("Write the day, the month and the year.")
        elif isinstance(value, str) and _ISO.fullmatch(value.strip()):
            numbers = value.strip().split("-")
        else:
            raise ValidationError("Write a date as year, month and day: 2024-10-31.")
        return _day(numbers)


def _day(numbers: list[str]) -> date:
    written = "/".join(number[:6] for number in reversed(numbers))
    if not all(re.fullmatch("[0-9]{1,4}", number) for number in numbers):
        raise ValidationError(
            f"“{written}” is not a date. Write it in figures, such as 31 10 2024."
        )
    year, month, day = (int(number) for number in numbers)
    if not EARLIEST <= year <= LATEST:
        raise ValidationError(f"The year must be between {EARLIEST} and {LATEST}.")
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise ValidationError(f"There is no such day as {written}.") from fault


class ChoiceField(Answer):
    """One of a fixed list of words."""

    def __init__(self, of: type[Enum], **rest: Any) -> None:
        super().__init__(**rest)
        self.of = of

    def read(self, value: Any) -> Enum:
        for member in self.of:
            if value == member.value:
                return member
        raise ValidationError(f"Choose one of: {', '.join(str(each.value) for each in self.of)}.")


class ChoicesField(ChoiceField):
    """Any number of a fixed list of words, each once."""

    def read(self, value: Any) -> Any:
        chosen = value if isinstance(value, list) else [value]
        return tuple(dict.fromkeys(super(ChoicesField, self).read(each) for each in chosen))


class YesNoField(Answer):
    """Yes or no; true or false in JSON."""

    def read(self, value: Any) -> bool:
        if value is True or value == "yes":
            return True
        if value is False or value == "no":
            return False
        raise ValidationError("Choose yes or no.")


class IdField(Answer):
    """The id of a thing on the record."""

    def read(self, value: Any) -> str:
        text = _written(value, "b7k2")
        if not _ID.fullmatch(text):
            raise ValidationError("Choose one of those on the list.")
        return text


class TextField(Answer):
    """Words, up to a length; tidied of carriage returns, with nothing that cannot be seen."""

    def __init__(self, longest: int, *, many_lines: bool = True, **rest: Any) -> None:
        super().__init__(**rest)
        self.longest, self.many_lines = longest, many_lines

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("Write this as text.")
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        # Looked at before the blanks at its ends are cut off: some controls count as blank.
        unseen = {character for character in text if _unseen(character)} - set("\n\t")
        text = text.strip()
        if unseen or not (self.many_lines or {"\n", "\t"}.isdisjoint(text)):
            raise ValidationError("This holds characters that cannot be shown. Type it again.")
        if len(text) > self.longest:
            raise ValidationError(
                f"This is {len(text):,} characters long. Shorten it to {self.longest:,}."
            )
        return text


def _unseen(character: str) -> bool:
    """Controls, halves of a character pair and marks that turn the direction of writing."""
    return (
        unicodedata.category(character) in ("Cc", "Cs")
        or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


class LinesField(Answer):
    """A list of short texts: one a line in a form."""

    def __init__(self, *, ids: bool, **rest: Any) -> None:
        super().__init__(**rest)
        self.each: Answer = IdField() if ids else TextField(100, many_lines=False)

    def read(self, value: Any) -> tuple[str, ...]:
        lines = value.splitlines() if isinstance(value, str) else value
        if not isinstance(lines, list) or len(lines) > 200:
            raise ValidationError("Write up to 200 of these, one on each line.")
        said = [self.each.read(line) for line in lines if line != ""]
        return tuple(dict.fromkeys(line for line in said if line))
