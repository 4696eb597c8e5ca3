"""Procurement and state assets: prose and tables say the same, and parts are never more than their whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openbook.book.model import PROCUREMENT, Asset, Purchase, Words
from openbook.composing.compose import compose
from openbook.composing.figures import LastYear
from openbook.composing.holdings import (
    asset_total,
    assets,
    assets_table,
    procurement,
    procurement_table,
    units_table,
)
from openbook.composing.telling import Teller, runs_of
from openbook.disclosure import Table
from tests.book.books import BUREAU, CENTRE, small_book
from tests.composing.departments import department

ABOVE = ("", "单位：万元")


def teller() -> Teller:
    return Teller(small_book(), LastYear(small_book()), {})


def steps(table: Table) -> list[list[int]]:
    """The money of each row in 0.01 万元: 合计, five funds, what is reserved."""
    return [
        [int(cell.text.replace(".", "") or 0) for cell in row[6:]] for row in table.rows[table.head_rows :]
    ]


@st.composite
def purchases(draw: st.DrawFn) -> list[Purchase]:
    found = []
    for number in range(draw(st.integers(0, 9))):
        amount = draw(st.integers(1, 30_000))
        reserved = draw(st.sampled_from((0, amount, amount // 3, amount // 2)))
        small = draw(st.sampled_from((0, reserved, reserved // 2)))
        category, source = (
            draw(st.sampled_from(tuple(PROCUREMENT))),
            draw(st.sampled_from(("general", "fund", "other"))),
        )
        found.append(
            Purchase(BUREAU, f"物{number}", category, amount, source, reserved=reserved, reserved_small=small)
        )
    return found


@given(purchases())
def test_prose_and_table_of_procurement_agree_and_add_up(found: list[Purchase]) -> None:
    made = small_book()
    made.purchases = found
    said = {word: value.amount for word, value in procurement(teller(), made, found).items()}
    assert said["总额"].steps == sum(said[word].steps for word in PROCUREMENT.values())
    assert 0 <= said["预留小微"].steps <= said["预留"].steps <= said["总额"].steps
    assert said["总额"].exact == sum(one.amount for one in found)
    total, *rows = steps(procurement_table(made, found, "部门", ABOVE))
    assert total[0] == said["总额"].steps
    assert total[-1] == said["预留"].steps
    for column in range(7):
        assert total[column] == sum(row[column] for row in rows)
    for row in (total, *rows):
        assert row[0] == sum(row[1:6])
        assert row[-1] <= row[0]


def test_figures_of_procurement_come_from_its_lines() -> None:
    made = small_book()
    telling = teller()
    procurement(telling, made, made.purchases)
    lines = {word: [origin.line for origin in telling.cells[f"procurement/{word}"].origins] for word in (
        "总额", "货物", "工程", "服务", "预留", "预留小微")}  # fmt: skip
    assert lines == {
        "总额": [0, 1, 2],
        "货物": [0],
        "工程": [2],
        "服务": [1],
        "预留": [0, 2],
        "预留小微": [0],
    }


def test_a_unit_speaks_of_its_own_purchases_and_their_lines() -> None:
    made = department("shanghai-9")
    composed = compose(made, unit=CENTRE)
    assert composed.disclosure is not None
    cell = composed.disclosure.cells["procurement/总额"]
    assert cell.exact == 20_000_000
    assert [origin.line for origin in cell.origins] == [2]


def test_two_purchases_that_are_alike_are_two() -> None:
    made = small_book()
    made.purchases = [made.purchases[0], Purchase(*_fields(made.purchases[0]))]
    telling = teller()
    procurement(telling, made, made.purchases[:1])
    assert [origin.line for origin in telling.cells["procurement/总额"].origins] == [0]


def _fields(purchase: Purchase) -> tuple:
    return tuple(getattr(purchase, name) for name in Purchase.__dataclass_fields__)


def test_the_table_of_procurement_tells_each_purchase() -> None:
    table = procurement_table(small_book(), small_book().purchases, "单位", ABOVE)
    assert table.title == "单位政府采购预算表"
    assert [cell.text for cell in table.rows[3]] == [
        "自助服务终端", "政务大厅设备更新", "A0201", "台", "12", "0.80", "9.60", "9.60", "", "", "", "", "9.60",
    ]  # fmt: skip


def test_no_procurement_is_an_empty_table_that_says_so() -> None:
    table = procurement_table(small_book(), [], "部门", ABOVE)
    assert len(table.rows) == 3
    assert table.notes == ("注：无政府采购预算，空表列示。",)


# --- assets ---------------------------------------------------------------------------------------


def test_counts_of_vehicles_leave_out_how_many_there_may_be() -> None:
    made, telling = small_book(), teller()
    said = assets(made, made.assets, telling)

    def shown(text: str) -> str:
        return "".join(run.text for run in runs_of(text, telling.claims))

    assert shown(said["车辆总数"]) == "2辆"
    assert shown(said["车辆编制"]) == "2辆"
    kinds = {kind["名称"]: shown(kind["数量"]) for kind in said["车辆"]}
    assert kinds["机要通信用车"] == kinds["应急保障用车"] == "1辆"
    assert kinds["执法执勤用车"] == "0辆"
    assert "离退休干部用车" not in kinds
    assert said["截止日期"] == "2023年12月31日"
    assert said["办公用房"] == "3200.5平方米"
    assert shown(said["设备50万"]) == "1台（套）"


def test_assets_that_nobody_wrote_are_none() -> None:
    made, telling = small_book(), teller()
    made.assets_date = ""
    said = assets(made, [], telling)
    assert not said["有"]
    assert said["车辆编制"] == ""
    assert said["截止日期"] == "2023年12月31日"
    assert said["办公用房"] == "0平方米"


@given(st.lists(st.tuples(st.sampled_from(("house.office", "house.other", "vehicle.leader", "fixed.other",
                                           "equipment.200000")), st.integers(0, 10**7)), max_size=12))  # fmt: skip
def test_the_value_of_assets_is_the_sum_of_its_lines(rows: list[tuple[str, int]]) -> None:
    owned = [Asset(item, "1", value) for item, value in rows]
    table = assets_table(owned, "部门", ABOVE)
    total, *lines = [int(row[2].text.replace(".", "") or 0) for row in table.rows[1:]]
    assert total == sum(lines) - lines[1]  # of which offices
    assert total == asset_total(owned, teller()).amount.steps


def test_the_total_of_assets_is_a_figure_of_the_disclosure() -> None:
    composed = compose(department("hebei-9"))
    assert composed.disclosure is not None
    assert composed.disclosure.cells["assets/total"].exact == sum(
        one.value or 0 for one in department("hebei-9").assets
    )


def test_a_unit_speaks_of_its_own_assets() -> None:
    made = department("shanghai-9")
    made.assets = [Asset("vehicle.dispatch", "2", unit=BUREAU), Asset("vehicle.dispatch", "1", unit=CENTRE)]
    made.texts["explanation"] = Words("{{ 资产.车辆总数 }}")
    for unit, number in (("", "3辆"), (BUREAU, "2辆"), (CENTRE, "1辆")):
        composed = compose(made, unit=unit)
        assert composed.disclosure is not None
        assert [block.text for block in composed.disclosure.blocks] == [number]


def test_the_table_of_units_tells_what_they_are() -> None:
    table = units_table(small_book().units)
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [
        [f"{BUREAU}本级", "行政", "正科级", "财政拨款"],
        [CENTRE, "事业", "股级", "财政拨款"],
    ]
