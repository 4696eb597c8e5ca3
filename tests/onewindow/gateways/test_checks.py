"""What is wrong with the gateways is said before anything starts, each with how to mend it."""

import pytest

from onewindow.main.gateway_checks import gateways, retries

SECRET = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _at_home(settings):
    settings.ALLOWED_HOSTS = ["localhost"]


def test_the_stand_ins_are_good_on_a_machine_of_ones_own():
    assert list(gateways()) == []
    assert list(retries()) == []


def test_a_platform_that_others_use_is_told_that_nothing_leaves_it(settings):
    settings.ALLOWED_HOSTS = ["spj.example.gov.cn"]
    found = list(gateways())
    assert [one.id for one in found] == ["onewindow.W131"] * 3
    assert found[0].msg == "短信留在本机，没有发给任何人。"


def test_everything_that_is_wrong_is_said_at_once_without_its_secrets(settings, tmp_path):
    settings.SMS = f"ftp://account:{SECRET}@sms.example.org"
    settings.MAIL = f"smtp://user:{SECRET}@mail.example.org"
    settings.PROVINCE = "https://province.example.org/reports"
    settings.PROVINCE_KEY = tmp_path / "none.pem"
    settings.RETRIES = str(tmp_path / "none.toml")
    found = [*gateways(), *retries()]
    assert [one.id for one in found] == ["onewindow.E130"] * 3 + ["onewindow.E132"]
    told = " ".join(one.msg for one in found)
    assert SECRET not in told
    for words in ("ONEWINDOW_SMS", "发件地址", "openssl genpkey", "ONEWINDOW_RETRIES"):
        assert words in told


def test_a_schedule_that_cannot_be_is_told_by_its_channel(settings, tmp_path):
    settings.RETRIES = str(tmp_path / "retries.toml")
    for content in (b"[sms]\nfirst = 0\n", b"\xff"):
        (tmp_path / "retries.toml").write_bytes(content)
        (found,) = retries()
        assert "ONEWINDOW_RETRIES 不能使用" in found.msg
