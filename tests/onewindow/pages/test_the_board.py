"""The supervisor's board: figures by unit, and late matters with the chain of reasons."""

import pytest

from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import Watch, Watched, watch, watched
from onewindow.oversight.supervision.queries import board, late_matters
from tests.onewindow.pages import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(on, bureau):
    ids = cases.a_bureau_at_work("p-1")
    with on("2026-04-20 09:00"):
        ids["village"] = cases.accepted(title="村里的一件事", unit="village").pk
    with on("2026-06-02 10:20"):
        yield ids


def test_the_figures_of_each_unit(at_work):
    assert watch(["section", "village", "bureau"]) == [
        Watch("section", red=1, yellow=1, warning=1, paused=1, overrun=1),
        Watch("village", red=1),
    ]


def test_a_unit_shows_the_sum_of_what_is_below_it(at_work, signed_in):
    found = board(signed_in(Role.SUPERVISOR).actor)
    assert found.unit == "bureau"
    assert [(row.code, row.figures.red, row.deeper) for row in found.rows] == [
        ("section", 1, False),
        ("town", 1, True),
    ]
    assert found.total.red == 2
    below = board(signed_in(Role.SUPERVISOR).actor, "town")
    assert [(row.code, row.figures.red) for row in below.rows] == [("village", 1)]
    assert below.path == [("bureau", "行政审批服务管理局")]


def test_what_stands_at_a_unit_itself_has_a_row_of_its_own(on, bureau, signed_in):
    with on("2026-04-20 09:00"):
        cases.accepted(unit="town")
    with on("2026-06-02 09:00"):
        found = board(signed_in(Role.SUPERVISOR).actor, "town")
    assert [(row.code, row.here, row.figures.red) for row in found.rows] == [
        ("town", True, 1),
        ("village", False, 0),
    ]


def test_a_unit_that_is_not_his_shows_his_own(at_work, signed_in):
    found = board(signed_in(Role.SUPERVISOR, unit="town").actor, "section")
    assert found.unit == "town"


@pytest.mark.parametrize(
    ("what", "title"),
    [
        (Watched.RED, "人力资源服务许可"),
        (Watched.YELLOW, "烟草专卖零售许可"),
        (Watched.WARNING, "公共场所卫生许可"),
        (Watched.PAUSED, "食品经营许可（大型餐馆）"),
        (Watched.OVERRUN, "户外广告设置许可"),
    ],
)
def test_behind_each_figure_stand_its_matters(what, title, at_work, signed_in):
    assert [one.title for one in watched(["section"], what).matters] == [title]
    page = signed_in(Role.SUPERVISOR).text(f"/board/{what.value}/", unit="section")
    assert title in page


def test_a_late_matter_shows_where_its_days_went_and_who_had_it(at_work, signed_in):
    late, following = late_matters(signed_in(Role.SUPERVISOR).actor, "section", Watched.RED, "", 10)
    (one,) = late
    assert one.stands == "已逾期14个工作日"
    assert [(held.stretch.state.title, held.stretch.days, held.longest) for held in one.chain] == [
        ("已提交", 0, False),
        ("审查中", 16, True),
        ("待决定", 3, False),
        ("审查中", 10, False),
    ]
    assert following == ""


def test_thresholds_are_shown_with_their_mark(at_work, signed_in):
    page = signed_in(Role.SUPERVISOR).text("/board/")
    assert "剩余不超过20%或1个工作日预警" in page
    assert '<span class="mark">建议</span>' in page


def test_a_matter_that_ended_late_is_history_and_off_the_board(on, bureau):
    from onewindow.kernel.api import move

    with on("2026-04-20 09:00"):
        matter = cases.reviewed(promised=5)
    with on("2026-05-20 09:00"):
        move(matter.pk, "deny", cases.APPROVER, {"reason": "不符合。", "remedy": "可以申请复议。"})
        assert watch(["section"]) == []


def test_lists_go_on_page_by_page(on, bureau):
    with on("2026-04-20 09:00"):
        made = {cases.accepted(title=f"第{number}件").pk for number in range(5)}
    with on("2026-06-02 09:00"):
        found, after = [], ""
        while True:
            page = watched(["section"], Watched.RED, after, limit=2)
            found += [one.pk for one in page.matters]
            if not (after := page.next):
                break
    assert len(found) == 5
    assert set(found) == made


def test_the_fragment_is_the_board_without_its_frame(at_work, signed_in):
    text = signed_in(Role.SUPERVISOR).text("/board/fragment/")
    assert "人力资源服务许可" in text
    assert "<html" not in text


def test_a_list_that_does_not_exist_is_not_found(signed_in):
    supervisor = signed_in(Role.SUPERVISOR)
    assert supervisor.get("/board/green/").status_code == 404
    assert supervisor.get("/board/red/", {"after": "x"}).status_code == 404


def test_the_page_knows_the_stream_where_there_is_one(signed_in, settings):
    supervisor = signed_in(Role.SUPERVISOR)
    assert "data-stream" not in supervisor.text("/board/")
    settings.STREAM_URL = "http://127.0.0.1:8011"
    answer = supervisor.get("/board/")
    assert 'data-stream="http://127.0.0.1:8011/events?token=' in answer.content.decode()
    assert "connect-src 'self' http://127.0.0.1:8011;" in answer["Content-Security-Policy"]


def test_a_board_that_renews_itself_keeps_no_session_alive(on, bureau, signed_in):
    with on("2026-06-02 09:00"):
        supervisor = signed_in(Role.SUPERVISOR)
    for minute in range(2, 60, 4):
        with on(f"2026-06-02 09:{minute:02}"):
            answer = supervisor.get("/board/fragment/", headers={"X-Background": "1"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")
