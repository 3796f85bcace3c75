"""The links from one page of a long table to the others."""

from collections.abc import Callable
from typing import Any

#: How many pages beside the first, the last and the present one are named.
NEAR = 1
#: The most digits of a page's number: a database takes no number of any length.
DIGITS = 6


def page_of(written: str) -> int:
    """The number of a page in an address; the first for one that is none."""
    plain = written.isascii() and written.isdigit() and len(written) <= DIGITS
    return max(1, int(written)) if plain else 1


def paging(page: int, found: int, size: int, address: Callable[[int], str]) -> dict[str, Any]:
    """What GOV.UK's pagination takes; empty when there is one page. Pages count from 1."""
    last = max(1, -(-found // size))
    if last == 1:
        return {}
    links: dict[str, Any] = {"items": _items(page, last, address)}
    if page > 1:
        links["previous"] = {"href": address(page - 1)}
    if page < last:
        links["next"] = {"href": address(page + 1)}
    return links


def _items(page: int, last: int, address: Callable[[int], str]) -> list[dict[str, Any]]:
    named = sorted({1, last, *range(max(1, page - NEAR), min(last, page + NEAR) + 1)})
    items: list[dict[str, Any]] = []
    before = 0
    for number in named:
        if number > before + 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == page})
        before = number
    return items
