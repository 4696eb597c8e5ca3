"""Check many documents in worker processes, in the order given and in bounded memory.

One document is in a worker at a time, so a worker that dies or hangs costs exactly the document
it had, which becomes a report of its own.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import partial
from pathlib import Path

from openbook.api import DocumentReport, Options, check_file
from openbook.scale.pool import Pool, too_long

SECONDS = 60.0  # a document that takes longer is given up
PLAIN = (".txt", ".md")  # pure Python reads these: no library can take the process down with it

CheckOne = Callable[[str, Options, Mapping[str, str] | None], DocumentReport]


def check_many(
    paths: Sequence[str],
    options: Options,
    jobs: int = 1,
    priors: Mapping[str, str] | None = None,
    *,
    seconds: float = SECONDS,
    check: CheckOne = check_file,
) -> Generator[DocumentReport, None, None]:
    """Yield one report for each path, in the order of `paths`. Never raises for a bad document.

    `priors` maps a path to last year's document of the same body.
    """
    plain = all(Path(path).suffix.lower() in PLAIN for path in paths)
    if plain and (jobs <= 1 or len(paths) == 1) and hasattr(signal, "SIGALRM"):
        for path in paths:
            yield _alone(path, options, priors, seconds, check)
        return
    work = partial(_guarded, options=options, priors=priors, check=check)
    pool = Pool(min(max(1, jobs), len(paths)), work, _lost, seconds)
    try:
        yield from pool.run(paths)
    finally:
        pool.close()


def _guarded(
    path: str, options: Options, priors: Mapping[str, str] | None, check: CheckOne
) -> DocumentReport:
    try:
        return check(path, options, priors)
    except MemoryError:
        return DocumentReport(path, unreadable="内存不够，没有检查完")
    except RecursionError:
        return DocumentReport(path, unreadable="嵌套太深，没有检查完")
    except Exception as error:
        return DocumentReport(
            path, unreadable=f"检查时程序出错（{type(error).__name__}：{error}），请报告此事"
        )


def _lost(path: str, reason: str) -> DocumentReport:
    return DocumentReport(path, unreadable=reason)


class _Late(BaseException):
    """Above Exception, so that no handler inside the check swallows it."""


def _late(*_: object) -> None:
    raise _Late


def _alone(
    path: str, options: Options, priors: Mapping[str, str] | None, seconds: float, check: CheckOne
) -> DocumentReport:
    """Check in this process, under an alarm; only the main thread may set one."""
    try:
        before = signal.signal(signal.SIGALRM, _late)
    except ValueError:
        return _guarded(path, options, priors, check)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return _guarded(path, options, priors, check)
    except _Late:
        return DocumentReport(path, unreadable=too_long(seconds))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
