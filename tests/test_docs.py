"""The documentation says what the program does: links, generated parts, examples, both READMEs."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from bench.__main__ import PAGE, RESULTS
from bench.__main__ import page as benchmark_page
from openbook.book.faults import FAULTS
from openbook.book.parse import parse
from openbook.book.template import example
from openbook.building.proof import objections
from openbook.composing import layout
from openbook.composing.compose import compose
from scripts.procedure_pages import FOLDER as PROCEDURE_PAGES
from scripts.procedure_pages import procedure_files
from scripts.write_docs import (
    PART,
    ROOT,
    RULE_PAGES,
    Example,
    examples,
    output_of,
    pages,
    parts,
    rule_files,
    walked,
    with_parts,
)

PAGES = pages()
LINK = re.compile(r"\]\(([^)\s#]+)(#[^)\s]*)?\)")


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def shown() -> list[tuple[Path, Example]]:
    return [(page, example) for page in PAGES for example in examples(read(page))]


OURS = [(page, example) for page, example in shown() if example.command.startswith("openbook ")]


@pytest.mark.parametrize(
    ("page", "example"), OURS, ids=[f"{page.name}: {example.command}" for page, example in OURS]
)
def test_a_shown_command_does_what_the_page_says(page: Path, example: Example) -> None:
    status, output = output_of(example.command)
    assert status in (0, 1), f"{page.name}: {example.command} ended with status {status}"
    if example.output:
        assert output == example.output, f"{page.name} is out of date: run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, _ in LINK.findall(read(page)):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\$ |^)make ([a-z]+)\b", read(page), re.MULTILINE))
    assert named <= targets


def test_pages_of_rules_are_those_of_the_rules() -> None:
    files = rule_files()
    assert {page.name for page in RULE_PAGES.glob("*.md")} == {page.name for page in files}
    for page, text in files.items():
        assert read(page) == text, f"docs/rules/{page.name} is out of date: run `make docs`"


def test_procedures_are_drawn_as_they_are_declared() -> None:
    files = procedure_files()
    assert set(PROCEDURE_PAGES.glob("*.md")) == set(files)
    for page, text in files.items():
        assert read(page) == text, f"docs/procedures/{page.name} is out of date: run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_generated_parts_of_a_page_are_current(page: Path) -> None:
    assert with_parts(read(page)) == read(page), f"{page.name} is out of date: run `make docs`"


def test_the_walk_from_an_empty_book_to_a_published_one_can_be_walked() -> None:
    page = read(ROOT / "docs" / "building.md")
    assert walked(page) == page, "docs/building.md is out of date: run `make docs`"


def test_every_generated_part_stands_on_a_page() -> None:
    assert {part[2] for page in PAGES for part in PART.finditer(read(page))} == set(parts())


def test_every_fault_of_a_book_is_listed() -> None:
    page = read(ROOT / "docs" / "book.md")
    assert [code for code in FAULTS if f"| {code} |" not in page] == []


def test_the_page_of_benchmarks_is_that_of_the_results() -> None:
    assert read(PAGE) == benchmark_page(json.loads(read(RESULTS)))


def test_the_layout_shown_to_contributors_can_be_built(monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"^```toml\n(.*?)^```$", read(ROOT / "CONTRIBUTING.md"), re.MULTILINE | re.DOTALL)
    assert found
    raw = tomllib.loads(found[1])
    monkeypatch.setitem(layout._files(), f"{raw['id']}.toml", raw)
    book, faults = parse(example(raw["id"], raw["years"][0]))
    assert not faults
    composed = compose(book)
    assert composed.disclosure is not None, composed.faults
    assert objections(composed.disclosure, book)[0] == []
    kinds = [table.id for table in composed.disclosure.tables() if table.kind == "statement"]
    assert kinds == [f"statement-{entry['kind']}" for entry in raw["statement"]]
    layout.build_of.cache_clear()


def test_every_key_of_a_layout_is_explained_to_contributors() -> None:
    page = read(ROOT / "CONTRIBUTING.md")
    keys = {key for raw in layout._files().values() for key in (*raw, *raw.get("build", ()))}
    keys |= {key for raw in layout._files().values() for entry in raw["statement"] for key in entry}
    assert sorted(key for key in keys - {"statement", "build"} if key not in page) == []
    assert sorted(shape for shape in layout.SHAPES if f"`{shape}`" not in page) == []


def test_both_readmes_are_in_step() -> None:
    """The same headings in number and depth, the same commands, the same links."""
    english, chinese = read(ROOT / "README.md"), read(ROOT / "README.zh.md")

    def depths(text: str) -> list[int]:
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        return [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]

    def links(text: str) -> set[str]:
        return {target for target, _ in LINK.findall(text)} - {"README.md", "README.zh.md"}

    assert depths(english) == depths(chinese)
    assert [example.command for example in examples(english)] == [
        example.command for example in examples(chinese)
    ]
    assert links(english) == links(chinese)


def test_every_decision_is_listed_and_short() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = read(folder / "README.md")
    for decision in folder.glob("0*.md"):
        assert f"({decision.name})" in listed
        assert len(read(decision).split()) < 600
