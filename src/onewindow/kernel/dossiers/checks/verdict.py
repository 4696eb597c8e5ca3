"""What a check says: a file is fit, or unfit with a stable code and words that say how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from onewindow.kernel.dossiers.checks.kinds import KINDS

MEGABYTE = 1024 * 1024


class Unfit(Exception):
    """A file that does not become part of a dossier. `code` is stable, `message` is for whoever sent it."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


class Verdict(NamedTuple):
    """What was found of a file that is fit: its kind (`kinds.KINDS`), and notes such as its number of pages."""

    kind: str
    notes: dict[str, str | int]


def _most() -> dict[str, int]:
    return {kind.key: kind.megabytes * MEGABYTE for kind in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much.

    size      most bytes, by kind
    pixels    of one image, side: of its longer side
    pages     of a PDF or TIFF
    members   files in an office file or OFD, member: bytes of one when unpacked, unpacked: of all together
    ratio     unpacked to packed, of a member and of the whole, beyond `slack` bytes unpacked
    seconds   of processor time, memory: bytes, for the process that checks one file; wait: seconds by the clock
    """

    size: Mapping[str, int] = field(default_factory=_most)
    pixels: int = 100_000_000
    side: int = 30_000
    pages: int = 5_000
    members: int = 5_000
    member: int = 200 * MEGABYTE
    unpacked: int = 400 * MEGABYTE
    ratio: int = 200
    slack: int = 10 * MEGABYTE
    seconds: int = 60
    memory: int = 1536 * MEGABYTE
    wait: int = 120

    @property
    def largest(self) -> int:
        """Bytes that no file of any kind may exceed."""
        return max(self.size.values())


def too_big(what: str, most: int) -> Unfit:
    """Of a file beyond the limit, in bytes."""
    shown = f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most} 字节"
    return Unfit("too-big", f"{what}不能超过 {shown}。请压缩图片、降低扫描分辨率或拆分后再上传。")
