from openbook.checking.excerpts import excerpts, hide
from openbook.document import Document
from openbook.findings import Location
from openbook.source import Paragraph, Piece, Place, Source

MOBILE = "139" + "0000" + "0000"
IDENTITY = "110101" + "1990" + "0101" + "0000"


def test_names_behind_their_label():
    assert hide("经办人：赵某甲 | 1.00") == "经办人：赵** | 1.00"
    assert hide("负责人 | 钱乙 | 项目") == "负责人 | 钱* | 项目"


def test_numbers():
    assert hide(f"手机 {MOBILE}") == "手机 139" + "*" * 8
    assert hide("联系电话：0000-" + "0000" + "000") == "联系电话：000" + "*" * 9
    assert IDENTITY not in hide(f"证件 {IDENTITY} 止")


def test_the_length_stays_so_that_columns_stay():
    text = f"经办人：赵某甲 电话：{MOBILE} 金额 1,234.50"
    assert len(hide(text)) == len(text)


def test_figures_and_duties_are_no_personal_data():
    for text in (
        "合计 | 2804.37 | 2,643.87",
        "项目负责人应当认真履行职责",
        "2010306 | 政务公开审批 | 13900.00",
    ):
        assert hide(text) == text


def test_only_what_is_asked_for_and_known():
    document = Document(Source("某", "txt", [Paragraph("某句话", (Piece(0, Place(line=3, column=1)),))]))
    here, nowhere, elsewhere = (Location(place) for place in (Place(line=3), Place(), Place(line=4)))
    assert excerpts(document, [here, nowhere, elsewhere]) == {here: "某句话"}
    assert excerpts(None, [here]) == {}
    assert excerpts(document, [nowhere]) == {}


def test_pieces_of_one_line_stand_at_their_columns():
    pieces = (Piece(0, Place(line=3, column=3)), Piece(2, Place(line=3, column=9)))
    document = Document(Source("某", "txt", [Paragraph("甲乙丙丁", pieces)]))
    assert list(excerpts(document, [Location(Place(line=3))]).values()) == ["  甲乙    丙丁"]
