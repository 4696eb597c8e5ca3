from openbook.document import Document
from openbook.findings import Context
from openbook.rules.ob705 import RULE
from openbook.source import Hidden, Source


def test_hidden_pieces_of_one_kind_are_one_finding():
    hidden = [Hidden("隐藏工作表", "测算底稿"), Hidden("隐藏工作表", "旧表"), Hidden("批注", "此数再核")]
    found = list(RULE.check(Context(Document(Source("a", "xlsx", [], hidden=hidden)))))
    assert [len(one.locations) for one in found] == [2, 1]
    assert "测算底稿" in found[0].message


def test_a_file_without_hidden_content_is_fine():
    assert list(RULE.check(Context(Document(Source("a", "xlsx", []))))) == []
