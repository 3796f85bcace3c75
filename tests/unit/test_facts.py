"""What was worked out of a thing stands while the facts that were read for it are the same."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import pytest

from benefits.benefit import Benefit
from benefits.periods import FinancialYear, Month
from entrypoints.wiring import KINDS
from eventlog.facts import Worked, again, copied, unwatched, watched
from workflows.people import Person

#: What cannot be changed in place, when all that it holds cannot be.
_HOLDERS = (tuple, frozenset, Mapping)
_PLAIN = (str, int, bool, type(None), date, datetime)


@dataclass(slots=True)
class Jar:
    """A thing with a few facts."""

    label: str
    sweets: tuple[str, ...] = ()
    shelf: int = 1

    @property
    def full(self) -> bool:
        return len(self.sweets) > 2


def _says(jar: Jar) -> str:
    return f"{jar.label}: full" if jar.full else jar.label


def test_the_facts_that_are_read_are_seen_and_no_others() -> None:
    jar = Jar("mints", ("a", "b", "c"))
    worked = watched(_says, jar)
    assert worked.value == "mints: full"
    assert worked.read == {"label": jar.label, "sweets": jar.sweets}


def test_a_part_is_worked_out_again_only_when_a_fact_that_it_reads_is_another() -> None:
    jar = Jar("mints", ("a", "b", "c"))
    before = (watched(_says, jar),)
    jar.shelf = 7
    assert again((_says,), before, jar)[0] is before[0]
    jar.sweets = jar.sweets[1:]
    after = again((_says,), before, jar)
    assert after[0].value == "mints"
    assert not after[0].stands(Jar("mints", ("b", "c", "d")))


def test_which_facts_are_read_may_itself_depend_on_facts() -> None:
    def shelf_when_full(jar: Jar) -> int:
        return jar.shelf if jar.full else 0

    jar = Jar("mints")
    worked: tuple[Worked[int], ...] = (watched(shelf_when_full, jar),)
    jar.shelf = 4
    assert worked[0].stands(jar), "the shelf was not looked at"
    jar.sweets = ("a", "b", "c")
    worked = again((shelf_when_full,), worked, jar)
    assert worked[0].value == 4
    jar.shelf = 5
    assert again((shelf_when_full,), worked, jar)[0].value == 5


def test_what_nobody_watched_is_worked_out_each_time() -> None:
    jar = Jar("mints")
    assert not unwatched(_says, jar).stands(jar)
    assert again((_says,), (unwatched(_says, jar),), jar)[0].read is None


def test_a_word_that_is_no_fact_is_an_error_as_ever() -> None:
    with pytest.raises(AttributeError):
        watched(lambda jar: jar.lid, Jar("mints"))  # type: ignore[attr-defined]


def test_a_copy_has_the_same_facts_and_goes_its_own_way() -> None:
    jar = Jar("mints", ("a",))
    another = copied(jar)
    another.sweets = ()
    assert (jar.sweets, another.label) == (("a",), "mints")


@pytest.mark.parametrize("of", [Benefit, Person])
def test_no_fact_of_a_thing_whose_facts_stay_can_be_changed_in_place(of: type) -> None:
    hints = typing.get_type_hints(of)
    assert [(name, bad) for name, hint in hints.items() if (bad := _changeable(hint))] == []
    assert _changeable(list[str])
    assert _changeable(Mapping[str, Jar]), "this test can fail"


def test_these_are_the_things_whose_facts_stay() -> None:
    stay = {name for name, kind in KINDS.items() if kind.facts_stay}
    assert stay == {"benefit", "person"}


def _changeable(hint: Any) -> str:
    """What of a type could be changed in place; empty for nothing."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is not None:
        origin = typing.get_origin(hint)
        if not isinstance(hint, types.UnionType) and origin not in (typing.Union, *_HOLDERS):
            return str(hint)
        return "".join(_changeable(each) for each in typing.get_args(hint) if each is not ...)
    if hint in _PLAIN or issubclass(hint, Enum | Month | FinancialYear) or hint is Mapping:
        return ""
    if dataclasses.is_dataclass(hint) and vars(hint)["__dataclass_params__"].frozen:
        within = typing.get_type_hints(hint)
        return "".join(_changeable(each) for each in within.values())
    return str(hint)
