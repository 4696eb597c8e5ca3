"""Templates of every app: Chinese only through translate, nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from onewindow import main

ROOT = Path(main.__file__).parent.parent
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html")) + sorted(ROOT.glob("**/templates/**/*.txt"))
STYLES = sorted(ROOT.glob("**/static/**/*.css"))
SCRIPTS = sorted(ROOT.glob("**/static/**/*.js"))

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_COMMENT = re.compile(r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
_TAG = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"[^"]*"|'[^']*')[^%]*%\}|_\((?:"[^"]*"|'[^']*')\)""")
_DRAWN_HERE = {"people/templates/login/set_up_app.html"}  # a QR code, drawn as SVG by our own code


def name(path):
    return str(path.relative_to(ROOT))


def said(path):
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def test_there_are_templates():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_chinese_stands_outside_translate(path):
    rest = _TAG.sub("", _BLOCK.sub("", said(path)))
    assert [line for line in rest.splitlines() if CHINESE.search(line)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path):
    text = said(path)
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_marked_safe(path):
    if name(path) in _DRAWN_HERE:
        return
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", said(path))


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=name)
def test_styles_and_scripts_load_nothing(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//|import\s*\(|from\s+[\"']https?:", text)


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_colours_are_tokens(path):
    if path.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    colours = set(re.findall(r":[^;{}]*?(#[0-9a-fA-F]{3,8})\b", text))
    assert colours <= {"#fff"}
