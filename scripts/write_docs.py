"""`make docs`: writes what the documentation says about the program from the program itself.

docs/rules/        one page for each rule, and their list
docs/procedures/   one page for each procedure of the platform
docs/problems.md   what the API answers when something goes wrong
docs/benchmarks.md from bench/results.json
parts of pages     between generated:NAME and end: tables of docs/book.md, docs/templates.md, docs/legal-time.md,
                   docs/operation.md
examples           the output below each `$ openbook …` between example:begin and example:end; what the
                   example book says through each template that is followed by 编成：; docs/building.md, walked

`tests/test_docs.py` fails when any of it is out of date.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.__main__ import load, write_page
from openbook.api import RULES
from openbook.rules.pages import pages as rule_pages
from scripts.book_parts import book_parts
from scripts.legal_time_parts import legal_time_parts
from scripts.operation_parts import operation_parts
from scripts.problem_page import problem_files
from scripts.procedure_pages import FOLDER as PROCEDURE_PAGES
from scripts.procedure_pages import procedure_files
from scripts.template_parts import template_parts, with_examples

ROOT = Path(__file__).parent.parent
RULE_PAGES = ROOT / "docs" / "rules"


def rule_files() -> dict[Path, str]:
    """Every file of docs/rules with its text."""
    return {RULE_PAGES / name: text for name, text in rule_pages(RULES).items()}


# --- generated parts --------------------------------------------------------------------

PART = re.compile(r"(<!-- generated: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


@cache
def parts() -> dict[str, str]:
    """Every generated part of a page by its name."""
    return {**book_parts(), **template_parts(), **legal_time_parts(), **operation_parts()}


def with_parts(page: str) -> str:
    """The page with its generated parts as the program tells them now."""
    if not PART.search(page):
        return page
    return with_examples(PART.sub(lambda part: f"{part[1]}\n{parts()[part[2]]}\n{part[4]}", page))


# --- examples ---------------------------------------------------------------------------


class Example(NamedTuple):
    """A command that a page shows in a console block, with the output it shows below it."""

    command: str
    output: str


BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GENERATED_PART = re.compile(r"(<!-- example:begin -->\n)(.*?)(<!-- example:end -->)", re.DOTALL)


def pages() -> list[Path]:
    """The pages that people read, not those made from rules or measurements."""
    made = (RULE_PAGES, PROCEDURE_PAGES, ROOT / "docs" / "benchmarks.md")
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(page for page in found if page not in made and made[0] not in page.parents)


def examples(page: str) -> Iterator[Example]:
    """All commands of all console blocks of a page."""
    for block in BLOCK.finditer(page):
        for part in re.split(r"^\$ ", block[1], flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Example(command.strip(), output.rstrip("\n"))


def output_of(command: str, folder: Path = ROOT) -> tuple[int, str]:
    """Run one `openbook …` line in a folder, as on a terminal of 100 columns."""
    words = shlex.split(command, comments=True)
    words[0] = str(Path(sys.executable).parent / words[0])
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONUTF8": "1"}
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    return done.returncode, "\n".join(line.rstrip() for line in done.stdout.rstrip("\n").splitlines())


def refreshed(page: str) -> str:
    """The page with the output of its generated examples as the program prints it now."""
    return GENERATED_PART.sub(lambda part: part[1] + BLOCK.sub(_run_block, part[2]) + part[3], page)


def _run_block(block: re.Match[str]) -> str:
    parts = []
    for example in examples(block[0]):
        status, output = output_of(example.command)
        if status > 1:
            raise SystemExit(f"docs: {example.command!r} ended with status {status}")
        parts.append(f"$ {example.command}\n{output}\n" if output else f"$ {example.command}\n")
    return "```console\n" + "".join(parts) + "```"


# --- the walk -----------------------------------------------------------------------------

STEPS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def walked(page: str) -> str:
    """A page whose ```sh blocks are one walk: every command run in order in an empty folder, with its output.

    Raises SystemExit where one ends with a status above 1.
    """
    with tempfile.TemporaryDirectory() as folder:
        return STEPS.sub(lambda block: f"```sh\n{_steps(block[1], Path(folder))}```", page)


def _steps(block: str, folder: Path) -> str:
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    told = []
    for command in commands:
        status, output = output_of(command, folder)
        if status > 1:
            raise SystemExit(f"docs: {command!r} ended with status {status}: {output}")
        told.append(f"$ {command}\n{output}\n" if output else f"$ {command}\n")
    return "\n".join(told)


# --- all --------------------------------------------------------------------------------


def main() -> None:
    """Write everything anew; pages of rules that are gone go too."""
    files = rule_files()
    RULE_PAGES.mkdir(parents=True, exist_ok=True)
    for page in RULE_PAGES.glob("*.md"):
        if page not in files:
            page.unlink()
    PROCEDURE_PAGES.mkdir(parents=True, exist_ok=True)
    for page in set(PROCEDURE_PAGES.glob("*.md")) - procedure_files().keys():
        page.unlink()
    for page, text in {**files, **procedure_files(), **problem_files()}.items():
        page.write_text(text, encoding="utf-8")
    write_page(load())
    for page in pages():
        text = page.read_text(encoding="utf-8")
        if (new := refreshed(walked(with_parts(text)))) != text:
            page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
