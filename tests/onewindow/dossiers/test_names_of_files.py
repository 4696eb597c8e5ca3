"""Names of files: people's own, without folders, tricks and what no file system takes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.dossiers.checks.kinds import KINDS
from onewindow.kernel.dossiers.checks.names import LONGEST, agreeing, cleaned
from onewindow.kernel.dossiers.checks.verdict import Unfit


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("营业执照.pdf", "营业执照.pdf"),
        ("C:\\Users\\a\\桌面\\营业执照.PDF", "营业执照.PDF"),
        ("../../etc/passwd", "passwd"),
        ("a\0b\x07c\n.pdf", "abc.pdf"),
        ("\u202efdp.exe", "fdp.exe"),  # shown as exe.pdf by those who follow the mark
        ("a\u200b\u2066b.pdf", "ab.pdf"),
        ("  a  \u3000 b .  ", "a b"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("lpt1.tar.txt", "_lpt1.tar.txt"),
        (".pdf", "pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("𠮷.pdf", "𠮷.pdf"),
        ("第1.2节", "第1.2节"),
        ("名" * 300 + ".docx", "名" * (LONGEST - 5) + ".docx"),
        ("a." + "b" * 300, ("a." + "b" * 300)[: LONGEST - 1]),
    ],
)
def test_what_has_no_place_in_a_name_is_taken_out(sent, kept):
    assert cleaned(sent) == kept


@pytest.mark.parametrize("sent", ["", "/", "a/", "...", " . ", "\u202e", "\0", "____", "--.--"])
def test_a_name_that_says_nothing_is_refused(sent):
    with pytest.raises(Unfit, match="请改成能说明内容的名称") as refused:
        cleaned(sent)
    assert refused.value.code == "name-missing"


def test_an_absurd_name_is_refused():
    with pytest.raises(Unfit, match="太长"):
        cleaned("a" * 5000)


@given(st.text(max_size=200))
def test_whatever_is_sent_what_is_kept_is_harmless_and_stays(sent):
    try:
        kept = cleaned(sent)
    except Unfit:
        return
    assert cleaned(kept) == kept
    assert 0 < len(kept) <= LONGEST
    assert not set(kept) & set('/\\<>:"|?*\0\n\r')
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in kept)


def test_the_name_must_say_what_the_content_is():
    assert agreeing("a.JPEG", "jpg") == "a.JPEG"
    assert agreeing("a", "pdf") == "a.pdf"
    assert agreeing("第1.2节", "docx") == "第1.2节.docx"
    assert agreeing("a.pdf.jpg", "jpg") == "a.pdf.jpg"
    with pytest.raises(Unfit, match=r"文件名以“\.pdf”结尾，内容却是JPG 图片.*改为“\.jpg”"):
        agreeing("a.pdf", "jpg")
    with pytest.raises(Unfit) as refused:
        agreeing("发票.pdf.exe", "pdf")
    assert refused.value.code == "name-mismatch"


@given(st.text(max_size=200), st.sampled_from(list(KINDS)))
def test_a_name_without_extension_gets_that_of_its_kind_and_stays_short(sent, kind):
    try:
        kept = agreeing(cleaned(sent), kind)
    except Unfit:
        return
    assert len(kept) <= LONGEST
    assert agreeing(kept, kind) == kept
    assert kept.rpartition(".")[2].lower() in KINDS[kind].extensions
