#!/usr/bin/env python3
"""回执核验:在任何一台装有 Python 3.8 以上的电脑上核验办件回执,不联网,不需要安装任何软件包。

用法:
    python verify_receipt.py 回执.json 公钥.pem

公钥请从审批局的公告栏、门户网站或纸质公告取得,并核对其指纹;不要使用别人随回执一起发来的公钥。
结果:0 核验通过;1 核验不通过;2 文件读不出来或用法不对。

This file stands alone on purpose: it repeats what the package does, in plain Python, so that anybody
can read all that a verdict rests on. Formats: docs/ledger.md.
"""

from __future__ import annotations

import base64
import datetime
import io
import json
import operator
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TYPE = "onewindow.receipt.1"
ROOT_TYPE = "onewindow.day-root.1"
LARGEST_FILE = 16 * 1024 * 1024
GREATEST = 2**53 - 1

# --- SM3, GB/T 32905 ----------------------------------------------------------------------

START = bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e")
WORD = 0xFFFFFFFF


def _turn(word: int, by: int) -> int:
    by %= 32
    return ((word << by) | (word >> (32 - by))) & WORD


def _mix(word: int) -> int:
    return word ^ _turn(word, 9) ^ _turn(word, 17)


def _words(block: bytes) -> list[int]:
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for at in range(16, 68):
        mixed = words[at - 16] ^ words[at - 9] ^ _turn(words[at - 3], 15)
        mixed ^= _turn(mixed, 15) ^ _turn(mixed, 23)
        words.append(mixed ^ _turn(words[at - 13], 7) ^ words[at - 6])
    return words


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = _words(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _turn((_turn(a, 12) + e + _turn(constant, j)) & WORD, 7)
        ss2 = ss1 ^ _turn(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g & WORD)
        tt1 = (ff + d + ss2 + (words[j] ^ words[j + 4])) & WORD
        tt2 = (gg + h + ss1 + words[j]) & WORD
        a, b, c, d = tt1, a, _turn(b, 9), c
        e, f, g, h = _mix(tt2), e, _turn(f, 19), g
    return tuple(map(operator.xor, state, (a, b, c, d, e, f, g, h)))


def sm3(data: bytes) -> bytes:
    """The SM3 digest, 32 bytes."""
    filled = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (8 * len(data)).to_bytes(8, "big")
    state = tuple(int.from_bytes(START[at : at + 4], "big") for at in range(0, 32, 4))
    for at in range(0, len(filled), 64):
        state = _compress(state, filled[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


# --- SM2, GB/T 32918.2 and .5 ---------------------------------------------------------------

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
GX = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
GY = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
IDENTITY = b"1234567812345678"
PUBLIC_KEY = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")

# A point is x and y; None is the point at infinity.


def _add(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    if one == other:
        slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P) % P
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, P) % P
    x3 = (slope * slope - x1 - x2) % P
    return x3, (slope * (x1 - x3) - y1) % P


def _times(factor: int, point: tuple[int, int] | None) -> tuple[int, int] | None:
    result = None
    for bit in bin(factor)[2:]:
        result = _add(result, result)
        if bit == "1":
            result = _add(result, point)
    return result


def sm2_verify(point: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (DER) is that of the public key `point` (64 bytes) for `message`."""
    numbers = _two_numbers(signature)
    x, y = int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    if numbers is None or len(point) != 64 or max(x, y) >= P or (y * y - x**3 - A * x - B) % P:
        return False
    r, s = numbers
    t = (r + s) % N
    if not (1 <= r < N and 1 <= s < N and t):
        return False
    curve = b"".join(number.to_bytes(32, "big") for number in (A, B, GX, GY))
    signer = sm3((8 * len(IDENTITY)).to_bytes(2, "big") + IDENTITY + curve + point)
    digest = int.from_bytes(sm3(signer + message), "big")
    found = _add(_times(s, (GX, GY)), _times(t, (x, y)))
    return found is not None and (digest + found[0]) % N == r


def _two_numbers(signature: bytes) -> tuple[int, int] | None:
    """SEQUENCE of two INTEGER, the only encoding there is: encoded again it must be the same."""
    match = re.fullmatch(rb"\x30.\x02(.)(.*)", signature, re.DOTALL)
    if not match or len(match[2]) < match[1][0] + 2:
        return None
    size = match[1][0]
    r, s = int.from_bytes(match[2][:size], "big"), int.from_bytes(match[2][size + 2 :], "big")
    body = b"".join(b"\x02" + bytes((len(one),)) + one for one in (_shortest(r), _shortest(s)))
    return (r, s) if signature == b"\x30" + bytes((len(body) % 256,)) + body else None


def _shortest(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def read_public_key(text: str) -> bytes:
    """The 64 bytes of the public key in a PEM file. Raises ValueError where it holds no SM2 key."""
    match = re.search(r"-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", text, re.DOTALL)
    content = base64.b64decode("".join(match[1].split())) if match else b""
    if not content.startswith(PUBLIC_KEY) or len(content) != len(PUBLIC_KEY) + 64:
        raise ValueError("公钥文件里没有 SM2 公钥(应以 -----BEGIN PUBLIC KEY----- 开头)")
    return content[len(PUBLIC_KEY) :]


def fingerprint(point: bytes) -> str:
    """SM3 of the SubjectPublicKeyInfo."""
    return sm3(PUBLIC_KEY + point).hex()


# --- the receipt -----------------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """RFC 8785 form of what a receipt may hold."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def check(receipt: Any, point: bytes) -> list[str]:
    """What is wrong with a receipt, in Chinese; nothing where it proves what it says."""
    try:
        return list(_findings(receipt, point))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        return ["回执的格式不对:缺少内容,或者内容的类型不对。文件可能已损坏或被改动。"]


def _findings(receipt: Any, point: bytes) -> Iterator[str]:
    _exactly(receipt, "type matter previous first entries openings proof root signature")
    if receipt["type"] != TYPE or receipt["root"]["type"] != ROOT_TYPE:
        yield "这不是本程序能核验的回执(版本不符)。请使用与回执同版本的核验程序。"
        return
    root = receipt["root"]
    if root["key"] != fingerprint(point):
        yield f"回执所用的签名公钥不是您给的这一把:回执写的指纹是 {root['key']},您的公钥指纹是 {fingerprint(point)}。"
    elif not sm2_verify(point, canonical(root), bytes.fromhex(receipt["signature"])):
        yield "日根的签名不成立:日根或签名被改动过。"
    yield from _chain(receipt)
    yield from _openings(receipt)
    yield from _inclusion(receipt)


def _exactly(value: Any, names: str) -> None:
    """Nothing may stand in a receipt that is not checked: people read it, too."""
    if set(value) != set(names.split()):
        raise ValueError("other members than there should be")


def _chain(receipt: Any) -> Iterator[str]:
    previous, seq = _digest(receipt["previous"]), receipt["first"]
    if seq < 1 or (seq == 1) != (previous == bytes(32)):
        yield "第一条经过之前的摘要不对。"
    if not receipt["entries"]:
        yield "回执里一条经过也没有。"
    for entry in receipt["entries"]:
        if entry["seq"] != seq:
            yield f"经过的序号不连续:应为第 {seq} 条,却是第 {entry['seq']} 条。"
        stated = _stated(entry)
        if "withheld" not in entry and sm3(previous + _entry_bytes(receipt["matter"], entry)) != stated:
            yield f"第 {entry['seq']} 条经过的内容与摘要不符:这一条或它前面的内容被改动过。"
        previous, seq = stated, entry["seq"] + 1


def _stated(entry: Any) -> bytes:
    if "withheld" in entry:
        _exactly(entry, "seq withheld")
        return _digest(entry["withheld"])
    return _digest(entry["hash"])


def _entry_bytes(matter: str, entry: Any) -> bytes:
    _exactly(entry, "actor at documents facts from hash kind seq step to")
    _exactly(entry["actor"], "id kind")
    content = {name: value for name, value in entry.items() if name != "hash"}
    return canonical({**content, "matter": matter, "v": 1})


def _openings(receipt: Any) -> Iterator[str]:
    facts = {entry["seq"]: entry.get("facts", {}) for entry in receipt["entries"]}
    for one in receipt["openings"]:
        _exactly(one, "seq name value salt")
        salt = bytes.fromhex(one["salt"])
        digest = sm3(b"onewindow.commitment.1\0" + salt + canonical(one["value"])).hex()
        if len(salt) != 16 or facts[one["seq"]][one["name"]] != {"commitment": digest}:
            yield f"第 {one['seq']} 条经过的“{one['name']}”与登记时的承诺不符:内容被改动过。"


def _inclusion(receipt: Any) -> Iterator[str]:
    if not receipt["entries"]:
        return
    proof, last = receipt["proof"], receipt["entries"][-1]
    _exactly(proof, "index leaves path")
    leaf = canonical({"head": _stated(last).hex(), "matter": receipt["matter"], "seq": last["seq"]})
    path = [_digest(one) for one in proof["path"]]
    found = _root(sm3(b"\0" + leaf), proof["index"], proof["leaves"], path)
    if proof["leaves"] != receipt["root"]["leaves"] or found != _digest(receipt["root"]["root"]):
        yield f"包含证明不成立:{receipt['root']['day']} 的日根并不包含这份回执的最后一条经过。"


def _root(hashed: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    last = size - 1
    if not 0 <= index <= last:
        return None
    while last:
        if index % 2 or index < last:
            if not path:
                return None
            beside = path.pop(0)
            hashed = sm3(b"\1" + beside + hashed) if index % 2 else sm3(b"\1" + hashed + beside)
        index, last = index // 2, last // 2
    return None if path else hashed


def _digest(text: str) -> bytes:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("not a digest")
    return bytes.fromhex(text)


# --- the command -----------------------------------------------------------------------------------


def read_receipt(data: bytes) -> Any:
    """JSON without floats, without doubled names, without integers that other readers round."""

    def once(pairs: list[tuple[str, Any]]) -> Any:
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("回执里同一名称写了两次")
        return dict(pairs)

    def integer(text: str) -> int:
        if len(text) > 17 or abs(int(text)) > GREATEST:
            raise ValueError("回执里有过大的整数")
        return int(text)

    def refuse(text: str) -> Any:
        raise ValueError(f"回执里有不允许的数:{text}")

    if len(data) > LARGEST_FILE:
        raise ValueError("文件过大,不像是回执")
    return json.loads(
        data.decode("utf-8-sig"),
        object_pairs_hook=once,
        parse_int=integer,
        parse_float=refuse,
        parse_constant=refuse,
    )


def summary(receipt: Any, point: bytes) -> list[str]:
    """What a verified receipt says, line by line."""
    lines = [f"案件 {receipt['matter']}"]
    opened = {(one["seq"], one["name"]): one["value"] for one in receipt["openings"]}
    for entry in receipt["entries"]:
        if "withheld" in entry:
            lines.append(f"  第 {entry['seq']} 条  (内容未公开,仅证明其存在)")
            continue
        lines.append(
            f"  第 {entry['seq']} 条  {_moment(entry['at'])}  {entry['step']}  {entry['from']} → {entry['to']}"
        )
        for name, value in entry["facts"].items():
            shown = opened.get((entry["seq"], name), value)
            lines.append(f"      {name}: {json.dumps(shown, ensure_ascii=False)}")
    root = receipt["root"]
    lines.append(f"由 {root['day']} 的日根证明,根摘要 {root['root']}")
    lines.append(f"签名公钥指纹 {fingerprint(point)}")
    lines.append("请把根摘要和公钥指纹与审批局对外公布的核对;一致,则以上内容自当日起没有改动过。")
    return lines


def _moment(at: int) -> str:
    beijing = datetime.timezone(datetime.timedelta(hours=8))
    moment = datetime.datetime.fromtimestamp(at // 1_000_000, beijing)
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _say(*lines: str) -> None:
    """Print line by line; what a forged receipt could use to draw on the screen is made harmless."""
    for line in lines:
        shown = "".join(character if character.isprintable() else "\ufffd" for character in line)
        sys.stdout.write(shown + "\n")


def main(arguments: list[str]) -> int:
    """Check the receipt and key that two paths name; the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if len(arguments) != 2:
        _say("用法:python verify_receipt.py 回执.json 公钥.pem")
        return 2
    try:
        receipt = read_receipt(Path(arguments[0]).read_bytes())
        point = read_public_key(Path(arguments[1]).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        _say(f"读不出来:{error}")
        return 2
    findings = check(receipt, point)
    if findings:
        _say(*(f"不符:{finding}" for finding in findings), "核验不通过。")
        return 1
    _say("核验通过。", *summary(receipt, point))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
