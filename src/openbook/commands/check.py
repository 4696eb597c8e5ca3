"""`openbook check`: files in, a report out, an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from openbook.api import RULES, DocumentReport, Options, Severity
from openbook.commands.inputs import WrongUse, expand, near, passed_over
from openbook.commands.outputs import destination
from openbook.commands.streams import colour, width
from openbook.reading.errors import in_words
from openbook.reporting.baseline import BadBaseline, Baseline, load, save
from openbook.reporting.formats import BY_SUFFIX, FORMATS
from openbook.reporting.tally import Settings, Tally
from openbook.scale.many import check_many
from openbook.scale.pairing import pair
from openbook.scale.progress import progress


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    paths: tuple[str, ...]
    form: str | None = None
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: str | None = None
    baseline: str | None = None
    write_baseline: bool = False
    prior: tuple[str, ...] = ()
    jobs: int | None = None


def run(request: Request) -> int:
    """Check and report. 0 clean, 1 findings at or above the severity, 2 unreadable input."""
    form = FORMATS[_form(request)]
    options = Options(_prefixes(request.select), _prefixes(request.ignore))
    paths = expand(request.paths)
    beside = expand(request.prior)
    _spare_input(request, (*paths, *beside))
    known = _known(request)
    shown = Severity[request.severity.upper()] if request.severity else Severity.INFO
    settings = Settings(threshold=Severity[(request.severity or "warning").upper()])
    settings.colour, settings.width = request.output is None and colour(sys.stdout), width(sys.stdout)
    settings.date = datetime.now().astimezone().date().isoformat()
    write = form.writer()
    with destination(request.output, form.binary) as out:
        jobs = request.jobs or _jobs(len(paths))
        checked = check_many(paths, options, jobs, pair(paths, beside))
        reports = progress(checked, len(paths), sys.stderr, shared=out is sys.stdout and out.isatty())
        passing = _pass(known.filter(reports), shown, settings.tally, known, options)
        write(passing, out, settings)
    created = _keep_baseline(request, known, options)
    _tell(request, settings.tally)
    _tell_passed_over(request.paths)
    return status(settings, accepted=created)


def status(settings: Settings, *, accepted: bool = False) -> int:
    """The exit status of a run; `accepted` where a new baseline has just taken in all findings."""
    tally = settings.tally
    if tally.unreadable:
        return 2
    if accepted:
        return 0
    return int(any(count for severity, count in tally.findings.items() if severity >= settings.threshold))


def _form(request: Request) -> str:
    if request.form is not None:
        return request.form
    suffix = Path(request.output).suffix.lower() if request.output else ""
    return BY_SUFFIX.get(suffix, "text")


def _prefixes(given: tuple[str, ...]) -> tuple[str, ...]:
    """Codes or their beginnings, also several with commas: OB3,OB401."""
    codes = [rule.code for rule in RULES]
    asked = [part.strip().upper() for one in given for part in one.split(",") if part.strip()]
    for one in asked:
        if not any(code.startswith(one) for code in codes):
            hint = near(one, codes, "全部规则见 openbook rules")
            raise WrongUse(f"没有以 {one} 开头的规则{hint}")
    return tuple(asked)


def _spare_input(request: Request, read: tuple[str, ...]) -> None:
    """A report must not take the place of what was checked, nor of the baseline."""
    if request.output is None:
        return
    target = Path(request.output).resolve()
    kept = [*read, *([request.baseline] if request.baseline else [])]
    if any(Path(path).resolve() == target for path in kept):
        raise WrongUse(
            f"-o {request.output} 是要检查的文件（或基线）本身；请换一个文件名，以免原文件被报告覆盖"
        )


def _known(request: Request) -> Baseline:
    if request.baseline is None:
        if request.write_baseline:
            raise WrongUse("--write-baseline 要同时用 --baseline 文件 说明写到哪里")
        return Baseline()
    path = Path(request.baseline)
    if not path.exists():
        if request.write_baseline:
            return Baseline(new=True)
        raise WrongUse(f"找不到基线文件 {path}；第一次使用请加 --write-baseline 生成")
    return _load(path)


def _load(path: Path) -> Baseline:
    try:
        return load(path)
    except BadBaseline as error:
        raise WrongUse(str(error)) from None


def _jobs(documents: int) -> int:
    return 1 if documents < 4 else min(os.cpu_count() or 1, documents)


def _pass(
    reports: Iterable[DocumentReport], shown: Severity, tally: Tally, known: Baseline, options: Options
) -> Iterator[DocumentReport]:
    """Drop what is milder than asked for, and count."""
    for report in reports:
        kept = [found for found in report.findings if found.severity >= shown]
        tally.below += len(report.findings) - len(kept)
        passed = replace(report, findings=kept)
        tally.add(passed)
        known.note(passed)
        yield passed
    tally.hidden = known.hidden
    tally.gone = len(known.gone(options.select, options.ignore))


def _keep_baseline(request: Request, known: Baseline, options: Options) -> bool:
    """Write the baseline: all that was found where there was none, else only take entries out.

    Another run may have written it meanwhile: what that one took in or out stays so.
    Returns whether it is a new one.
    """
    if not request.write_baseline or request.baseline is None:
        return False
    path = Path(request.baseline)
    there = _load(path).entries if path.exists() else {}
    if known.new:
        kept = list((there | known.fresh).values())
        told = f"基线 {path}：记下 {len(known.fresh)} 条"
    else:
        gone = {entry.fingerprint for entry in known.gone(options.select, options.ignore)}
        kept = [entry for entry in there.values() if entry.fingerprint not in gone]
        told = f"基线 {path}：删去不再出现的 {len(gone)} 条，留下 {len(kept)} 条"
        if known.fresh:
            told += f"；新发现的 {len(known.fresh)} 条不收入（基线只减不增；确要重新开始，请先删去该文件）"
    try:
        save(path, kept)
    except OSError as error:
        raise WrongUse(f"写不了基线文件 {path}：{in_words(error)}") from None
    sys.stderr.write(told + "\n")
    return known.new


def _tell(request: Request, tally: Tally) -> None:
    if request.output is not None:
        sys.stderr.write(f"共检查 {tally.documents} 份文件，发现 {sum(tally.findings.values())} 条")
        sys.stderr.write(f"，无法读取 {tally.unreadable} 份" if tally.unreadable else "")
        sys.stderr.write(f"；报告在 {request.output}\n")


def _tell_passed_over(paths: tuple[str, ...]) -> None:
    if left := passed_over(paths):
        named = "、".join(left[:3]) + (" 等" if len(left) > 3 else "")
        sys.stderr.write(
            f"注意：文件夹里有 {len(left)} 份文件的格式不能读，没有核对（请另存为 docx、xlsx 或 pdf）：{named}\n"
        )
