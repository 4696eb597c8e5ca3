"""A book as a folder: what people write is read with its places, what is hostile is refused."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from openbook.book.folder import NotWritten, read_folder, write_folder
from openbook.book.load import load
from openbook.book.model import Spot
from openbook.book.render import render
from tests.book.books import BUREAU, small_book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(render(small_book()), tmp_path / "book")
    return tmp_path / "book"


def told(folder: Path) -> list[tuple[str, Spot]]:
    return [(one.code, one.spot) for one in load(folder)[1]]


def rows(text: str, *, file: str = "units.csv") -> str:
    return f"单位名称,单位性质\n{BUREAU},行政\n{text}"


# --- what is read -----------------------------------------------------------------------


def test_the_written_folder_is_what_it_says(folder):
    assert (
        (folder / "book.toml")
        .read_text("utf-8")
        .startswith('format = 1\nlayout = "shanxi-13-2024"\nyear = 2024\n')
    )
    first, second, *_ = (folder / "expenditure.csv").read_text("utf-8-sig").splitlines()
    assert first == "单位,功能科目,经济科目,资金来源,支出类别,项目,资金年度,金额,备注"
    assert second == f"{BUREAU},2010301,30101,一般公共预算,基本支出,,本年,987654,"
    assert "local = 404500.5\n" in (folder / "projects" / "XM001.toml").read_text("utf-8")
    assert (folder / "duties.md").read_text("utf-8").startswith("（一）")
    assert not (folder / "forward.csv").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_tables_may_be_utf8_or_gb18030_with_any_line_ends(folder, encoding, ends):
    before = read_folder(folder)
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_text("utf-8-sig").replace("\n", ends).encode(encoding))
    assert read_folder(folder) == before


def test_columns_may_stand_in_any_order_and_blank_ones_be_left_out(folder):
    (folder / "purposes.csv").write_text("主要用于,,功能科目\n窗口服务,,2010302\n", "utf-8")
    book, faults = load(folder)
    assert faults == []
    assert book.purposes["2010302"].text == "窗口服务"


def test_blank_lines_and_comments_are_passed_over_and_counted(folder):
    text = "# 一\n\n功能科目,主要用于\n# 二\n,\n2010302,窗口\n\n2010309,没有\n"
    (folder / "purposes.csv").write_text(text, "utf-8")
    assert told(folder) == [("BK342", Spot("purposes.csv", 8, "功能科目"))]


def test_a_cell_may_hold_commas_quotes_lines_and_a_sharp(folder):
    text = '功能科目,主要用于\n2010302,"#一, ""二""\n# 三"\n2120899,网点\n'
    (folder / "purposes.csv").write_text(text, "utf-8")
    book, faults = load(folder)
    assert faults == []
    assert book.purposes["2010302"].text == '#一, "二"\n# 三'
    assert book.purposes["2120899"].spot == Spot("purposes.csv", 3, "主要用于")


def test_every_key_of_a_projects_file_has_its_line(folder):
    raw = read_folder(folder)
    project = next(row for row in raw.tables["projects"] if row.values["code"] == "XM001")
    lines = (folder / "projects" / "XM001.toml").read_text("utf-8").split("\n")
    for key, row in project.rows.items():
        assert lines[row - 1].startswith(key.partition(".")[2] or key)
    assert len(project.rows) == len(project.values)
    for indicator in raw.tables["indicators"][:6]:
        assert lines[indicator.row - 1] == "[[indicator]]"
        assert all(lines[row - 1].startswith(f"{key} = ") for key, row in indicator.rows.items())


def test_toml_may_be_written_as_people_do(folder):
    (folder / "projects" / "XM003.toml").write_text(
        """# 修缮
code = "XM003" # 编码
"name" = '基层政务服务网点修缮'
unit = "乙区政务服务中心"
filed = 2024-01-20
year_goal = '''
修缮网点
code = "不是键"'''
funds.local = 1_000_000
[ year_funds ]
local = 250000.00
[[ indicator ]]
level2 = "数量指标"
name = "修缮网点数量"
target = "5个"
""",
        "utf-8",
    )
    book, faults = load(folder)
    assert faults == []
    project = book.project("XM003")
    assert project.funds == {"local": 100_000_000}
    assert project.filed == "2024-01-20"
    assert project.texts["year_goal"].text == '修缮网点\ncode = "不是键"'
    assert project.indicators[0].spot.row == 12
    assert project.texts["year_goal"].spot == Spot("projects/XM003.toml", 6, "year_goal")


def test_hidden_files_and_readmes_are_no_part_of_the_book(folder):
    (folder / ".git").mkdir()
    for name in (".DS_Store", "~$units.csv", "Thumbs.db", "README.md"):
        (folder / name).write_text("x")
    assert told(folder) == []


# --- what is told -----------------------------------------------------------------------

FILES = [
    ("units.csv", "单位名称,性质\n甲,行政\n", "BK106", Spot("units.csv", 1, "性质")),
    ("units.csv", "单位名称\n甲\n", "BK107", Spot("units.csv", 1, "单位性质")),
    ("units.csv", rows("").replace("单位性质", "单位性质,单位名称"), "BK108", Spot("units.csv", 1, "单位名称")),
    ("units.csv", rows("乙区政务服务中心,事业,多\n"), "BK109", Spot("units.csv", 3, None)),
    ("units.csv", rows('"没有结束'), "BK104", Spot("units.csv", 3, None)),
    ("units.csv", rows('"一"二,事业\n'), "BK104", Spot("units.csv", 3, None)),
    ("units.csv", "单位名称\0", "BK104", Spot("units.csv")),
    ("unit.csv", "", "BK103", Spot("unit.csv")),
    ("projects/说明.docx", "", "BK103", Spot("projects/说明.docx")),
    ("others.md", "长" * 100_000, "BK105", Spot("others.md")),
    ("others.md", "长" * 30_000, "BK216", Spot("others.md", 1, None)),
    ("book.toml", "format = 1\nyear = = 5\n", "BK104", Spot("book.toml", 2)),
    ("book.toml", "format = 1\nformat = 1\n", "BK104", Spot("book.toml", 2)),
    ("book.toml", "format = 1\n乱写\n", "BK104", Spot("book.toml", 2)),
    ("book.toml", "format = 1\nyear = [1]\n", "BK110", Spot("book.toml", 2)),
    ("book.toml", "format = 1\nyear = true\n", "BK110", Spot("book.toml", 2, "year")),
    ("book.toml", "format = 1\nyears = 2024\n", "BK106", Spot("book.toml", 2, "years")),
    ("projects/XM009.toml", 'code = "XM008"\n', "BK112", Spot("projects/XM009.toml", 1, "code")),
    ("projects/XM009.toml", 'code = "XM009"\n[fund]\nx = 1\n', "BK106", Spot("projects/XM009.toml", 2, "fund")),
    ("projects/XM009.toml", '[funds]\ncity = 1\n', "BK106", Spot("projects/XM009.toml", 2, "funds.city")),
    ("projects/XM009.toml", '[[indicator]]\nlevel = ""\n', "BK106", Spot("projects/XM009.toml", 2, "level")),
    ("projects/XM009.toml", 'funds = "多"\n', "BK110", Spot("projects/XM009.toml", 1, "funds")),
    ("projects/XM009.toml", 'indicator = "多"\n', "BK110", Spot("projects/XM009.toml", 1, "indicator")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "code", "spot"), FILES)
def test_what_cannot_be_read_is_told_with_its_place(folder, name, text, code, spot):
    (folder / name).write_text(text, "utf-8")
    assert (code, spot) in told(folder)


def test_a_column_that_is_missing_is_told_once(folder):
    (folder / "purposes.csv").write_text("功能科目\n2010302\n2120899\n", "utf-8")
    assert told(folder) == [("BK107", Spot("purposes.csv", 1, "主要用于"))]


def test_neither_utf8_nor_gb18030_is_told(folder):
    (folder / "others.md").write_bytes(b"\xff\xff\xff")
    assert told(folder) == [("BK104", Spot("others.md"))]


# --- what is hostile --------------------------------------------------------------------


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (folder / "others.md").unlink()
    (folder / "others.md").symlink_to(tmp_path / "secret.md")
    assert told(folder) == [("BK111", Spot("others.md"))]
    assert "others" not in load(folder)[0].texts


def test_a_folder_of_projects_elsewhere_is_not_followed(folder, tmp_path):
    (folder / "projects").rename(tmp_path / "elsewhere")
    (folder / "projects").symlink_to(tmp_path / "elsewhere")
    assert ("BK111", Spot("projects")) in told(folder)


def test_a_link_to_nothing_a_pipe_and_a_folder_are_told(folder):
    (folder / "terms.md").symlink_to("没有.md")
    os.mkfifo(folder / "goals2.md")
    os.mkfifo(folder / "services.md")
    (folder / "explanation.md").mkdir()
    assert told(folder) == [
        ("BK111", Spot("services.md")),
        ("BK104", Spot("terms.md")),
        ("BK111", Spot("explanation.md")),
        ("BK103", Spot("goals2.md")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100_000,
        "x = " + "{a=" * 60_000,
        "a." * 120_000 + "a = 1",
        "[" + "a." * 120_000 + "a]",
        "x = " + "9" * 200_000,
        "x = '''" * 30_000,
        '"' * 250_000,
        "[[a]]\n" * 40_000,
    ],
)
def test_toml_made_to_hurt_is_refused_quickly(folder, text):
    (folder / "projects" / "XM009.toml").write_text(text, "utf-8")
    before = time.monotonic()
    assert told(folder)
    assert time.monotonic() - before < 5


def test_too_many_rows_are_told(folder, monkeypatch):
    monkeypatch.setattr("openbook.book.csvs.MOST_ROWS", 10)
    assert ("BK105", Spot("expenditure.csv", 12)) in told(folder)


def test_too_many_files_are_told(folder, monkeypatch):
    monkeypatch.setattr("openbook.book.folder_reading._MOST_FILES", 2)
    assert "BK105" in [code for code, _ in told(folder)]


# --- writing ----------------------------------------------------------------------------


def test_the_same_book_gives_the_same_bytes(folder, tmp_path):
    write_folder(read_folder(folder), tmp_path / "again")
    for path in sorted(folder.rglob("*.*")):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(folder)).read_bytes()


def test_what_is_gone_from_the_book_is_gone_from_the_folder(folder):
    book = small_book()
    book.projects.pop()
    book.texts.pop("others")
    write_folder(render(book), folder)
    assert sorted(path.name for path in (folder / "projects").iterdir()) == ["XM001.toml", "XM002.toml"]
    assert not (folder / "others.md").exists()


def test_a_repository_around_the_book_stays(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("x")
    write_folder(render(small_book()), folder)
    assert (folder / ".git" / "HEAD").read_text() == "x"
    assert [path.name for path in folder.parent.iterdir()] == ["book"]


def test_a_folder_that_is_no_book_is_not_written_over(tmp_path):
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / "a.jpg").write_text("x")
    with pytest.raises(NotWritten, match="不是账簿"):
        write_folder(render(small_book()), tmp_path / "照片")
    assert [path.name for path in tmp_path.rglob("*.*")] == ["a.jpg"]


@pytest.mark.parametrize("name", ["批复.pdf", "projects/批复.pdf", "projects/README.md"])
def test_a_book_with_other_files_is_not_written_over(folder, name):
    (folder / name).write_text("x")
    with pytest.raises(NotWritten, match="先移到别处"):
        write_folder(render(small_book()), folder)
    assert (folder / name).exists()


def test_a_file_is_not_written_over(tmp_path):
    (tmp_path / "book").write_text("x")
    with pytest.raises(NotWritten, match="是一个文件"):
        write_folder(render(small_book()), tmp_path / "book")


def test_when_the_disk_refuses_the_old_book_is_still_there(folder, monkeypatch):
    before = read_folder(folder)
    (folder / ".git").mkdir()
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise OSError(28, "full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(NotWritten, match="磁盘已满"):
        write_folder(render(small_book()), folder)
    assert read_folder(folder) == before
    assert (folder / ".git").is_dir()
    assert [path.name for path in folder.parent.iterdir()] == ["book"]


@pytest.mark.parametrize("code", ["../x", "", "a/b", "con", "XM002", "xm002"])
def test_a_code_that_is_no_file_name_or_taken_is_not_written(tmp_path, code):
    raw = render(small_book())
    raw.tables["projects"][0].values["code"] = code
    with pytest.raises(NotWritten, match="项目"):
        write_folder(raw, tmp_path / "b")
    assert list(tmp_path.iterdir()) == []
