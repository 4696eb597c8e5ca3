"""Merkle trees: three ways to the same root, and proofs that hold for one leaf alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.ledger.merkle import EMPTY_ROOT, Growing, Tree, leaf_hash, node_hash, proven_root

LEAVES = st.lists(st.binary(max_size=8), max_size=40).map(lambda texts: [leaf_hash(text) for text in texts])
SOME = LEAVES.filter(bool)


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return sm3(b"")
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sm3(b"\1" + by_definition(leaves[:half]) + by_definition(leaves[half:]))


@given(LEAVES)
def test_the_root_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    growing = Growing()
    for leaf in leaves:
        growing.add(leaf)
    assert growing.root() == Tree(leaves).root() == by_definition(leaves)
    assert growing.size == Tree(leaves).size == len(leaves)


@given(LEAVES, LEAVES)
def test_a_copy_grows_by_itself(leaves: list[bytes], more: list[bytes]) -> None:
    one = Growing()
    for leaf in leaves:
        one.add(leaf)
    other = one.copy()
    for leaf in more:
        other.add(leaf)
    assert one.root() == by_definition(leaves)
    assert other.root() == by_definition(leaves + more)


@given(SOME)
def test_every_leaf_has_a_proof(leaves: list[bytes]) -> None:
    tree = Tree(leaves)
    for index, leaf in enumerate(leaves):
        assert proven_root(leaf, index, len(leaves), tree.proof(index)) == tree.root()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40, unique=True), st.data())
def test_a_proof_holds_for_no_other_leaf_place_size_or_path(texts: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_hash(text) for text in texts]
    tree, size = Tree(leaves), len(leaves)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-2, size + 2).filter(lambda number: number != index))
    path = tree.proof(index)
    if 0 <= other < size:
        assert proven_root(leaves[other], index, size, path) != tree.root()
    assert proven_root(leaves[index], other, size, path) != tree.root()
    assert proven_root(leaves[index], index, size, [*path, leaves[index]]) is None
    if path:
        cut = data.draw(st.integers(0, len(path) - 1))
        assert proven_root(leaves[index], index, size, path[:-1]) is None
        broken = [*path[:cut], leaf_hash(path[cut]), *path[cut + 1 :]]
        assert proven_root(leaves[index], index, size, broken) != tree.root()


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
    assert node_hash(left, right) != node_hash(right, left)


def test_the_empty_tree_has_a_root_and_no_proofs() -> None:
    assert Tree([]).root() == Growing().root() == EMPTY_ROOT
    assert proven_root(EMPTY_ROOT, 0, 0, []) is None
    with pytest.raises(IndexError):
        Tree([leaf_hash(b"")]).proof(1)
