"""Where the demonstration lives: a folder of its own, ports that are free, variables of its own.

Nothing of Django is imported here: the variables must be set before.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from pathlib import Path

import click

from onewindow.main.environment import PREFIX

MARK = "demonstration"  # a file: what stands beside it is invented, and may be thrown away
_KEPT = ("ADDRESS", "STREAM_ADDRESS", "LOG_LEVEL", "PROCESSES", "THREADS")  # what the user may say of it
_PORTS = {"ADDRESS": 8000, "STREAM_ADDRESS": 8001, "province": 8012, "identity": 8013}


class Place:
    """The folder, and addresses of the stand-ins.

    province  where the province's receiver listens; identity: where the identity service does: host and port
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.province = ("127.0.0.1", 0)
        self.identity = ("127.0.0.1", 0)

    @property
    def exists(self) -> bool:
        return (self.folder / MARK).exists()

    def make_anew(self) -> None:
        """An empty folder with the mark. Raises click.ClickException rather than remove one without it."""
        if self.folder.exists() and any(self.folder.iterdir()):
            if not self.exists:
                raise click.ClickException(
                    f"{self.folder} 里有不是演示的内容，没有动它。请换一个目录：onewindow demo --data 目录"
                )
            shutil.rmtree(self.folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / MARK).write_text("演示数据，全部虚构，可以删除。\n", encoding="utf-8")

    def settle(self) -> None:
        """Choose ports that are free, and set the variables: none of the user's but his ports reaches it."""
        kept = {name: os.environ[PREFIX + name] for name in _KEPT if PREFIX + name in os.environ}
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            del os.environ[name]
        taken: set[int] = set()
        ports = {name: _free(port, taken) for name, port in _PORTS.items() if name not in kept}
        self.province, self.identity = ("127.0.0.1", ports["province"]), ("127.0.0.1", ports["identity"])
        chosen = {name: f"127.0.0.1:{port}" for name, port in ports.items() if name in _KEPT}
        chosen |= (
            {"LOG_LEVEL": "WARNING"}
            | kept
            | {
                "DATA": str(self.folder),
                "BUREAU": "示范县行政审批服务管理局",
                "IDENTITY_ISSUER": f"http://127.0.0.1:{ports['identity']}",
                "IDENTITY_SECRET": secrets.token_urlsafe(24),
            }
        )
        os.environ.update({PREFIX + name: value for name, value in chosen.items()})


def _free(wanted: int, taken: set[int]) -> int:
    """The wanted port, or any other that is free."""
    for port in (wanted, 0):
        try:
            with socket.create_server(("127.0.0.1", port)) as one:
                found: int = one.getsockname()[1]
        except OSError:
            continue
        if found not in taken:
            taken.add(found)
            return found
    raise click.ClickException("没有空闲的端口可用。")
