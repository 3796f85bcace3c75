"""The tree over the log: the published vectors, every way to spoil a proof, and a naive twin."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlog import merkle
from eventlog.merkle import Peaks, verify_consistency, verify_inclusion

_VECTORS = json.loads(
    (Path(__file__).parent.parent / "data" / "rfc6962_tree.json").read_text(encoding="utf-8")
)
LEAVES = [bytes.fromhex(leaf) for leaf in _VECTORS["leaves"]]
ROOTS = [bytes.fromhex(root) for root in _VECTORS["roots"]]
OTHER = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")
SIZES = st.integers(1, 140)


def _leaves(count: int) -> list[bytes]:
    return [sha256(str(number).encode()).digest() for number in range(count)]


def _span_of(leaves: Sequence[bytes], begin: int, end: int) -> Sequence[bytes]:
    return leaves[begin:end]


def _naive_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + _naive_root(leaves[:half]) + _naive_root(leaves[half:])).digest()


def _inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    return merkle.proof(
        merkle.inclusion_spans(index, len(leaves)), lambda a, b: _span_of(leaves, a, b)
    )


def _consistency(leaves: Sequence[bytes], old: int) -> list[bytes]:
    return merkle.proof(
        merkle.consistency_spans(old, len(leaves)), lambda a, b: _span_of(leaves, a, b)
    )


def test_the_roots_of_the_reference_tree() -> None:
    assert merkle.root_of([]) == merkle.EMPTY
    for size, root in enumerate(ROOTS, 1):
        assert merkle.root_of(LEAVES[:size]) == root


@pytest.mark.parametrize("vector", _VECTORS["inclusion"])
def test_a_published_inclusion_proof_is_made_and_holds(vector: dict[str, object]) -> None:
    leaf, size = int(str(vector["leaf"])), int(str(vector["size"]))
    proof = _bytes(vector)
    assert _inclusion(LEAVES[:size], leaf - 1) == proof
    assert verify_inclusion(leaf - 1, size, LEAVES[leaf - 1], proof, ROOTS[size - 1])
    for spoilt in _spoilt_inclusion(leaf - 1, size, LEAVES[leaf - 1], proof, ROOTS[size - 1]):
        assert not verify_inclusion(*spoilt), spoilt


@pytest.mark.parametrize("vector", _VECTORS["consistency"])
def test_a_published_consistency_proof_is_made_and_holds(vector: dict[str, object]) -> None:
    old, new = int(str(vector["old"])), int(str(vector["new"]))
    proof = _bytes(vector)
    assert _consistency(LEAVES[:new], old) == proof
    assert verify_consistency(old, new, proof, ROOTS[old - 1], ROOTS[new - 1])
    for spoilt in _spoilt_consistency(old, new, proof, ROOTS[old - 1], ROOTS[new - 1]):
        assert not verify_consistency(*spoilt), spoilt


def _bytes(vector: dict[str, object]) -> list[bytes]:
    hashes = vector["proof"]
    assert isinstance(hashes, list)
    return [bytes.fromhex(one) for one in hashes]


def _altered(proof: list[bytes], *roots: bytes) -> Iterator[list[bytes]]:
    """A proof with something added, taken away or changed by one bit, as the published bad ones."""
    for more in (b"", *roots, *proof[:1]):
        yield [*proof, more]
        yield [more, *proof]
    for place, one in enumerate(proof):
        yield [*proof[:place], bytes([one[0] ^ 8]) + one[1:], *proof[place + 1 :]]
    if proof:
        yield proof[:-1]
    if len(proof) > 1:
        yield [proof[0], OTHER, *proof[1:]]


def _spoilt_inclusion(
    index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes
) -> Iterator[tuple[int, int, bytes, list[bytes], bytes]]:
    for place in (index - 1, index + 1, index ^ 2):
        yield place, size, leaf, proof, root
    for height in (size * 2, size // 2):
        yield index, height, leaf, proof, root
    yield index, size, b"WrongLeaf", proof, root
    for wrong in (merkle.EMPTY, OTHER, b""):
        yield index, size, leaf, proof, wrong
    for altered in _altered(proof, root):
        yield index, size, leaf, altered, root


def _spoilt_consistency(
    old: int, new: int, proof: list[bytes], old_root: bytes, new_root: bytes
) -> Iterator[tuple[int, int, list[bytes], bytes, bytes]]:
    if proof:
        for size in (old - 1, old + 1, old ^ 2):
            yield size, new, proof, old_root, new_root
        for size in (new * 2, new // 2):
            yield old, size, proof, old_root, new_root
        yield old, new, proof, new_root, old_root
        yield old, new, [], old_root, new_root
    yield old, new, proof, b"WrongRoot", new_root
    yield old, new, proof, old_root, b"WrongRoot"
    for altered in _altered(proof, old_root, new_root):
        yield old, new, altered, old_root, new_root


@pytest.mark.parametrize(
    ("old", "new", "proof", "roots", "holds"),
    [
        (0, 0, [], (b"1", b"2"), False),
        (1, 1, [], (b"1", b"2"), False),
        (0, 0, [], (b"1", b"1"), True),
        (0, 1, [], (b"1", b"2"), True),
        (1, 1, [], (b"2", b"2"), True),
        (1, 0, [], (b"1", b"2"), False),
        (2, 1, [], (b"1", b"2"), False),
        (1, 2, [], (b"1", b"2"), False),
        (0, 0, [merkle.EMPTY], (merkle.EMPTY, merkle.EMPTY), False),
        (0, 1, [merkle.EMPTY], (merkle.EMPTY, merkle.EMPTY), False),
        (1, 1, [merkle.EMPTY], (merkle.EMPTY, merkle.EMPTY), False),
        (-1, 1, [], (b"1", b"2"), False),
    ],
)
def test_the_published_edge_cases_of_consistency(
    old: int, new: int, proof: list[bytes], roots: tuple[bytes, bytes], holds: bool
) -> None:
    assert verify_consistency(old, new, proof, *roots) is holds


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 0), (2, 1), (-1, 1)])
def test_a_leaf_that_no_tree_of_this_size_has_is_in_none(index: int, size: int) -> None:
    assert not verify_inclusion(index, size, b"", [], merkle.EMPTY)
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_spans(index, size)


@given(SIZES)
def test_a_tree_grown_leaf_by_leaf_has_the_root_that_the_definition_gives(size: int) -> None:
    leaves = _leaves(size)
    assert merkle.root_of(leaves) == _naive_root(leaves)


@given(st.integers(0, 140), st.integers(0, 60))
def test_a_tree_goes_on_from_its_whole_parts(size: int, more: int) -> None:
    leaves = _leaves(size + more)
    first = Peaks()
    for leaf in leaves[:size]:
        first.add(leaf)
    then = Peaks(first.size, first.hashes)
    assert then.root() == first.root()
    for leaf in leaves[size:]:
        then.add(leaf)
    assert then.root() == _naive_root(leaves)


def test_whole_parts_that_do_not_fit_the_size_are_refused() -> None:
    for size, hashes in ((3, [OTHER]), (0, [OTHER]), (1, [b"short"]), (2, [])):
        with pytest.raises(ValueError, match="whole parts"):
            Peaks(size, hashes)


@given(SIZES, st.data())
def test_every_leaf_is_proved_and_no_other_in_its_place(size: int, data: st.DataObject) -> None:
    leaves, index = _leaves(size), data.draw(st.integers(0, size - 1))
    proof, root = _inclusion(leaves, index), _naive_root(leaves)
    assert verify_inclusion(index, size, leaves[index], proof, root)
    assert not verify_inclusion(index, size, OTHER, proof, root)
    place = data.draw(st.integers(0, size * 2))
    assert verify_inclusion(place, size, leaves[index], proof, root) is (place == index)


@given(SIZES, st.data())
def test_a_tree_is_proved_to_have_grown_from_each_of_its_beginnings(
    size: int, data: st.DataObject
) -> None:
    leaves, old = _leaves(size), data.draw(st.integers(1, size))
    proof, root = _consistency(leaves, old), _naive_root(leaves)
    assert verify_consistency(old, size, proof, _naive_root(leaves[:old]), root)
    changed = [*leaves[: old - 1], OTHER]
    assert not verify_consistency(old, size, proof, _naive_root(changed), root)
