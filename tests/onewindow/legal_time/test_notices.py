"""The text of a notice, as it stands, becomes the days that are in the table."""

from __future__ import annotations

import pytest

from onewindow.kernel.legal_time import (
    Calendar,
    DayKind,
    Notice,
    NoticeFault,
    bundled_calendar,
    bundled_notices,
    read_csv,
    read_text,
)
from onewindow.kernel.legal_time.notices import flaws
from tests.onewindow.legal_time.clocks import day

# The arrangements of three years, in the three ways in which they have been written.
TEXTS = {
    2019: """一、元旦：12月30日至1月1日放假，共3天。12月29日（星期六）上班。
        二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期天）上班。
        三、清明节：4月5日放假，与周末连休。四、劳动节：5月1日放假，共1天。
        五、端午节：6月7日放假，与周末连休。六、中秋节：9月13日放假，与周末连休。
        七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期天）、10月12日（周六）上班。""",
    2023: """一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
        二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
        三、清明节：4月5日放假，共1天。
        四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
        五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
        六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2026: """关于2026年部分节假日安排的通知
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
        三、清明节：4月4日（周六）至6日（周一）放假，共3天。
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。
        六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
        国务院办公厅 2025年11月4日""",
}


def working(notices: list[Notice], year: int) -> list[int]:
    """The working days from December of the year before on, as offsets."""
    calendar = Calendar(notices)
    first = day(f"{year - 1}-12-01").toordinal()
    return [n for n in range(396) if calendar.works(first + n)]


@pytest.mark.parametrize("year", TEXTS)
def test_the_text_of_a_notice_gives_the_same_working_days_as_the_table(year: int) -> None:
    earlier = [one for one in bundled_notices() if one.year < year]
    table = [one for one in bundled_notices() if one.year == year and not one.amends]
    assert working([*earlier, read_text(TEXTS[year], year)], year) == working([*earlier, *table], year)


@pytest.mark.parametrize(
    "notice", [one for one in bundled_notices() if not one.amends], ids=lambda one: one.key
)
def test_every_notice_that_comes_along_passes_its_own_check(notice: Notice) -> None:
    assert list(flaws(notice.days, notice.year)) == []


def test_an_adjustment_is_read_without_headings() -> None:
    text = "2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。"
    notice = read_text(text, 2019, name="劳动节", amends=True)
    calendar = Calendar([*(one for one in bundled_notices() if one.key != "2019-1"), notice])
    assert bundled_calendar().differences(calendar) == []
    assert calendar.reason(day("2019-05-03")) == "劳动节放假"


def test_adjoining_days_and_days_given_back_are_read() -> None:
    notice = read_text(
        "5月1日放假，5月2日（星期一）补休。2月20日（星期六）、21日（星期日）上班。", 2016, amends=True
    )
    assert [(one.day.isoformat(), one.kind) for one in notice.days] == [
        ("2016-02-20", DayKind.WORKDAY),
        ("2016-02-21", DayKind.WORKDAY),
        ("2016-05-01", DayKind.HOLIDAY),
        ("2016-05-02", DayKind.HOLIDAY),
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("9月20日（周日）", "9月20日（周六）"), "2026-09-20写成“周六”，日历上是星期日"),
        (("共9天", "共8天"), "春节：写明共8天，按日期数是9天"),
        (("关于2026年", "关于2027年"), "通知写的是2027年，导入时选的是2026年"),
        (("5月9日（周六）上班", "5月9日（周六）照常"), "劳动节：读不懂“5月9日（周六）”"),
        (("4月4日（周六）至6日（周一）", "4月31日至5月3日"), "不存在的日期"),
        (("5月9日（周六）上班", "5月5日（周二）上班"), "2026-05-05既写放假又写上班"),
        (("至23日（农历正月初七、周一）", "至13日"), "起止日期不对"),
        (("三、清明节：4月4日（周六）至6日（周一）放假，共3天。", ""), "缺少清明节的安排"),
        (("5月9日（周六）上班", "5月8日（周五）上班"), "本来就上班"),
        (
            (
                "5月9日（周六）上班",
                "5月9日、5月10日、5月16日、5月17日、5月23日、5月24日、5月30日、5月31日、6月6日、6月7日、6月13日、6月14日、7月4日、7月5日、7月11日上班",
            ),
            "多于所换的",
        ),
    ],
)
def test_a_text_that_contradicts_itself_is_refused_with_its_place(
    change: tuple[str, str], fault: str
) -> None:
    assert change[0] in TEXTS[2026]
    with pytest.raises(NoticeFault, match=fault):
        read_text(TEXTS[2026].replace(*change), 2026)


def test_a_text_without_any_date_is_refused() -> None:
    with pytest.raises(NoticeFault, match="没有读到任何日期"):
        read_text("祝大家节日愉快", 2027)


def test_the_rows_of_a_year_are_read_from_csv() -> None:
    table = next(one for one in bundled_notices() if one.key == "2026")
    rows = [f"{one.day},{'放假' if one.kind is DayKind.HOLIDAY else '上班'},{one.name}" for one in table.days]
    notice = read_csv("\ufeffdate,kind,name\n" + "\n".join(reversed(rows)), 2026)
    assert notice.days == table.days


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("day,kind\n", "缺少列 date、name"),
        ("date,kind,name\n2027/1/1,放假,元旦", "第2行：日期“2027/1/1”应写成"),
        ("date,kind,name\n2027-01-01,休息,元旦", "第2行：类别“休息”应为"),
        ("date,kind,name\n2027-01-01,放假,", "第2行：没有写节日名称"),
        ("date,kind,name\n2027-01-01,放假,元旦\n2027-01-01,上班,元旦", "2027-01-01出现了两次"),
        ("date,kind,name\n2026-05-01,放假,元旦", "2026-05-01不在2027年内"),
        ("date,kind,name\n2027-01-01,放假,元旦", "5月1日是劳动节，法定放假"),
        ("date,kind,name\n", "没有读到任何日期"),
    ],
)
def test_wrong_rows_are_refused_with_their_line(text: str, fault: str) -> None:
    with pytest.raises(NoticeFault, match=fault):
        read_csv(text, 2027)
