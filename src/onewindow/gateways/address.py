"""Addresses of gateways, as the environment gives them: `https://account:secret@host:8443/path?sign=…`."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

_PORTS = {"http": 80, "https": 443, "smtp": 587, "smtps": 465}


class Misconfigured(ValueError):
    """A variable of the environment that cannot be used; says in Chinese how to mend it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a gateway is, who we are there, and what else was said."""

    scheme: str
    host: str
    port: int
    path: str
    account: str
    secret: str = field(repr=False)
    parameters: Mapping[str, str]

    @property
    def on_this_machine(self) -> bool:
        """Whether the host is the machine itself, whose connections nobody else hears."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    def context(self) -> ssl.SSLContext:
        """Verifies the host with the system's authorities, or those of the file that `ca` names.

        Raises OSError and ssl.SSLError.
        """
        return ssl.create_default_context(cafile=self.parameters.get("ca") or None)


def read(variable: str, text: str, schemes: tuple[str, ...], parameters: tuple[str, ...] = ()) -> Address:
    """The address that stands in a variable; `ca` may always be said. Raises Misconfigured."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Misconfigured(f"{variable} 不是网址：请检查主机名和端口。") from None
    if parts.scheme not in schemes or not parts.hostname:
        starts = "、".join(f"{scheme}://主机" for scheme in schemes)
        raise Misconfigured(f"{variable} 应为 local，或以 {starts} 开头的网址。")
    if not re.fullmatch(r"[!-~]*", parts.hostname + parts.path):
        raise Misconfigured(f"{variable} 的主机名和路径只能用英文字母、数字和符号，其他字符请写成 %XX。")
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    if strange := sorted(said.keys() - {"ca", *parameters}):
        known = "、".join(("ca", *parameters))
        raise Misconfigured(f"{variable} 不认识参数“{strange[0][:40]}”，可用的参数：{known}。")
    if "ca" in said and not Path(said["ca"]).is_file():
        raise Misconfigured(f"{variable} 的参数 ca 应为证书文件（PEM）的路径，找不到这个文件。")
    return Address(
        parts.scheme,
        parts.hostname,
        port or _PORTS[parts.scheme],
        parts.path or "/",
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        said,
    )


def over_http(variable: str, text: str, parameters: tuple[str, ...] = ()) -> Address:
    """An address of HTTPS; unencrypted only on this machine. Raises Misconfigured."""
    address = read(variable, text, ("https", "http"), parameters)
    if address.scheme == "http" and not address.on_this_machine:
        raise Misconfigured(f"{variable} 应以 https:// 开头：只有本机（127.0.0.1）可以不加密。")
    return address
