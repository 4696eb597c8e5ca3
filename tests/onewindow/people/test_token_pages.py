"""The page on which tokens of the API are issued and revoked."""

from datetime import timedelta

import pytest
from django.test import Client

from onewindow.kernel import moment
from onewindow.kernel.procedure import Role
from onewindow.people.models import ApiToken
from onewindow.people.tokens import bearer_of
from tests.onewindow.people.bureau import staff, units

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    """The security administrator's browser; there is a clerk."""
    units()
    staff("clerk", Role.WINDOW)
    client = Client()
    client.force_login(staff("security", Role.SECURITY_ADMIN))
    return client


def wanted(**changed):
    until = (moment.today() + timedelta(days=30)).isoformat()
    return {"login": "clerk", "title": "取号机", "scopes": ["matters:read"], "until": until} | changed


def test_a_token_is_shown_once_and_works(admin):
    answer = admin.post("/people/tokens/", wanted())
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    token = answer.content.decode().split("<code>ow_")[1].split("</code>")[0]
    assert bearer_of(f"ow_{token}").scopes == {"matters:read"}
    assert token not in admin.get("/people/tokens/").content.decode()


def test_a_token_is_revoked(admin):
    admin.post("/people/tokens/", wanted())
    prefix = ApiToken.objects.get().prefix
    assert prefix in admin.get("/people/tokens/").content.decode()
    answer = admin.post(f"/people/tokens/{prefix}/revoke/", follow=True)
    assert "令牌已吊销" in answer.content.decode()
    assert f"ow_{prefix}" not in answer.content.decode()
    assert ApiToken.objects.get().revoked is not None
    assert admin.post("/people/tokens/nothing/revoke/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"login": "nobody"}, "没有这个账户"),
        ({"login": ""}, "没有这个账户"),
        ({"title": " "}, "请写明令牌的用途"),
        ({"title": "x" * 101}, "请写明令牌的用途"),
        ({"scopes": []}, "请至少选一个权限范围"),
        ({"until": "2020-01-01"}, "有效期的末日"),
        ({"until": ""}, "有效期的末日"),
        ({"until": "x"}, "日期"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_issued(admin, changed, told):
    answer = admin.post("/people/tokens/", wanted(**changed))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not ApiToken.objects.exists()
