"""`openbook check`: what is listed, what the status says, what the baseline does."""

import json
from dataclasses import replace

import pytest

from openbook.reporting.formats import FORMATS
from tests.reporting.samples import AMOUNT, CLEAN, FLOOD, HOSTILE, PDF, TEXT, UNREADABLE

INFO = replace(TEXT, findings=[HOSTILE])
WARNING = replace(TEXT, findings=[FLOOD])
MIXED = replace(TEXT, findings=[HOSTILE, FLOOD, AMOUNT])


def listed(ran):
    return {one["code"] for document in json.loads(ran.out)["documents"] for one in document["findings"]}


@pytest.mark.parametrize(
    ("reports", "severity", "status"),
    [
        ([CLEAN], None, 0),
        ([INFO], None, 0),
        ([INFO], "info", 1),
        ([WARNING], None, 1),
        ([WARNING], "error", 0),
        ([TEXT], "error", 1),
        ([UNREADABLE], "error", 2),
        ([TEXT, UNREADABLE], None, 2),
    ],
)
def test_the_status_says_how_it_went(reports, severity, status, canned, openbook):
    chosen = ["--severity", severity] if severity else []
    assert openbook("check", canned(*reports), *chosen).status == status


def test_severity_also_chooses_what_is_listed(canned, openbook):
    path = canned(MIXED)
    assert listed(openbook("check", path, "--format", "json")) == {"OB996", "OB997", "OB998"}
    assert listed(openbook("check", path, "--format", "json", "--severity", "warning")) == {"OB997", "OB998"}
    assert "另有 2 条较轻的没有列出" in openbook("check", path, "--severity", "error").out


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_goes_into_a_file(form, canned, openbook, tmp_path):
    out = tmp_path / f"report{FORMATS[form].suffix}"
    ran = openbook("check", canned(TEXT, PDF), "--format", form, "-o", out)
    assert (ran.status, ran.out) == (1, "")
    assert f"发现 3 条；报告在 {out}" in ran.err
    assert out.stat().st_size > 200
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("name", "start"), [("a.html", "<!doctype html>"), ("a.json", "{"), ("a.xml", "<?xml")]
)
def test_the_suffix_of_the_file_chooses_the_format(name, start, canned, openbook, tmp_path):
    openbook("check", canned(TEXT), "-o", tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_report_that_breaks_off_leaves_no_file(canned, openbook, tmp_path, monkeypatch):
    from openbook.commands import check

    def broken(*_):
        yield TEXT
        raise KeyboardInterrupt

    path = canned(TEXT)
    monkeypatch.setattr(check, "check_many", broken)
    ran = openbook("check", path, "-o", tmp_path / "r.jsonl")
    assert ran.status == 130
    assert "已中断" in ran.err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt"]


class TestBaseline:
    @pytest.fixture
    def known(self, tmp_path):
        return tmp_path / "known.json"

    def test_a_new_one_takes_in_all_that_is_listed(self, canned, openbook, known):
        path = canned(MIXED)
        ran = openbook("check", path, "--baseline", known, "--write-baseline", "--severity", "warning")
        assert ran.status == 0
        assert "记下 2 条" in ran.err
        ran = openbook("check", path, "--baseline", known)
        assert ran.status == 0
        assert "基线中已知的 2 条没有列出" in ran.out
        assert "OB998" not in ran.out

    def test_a_new_finding_is_reported_and_not_taken_in(self, canned, openbook, known):
        openbook("check", canned(WARNING), "--baseline", known, "--write-baseline")
        before = known.read_text(encoding="utf-8")
        ran = openbook("check", canned(TEXT), "--baseline", known, "--write-baseline")
        assert ran.status == 1
        assert "新发现的 1 条不收入" in ran.err
        assert known.read_text(encoding="utf-8") == before

    def test_what_is_repaired_leaves_it(self, canned, openbook, known):
        openbook("check", canned(TEXT), "--baseline", known, "--write-baseline")
        path = canned(WARNING)
        assert "基线中有 1 条不再出现" in openbook("check", path, "--baseline", known).out
        assert (
            "删去不再出现的 1 条，留下 1 条"
            in openbook("check", path, "--baseline", known, "--write-baseline").err
        )
        assert openbook("check", canned(TEXT), "--baseline", known).status == 1

    def test_a_file_that_cannot_be_read_is_never_accepted(self, canned, openbook, known):
        ran = openbook("check", canned(UNREADABLE), "--baseline", known, "--write-baseline")
        assert ran.status == 2
        assert "记下 0 条" in ran.err

    def test_two_new_ones_at_once_keep_what_both_took_in(self, canned, openbook, known, monkeypatch):
        from openbook.commands import check

        path = canned(TEXT)
        openbook("check", path, "--baseline", known, "--write-baseline")
        first = json.loads(known.read_text(encoding="utf-8"))["findings"]
        meanwhile = known.read_bytes()
        known.unlink()

        def other(*_):
            known.write_bytes(meanwhile)
            return iter([CLEAN])

        monkeypatch.setattr(check, "check_many", other)
        openbook("check", path, "--baseline", known, "--write-baseline")
        assert json.loads(known.read_text(encoding="utf-8"))["findings"] == first

    def test_lines_may_move(self, canned, openbook, known):
        openbook("check", canned(TEXT), "--baseline", known, "--write-baseline")
        moved = [
            replace(
                one, locations=tuple(replace(at, place=at.place._replace(line=999)) for at in one.locations)
            )
            for one in TEXT.findings
        ]
        assert openbook("check", canned(replace(TEXT, findings=moved)), "--baseline", known).status == 0


def test_office_files_that_cannot_be_read_are_named(canned, openbook, tmp_path):
    canned(CLEAN)
    (tmp_path / "旧.doc").write_bytes(b"")
    assert "1 份文件的格式不能读" in openbook("check", tmp_path).err
