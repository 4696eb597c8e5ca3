"""Days are closed: each once, in order, none left out."""

from datetime import date, timedelta

import pytest

from onewindow.kernel.api import Entry, Subject, begin
from onewindow.kernel.crypto import sm2
from onewindow.kernel.errors import ClockBehind, Refused
from onewindow.kernel.keeping import signing
from onewindow.kernel.keeping.days import close_days, midnight
from onewindow.kernel.keeping.publishing import folder, publish, published, sealed_of
from onewindow.kernel.keeping.signing import CannotSign, hand_over
from onewindow.kernel.keys import announced_keys, ledger_key, trusted_keys
from onewindow.kernel.ledger.days import heads
from onewindow.kernel.ledger.merkle import Growing
from onewindow.kernel.ledger.roots import check_roots
from onewindow.kernel.models import LedgerDay, LedgerLeaf
from tests.onewindow.keeping.bureau import FIRST, closed_week, days, on, submitted, week
from tests.onewindow.people import APPLICANT

pytestmark = pytest.mark.django_db


def roots():
    return [sealed_of(row) for row in LedgerDay.objects.order_by("day")]


def faults():
    return list(check_roots(roots(), trusted_keys(), announced_keys(), published()))


# --- which days ----------------------------------------------------------------------------------


def test_without_an_entry_there_is_nothing_to_close():
    assert close_days() == 0
    assert LedgerDay.objects.count() == 0


def test_every_day_from_the_first_entry_to_yesterday_is_closed_also_the_idle_one():
    closed_week()
    assert [one.root.day for one in roots()] == days(FIRST, 4)
    assert [(one.root.entries, one.root.leaves) for one in roots()] == [(4, 3), (0, 0), (2, 2), (2, 1)]
    assert faults() == []


def test_a_day_waits_five_minutes_after_midnight_for_whoever_began_before_it():
    with on("2026-05-11", "23:59"):
        submitted()
        assert close_days() == 0
    with on("2026-05-12", "00:04"):
        assert close_days() == 0
    with on("2026-05-12", "00:05"):
        assert close_days() == 1
        assert close_days() == 0


def test_an_entry_belongs_to_its_day_in_beijing_to_the_microsecond():
    with on("2026-05-11", "23:59:59.999999"):
        submitted(1)
    with on("2026-05-12", "00:00"):
        submitted(2)
    with on("2026-05-13", "00:05"):
        close_days()
    assert [(str(leaf.day), leaf.matter) for leaf in LedgerLeaf.objects.order_by("day")] == [
        ("2026-05-11", "M001"),
        ("2026-05-12", "M002"),
    ]


def test_the_leaves_are_the_heads_of_the_day_and_make_the_root():
    closed_week()
    for sealed in roots():
        since = midnight(sealed.root.day)
        entries = Entry.objects.filter(at__gte=since, at__lt=midnight(sealed.root.day + timedelta(1)))
        leaves = heads((one.matter_id, one.seq, bytes(one.hash)) for one in entries)
        kept = LedgerLeaf.objects.filter(day=sealed.root.day).order_by("matter")
        assert [(one.matter, one.seq, bytes(one.head)) for one in kept] == leaves
        tree = Growing()
        for leaf in leaves:
            tree.add(leaf.hash())
        assert sealed.root.root == tree.root()


def test_ids_are_sorted_as_code_points_on_both_databases():
    """As neither a dictionary nor a language would: upper case before lower case, Chinese last."""
    names = ["b-1", "B-1", "_1", "-1", "办-1", "ａ-1", "a-1", "1", "10", "2"]
    with on("2026-05-11"):
        for name in names:
            begin("permit", "submit", APPLICANT, {}, subject=Subject("bureau", "许可", "p-1"), id=name)
    with on("2026-05-12"):
        close_days()
    assert list(LedgerLeaf.objects.order_by("matter").values_list("matter", flat=True)) == sorted(names)
    assert faults() == []


def test_ten_thousand_idle_days_are_closed_and_do_not_hang(django_assert_max_num_queries):
    """A millisecond each: none of them is asked for by itself."""
    with on("1999-01-01"):
        submitted()
    with on("2026-05-20"), django_assert_max_num_queries(1500):
        assert close_days(most=9000) == 9000
        assert close_days() == LedgerDay.objects.count() - 9000
    assert LedgerDay.objects.count() == (date(2026, 5, 20) - date(1999, 1, 1)).days
    assert faults() == []


def test_what_was_closed_in_pieces_is_the_same_as_at_once():
    week()
    with on("2026-05-13"):
        assert close_days(most=1) == 1
        assert close_days(most=1) == 1
    with on("2026-05-15", "00:05"):
        assert close_days() == 2
    assert faults() == []
    assert [one.root.entries for one in roots()] == [4, 0, 2, 2]


def test_into_a_closed_day_nothing_can_be_written():
    closed_week()
    with on("2026-05-14", "12:00"), pytest.raises(ClockBehind):
        submitted(9)


def test_a_clock_that_went_back_closes_nothing():
    closed_week()
    with on("2026-05-12"):
        assert close_days() == 0


# --- made public ------------------------------------------------------------------------------------


def test_roots_stand_in_a_public_file_of_the_year():
    with on("2026-12-31"):
        submitted()
    with on("2027-01-02"):
        close_days()
    assert [path.name for path in sorted(folder().glob("*.jsonl"))] == ["2026.jsonl", "2027.jsonl"]
    assert published() == {one.root.day: one.digest() for one in roots()}


def test_what_a_crash_left_out_is_published_by_the_next_run():
    closed_week()
    file = folder() / "2026.jsonl"
    whole = file.read_bytes()
    for cut in (len(whole) - 1, len(whole) - 300, 10, 0):
        file.write_bytes(whole[:cut])
        publish()
        assert file.read_bytes() == whole
    file.unlink()
    publish()
    assert file.read_bytes() == whole
    assert publish() == 0


def test_a_public_file_that_was_changed_is_told():
    closed_week()
    file = folder() / "2026.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"entries":4', '"entries":5'), encoding="utf-8")
    with pytest.raises(Refused, match="第1行读不懂：摘要与日根、签名不符"):
        published()
    file.write_text(text + '{"day":"2026-05-11","digest":"' + "00" * 32 + '"}\n', encoding="utf-8")
    with pytest.raises(Refused, match="2026-05-11已有一个不同的日根"):
        published()


# --- keys ---------------------------------------------------------------------------------------------


def test_a_new_key_takes_over_once_the_old_one_has_named_it(own_keys):
    week()
    with on("2026-05-12", "08:00"):
        close_days()
        new = hand_over()
        assert oct(signing.waiting_path().stat().st_mode & 0o777) == "0o600"
        assert close_days() == 0
    with on("2026-05-15", "00:05"):
        close_days()
    first, tuesday, wednesday, thursday = (one.root for one in roots())
    assert (first.key, first.next_key) == (own_keys.public.fingerprint, None)
    assert (tuesday.key, tuesday.next_key) == (own_keys.public.fingerprint, new.fingerprint)
    assert [(one.key, one.next_key) for one in (wednesday, thursday)] == [(new.fingerprint, None)] * 2
    assert not signing.waiting_path().exists()
    assert ledger_key().public == new
    assert faults() == []


def test_a_process_killed_before_the_keys_changed_places_goes_on(own_keys, monkeypatch):
    week()
    new = hand_over()
    monkeypatch.setattr("onewindow.kernel.keeping.days.take_over", lambda root: False)
    with on("2026-05-13", "00:05"):
        close_days()
    assert signing.waiting_path().exists()
    monkeypatch.undo()
    with on("2026-05-15", "00:05"):
        close_days()
    assert [one.root.key == new.fingerprint for one in roots()] == [False, True, True, True]
    assert not signing.waiting_path().exists()
    assert faults() == []


def test_one_change_of_keys_at_a_time(own_keys):
    week()
    hand_over()
    with pytest.raises(CannotSign, match="已有一把新密钥在等待交接"):
        hand_over()


def test_the_key_in_use_is_no_new_key(own_keys):
    with pytest.raises(CannotSign, match="不需要更换"):
        hand_over(own_keys)


def test_another_key_without_the_old_ones_word_signs_nothing(own_keys, settings):
    closed_week()
    stranger = sm2.generate()
    settings.LEDGER_KEY.write_text(stranger.to_pem(), encoding="utf-8")
    with on("2026-05-16"), pytest.raises(CannotSign, match="应由指纹为"):
        close_days()
    assert len(roots()) == 4


def test_a_lost_key_is_followed_by_one_that_was_announced(own_keys, settings):
    closed_week()
    new = sm2.generate()
    settings.LEDGER_KEY.write_text(new.to_pem(), encoding="utf-8")
    signing.trust(new.public)
    announced = settings.TRUSTED_KEYS / "announced.txt"
    announced.write_text(
        f"# 2026-05-15 公告\n{new.public.fingerprint.upper()}  # 原私钥丢失\n", encoding="utf-8"
    )
    with on("2026-05-16"):
        assert close_days() == 1
    assert faults() == []
    announced.unlink()
    assert [fault.code for fault in faults()] == ["wrong-key"]


def test_without_a_key_it_is_told_where_it_should_be(own_keys, settings):
    week()
    settings.LEDGER_KEY.unlink()
    with on("2026-05-16"), pytest.raises(CannotSign, match=r"签名私钥读不出来（.*ledger-key\.pem）"):
        close_days()
