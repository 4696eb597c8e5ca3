"""The page of a rule in Markdown: `python -m openbook.rules.pages docs/rules` writes them all."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from openbook.findings import Rule, Severity

SEVERITY = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
STATUS = {"draft": "试行", "in-force": "有效", "repealed": "已废止"}
FAMILIES = {
    "OB0": "读取",
    "OB1": "报表是否齐全",
    "OB2": "勾稽关系",
    "OB3": "说明与报表",
    "OB4": "科目代码与名称",
    "OB5": "绩效目标",
    "OB6": "资产与政府采购",
    "OB7": "个人信息与隐藏内容",
    "OB8": "残留内容",
}


def page(rule: Rule) -> str:
    """The page of one rule."""
    return f"""# {rule.code} {rule.title}

`{rule.name}` · {SEVERITY[rule.severity]} · 自 {rule.since} 版起 · {STATUS.get(rule.status, rule.status)}

## 查什么

{rule.what.strip()}

## 为什么

{rule.why.strip()}

## 依据

{rule.basis.strip()}

## 有问题的例子

{_example(rule.bad)}

## 没有问题的例子

{_example(rule.good)}

## 怎么改

{rule.mend.strip()}
"""


def _example(text: str) -> str:
    """A fenced block, with a fence longer than any in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text.strip(chr(10))}\n{fence}"


def index(rules: Iterable[Rule]) -> str:
    """The list of all pages by family."""
    lines = ["# 规则", "", "本页和各规则的页由 `python -m openbook.rules.pages docs/rules` 从规则本身生成。"]
    family = ""
    for rule in sorted(rules, key=lambda one: one.code):
        if rule.code[:3] != family:
            family = rule.code[:3]
            lines += ["", f"## {family}xx {FAMILIES.get(family, '')}".rstrip(), ""]
            lines += ["| 代码 | 问题 | 级别 | 名称 |", "|---|---|---|---|"]
        title = rule.title.replace("|", "\\|")
        lines.append(
            f"| [{rule.code}]({rule.code}.md) | {title} | {SEVERITY[rule.severity]} | `{rule.name}` |"
        )
    return "\n".join(lines) + "\n"


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """File name -> content of everything that stands in docs/rules."""
    rules = tuple(rules)
    return {"README.md": index(rules)} | {f"{rule.code}.md": page(rule) for rule in rules}


def main(arguments: list[str]) -> int:
    """Write the pages into the folder named, and remove those of rules that are gone."""
    from openbook.rules.table import RULES

    if len(arguments) != 1:
        sys.stderr.write("用法: python -m openbook.rules.pages 文件夹\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages(RULES)
    for old in folder.glob("OB*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
