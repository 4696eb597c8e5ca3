"""A receipt is downloaded by whom it concerns, and checked by anybody with what anybody may have."""

import json
import subprocess
import sys

import pytest

from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases

pytestmark = pytest.mark.django_db


def test_what_was_downloaded_here_is_checked_elsewhere(on, applicant, client, tmp_path):
    with on("2026-05-06 09:00"):
        matter = cases.accepted(owner=applicant().account.party)
    with on("2026-05-07 02:00"):
        close_days()
        answer = applicant().get(f"/matters/{matter.pk}/receipt/")
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{matter.pk}.json"'
    page = client.get("/receipts/").content.decode()
    key_address = page.split('href="/receipts/keys/')[1].split('"')[0]
    for name, content in (
        ("receipt.json", answer.content),
        ("verify_receipt.py", client.get("/receipts/verify_receipt.py").content),
        ("key.pem", client.get(f"/receipts/keys/{key_address}").content),
    ):
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-I", "verify_receipt.py", "receipt.json", "key.pem"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 0, run.stdout.decode()
    assert len(json.loads(answer.content)["entries"]) == 2


def test_before_the_day_is_closed_it_says_from_when(on, applicant):
    with on("2026-05-06 09:00"):
        asking = applicant()
        matter = cases.accepted(owner=asking.account.party)
        answer = asking.get(f"/matters/{matter.pk}/receipt/")
    assert answer.status_code in (409, 422)
    assert "最早可于2026-05-07" in answer.content.decode()


def test_a_stranger_gets_no_receipt(applicant, signed_in):
    matter = cases.accepted(owner=applicant().account.party)
    assert applicant("stranger", order="003").get(f"/matters/{matter.pk}/receipt/").status_code == 404
    assert signed_in(Role.WINDOW, unit="town").get(f"/matters/{matter.pk}/receipt/").status_code == 404


def test_a_key_that_is_not_ours_is_not_found(client):
    assert client.get("/receipts/keys/0123.pem").status_code == 404


def test_deliberation_is_shown_to_staff_and_withheld_from_whose_matter_it_is(applicant, signed_in):
    asking = applicant()
    matter = cases.reviewed(owner=asking.account.party)
    own, staff = (
        asking.text(f"/matters/{matter.pk}/"),
        signed_in(Role.APPROVER).text(f"/matters/{matter.pk}/"),
    )
    for secret in ("建议准予", "符合条件", "提出审查意见"):
        assert secret not in own
        assert secret in staff
    assert "内部审查" in own
