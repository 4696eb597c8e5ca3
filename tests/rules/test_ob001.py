from openbook.checking.engine import check_file
from tests.statements.tables import printed, report


def test_an_empty_file(tmp_path):
    path = tmp_path / "公开.pdf"
    path.write_bytes(b"")
    made = check_file(str(path))
    [found] = made.findings
    assert (found.code, found.severity.word) == ("OB001", "error")
    assert made.unreadable == found.message


def test_an_old_word_file_with_a_new_name(tmp_path):
    path = tmp_path / "公开.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    made = check_file(str(path))
    assert [found.code for found in made.findings] == ["OB001"]
    assert made.unreadable


def test_a_file_that_does_not_exist(tmp_path):
    made = check_file(str(tmp_path / "没有.txt"))
    assert [found.code for found in made.findings] == ["OB001"]


def test_a_file_that_opens():
    made = report("部门支出总表\n科目编码 | 科目名称 | 合计\n201 | 一般公共服务支出 | 1.00")
    assert made.unreadable is None
    assert "OB001" not in {found.code for found in made.findings}


def test_must_not_fire_for_another_encoding(tmp_path):
    path = tmp_path / "公开.txt"
    text = "部门支出总表\n科目编码 | 科目名称 | 合计\n201 | 一般公共服务支出 | 1.00\n"
    path.write_bytes(printed(text).encode("gb18030"))
    assert check_file(str(path)).unreadable is None
