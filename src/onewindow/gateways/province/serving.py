"""The local receiver as a process of its own."""

from __future__ import annotations

import argparse
import signal
import socketserver
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from onewindow.gateways.province.receiver import Receiver
from onewindow.gateways.province.signing import public_path
from onewindow.gateways.province.store import Store


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = 30  # seconds: who connects and says nothing is not waited for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its parent's name
        """Nothing: the page shows what came."""


def serve(arguments: list[str] | None = None) -> None:
    """Serve on this machine until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(description="本机的省平台接收端")
    parser.add_argument("--port", type=int, default=8012, help="监听的端口")
    parser.add_argument("--data", type=Path, default=Path("var"), help="平台的数据目录")
    parser.add_argument(
        "--trust", type=Path, help="报送单位的公钥；不写则为数据目录里的 province-key.pub.pem"
    )
    said = parser.parse_args(arguments)
    trusted = said.trust or public_path(said.data / "province-key.pem")
    receiver = Receiver(Store(said.data / "province-received.sqlite3"), trusted)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with make_server("127.0.0.1", said.port, receiver, _Server, _Handler) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
