"""A tree over the log, so that a few hashes prove one event, or that a log has only grown.

The hashing is that of RFC 6962 (section 2.1), the checks are those of RFC 9162. A leaf is the 32
bytes of a row's ``hash``. Sizes count leaves, an index counts from 0; every hash is 32 bytes.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import TypeAlias

#: The root of a tree without leaves.
EMPTY = sha256().digest()

#: The leaves from the first index up to, and not with, the second.
Span: TypeAlias = tuple[int, int]


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two parts."""
    return sha256(b"\x01" + left + right).digest()


class Peaks:
    """A tree that only grows, kept as the roots of its whole parts (one for each bit of its size).

    Leaves may be added and the root asked for at any time, without the leaves that were before.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """Go on from a tree of this size. Raises ``ValueError`` when the parts are not its."""
        if size.bit_count() != len(hashes) or any(len(one) != len(EMPTY) for one in hashes):
            raise ValueError(f"A tree of size {size} has {size.bit_count()} whole parts.")
        self.size, self._hashes = size, list(hashes)

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The roots of the whole parts, the largest first."""
        return tuple(self._hashes)

    def add(self, leaf: bytes) -> None:
        """Add a leaf at the end."""
        fresh = leaf_hash(leaf)
        size = self.size
        while size & 1:
            fresh = node_hash(self._hashes.pop(), fresh)
            size >>= 1
        self._hashes.append(fresh)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self._hashes:
            return EMPTY
        *others, found = self._hashes
        for other in reversed(others):
            found = node_hash(other, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree of these leaves, or of one part of a larger tree."""
    peaks = Peaks()
    for leaf in leaves:
        peaks.add(leaf)
    return peaks.root()


def _left_of(size: int) -> int:
    """How many leaves are in the left part of a tree: the largest power of two below its size."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The parts of the tree whose roots prove that a leaf is in it, the nearest first."""
    if not 0 <= index < size:
        raise ValueError(f"A tree of size {size} has no leaf {index}.")
    begin, end, spans = 0, size, []
    while end - begin > 1:
        middle = begin + _left_of(end - begin)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """The parts of the tree whose roots prove that the tree of the old size is its beginning."""
    if not 0 <= old <= new:
        raise ValueError(f"A tree of size {new} has not grown from one of size {old}.")
    begin, end, spans = 0, new, []
    while old not in (0, end):
        middle = begin + _left_of(end - begin)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    if begin:
        spans.append((begin, end))
    return spans[::-1]


def proof(spans: Iterable[Span], leaves: Callable[[int, int], Iterable[bytes]]) -> list[bytes]:
    """The roots of these parts of a tree. ``leaves`` gives the leaves of a span, in order."""
    return [root_of(leaves(begin, end)) for begin, end in spans]


def verify_inclusion(
    index: int, size: int, leaf: bytes, hashes: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof shows that ``leaf`` (not hashed yet) is in the tree of this root."""
    if not 0 <= index < size or any(len(one) != len(EMPTY) for one in hashes):
        return False
    place, last, found = index, size - 1, leaf_hash(leaf)
    for other in hashes:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            place, last = _risen(place, last)
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    old: int, new: int, hashes: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the proof shows that the tree of the old root is the beginning of that of the new."""
    if not 0 <= old <= new or any(len(one) != len(EMPTY) for one in hashes):
        return False
    if old in (0, new):
        return not hashes and (old < new or old_root == new_root)
    if not hashes:
        return False
    # A whole old tree is itself a part of the new one, and is not repeated in the proof.
    first, *rest = (old_root, *hashes) if old.bit_count() == 1 else hashes
    return _both_roots(old, new, first, rest) == (old_root, new_root)


def _both_roots(
    old: int, new: int, first: bytes, rest: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """The old and the new root that a consistency proof leads to; None when it does not fit."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = first
    for other in rest:
        if last == 0:
            return None
        if place & 1 or place == last:
            was, now = node_hash(other, was), node_hash(other, now)
            place, last = _risen(place, last)
        else:
            now = node_hash(now, other)
        place, last = place >> 1, last >> 1
    return (was, now) if last == 0 else None


def _risen(place: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a last node without a sibling rises unchanged."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
