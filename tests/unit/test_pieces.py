"""A part worked out of each item by itself: one item more costs one piece."""

from dataclasses import dataclass, field
from typing import Any

from eventlog.facts import again
from eventlog.pieces import Each, Pieces


@dataclass(slots=True)
class Shelf:
    """Jars by name, each with how many sweets it holds, and what is printed before each."""

    label: str
    jars: dict[str, int] = field(default_factory=dict)
    room: int = 1


def _says(shelf: Shelf, sweets: int) -> str:
    return f"{shelf.label}: {sweets}"


EACH = Each("jars", _says)


def _again(pieces: Pieces[str], shelf: Shelf) -> Pieces[str]:
    (found,) = again((EACH,), (pieces,), shelf)
    return found


def _told(before: Pieces[str], after: Pieces[str]) -> list[tuple[Any, Any]]:
    return list(after.unlike(before))


def test_only_the_items_that_are_another_are_worked_out_and_told() -> None:
    shelf = Shelf("mints", {"a": 1_000, "b": 2_000})
    before = Pieces.of(EACH, shelf)
    assert list(before.values()) == ["mints: 1000", "mints: 2000"]
    shelf.jars = {**shelf.jars, "b": 3_000, "c": 4_000}
    after = _again(before, shelf)
    assert _told(before, after) == [("mints: 2000", "mints: 3000"), (None, "mints: 4000")]
    assert after.by["a"] is before.by["a"]
    shelf.jars = {"c": shelf.jars["c"]}
    gone = _told(after, _again(after, shelf))
    assert gone == [("mints: 1000", None), ("mints: 3000", None)]


def test_nothing_is_worked_out_when_no_fact_that_any_piece_read_is_another() -> None:
    shelf = Shelf("mints", {"a": 1_000})
    before = Pieces.of(EACH, shelf)
    shelf.room = 9
    assert _again(before, shelf) is before
    assert _told(before, before) == []


def test_every_item_is_worked_out_anew_when_what_they_all_read_is_another() -> None:
    shelf = Shelf("mints", {"a": 1_000, "b": 2_000})
    before = Pieces.of(EACH, shelf)
    shelf.label = "toffees"
    after = _again(before, shelf)
    assert list(after.values()) == ["toffees: 1000", "toffees: 2000"]
    assert len(_told(before, after)) == 2


def test_a_thing_without_items_gets_its_first() -> None:
    shelf = Shelf("mints")
    before = Pieces.of(EACH, shelf)
    assert list(before.values()) == []
    shelf.jars = {"a": 1_000}
    assert list(_again(before, shelf).values()) == ["mints: 1000"]
