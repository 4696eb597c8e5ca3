from openbook.checking.engine import check_file
from tests.reading.paper import PICTURE, Page, save

TABLE = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "5.00"]]


def codes(folder, *pages: Page) -> list[str]:
    return [found.code for found in check_file(save(folder, *pages)).findings if found.code == "OB006"]


def written() -> Page:
    page = Page().text(50, 50, "2024年部门预算支出总表")
    return page.table([50, 150, 300, 400], [100, 120, 140], TABLE)


def test_a_scanned_page(tmp_path):
    assert codes(tmp_path, written(), Page().put(PICTURE)) == ["OB006"]


def test_a_page_with_text(tmp_path):
    assert codes(tmp_path, written()) == []


def test_must_not_fire_for_text_beside_a_picture(tmp_path):
    assert codes(tmp_path, written().put(PICTURE)) == []


def test_must_not_fire_for_a_blank_page(tmp_path):
    assert codes(tmp_path, written(), Page()) == []
