"""clamd, the daemon of ClamAV: the file is sent over its socket (INSTREAM), so it may run on another machine."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from onewindow.kernel.dossiers.scanning import ScannerUnavailable

_CHUNK = 1 << 16
_CONNECT, _ANSWER = 5.0, 120.0  # seconds
_LONGEST_ANSWER = 4096


class Clamd:
    """`clamd://host:port`, or `clamd:/path` for a socket of this machine."""

    name = "clamd"

    def __init__(self, address: str) -> None:
        """Raises ValueError for an address that cannot be."""
        parts = urlsplit(address)
        if parts.scheme != "clamd" or bool(parts.netloc) == bool(parts.path):
            raise ValueError(address)
        self._path = parts.path
        self._host, self._port = parts.hostname or "", parts.port or 3310

    def scan(self, path: Path) -> str:
        """What clamd calls it, "" for nothing. Raises ScannerUnavailable."""
        try:
            with self._connected() as connection, path.open("rb") as file:
                with suppress(
                    BrokenPipeError, ConnectionResetError
                ):  # it answers before the end, and hangs up
                    _send(connection, file)
                answer = _answer(connection)
        except OSError as error:
            told = f"连不上病毒扫描服务（{type(error).__name__}）。请检查 ONEWINDOW_SCANNER 和 clamd 是否在运行。"
            raise ScannerUnavailable(told) from error
        return _meaning(answer)

    def _connected(self) -> socket.socket:
        if self._host:
            connection = socket.create_connection((self._host, self._port), _CONNECT)
        else:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(_CONNECT)
            try:
                connection.connect(self._path)
            except OSError:
                connection.close()
                raise
        connection.settimeout(_ANSWER)
        return connection


def _send(connection: socket.socket, file: BinaryIO) -> None:
    connection.sendall(b"zINSTREAM\0")
    while chunk := file.read(_CHUNK):
        connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
    connection.sendall(bytes(4))


def _answer(connection: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < _LONGEST_ANSWER and (piece := connection.recv(1024)):
        said += piece
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _meaning(answer: str) -> str:
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND") or "?"
    raise ScannerUnavailable(
        f"病毒扫描服务没有查完（{answer[:80] or '没有回答'}）。请检查 clamd 的 StreamMaxLength 是否不小于材料的大小上限。"
    )
