"""The few forms of DER that SM2 keys and signatures need, read strictly: one value, one encoding."""

from __future__ import annotations

from onewindow.kernel.crypto.errors import CryptoError

INTEGER, BITS, OCTETS, OID, SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30
CONTEXT_0, CONTEXT_1 = 0xA0, 0xA1


def write(tag: int, *contents: bytes) -> bytes:
    """One value: tag, length, contents joined."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def write_integer(number: int) -> bytes:
    """A natural number as INTEGER."""
    return write(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def read(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the first value, which must have `tag`, and what follows it."""
    if len(data) < 2 or data[0] != tag:
        raise CryptoError(f"不是所要的 DER 结构:应为标签 {tag:#04x}。")
    size, start = data[1], 2
    if size >= 0x80:
        count = size & 0x7F
        start += count
        length = data[2:start]
        size = int.from_bytes(length, "big")
        if not 1 <= count <= 4 or len(length) < count or not length[0] or size < 0x80:
            raise CryptoError("DER 结构的长度写法不合规。")
    if len(data) < start + size:
        raise CryptoError("DER 结构不完整,文件可能被截断。")
    return data[start : start + size], data[start + size :]


def read_all(data: bytes, tag: int) -> bytes:
    """The content of the one value that `data` is, nothing following it."""
    content, rest = read(data, tag)
    if rest:
        raise CryptoError("DER 结构之后还有多余的内容。")
    return content


def read_integer(data: bytes) -> tuple[int, bytes]:
    """A natural number in its shortest form, and what follows it."""
    content, rest = read(data, INTEGER)
    if not content or content[0] >= 0x80 or (len(content) > 1 and not content[0] and content[1] < 0x80):
        raise CryptoError("DER 整数不是非负数的最短写法。")
    return int.from_bytes(content, "big"), rest
