"""Wrong use gets status 2 and a sentence that says how to mend it."""

import pytest

CASES = [
    (["chek"], "没有命令 chek；是不是 check？"),
    ([], "要有一个命令"),
    (["check"], "缺少 路径…"),
    (["check", "a.txt", "--formt", "json"], "是不是 --format？"),
    (["check", "a.txt", "--format", "jsn"], "--format 只能是 text、json"),
    (["check", "a.txt", "--severity", "fatal"], "--severity 只能是 error、warning、info"),
    (["check", "a.txt", "--jobs", "0"], "--jobs 要是 1 到 256 的整数"),
    (["check", "a.txt", "--jobs"], "选项 --jobs"),
    (["check", "b.txt"], "找不到 b.txt；是不是 a.txt？"),
    (["check", "nowhere/b.txt"], "文件夹 nowhere 也不存在"),
    (["check", "*.pdf"], "没有文件与 *.pdf 相符"),
    (["check", "empty"], "文件夹 empty 里没有能读的文件"),
    (["check", "a.txt", "--select", "XY9"], "没有以 XY9 开头的规则"),
    (
        ["check", "a.txt", "--baseline", "known.json"],
        "找不到基线文件 known.json；第一次使用请加 --write-baseline",
    ),
    (["check", "a.txt", "--baseline", "a.txt"], "不是 JSON"),
    (["check", "a.txt", "--write-baseline"], "--baseline 文件"),
    (["check", "a.txt", "-o", "nowhere/r.html"], "写不了 nowhere/r.html"),
    (["check", "a.txt", "-o", "empty"], "-o empty 是文件夹"),
    (["check", ""], "有一个路径是空的"),
    (["check", "-"], "不从标准输入读取"),
    (["rules", "more"], "多了 more"),
    (["explain", "OB99"], "没有规则 OB99"),
    (["explain"], "缺少 代码"),
    (["show", "empty"], "是文件夹"),
    (["show", "none.txt"], "找不到 none.txt"),
    (["fix", "a.pdf"], "fix 只修补文本文件"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("2024年部门预算\n", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(("arguments", "told"), CASES, ids=[" ".join(case[0]) or "nothing" for case in CASES])
def test_wrong_use_is_explained(arguments, told, folder, openbook):
    if "*.pdf" in arguments:
        (folder / "a.pdf").unlink()
    ran = openbook(*arguments)
    assert ran.status == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_report_does_not_take_the_place_of_what_is_checked(folder, openbook):
    path = folder / "公开.txt"
    path.write_text("2024年部门预算支出总表\n", encoding="utf-8")
    result = openbook("check", str(path), "-o", str(folder / "." / "公开.txt"))
    assert result.status == 2
    assert "覆盖" in result.err
    assert path.read_text(encoding="utf-8") == "2024年部门预算支出总表\n"
