"""What keeps the tree clean beyond import-linter: every rule has its rooms, nothing is half done."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from openbook.api import RULES, Rule, Severity

ROOT = Path(__file__).parent.parent
OPENBOOK = ROOT / "src" / "openbook"
CODE = sorted(
    path for folder in ("src", "tests", "bench", "scripts") for path in (ROOT / folder).rglob("*.py")
)
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
JUNK = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "shared"}
# Spelled apart so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b|raise NotImplemented" r"Error")
MOST_LINES = 400
IMPORTED_AS = {
    "python-docx": "docx",
    "vl-convert-python": "vl_convert",
    "django-ninja": "ninja",
    "python-stdnum": "stdnum",
}
# What Django imports for us: the hasher of passwords, a middleware of the settings.
THROUGH_DJANGO = {"argon2_cffi", "whitenoise"}
OPTIONAL = {"boto3", "botocore"}  # with the extra `s3`
PARTS_OF_JINJA = {"markupsafe"}


def ids(value: object) -> str:
    return value.code if isinstance(value, Rule) else str(value)


# --- rules ------------------------------------------------------------------------------


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_has_its_file_its_test_and_its_page(rule: Rule) -> None:
    stem = rule.code.lower()
    assert (OPENBOOK / "rules" / f"{stem}.py").exists()
    assert (ROOT / "tests" / "rules" / f"test_{stem}.py").exists()
    assert (ROOT / "docs" / "rules" / f"{rule.code}.md").exists(), "run `make docs`"


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_tells_what_it_is(rule: Rule) -> None:
    assert re.fullmatch(r"OB\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert rule.severity in Severity
    assert rule.status in ("draft", "in-force", "repealed")
    assert rule.bad.strip()
    assert rule.good.strip()
    for part in (rule.title, rule.basis, rule.what, rule.why, rule.mend):
        assert re.search(r"[\u4e00-\u9fff]", part), f"{rule.code}: a text is not in Chinese: {part}"


def test_every_file_of_a_rule_is_in_the_table() -> None:
    files = {path.stem.upper() for path in (OPENBOOK / "rules").glob("ob[0-9][0-9][0-9].py")}
    assert files == {rule.code for rule in RULES}


def test_every_test_of_a_rule_has_a_rule() -> None:
    tests = {
        path.stem.removeprefix("test_").upper() for path in (ROOT / "tests" / "rules").glob("test_ob*.py")
    }
    assert tests == {rule.code for rule in RULES}


# --- modules ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_unfinished_or_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert UNFINISHED.findall(text) == []
    assert text.count("\n") <= MOST_LINES
    assert path.stem not in JUNK, "name a module for what it holds"


def imports(path: Path) -> set[str]:
    """Names of modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_onewindow_enters_by_the_door() -> None:
    """The contract in pyproject.toml lists modules; this holds for those not listed yet, too."""
    for path in (ROOT / "src" / "onewindow").rglob("*.py"):
        for name in imports(path):
            if name.split(".")[0] == "openbook":
                assert name == "openbook" or name.startswith("openbook.api"), f"{path}: {name}"


def test_the_contract_for_the_door_lists_every_module_but_the_door() -> None:
    contracts = SETTINGS["tool"]["importlinter"]["contracts"]
    door = next(contract for contract in contracts if contract["id"] == "door")
    modules = {f"openbook.{path.stem}" for path in OPENBOOK.iterdir() if is_module(path)}
    assert modules - {"openbook.api"} == set(door["forbidden_modules"])


def is_module(path: Path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.suffix == ".py" and not path.stem.startswith("__")


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    used = {name.split(".")[0] for path in (ROOT / "src").rglob("*.py") for name in imports(path)}
    foreign = used - sys.stdlib_module_names - {"openbook", "onewindow"}
    declared = {re.split(r"[<>=\[]", one)[0] for one in SETTINGS["project"]["dependencies"]}
    named = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in declared}
    assert named - THROUGH_DJANGO == foreign - PARTS_OF_JINJA - OPTIONAL


def test_heavy_libraries_are_imported_on_demand_only() -> None:
    """What `openbook --help` reaches stays fast: nothing that it imports at once is heavy."""
    heavy = {"docx", "highspy", "jinja2", "lxml", "numpy", "pypdfium2", "typst", "vl_convert", "xlsxwriter"}
    quick = [OPENBOOK / "__init__.py", OPENBOOK / "__main__.py", OPENBOOK / "cli.py"]
    quick += [OPENBOOK / "money.py", OPENBOOK / "document.py", OPENBOOK / "findings.py"]
    for path in quick:
        top = {name.split(".")[0] for name in imports(path)}
        assert not top & heavy, f"{path.name} imports {top & heavy}"
