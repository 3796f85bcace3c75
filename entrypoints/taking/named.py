"""Finding the benefit that a row of a file names: by its number, its id or its title."""

import re
from collections.abc import Mapping

from benefits.benefit import Benefit
from benefits.savings_table.identity import alike

_NUMBER = re.compile(r"b\s*(\d{1,12})(?:\b.*)?", re.IGNORECASE)


class Benefits:
    """The benefits of a programme, by whatever a file may call them."""

    def __init__(self, benefits: Mapping[str, Benefit]) -> None:
        self._by_id = benefits
        self._by_number = {one.position: one for one in benefits.values()}
        self._by_title: dict[str, list[Benefit]] = {}
        for one in benefits.values():
            self._by_title.setdefault(alike(one.title), []).append(one)

    def find(self, named: str) -> Benefit:
        """The benefit. Raises ``LookupError`` with a sentence."""
        if not named:
            raise LookupError("Name the benefit: by its number, such as B41, or by its title.")
        if named in self._by_id:
            return self._by_id[named]
        titled = self._by_title.get(alike(named), [])
        if len(titled) == 1:
            return titled[0]
        if titled:
            numbers = ", ".join(one.number for one in titled)
            raise LookupError(f"Several benefits are called “{named[:60]}”: name one of {numbers}.")
        match = _NUMBER.fullmatch(named)
        found = self._by_number.get(int(match[1])) if match else None
        if found is None:
            raise LookupError(
                f"No benefit of this programme is called “{named[:60]}”: use its number or title."
            )
        return found
