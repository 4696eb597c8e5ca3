"""Merkle trees as in RFC 6962 with SM3: a leaf is SM3(0 || data), a node SM3(1 || left || right)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onewindow.kernel.crypto.sm3 import sm3

EMPTY_ROOT = sm3(b"")


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sm3(b"\0" + data)


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sm3(b"\1" + left + right)


class Growing:
    """A tree that takes leaves one after the other and keeps one hash for each of its full halves."""

    __slots__ = ("_halves", "size")

    def __init__(self) -> None:
        self.size = 0
        self._halves: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append the hash of a leaf."""
        number = self.size
        while number & 1:
            leaf = node_hash(self._halves.pop(), leaf)
            number >>= 1
        self._halves.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._halves:
            return EMPTY_ROOT
        root = self._halves[-1]
        for half in reversed(self._halves[:-1]):
            root = node_hash(half, root)
        return root

    def copy(self) -> Growing:
        """Another tree that stands where this one does."""
        other = Growing()
        other.size, other._halves = self.size, self._halves.copy()
        return other


class Tree:
    """A whole tree in memory, 64 bytes a leaf and what Python adds: for proofs."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    @property
    def size(self) -> int:
        """How many leaves."""
        return len(self._levels[0])

    def root(self) -> bytes:
        """The root over all leaves."""
        return self._levels[-1][0] if self.size else EMPTY_ROOT

    def proof(self, index: int) -> list[bytes]:
        """The neighbours from the leaf at `index` (from 0) up to the root. Raises IndexError."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        path = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):
                path.append(level[index ^ 1])
            index >>= 1
        return path


def proven_root(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that `path` leads to from a leaf; None where it does not fit a tree of `size` leaves."""
    if not 0 <= index < size:
        return None
    hashed, rest, last = leaf, iter(path), size - 1
    while last:
        if index & 1 or index < last:  # else the node stands alone on its level and rises as it is
            neighbour = next(rest, None)
            if neighbour is None:
                return None
            hashed = node_hash(neighbour, hashed) if index & 1 else node_hash(hashed, neighbour)
        index, last = index >> 1, last >> 1
    return hashed if next(rest, None) is None else None


def _above(level: list[bytes]) -> list[bytes]:
    pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return pairs + level[len(pairs) * 2 :]
