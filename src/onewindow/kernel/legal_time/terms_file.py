"""Terms out of TOML: data/terms.toml, and a bureau's own file that adds to it or replaces parts of it.

[laws.KEY]      title, since, until, dated, unit, source: what terms of one law have in common
[excluded.KEY]  title, basis, mark: a procedure whose time is not counted
[groups]        NAME = [keys of excluded procedures]
[[term]]        law and the fields of `terms.Term`; `excluded` lists keys or names of groups
[[joint]]       the fields of `terms.JointRule`
[choices]       general key = key of the local variant that holds here
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from onewindow.kernel.legal_time.terms import (
    MARKS,
    End,
    Excluded,
    Extension,
    JointRule,
    Rulebook,
    Sense,
    Term,
    TermError,
    Unit,
)

_FILE = Path(__file__).parent / "data" / "terms.toml"
_TABLES = {"laws", "excluded", "groups", "term", "joint", "choices"}
_DEFAULTS = {"sense": "within", "mark": "核实"}
_OF_A_LAW = ("since", "until", "dated", "unit", "source")
_CHOICES = {"unit": Unit, "sense": Sense, "end": End}

Table = Mapping[str, Any]


@cache
def rulebook() -> Rulebook:
    """The terms that come with the program."""
    return read(_FILE.read_text(encoding="utf-8"))


def read(*texts: str) -> Rulebook:
    """The terms of TOML texts; a later text replaces what has the same key (terms: key and date).

    Raises TermError, in Chinese, with the key of the term that is wrong.
    """
    merged: dict[str, dict[Any, Any]] = {name: {} for name in _TABLES}
    for text in texts:
        _merge(merged, text)
    excluded = {key: _excluded(key, table) for key, table in merged["excluded"].items()}
    groups = {**{key: [key] for key in excluded}, **merged["groups"]}
    terms = [_term(table, merged["laws"], excluded, groups) for table in merged["term"].values()]
    joint = [_joint(table) for table in merged["joint"].values()]
    return Rulebook(terms, excluded, joint, merged["choices"])


def _merge(merged: dict[str, dict[Any, Any]], text: str) -> None:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TermError(f"时限配置不是合格的 TOML：{error}") from None
    if unknown := sorted(said.keys() - _TABLES):
        raise TermError(f"时限配置里不认识的部分：{'、'.join(unknown)}。")
    for name in ("laws", "excluded", "groups", "choices"):
        merged[name].update(said.get(name, {}))
    for name in ("term", "joint"):
        seen = set()
        for table in said.get(name, []):
            law = merged["laws"].get(table.get("law"), {})
            identity = (table.get("key"), table.get("since", law.get("since")))
            if identity in seen:
                raise TermError(f"“{identity[0]}”在同一个文件里写了两次。")
            seen.add(identity)
            merged[name][identity] = table


def _term(table: Table, laws: Table, excluded: Mapping[str, Excluded], groups: Table) -> Term:
    key = table.get("key", "没有写 key 的时限")
    law = laws.get(table.get("law", ""))
    if law is None:
        raise TermError(f"时限“{key}”：law 应为 [laws] 里的一个。")
    values = {**_DEFAULTS, **{name: law[name] for name in _OF_A_LAW if name in law}, **table}
    values["law"] = law["title"]
    known = {one.name for one in fields(Term)}
    if unknown := sorted(values.keys() - known):
        raise TermError(f"时限“{key}”：不认识的项 {'、'.join(unknown)}。")
    needed = ("key", "title", "amount", "unit", "starts", "article", "since", "dated")
    if missing := [name for name in needed if name not in values]:
        raise TermError(f"时限“{key}”：缺少 {'、'.join(missing)}。")
    _check_values(key, values)
    values.setdefault("end", "stay" if values["sense"] == "before" else "roll")
    for name, choices in _CHOICES.items():
        values[name] = _choice(key, name, values[name], choices)
    values["excluded"] = _members(key, values.get("excluded", []), excluded, groups)
    if "extension" in values:
        values["extension"] = _extension(key, values["extension"], values["article"])
    return Term(**values)


def _check_values(key: str, values: Table) -> None:
    if type(values["amount"]) is not int or values["amount"] < 0:
        raise TermError(f"时限“{key}”：amount 应为不小于0的整数。")
    for name in ("since", "until"):
        if name in values and type(values[name]) is not date:
            raise TermError(f"时限“{key}”：{name} 应为日期，如 2019-04-23。")
    if "until" in values and values["until"] < values["since"]:
        raise TermError(f"时限“{key}”：until 早于 since。")
    for name in ("mark", "dated"):
        if values[name] not in MARKS:
            raise TermError(f"时限“{key}”：{name} 应为 {'、'.join(MARKS)} 之一。")


def _choice(key: str, name: str, value: object, choices: Any) -> Any:
    try:
        return choices(value)
    except ValueError:
        allowed = "、".join(one.value for one in choices)
        raise TermError(f"时限“{key}”：{name} 应为 {allowed} 之一，写的是“{value}”。") from None


def _members(
    key: str, names: list[str], excluded: Mapping[str, Excluded], groups: Table
) -> tuple[Excluded, ...]:
    found: dict[str, Excluded] = {}
    for name in names:
        if name not in groups:
            raise TermError(f"时限“{key}”：不计时程序“{name}”没有在 [excluded] 或 [groups] 里声明。")
        found.update({one: excluded[one] for one in groups[name]})
    return tuple(found.values())


def _extension(key: str, table: Table, article: str) -> Extension:
    if unknown := sorted(table.keys() - set(Extension._fields)):
        raise TermError(f"时限“{key}”的延长：不认识的项 {'、'.join(unknown)}。")
    amount = table.get("amount")
    if type(amount) is not int or amount < 1 or not str(table.get("approver", "")).strip():
        raise TermError(f"时限“{key}”的延长：须写明 amount（正整数）和 approver（谁批准）。")
    return Extension(**{"basis": article, **table})


def _excluded(key: str, table: Table) -> Excluded:
    try:
        return Excluded(key, table["title"], table["basis"], table["mark"])
    except KeyError as error:
        raise TermError(f"不计时程序“{key}”：缺少 {error.args[0]}。") from None


def _joint(table: Table) -> JointRule:
    try:
        rule = JointRule(**table)
    except TypeError:
        raise TermError(f"联合办理规则应写明 {'、'.join(JointRule._fields)}。") from None
    if rule.combine not in ("longest", "limit"):
        raise TermError(f"联合办理规则“{rule.key}”：combine 应为 longest 或 limit。")
    return rule
