"""What this bureau sets: most bytes of each kind of file, and the virus scanner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.conf import settings

from onewindow.kernel.dossiers.checks.kinds import KINDS
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE, Limits
from onewindow.kernel.dossiers.scanning import Scanner, Signatures, bundled
from onewindow.kernel.dossiers.scanning_clamd import Clamd
from onewindow.kernel.dossiers.store import StoreError, store

MOST_MEGABYTES = 2048


class WrongSetting(ValueError):
    """A variable of the environment that cannot be used. Its text says how to mend it."""


def limits() -> Limits:
    """The limits of files. Raises WrongSetting."""
    return _limits(settings.DOCUMENT_LIMITS)


def scanners() -> tuple[Scanner, ...]:
    """Who looks for what is known to be harmful: the bundled list, and clamd where there is one.

    Raises WrongSetting.
    """
    return _scanners(settings.SCANNER)


def wrong_settings() -> Iterator[str]:
    """Complaints, for the checks before the start."""
    for ask in (limits, scanners, store):
        try:
            ask()
        except WrongSetting as wrong:
            yield str(wrong)
        except StoreError as wrong:
            yield wrong.message
        except ImportError:
            yield "ONEWINDOW_STORAGE 为 s3:// 时要安装 boto3：pip install 'openbook-onewindow[s3]'。"


@cache
def _limits(text: str) -> Limits:
    usual = Limits()
    size = dict(usual.size)
    for item in filter(None, map(str.strip, text.split(","))):
        kind, _equals, most = (part.strip() for part in item.partition("="))
        right = kind in KINDS and most.isascii() and most.isdecimal()
        if not right or not 0 < int(most) <= MOST_MEGABYTES:
            raise WrongSetting(
                f"ONEWINDOW_DOCUMENT_LIMITS 里的“{item}”不对：应如 pdf=200，种类是 {'、'.join(KINDS)} 之一，"
                f"上限是 1 到 {MOST_MEGABYTES} 的整数（MB）。"
            )
        size[kind] = int(most) * MEGABYTE
    return Limits(size=size)


@cache
def _scanners(text: str) -> tuple[Scanner, ...]:
    own = Signatures(bundled())
    if not text:
        return (own,)
    try:
        return own, Clamd(text)
    except ValueError:
        raise WrongSetting(
            "ONEWINDOW_SCANNER 应写作 clamd://主机:端口（如 clamd://127.0.0.1:3310）或 clamd:/run/clamav/clamd.ctl。"
        ) from None
