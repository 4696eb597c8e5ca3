"""The frame around every page."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from onewindow.main.web.headers import ReadingType

pytestmark = pytest.mark.django_db


def test_the_front_page_is_open_to_everybody(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "一窗" in answer.content.decode()


def test_large_type_is_a_link_and_a_cookie(client):
    answer = client.get("/?type=large&a=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/?a=1"
    assert 'class="large"' in client.get("/").content.decode()
    client.get("/?type=plain")
    assert 'class="large"' not in client.get("/").content.decode()


def test_no_page_may_load_or_run_anything_from_elsewhere(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_type_link_never_leads_to_another_site(client):
    request = RequestFactory().get("/", {"type": "large"})
    request.path = "//evil.example/"
    assert ReadingType(lambda request: HttpResponse())(request)["Location"] == "/evil.example/"


def test_an_address_that_does_not_exist_has_a_chinese_page(client):
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()
