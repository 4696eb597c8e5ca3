"""What the environment says: every variable once, its default, and what it must look like.

A value that cannot be used becomes a `Complaint`; `main.checks` shows all of them at start-up, so that
an administrator mends them in one go.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

PREFIX = "ONEWINDOW_"
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


class Variable(NamedTuple):
    """One variable: its name without the prefix, its default, what it is for, and whether it is to be hidden."""

    name: str
    default: str
    purpose: str
    secret: bool = False


VARIABLES = (
    Variable("BUREAU", "行政审批服务管理局", "本单位的名称，显示在每个页面上"),
    Variable("DATA", "var", "数据目录：SQLite 数据库、密钥、材料、备份都放在这里"),
    Variable(
        "DATABASE_URL", "", "数据库地址；不写则用数据目录里的 SQLite；如 postgresql://用户:口令@主机/库名"
    ),
    Variable(
        "SECRET_KEY", "", "会话与令牌的签名密钥，至少 50 个字符；不写则读数据目录里的 secret-key 文件", True
    ),
    Variable("DEBUG", "no", "调试模式：只在开发时用"),
    Variable("HOSTS", "localhost,127.0.0.1,[::1]", "允许的主机名，逗号分隔"),
    Variable("HTTPS", "no", "是否由 HTTPS 提供服务：会话只在加密连接上发送"),
    Variable("KEYRING", "", "个人信息字段的密钥环文件；不写则为数据目录里的 keyring.json"),
    Variable("LEDGER_KEY", "", "台账日根的 SM2 签名私钥（PEM）；不写则为数据目录里的 ledger-key.pem"),
    Variable("TRUSTED_KEYS", "", "核验台账时信任的公钥文件目录；不写则为数据目录里的 trusted-keys"),
    Variable("STORAGE", "", "材料存放处；不写则为数据目录里的 documents；或 s3://桶名?endpoint=地址"),
    Variable(
        "DOCUMENT_LIMITS", "", "各类材料的大小上限（MB），补充或替换随附的上限，如 pdf=200,jpg=10,txt=1"
    ),
    Variable("SCANNER", "", "病毒扫描服务 clamd：clamd://主机:3310 或 clamd:/路径；不写则只用随附的特征清单"),
    Variable("ADDRESS", "127.0.0.1:8000", "网页和接口监听的地址与端口"),
    Variable("STREAM_ADDRESS", "127.0.0.1:8001", "实时推送监听的地址与端口"),
    Variable("ORIGIN", "", "人们打开网站所用的网址，如 https://spj.example.gov.cn；有几个则用逗号分隔"),
    Variable(
        "STREAM_URL", "", "浏览器访问实时推送的网址，如 https://spj.example.gov.cn；不写则页面不自动更新"
    ),
    Variable("PROXIES", "", "前置代理的地址或网段，逗号分隔：只相信它们转告的来访地址和协议"),
    Variable("PROCESSES", "2", "网页和接口的进程数"),
    Variable("THREADS", "4", "每个进程同时办理的请求数"),
    Variable("WORKER_SECONDS", "120", "后台进程多少秒没有动静算停了，由 /readyz 报告"),
    Variable("APPS", "", "另加的应用（Python 包名，逗号分隔），每个包里有 procedure.py"),
    Variable("TERMS", "", "本局的时限配置（TOML），补充或替换随附的时限"),
    Variable("LOG_IN", "", "本局的登录规则（TOML），补充或替换随附的规则：口令、锁定、会话时长"),
    Variable("LOG_LEVEL", "INFO", "日志级别：DEBUG、INFO、WARNING、ERROR"),
    Variable("METRICS_TOKEN", "", "读取 /metrics 的口令；不写则只有本机可以读取", True),
    Variable("IDENTITY_ISSUER", "", "省统一身份认证（OpenID Connect）的发行者地址；不写则不提供这种登录"),
    Variable("IDENTITY_CLIENT", "onewindow", "在统一身份认证登记的客户端编号"),
    Variable("IDENTITY_SECRET", "", "在统一身份认证登记的客户端密钥", True),
    Variable("SMS", "local", "短信网关：local 为本机的可见发件箱；或 https://账号:密钥@主机/路径?sign=签名"),
    Variable(
        "MAIL", "local", "邮件网关：local 为本机的可见发件箱；或 smtp://用户:口令@主机:端口?from=发件地址"
    ),
    Variable("PROVINCE", "local", "省平台上报网关：local 为本机的接收端；或 https://主机/路径"),
    Variable(
        "PROVINCE_KEY", "", "向省平台上报时签名的 SM2 私钥（PEM）；不写则为数据目录里的 province-key.pem"
    ),
    Variable("RETRIES", "", "本局的消息重发时间表（TOML），补充或替换随附的时间表"),
)


# Variables of scripts/*.sh, which this program need not know.
OF_SCRIPTS = ("POSTGRES", "TEST_POSTGRES", "POSTGRES_FSYNC", "TEST_BROWSER")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_SECRET_IN_ADDRESS = re.compile(r"(?<=://)([^:/@]*):[^@]*(?=@)")


class Complaint(NamedTuple):
    """A variable that cannot be used, and how to mend it. `fatal`: nothing may start with it."""

    variable: str
    message: str
    fatal: bool = True


@dataclass(frozen=True)
class Environment:
    """The variables as text, with what is wrong about them."""

    values: Mapping[str, str]
    complaints: tuple[Complaint, ...]

    def text(self, name: str) -> str:
        return self.values[name]

    def yes(self, name: str) -> bool:
        return self.values[name].lower() in _TRUE

    def items(self, name: str) -> list[str]:
        return [item.strip() for item in self.values[name].split(",") if item.strip()]

    def path(self, name: str, default: Path) -> Path:
        return Path(self.values[name]).expanduser().resolve() if self.values[name] else default

    def number(self, name: str) -> int:
        """The default where the value is none; that is a complaint."""
        text = self.values[name]
        return int(text if _is_count(text) else _DEFAULTS[name])

    def address(self, name: str) -> tuple[str, int]:
        """Host and port; the default where the value is none."""
        return host_and_port(self.values[name]) or host_and_port(_DEFAULTS[name]) or ("127.0.0.1", 0)


def read(environment: Mapping[str, str] = os.environ) -> Environment:
    """Every variable, and complaints about those that are not known or cannot be."""
    values = {one.name: environment.get(PREFIX + one.name, one.default).strip() for one in VARIABLES}
    return Environment(values, tuple(_complaints(environment, values)))


def shown(variable: Variable, value: str) -> str:
    """A value as it may be shown: secrets, and passwords within addresses, as dots."""
    if variable.secret and value:
        return "••••••••"
    return _SECRET_IN_ADDRESS.sub(r"\1:••••", value)


def host_and_port(text: str) -> tuple[str, int] | None:
    """Of `127.0.0.1:8000`, `[::1]:8000` or `:8000` (every address of this machine); None for anything else."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        return None
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104 - asked for


def _complaints(environment: Mapping[str, str], values: Mapping[str, str]) -> Iterator[Complaint]:
    known = {PREFIX + name for name in (*values, *OF_SCRIPTS)}
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            yield Complaint(name, f"不认识 {name} 这个变量；可用的变量见 onewindow settings。", fatal=False)
    for name, fits, wanted in _SHAPES:
        if not fits(values[name]):
            # what stands there may be a password that was put into the wrong variable: it is not repeated
            yield Complaint(PREFIX + name, f"{PREFIX}{name} 应为{wanted}。")
    yield from _together(values)


def _together(values: Mapping[str, str]) -> Iterator[Complaint]:
    """Variables that are right each by itself."""
    https = values["HTTPS"].lower() in _TRUE
    if https and not values["PROXIES"]:
        yield Complaint(
            f"{PREFIX}PROXIES",
            f"{PREFIX}HTTPS 为 yes 时，请用 {PREFIX}PROXIES 写明做加密的前置代理的地址，否则每个请求都会被当作未加密。",
        )
    if https and any(origin.startswith("http:") for origin in values["ORIGIN"].split(",")):
        yield Complaint(f"{PREFIX}ORIGIN", f"{PREFIX}HTTPS 为 yes 时，{PREFIX}ORIGIN 应以 https:// 开头。")
    if host_and_port(values["ADDRESS"]) == host_and_port(values["STREAM_ADDRESS"]):
        yield Complaint(
            f"{PREFIX}STREAM_ADDRESS", f"{PREFIX}STREAM_ADDRESS 不能与 {PREFIX}ADDRESS 相同，请换一个端口。"
        )


def _is_yes_or_no(text: str) -> bool:
    return text.lower() in (*_TRUE, *_FALSE)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 100_000


def _is_database(text: str) -> bool:
    try:
        address = urlsplit(text)
        return not text or (
            address.scheme in ("postgresql", "postgres") and len(address.path) > 1 and address.port != 0
        )
    except ValueError:
        return False


def _is_origins(text: str) -> bool:
    return all(re.fullmatch(r"https?://[^/\s@]+", one.strip()) for one in text.split(",") if one.strip())


def _is_networks(text: str) -> bool:
    try:
        return all(ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip())
    except ValueError:
        return False


def _is_file(text: str) -> bool:
    return not text or Path(text).expanduser().is_file()


_DEFAULTS = {one.name: one.default for one in VARIABLES}
_SHAPES: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    ("DEBUG", _is_yes_or_no, " yes 或 no"),
    ("HTTPS", _is_yes_or_no, " yes 或 no"),
    ("LOG_LEVEL", _LEVELS.__contains__, " DEBUG、INFO、WARNING 或 ERROR"),
    ("DATABASE_URL", _is_database, "形如 postgresql://用户:口令@主机:端口/库名 的地址，口令里的特殊字符写成 %XX；用 SQLite 则不写"),
    ("HOSTS", bool, "至少一个主机名"),
    ("ADDRESS", lambda text: host_and_port(text) is not None, "形如 127.0.0.1:8000 的地址与端口"),
    ("STREAM_ADDRESS", lambda text: host_and_port(text) is not None, "形如 127.0.0.1:8001 的地址与端口"),
    ("ORIGIN", _is_origins, "形如 https://spj.example.gov.cn 的网址，后面不带路径"),
    ("STREAM_URL", _is_origins, "形如 https://spj.example.gov.cn 的网址，后面不带路径"),
    ("PROXIES", _is_networks, "形如 10.0.0.5 或 10.0.0.0/24 的地址或网段，逗号分隔"),
    ("PROCESSES", _is_count, "正整数"),
    ("THREADS", _is_count, "正整数"),
    ("WORKER_SECONDS", _is_count, "正整数，单位为秒"),
    ("TERMS", _is_file, "一个能读的文件"),
)  # fmt: skip
