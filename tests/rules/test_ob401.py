from openbook.rules.ob401 import RULE
from tests.accounts.samples import findings, severities


def test_the_name_of_another_code():
    (found,) = findings(RULE, "# general_basic\n302 | 商品和服务支出\n30203 | 水费")
    assert found.severity.word == "error"
    assert (found.expected, found.actual) == ("咨询费", "水费")
    assert "30205" in found.message


def test_the_right_code():
    assert findings(RULE, "# general_basic\n302 | 商品和服务支出\n30205 | 水费") == []


def test_a_name_of_no_code_is_a_warning():
    assert severities(RULE, "# general_basic\n303 | 离退休人员经费") == ["warning"]


def test_a_scanner_may_have_shifted_one_row_but_not_two_tables():
    once = "# general_basic\n30203 | 水费"
    assert severities(RULE, once, form="txt") == ["warning"]
    assert severities(RULE, once + "\n# expenditure\n30203 | 水费", form="txt") == ["error"]


def test_a_class_numbered_at_will_is_one_finding():
    rows = ["30202 | 咨询费", "30203 | 水费", "30204 | 电费", "30205 | 邮电费", "30207 | 工会经费"]
    (found,) = findings(RULE, "# general_basic\n302 | 商品和服务支出\n" + "\n".join(rows))
    assert len(found.locations) == 5
    assert found.key == ("class", "302")


def test_accounts_known_by_memory_only_warn():
    assert severities(RULE, "# expenditure\n2010204 | 委员视察") == ["warning"]
    assert severities(RULE, "# expenditure\n2010204 | 会务保障") == ["info"]


def test_must_not_fire():
    text = """# expenditure
201 | 一般公共 服务支出
20103 | 政府办公厅 (室)及相关 机构事务
2010306 | 政务公开审批
2010398 | 地方自设科目
21205 | 城乡社区环境卫生
2120501 | 城乡社区环境卫生
2130104 | 事业运行
# projects
30203 | 水费改造
# three_public
30203 | 水费"""
    assert findings(RULE, text, form="txt") == []
