"""What the environment says: every variable once, its default, and what it must look like.

A value that cannot be used becomes a `Complaint`; `main.checks` shows all of them at start-up, so that
an administrator mends them in one go.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PREFIX = "ONEWINDOW_"
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


class Variable(NamedTuple):
    """One variable: its name without the prefix, its default, and what it is for."""

    name: str
    default: str
    purpose: str


VARIABLES = (
    Variable("BUREAU", "行政审批服务管理局", "本单位的名称，显示在每个页面上"),
    Variable("DATA", "var", "数据目录：SQLite 数据库、密钥、材料、备份都放在这里"),
    Variable(
        "DATABASE_URL", "", "数据库地址；不写则用数据目录里的 SQLite；如 postgresql://用户:口令@主机/库名"
    ),
    Variable("SECRET_KEY", "", "会话与令牌的签名密钥，至少 50 个字符；不写则读数据目录里的 secret-key 文件"),
    Variable("DEBUG", "no", "调试模式：只在开发时用"),
    Variable("HOSTS", "localhost,127.0.0.1,[::1]", "允许的主机名，逗号分隔"),
    Variable("HTTPS", "no", "是否由 HTTPS 提供服务：会话只在加密连接上发送"),
    Variable("KEYRING", "", "个人信息字段的密钥环文件；不写则为数据目录里的 keyring.json"),
    Variable("LEDGER_KEY", "", "台账日根的 SM2 签名私钥（PEM）；不写则为数据目录里的 ledger-key.pem"),
    Variable("TRUSTED_KEYS", "", "核验台账时信任的公钥文件目录；不写则为数据目录里的 trusted-keys"),
    Variable("STORAGE", "", "材料存放处；不写则为数据目录里的 documents；或 s3://桶名?endpoint=地址"),
    Variable("STREAM_URL", "", "实时推送的地址，如 http://127.0.0.1:8011；不写则页面不自动更新"),
    Variable("APPS", "", "另加的应用（Python 包名，逗号分隔），每个包里有 procedure.py"),
    Variable("TERMS", "", "本局的时限配置（TOML），补充或替换随附的时限"),
    Variable("LOG_LEVEL", "INFO", "日志级别：DEBUG、INFO、WARNING、ERROR"),
    Variable("METRICS_TOKEN", "", "读取 /metrics 的口令；不写则只有本机可以读取"),
    Variable("IDENTITY_ISSUER", "", "省统一身份认证（OpenID Connect）的发行者地址；不写则不提供这种登录"),
    Variable("IDENTITY_CLIENT", "onewindow", "在统一身份认证登记的客户端编号"),
    Variable("IDENTITY_SECRET", "", "在统一身份认证登记的客户端密钥"),
    Variable("SMS", "local", "短信网关：local 为本机的可见发件箱"),
    Variable("MAIL", "local", "邮件网关：local 为本机的可见发件箱；或 smtp://用户:口令@主机:端口"),
    Variable("PROVINCE", "local", "省平台上报网关：local 为本机的接收端"),
)


class Complaint(NamedTuple):
    """A variable that cannot be used, and how to mend it."""

    variable: str
    message: str


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


def read(environment: Mapping[str, str] = os.environ) -> Environment:
    """Every variable, and complaints about those that are not known or cannot be."""
    values = {one.name: environment.get(PREFIX + one.name, one.default).strip() for one in VARIABLES}
    return Environment(values, tuple(_complaints(environment, values)))


def _complaints(environment: Mapping[str, str], values: Mapping[str, str]) -> list[Complaint]:
    known = {PREFIX + one.name for one in VARIABLES}
    strange = [name for name in sorted(environment) if name.startswith(PREFIX) and name not in known]
    found = [
        Complaint(name, f"不认识 {name} 这个变量；可用的变量见 `onewindow settings`。") for name in strange
    ]
    found += [
        Complaint(PREFIX + name, f"{PREFIX}{name} 应为 yes 或 no，现在是“{values[name]}”。")
        for name in ("DEBUG", "HTTPS")
        if values[name].lower() not in (*_TRUE, *_FALSE)
    ]
    if values["LOG_LEVEL"] not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        found.append(
            Complaint(PREFIX + "LOG_LEVEL", f"{PREFIX}LOG_LEVEL 应为 DEBUG、INFO、WARNING 或 ERROR。")
        )
    return found
