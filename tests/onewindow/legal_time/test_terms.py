from __future__ import annotations

from datetime import date, timedelta

import pytest

from onewindow.kernel.legal_time import Sense, Term, TermError, Unit, read, rulebook, terms_file
from tests.onewindow.legal_time.clocks import day, term

BUNDLED = terms_file._FILE.read_text(encoding="utf-8")
LAW = '[laws.own]\ntitle = "本局规定"\nsince = 2026-01-01\ndated = "建议"\nunit = "working"\n'
OWN = (
    LAW
    + '[[term]]\nkey = "own.reply"\nlaw = "own"\ntitle = "答复"\namount = 3\nstarts = "收文"\narticle = "第一条"\n'
)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("permit.refusal", "收到申请当日"),
        ("permit.correction", "收到申请材料后5个工作日内"),
        ("permit.decision", "受理后20个工作日内"),
        ("permit.joint", "受理后45个工作日内"),
        ("permit.lower-review", "下级机关受理后20个工作日内"),
        ("permit.delivery", "作出准予许可的决定后10个工作日内"),
        ("permit.inspectors", "受理后5个工作日内"),
        ("hearing.request", "被告知听证权利后5个工作日内"),
        ("hearing.hold", "收到听证申请后20个工作日内"),
        ("hearing.notice", "举行听证7个工作日前"),
        ("renewal.application", "许可有效期届满30个工作日前"),
        ("renewal.decision", "许可有效期届满前"),
        ("information.correction", "收到申请后7个工作日内"),
        ("information.reply", "收到申请后20个工作日内"),
        ("rating.contact", "收到实名差评后1个工作日内"),
        ("hotline.dispatch.emergency", "受理诉求后1小时内"),
        ("tender.bidding", "招标文件开始发出后不少于20日"),
        ("tender.clarification", "投标截止15日前"),
        ("procurement.answer", "收到书面质疑后7个工作日内"),
        ("credit.serious-most", "文书认定后36个月内"),
    ],
)
def test_the_law_says(key: str, words: str) -> None:
    assert term(key).words == words


@pytest.mark.parametrize(
    ("key", "amount"),
    [
        ("permit.decision", 10),
        ("permit.joint", 15),
        ("information.reply", 20),
        ("hotline.handling.shandong", 10),
    ],
)
def test_it_may_be_extended_by(key: str, amount: int) -> None:
    extension = term(key).extension
    assert extension is not None
    assert (extension.amount, extension.times, extension.late) == (amount, 1, False)


def test_the_law_of_the_day_holds() -> None:
    old, new = rulebook().term("information.reply", day("2019-05-14")), term("information.reply")
    assert (old.amount, old.article) == (15, "第二十四条第二款")
    assert (new.amount, new.article) == (20, "第三十三条第二款")
    assert rulebook().term("information.reply", day("2019-05-15")) == new


def test_before_it_was_law_there_is_no_term() -> None:
    with pytest.raises(TermError, match="在2004-06-30不是有效的法律，最早自2004-07-01起施行"):
        rulebook().term("permit.decision", day("2004-06-30"))
    with pytest.raises(TermError, match="这个时限；请在时限配置里增加"):
        term("permit.unknown")


@pytest.mark.parametrize("one", rulebook().terms, ids=lambda one: f"{one.key}-{one.since}")
def test_every_term_says_its_law_its_article_and_its_source(one: Term) -> None:
    assert one.law
    assert one.article
    assert one.source
    assert one.starts
    assert one.sense is not Sense.BEFORE or one.unit is not Unit.HOURS
    assert one.extension is None or one.extension.approver


@pytest.mark.parametrize(
    "key", ["rating.rectification", "hotline.feedback.complex", "renewal.application", "budget.publication"]
)
def test_a_figure_that_is_not_proven_shows_it(key: str) -> None:
    assert term(key).doubtful
    assert not term("permit.decision").doubtful


def test_a_bureau_chooses_among_local_variants() -> None:
    assert term("hotline.handling").area == "潍坊、济南、安阳"
    own = read(BUNDLED, '[choices]\n"hotline.handling" = "hotline.handling.shandong"\n')
    assert own.term("hotline.handling", date(2026, 1, 5)).area == "山东"


def test_a_bureau_adds_terms_and_replaces_a_version() -> None:
    own = read(BUNDLED, OWN)
    assert own.term("own.reply", date(2026, 1, 5)).amount == 3
    changed = (
        BUNDLED[BUNDLED.index('[[term]]\nkey = "permit.delivery"') :].split("\n\n")[0].replace("10", "5")
    )
    assert read(BUNDLED, changed).term("permit.delivery", date(2026, 1, 5)).amount == 5


def test_when_the_law_changes_the_old_version_keeps_its_cases() -> None:
    laws = LAW.replace("since = 2026-01-01", "since = 2026-01-01\nuntil = 2026-06-30")
    newer = '[[term]]\nkey = "own.reply"\nlaw = "own"\ntitle = "答复"\namount = 2\nstarts = "收文"\narticle = "第一条"\nsince = 2026-07-01\nuntil = 2027-01-01\n'
    own = read(OWN.replace(LAW, laws), newer)
    changes = day("2026-07-01")
    assert own.term("own.reply", changes - timedelta(1)).amount == 3
    assert own.term("own.reply", changes).amount == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[term]", "不是合格的 TOML"),
        ("[other]", "不认识的部分：other"),
        (OWN + OWN[len(LAW) :], "“own.reply”在同一个文件里写了两次"),
        (OWN.replace('law = "own"', 'law = "none"'), "“own.reply”：law 应为"),
        (OWN.replace("amount = 3", "amount = -3"), "amount 应为不小于0的整数"),
        (OWN.replace("amount = 3", "amount = true"), "amount 应为不小于0的整数"),
        (OWN.replace("amount = 3\n", ""), "缺少 amount"),
        (OWN + "colour = 'red'", "不认识的项 colour"),
        (OWN + "unit = 'weeks'", "unit 应为 working、calendar、hours、months 之一，写的是“weeks”"),
        (OWN + "mark = '大概'", "mark 应为"),
        (OWN + "until = 2025-12-31", "until 早于 since"),
        (OWN + "since = '2026-01-01'", "since 应为日期"),
        (OWN + "excluded = ['lunch']", "不计时程序“lunch”没有"),
        (OWN + "extension = { amount = 5 }", "须写明 amount"),
        (OWN + "extension = { amount = 5, approver = '局长', extra = 1 }", "的延长：不认识的项 extra"),
        (OWN + "[excluded.lunch]\ntitle = '午休'", "“lunch”：缺少 basis"),
        (OWN + "[choices]\n'a' = 'b'", "“a”选用了“b”，没有这个时限"),
        (OWN + "[[joint]]\nkey = 'j'", "联合办理规则应写明"),
        (
            OWN + "[[joint]]\nkey = 'j'\nlimit = 'none'\ncombine = 'longest'\nbasis = ''\nmark = '建议'",
            "上限“none”不是已有的时限",
        ),
        (
            OWN + "[[joint]]\nkey = 'j'\nlimit = 'own.reply'\ncombine = 'sum'\nbasis = ''\nmark = '建议'",
            "combine 应为 longest 或 limit",
        ),
        (
            OWN + OWN[len(LAW) :] + "since = 2026-07-01",
            "“own.reply”有两个版本在2026-07-01同时有效",
        ),
    ],
)
def test_terms_that_contradict_themselves_are_refused_with_their_name(text: str, fault: str) -> None:
    with pytest.raises(TermError, match=fault):
        read(text)
