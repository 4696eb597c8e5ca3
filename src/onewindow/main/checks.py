"""What must be right before anything starts: all complaints at once, each with how to mend it.

Registered with Django under one tag and as checks of a deployment, so that `onewindow check` and `serve` run
them and a developer's `makemigrations` in a fresh tree does not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's names

from onewindow.gateways.address import Misconfigured, over_http
from onewindow.kernel import keys
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.fields import read_keyring
from onewindow.kernel.crypto.keys import read_private_key
from onewindow.kernel.dossiers.configured import wrong_settings
from onewindow.main.layers import misplaced
from onewindow.people.login.api import PolicyError, policy

TAG = "onewindow"
SHORTEST_SECRET = 50  # characters
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
_INIT = "新的安装请执行 onewindow init；已有的安装请从备份或保管处取回这个文件。"


@register(TAG, deploy=True)
def environment(**_named: Any) -> list[CheckMessage]:
    """The variables."""
    return [
        (Error if one.fatal else Warning)(one.message, id=f"onewindow.{'E' if one.fatal else 'W'}100")
        for one in settings.ENVIRONMENT.complaints
    ]


@register(TAG, deploy=True)
def files(**_named: Any) -> list[CheckMessage]:
    """The data folder, keys and secrets."""
    return [*_data(), *_secret(), *_keyring(), *_ledger_key(), *_storage()]


@register(TAG, deploy=True)
def exposure(**_named: Any) -> list[CheckMessage]:
    """What would let strangers in, or listen."""
    open_to_all = not set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS
    found: list[CheckMessage] = []
    if settings.DEBUG and open_to_all:
        hint = "请去掉 ONEWINDOW_DEBUG，或把 ONEWINDOW_HOSTS 改为 localhost。"
        found.append(
            Error("调试模式下允许其他主机访问，出错页面会显示内部信息。", hint=hint, id="onewindow.E110")
        )
    if open_to_all and not settings.HTTPS:
        hint = "请在前置代理上配置证书，并设 ONEWINDOW_HTTPS=yes、ONEWINDOW_PROXIES=代理的地址。"
        found.append(Warning("口令和个人信息在未加密的连接上传送。", hint=hint, id="onewindow.W111"))
    if open_to_all and not settings.ORIGINS:
        hint = "如 ONEWINDOW_ORIGIN=https://spj.example.gov.cn。"
        found.append(
            Warning(
                "没有写明网站的网址（ONEWINDOW_ORIGIN），实时推送只能在本机使用。",
                hint=hint,
                id="onewindow.W112",
            )
        )
    return found


@register(TAG, deploy=True)
def log_in(**_named: Any) -> Iterator[CheckMessage]:
    """The rules of log-in, and the address of the province's identity service."""
    try:
        policy()
    except (PolicyError, OSError, UnicodeDecodeError) as error:
        yield Error(f"登录规则 {settings.LOG_IN} 不能使用：{error}", id="onewindow.E113")
    if settings.IDENTITY_ISSUER:
        try:
            over_http("ONEWINDOW_IDENTITY_ISSUER", settings.IDENTITY_ISSUER)
        except Misconfigured as error:
            yield Error(str(error), id="onewindow.E114")


@register(TAG)
def order_of_areas(**_named: Any) -> list[CheckMessage]:
    """Foreign keys point downward."""
    hint = "上层可以引用下层，反之不可，同层互不引用；见 ARCHITECTURE.md。"
    return [Error(f"外键违反层次：{one}", hint=hint, id="onewindow.E120") for one in misplaced()]


def _data() -> Iterator[CheckMessage]:
    folder: Path = settings.DATA
    if not folder.is_dir():
        yield Error(f"数据目录 {folder} 不存在。", hint=_INIT, id="onewindow.E101")
    elif not os.access(folder, os.W_OK | os.X_OK):
        hint = f"请让运行本程序的用户拥有它：chown 用户 {folder}"
        yield Error(f"数据目录 {folder} 不能写入。", hint=hint, id="onewindow.E102")
    elif folder.stat().st_mode & 0o007:
        hint = f"请执行：chmod o= {folder}"
        yield Warning(f"数据目录 {folder} 其他用户也能进入。", hint=hint, id="onewindow.W103")


def _secret() -> Iterator[CheckMessage]:
    secret, file = settings.SECRET_KEY, settings.DATA / "secret-key"
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        hint = f"请在 {file} 或 ONEWINDOW_SECRET_KEY 里写至少 {SHORTEST_SECRET} 个随机字符；onewindow init 会生成。"
        yield Error("签名密钥没有设置、太短或太简单。", hint=hint, id="onewindow.E104")
    elif not settings.ENVIRONMENT.text("SECRET_KEY") and file.stat().st_mode & 0o077:
        yield Error(
            f"签名密钥 {file} 其他用户也能读。", hint=f"请执行：chmod 600 {file}", id="onewindow.E105"
        )


def _keyring() -> Iterator[CheckMessage]:
    try:
        read_keyring(settings.KEYRING)
    except FileNotFoundError:
        yield Error(f"没有个人信息的密钥环 {settings.KEYRING}。", hint=_INIT, id="onewindow.E106")
    except (CryptoError, OSError) as error:
        yield Error(f"密钥环不能使用：{error}", id="onewindow.E106")


def _ledger_key() -> Iterator[CheckMessage]:
    file: Path = settings.LEDGER_KEY
    try:
        private = read_private_key(file.read_bytes())
        trusted = keys.trusted_keys()
    except FileNotFoundError:
        yield Error(f"没有台账的签名私钥 {file}。", hint=_INIT, id="onewindow.E107")
        return
    except (CryptoError, OSError) as error:
        yield Error(f"台账的密钥不能使用：{error}", id="onewindow.E107")
        return
    if file.stat().st_mode & 0o077:
        hint = f"请执行：chmod 600 {file}"
        yield Error(f"台账的签名私钥 {file} 其他用户也能读。", hint=hint, id="onewindow.E108")
    if private.public.fingerprint not in trusted:
        hint = f"请把它的公钥（.pem）放进 {settings.TRUSTED_KEYS}，核验台账时才会信任它的签名。"
        yield Error("台账的签名公钥不在信任的公钥之中。", hint=hint, id="onewindow.E109")


def _storage() -> Iterator[CheckMessage]:
    for message in wrong_settings():
        yield Error(message, id="onewindow.E125")
    if settings.STORAGE.startswith("s3://"):
        return  # asked when something is stored: a bucket may be unreachable for a while
    folder = Path(settings.STORAGE)
    nearest = next(one for one in (folder, *folder.parents) if one.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        hint = f"请让运行本程序的用户能写入 {nearest}。"
        yield Error(f"材料存放处 {folder} 不能写入。", hint=hint, id="onewindow.E113")
