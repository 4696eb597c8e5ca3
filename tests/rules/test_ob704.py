from openbook.document import Document
from openbook.findings import Context, Severity
from openbook.rules.ob704 import RULE
from openbook.source import Source


def _findings(kind: str, **metadata: str):
    made = Document(Source("a", kind, [], metadata=metadata), department="吕梁市离石区行政审批服务管理局")
    return list(RULE.check(Context(made)))


def test_an_author_is_reported_with_the_name_masked():
    [finding] = _findings("docx", author="张三丰")
    assert "张**" in finding.message
    assert "张三丰" not in finding.message
    assert finding.severity is None


def test_another_body_is_a_warning():
    [finding] = _findings("pdf", Author="某图文制作公司")
    assert finding.severity is Severity.WARNING


def test_programs_defaults_and_the_own_body_do_not_fire():
    assert _findings("pdf", Creator="WPS Office", Author="", Producer="x") == []
    assert _findings("docx", creator="Administrator", company="Microsoft", title="预算") == []
    assert _findings("docx", company="离石区行政审批服务管理局") == []
