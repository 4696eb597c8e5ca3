"""`openbook build`: books in, folders of files to publish out; or everything that stands in the way."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openbook.book.model import Control, Fault
from openbook.building.build import FORMATS, Built, Wish, build_path, units_of
from openbook.building.publishing import sweep
from openbook.commands.inputs import WrongUse
from openbook.reading.errors import in_words
from openbook.reporting.terminal import visible
from openbook.scale.pool import Pool
from openbook.scale.progress import progress

SECONDS = 600.0  # a book that takes longer is given up
THREADED = frozenset({"typst", "vl_convert"})
MOST = 12  # disclosures that one worker builds: what typst and the charts' engine keep of each adds up
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    paths: tuple[str, ...]
    output: str
    formats: tuple[str, ...] = ()
    unit: str = ""
    units: bool = False
    draft: bool = False
    handlers: bool = False
    control: str | None = None
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One disclosure to build."""

    book: str
    out: Path
    wish: Wish


def run(request: Request) -> int:
    """Build everything asked for. 0 all built, 1 refused for faults of a book; raises WrongUse."""
    tasks = list(_tasks(request))
    written = refused = 0
    jobs = min(request.jobs or 1, len(tasks))
    done = _in_workers(tasks, jobs) if len(tasks) > 1 else (_build(task) for task in tasks)
    shown = progress(done, len(tasks), sys.stderr, shared=sys.stdout.isatty(), verb="编制")
    for task, built in zip(tasks, shown, strict=True):
        _tell(task, built, request.draft)
        written += bool(built.files)
        refused += bool(built.faults) and not built.files
    if len(tasks) > 1:
        print_line(f"共 {len(tasks)} 份：编成 {written} 份，没有编成 {refused} 份")
    return 1 if refused else 0


def _tasks(request: Request) -> Iterator[Task]:
    if not request.output.strip():
        raise WrongUse("-o 后面是空的；请写一个文件夹，编成的文件都放在里面")
    out = Path(request.output)
    if out.exists() and not out.is_dir():
        raise WrongUse(f"-o {request.output} 是一个文件；请写一个文件夹，编成的文件都放在里面")
    formats = _formats(request.formats)
    if request.draft and set(formats) == {"data"}:
        raise WrongUse("内部审核稿不编开放数据；请去掉 --format data 或 --draft")
    names = _distinct([Path(os.path.realpath(path)).stem or "book" for path in request.paths])
    for path, name in zip(request.paths, names, strict=True):
        if not os.path.exists(path):  # noqa: PTH110  Path.exists raises where a folder above is closed to us
            raise WrongUse(f"找不到账簿 {path}；新建一本：openbook new {path}")
        folder = out / name if len(request.paths) > 1 else out
        here, book = Path(os.path.realpath(folder)), Path(os.path.realpath(path))
        if here == book or book in here.parents:
            raise WrongUse(f"-o {request.output} 在账簿文件夹里；请换一个地方，以免与账簿混在一起")
        wish = Wish(formats, request.unit, request.draft, request.handlers, _controls(request.control))
        yield Task(path, folder, wish)
        if request.units:
            units = units_of(path)
            for unit, called in zip(units, _distinct([_safe(unit) for unit in units]), strict=True):
                of_unit = Wish(formats, unit, request.draft, request.handlers)
                yield Task(path, folder / "单位预算" / called, of_unit)


def _formats(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in FORMATS if one in given) if given else FORMATS


def _distinct(stems: Sequence[str]) -> list[str]:
    """A folder name for each; those of one name are numbered."""
    names: list[str] = []
    for stem in stems:
        name, number = stem, 2
        while name in names:
            name, number = f"{stem}-{number}", number + 1
        names.append(name)
    return names


def _safe(name: str) -> str:
    """A folder name: without what file systems do not take, and never `..`, which is another folder."""
    kept = "".join(letter for letter in name if letter not in '\\/:*?"<>|' and letter.isprintable())
    return kept[:60].strip(" .") or "单位"


def _controls(path: str | None) -> tuple[Control, ...]:
    if path is None:
        return ()
    from openbook.book.controls import read_controls

    controls, faults = read_controls(path)
    if faults:
        raise WrongUse("控制数：" + faults[0].describe())
    if not controls:
        raise WrongUse(f"控制数：{path} 里一行也没有；不用它就不要写 --control")
    return tuple(controls)


def _build(task: Task) -> Built:
    try:
        return build_path(task.book, task.out, task.wish)
    except OSError as error:
        raise WrongUse(_not_written(task, error)) from None


def _in_workers(tasks: Sequence[Task], jobs: int) -> Iterator[Built]:
    pool = Pool(jobs, partial(_numbered, tasks=tasks), _lost, SECONDS, MOST, THREADED)
    try:
        yield from pool.run([str(number) for number in range(len(tasks))])
    finally:
        pool.close()
        for folder in {task.out: None for task in tasks}:
            sweep(folder)


def _numbered(number: str, tasks: Sequence[Task]) -> Built:
    task = tasks[int(number)]
    try:
        return build_path(task.book, task.out, task.wish)
    except OSError as error:
        return _lost(number, _not_written(task, error))
    except Exception as error:
        return _lost(number, f"编制时出错（{type(error).__name__}：{error}）")


def _not_written(task: Task, error: OSError) -> str:
    """What could not be written; of the folder that a run writes in first, nobody needs to know."""
    named = str(error.filename or "")
    where = named if named and ".building-" not in named else task.out
    return f"写不了 {where}：{in_words(error)}"


def _lost(_number: str, why: str) -> Built:
    from openbook.book.model import Spot

    return Built(faults=[Fault("BK599", f"{why}。", "改正后再编；反复出现请报告此事。", Spot())])


def _tell(task: Task, built: Built, draft: bool) -> None:
    book = visible(task.book)
    if built.files:
        print_line(f"{visible(built.title)}{'（内部审核稿）' if draft else ''}")
        print_line(f"   表 {built.tables} 张，说明中的数字 {built.claims} 处，都出自账簿 {book}")
        print_line(f"   已写入 {visible(str(task.out))}：{'、'.join(visible(p.name) for p in built.files)}")
    if built.faults:
        verdict = "仍有" if built.files else "没有编成："
        print_line(f"{book} {verdict} {len(built.faults)} 处要改")
    for fault in built.faults[:_MOST_SHOWN]:
        where = fault.spot.describe()
        print_line(f" [{fault.code}] {visible(where) + '：' if where else ''}{visible(fault.message)}")
        print_line(f"         改法：{visible(fault.mend)}")
    for note in built.notes:
        print_line(f"   注意：{visible(note)}")


def print_line(text: str) -> None:
    sys.stdout.write(text + "\n")
