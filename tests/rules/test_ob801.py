from openbook.rules.ob801 import RULE
from tests.rules.wording import findings, messages


def test_a_watermark_on_many_pages_is_one_finding_that_says_the_count():
    [finding] = findings(RULE, "仅供内部审核\n\n" * 60 + "一、收入预算")
    assert "60 处" in finding.message
    assert len(finding.locations) == 50


def test_marks_of_scanners_drafts_and_edits_are_found():
    found = messages(
        RULE,
        "扫码使用\n\n夸克扫描王\n\n五、国有资产占有使用情况（增加内容）\n\n2024年度部门预算（征求意见稿）\n\n合计\t#REF!",
    )
    assert len(found) == 5


def test_names_of_documents_and_plain_words_do_not_fire():
    text = """依据《政务服务管理办法（征求意见稿）》开展工作。
群众可扫码使用自助终端，编印内部资料3期，完成送审稿1份。
保守国家秘密，秘密文件按规定管理。
"""
    assert messages(RULE, text) == []
