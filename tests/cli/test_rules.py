"""`openbook rules`, `openbook explain` and the pages of docs/rules."""

import json

import pytest

from openbook.api import RULES
from openbook.reporting.terminal import width
from openbook.rules.pages import main, page, pages
from tests.reporting.samples import RULE


def test_every_rule_is_listed(openbook):
    ran = openbook("rules")
    assert ran.status == 0
    for rule in RULES:
        assert rule.code in ran.out
        assert rule.title in ran.out


def test_rules_as_json(openbook):
    told = json.loads(openbook("rules", "--format", "json").out)
    assert [one["code"] for one in told] == [rule.code for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained_in_full(rule, openbook):
    ran = openbook("explain", rule.code.lower())
    assert ran.status == 0
    for title in ("查什么", "为什么", "依据", "有问题的例子", "没有问题的例子", "怎么改"):
        assert f"\n{title}\n" in ran.out
    assert rule.title in ran.out
    assert max(width(line) for line in ran.out.split("有问题的例子")[0].splitlines()) <= 102


def test_a_rule_is_found_by_its_name(openbook):
    assert openbook("explain", RULES[0].name).out.startswith(RULES[0].code)


def test_a_page_says_everything():
    told = page(RULE)
    assert told.startswith("# OB998 说明中的金额与报表不一致\n")
    for part in (RULE.what, RULE.why, RULE.basis, RULE.bad, RULE.good, RULE.mend, RULE.name):
        assert part in told


def test_an_example_may_hold_a_fence():
    from dataclasses import replace

    assert "````text\n```\n````" in page(replace(RULE, bad="```"))


def test_the_index_links_every_page():
    written = pages([RULE])
    assert set(written) == {"README.md", "OB998.md"}
    assert "[OB998](OB998.md)" in written["README.md"]


def test_pages_are_written_and_old_ones_removed(tmp_path):
    (tmp_path / "OB000.md").write_text("old", encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert {one.name for one in tmp_path.iterdir()} == {"README.md"} | {f"{rule.code}.md" for rule in RULES}
    assert main([]) == 2
