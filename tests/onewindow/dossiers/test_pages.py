"""The pages of documents: sending, listing, downloading, taking back; nothing that was sent runs in a browser."""

import io
import re
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse

from onewindow.kernel.api import Request, begin_dossier, dossier_of, move, receive
from onewindow.kernel.dossiers.store import incoming
from onewindow.kernel.models import Version
from onewindow.kernel.procedure import Role
from onewindow.people.api import Account, open_account
from tests.onewindow.dossiers import papers
from tests.onewindow.pages import cases
from tests.onewindow.pages.conftest import Reader
from tests.onewindow.people.bureau import somebody, staff, units

pytestmark = pytest.mark.django_db

PDF = papers.pdf()


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGE = str(tmp_path / "documents")
    settings.DOCUMENTS_INCOMING = tmp_path / "incoming"


def signed_in(*roles, unit="bureau", login="clerk"):
    return Reader(Account.objects.filter(login=login).first() or staff(login, *roles, unit=unit))


def applicant(login="applicant", order="001"):
    from onewindow.kernel.api import SYSTEM

    account = open_account(login, "某甲", SYSTEM, Account.Kind.APPLICANT)
    account.party = somebody(order=order)
    account.save()
    return Reader(account)


@pytest.fixture
def own(db):
    """An applicant before his own matter: the reader, the id of the matter, the address of its documents."""
    units()
    reader = applicant()
    matter = cases.submitted(owner=reader.account.party, unit="bureau").pk
    return reader, matter, reverse("documents", args=[matter])


def post(reader, address, content=PDF, name="申请书.pdf", document="申请书", **more):
    file = SimpleUploadedFile(name, content, "text/html")
    return reader.post(address, {"document": document, "file": file}, **more)


def receive_as(reader, matter, content=PDF, name="申请书.pdf"):
    return receive(matter, "申请书", io.BytesIO(content), name, reader.actor)


def test_a_file_that_is_sent_is_listed(own):
    reader, matter, address = own
    answer = post(reader, address, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    told = answer.content.decode()
    assert "已收到“申请书.pdf”，作为“申请书”的第1版。" in told
    assert "第1版，PDF 文件" in told
    assert "尚未随环节提交" in told
    assert Version.objects.get().digest in {one.current.digest for one in dossier_of(matter, reader.actor)}
    assert list(incoming().iterdir()) == []


def test_the_page_of_the_matter_lists_the_documents_as_well(own):
    reader, matter, _address = own
    version = receive_as(reader, matter)
    clerk = signed_in(Role.WINDOW)
    move(matter, "accept", clerk.actor, request=Request(documents=(version.digest,)))
    for one in (reader, clerk):
        told = one.text(reverse("matter", args=[matter]))
        assert "申请书.pdf" in told
        assert "随第2步提交" in told
        assert "上传材料" in told


def test_older_versions_stay_in_reach(own):
    reader, matter, address = own
    receive_as(reader, matter)
    receive_as(reader, matter, papers.pdf({9: b"(2)"}), "申请书改.pdf")
    told = reader.text(address)
    assert "以前的 1 版" in told
    assert told.index("申请书改.pdf") < told.index("申请书.pdf")


def test_what_is_refused_is_told_with_what_to_do_and_the_name_stays(own):
    reader, _matter, address = own
    answer = post(reader, address, papers.archive({"a": "b"}), "材料.zip", "全部材料")
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "“材料.zip”没有收下：这是压缩包。请先解压，再把里面的文件逐个上传。" in told
    assert 'value="全部材料"' in told
    assert not Version.objects.exists()


def test_without_a_file_or_a_name_it_is_told(own):
    reader, _matter, address = own
    answer = reader.post(address, {"document": "申请书"})
    assert (answer.status_code, "请选择要上传的文件" in answer.content.decode()) == (422, True)
    answer = post(reader, address, document="")
    assert (answer.status_code, "请写明材料名称" in answer.content.decode()) == (422, True)


def test_a_file_that_is_too_large_is_not_kept_on_the_way(own, settings):
    settings.DOCUMENT_LIMITS = "pdf=1,ofd=1,docx=1,xlsx=1,jpg=1,png=1,tiff=1,txt=1"
    reader, _matter, address = own
    answer = post(reader, address, bytes(2_000_000))
    assert (answer.status_code, "文件不能超过 1 MB" in answer.content.decode()) == (422, True)
    assert list(incoming().iterdir()) == []
    assert post(reader, address, bytes(4_000_000)).status_code == 400


def test_who_is_not_signed_in_sends_no_file(own, client, monkeypatch):
    def never(**_named):
        raise AssertionError("a file of somebody unknown")

    monkeypatch.setattr("onewindow.main.uploads.tempfile.TemporaryFile", never)
    _reader, _matter, address = own
    for where in (address, "/", "/login/"):
        assert post(client, where).status_code < 500
    assert not Version.objects.exists()


def test_a_download_is_never_shown_in_place(own):
    reader, matter, _address = own
    content = "说明<b>".encode("gb18030")
    version = receive_as(reader, matter, content, "情况 说明（甲）.txt")
    answer = reader.get(reverse("document", args=[matter, version.pk]))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "text/plain; charset=gb18030"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%83%85%E5%86%B5%20%E8%AF%B4%E6%98%8E%EF%BC%88%E7%94%B2%EF%BC%89.txt"
    )
    assert answer["Content-Length"] == str(len(content))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_the_type_is_ours_not_the_senders(own):
    reader, matter, address = own
    post(reader, address)
    answer = reader.get(reverse("document", args=[matter, Version.objects.get().pk]))
    assert answer["Content-Type"] == "application/pdf"
    answer.close()


def test_whose_business_it_is_not_finds_nothing(own):
    reader, matter, address = own
    version = receive_as(reader, matter)
    strangers = [
        applicant("other", "002"),
        signed_in(Role.WINDOW, unit="section", login="elsewhere"),
        signed_in(Role.SYSTEM_ADMIN, login="admin"),
        signed_in(Role.SECURITY_ADMIN, login="security"),
        signed_in(Role.AUDIT_ADMIN, login="auditor"),
    ]
    for stranger in strangers:
        for where in (
            address,
            reverse("document", args=[matter, version.pk]),
            reverse("document", args=[cases.submitted(unit="bureau").pk, version.pk]),
        ):
            assert stranger.get(where).status_code == 404, (stranger.account.login, where)
        assert post(stranger, address).status_code == 404
        assert stranger.post(reverse("withdraw", args=[matter, version.pk])).status_code == 404
    assert Version.objects.count() == 1


def test_a_supervisor_looks_and_sends_nothing(own):
    _reader, _matter, address = own
    supervisor = signed_in(Role.SUPERVISOR, login="supervisor")
    assert '<form method="post" enctype' not in supervisor.text(address)
    assert post(supervisor, address).status_code == 403


def test_taking_back(own):
    reader, matter, address = own
    version = receive_as(reader, matter)
    where = reverse("withdraw", args=[matter, version.pk])
    assert where in reader.text(address)
    assert reader.get(where).status_code == 405
    assert "已撤回。" in reader.post(where, follow=True).content.decode()
    assert "申请书.pdf" not in reader.text(address)
    assert reader.get(reverse("document", args=[matter, version.pk])).status_code == 404
    answer = reader.post(where)
    assert (answer.status_code, "已经撤回" in answer.content.decode()) == (409, True)


def test_a_document_that_was_altered_is_told_and_not_sent(own, settings, tmp_path):
    reader, matter, _address = own
    version = receive_as(reader, matter)
    (path,) = [one for one in (tmp_path / "documents").rglob("*") if one.is_file()]
    path.chmod(0o640)
    path.write_bytes(b"other")
    answer = reader.get(reverse("document", args=[matter, version.pk]))
    assert (answer.status_code, "丢失或已被改动" in answer.content.decode()) == (500, True)


def test_a_dossier_before_its_matter_has_a_page_for_whoever_collects(own):
    reader, _matter, _address = own
    dossier = begin_dossier(reader.actor)
    answer = post(reader, reverse("documents", args=[dossier]), follow=True)
    assert "已收到“申请书.pdf”" in answer.content.decode()
    assert signed_in(Role.WINDOW).get(reverse("documents", args=[dossier])).status_code == 404


def test_a_page_with_a_name_that_looks_like_a_page_is_only_text(own):
    reader, matter, address = own
    receive(matter, "<script>alert(1)</script>", io.BytesIO(PDF), '"><img src=x>.pdf', reader.actor)
    told = reader.text(address)
    assert "<script>alert" not in told
    assert "<img" not in told


def test_nothing_is_sent_without_the_token_of_a_form(own):
    reader, _matter, address = own
    reader.handler.enforce_csrf_checks = True
    assert post(reader, address).status_code == 403
    page = reader.text(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    file = SimpleUploadedFile("申请书.pdf", PDF)
    answer = reader.post(address, {"csrfmiddlewaretoken": token, "document": "申请书", "file": file})
    assert answer.status_code == 302


# --- over a socket ----------------------------------------------------------------------------------


@pytest.fixture
def sending(transactional_db, live_server):
    """A matter, and `send(content, cut)`: a request as a browser sends it, byte by byte if need be."""
    units()
    reader = applicant()
    matter = cases.submitted(owner=reader.account.party, unit="bureau").pk
    page = reader.text(reverse("documents", args=[matter]))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    cookies = "; ".join(f"{name}={one.value}" for name, one in reader.cookies.items())
    host = urlsplit(live_server.url)

    def send(content, name="a.pdf", document="申请书", cut=None):
        fields = {"csrfmiddlewaretoken": token, "document": document}
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ).encode()
        body += f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body += content + b"\r\n--x--\r\n"
        head = (
            f"POST {reverse('documents', args=[matter])} HTTP/1.1\r\nHost: {host.netloc}\r\nCookie: {cookies}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        ).encode()
        with socket.create_connection((host.hostname, host.port)) as connection:
            connection.sendall(head + body[: cut if cut is not None else len(body)])
            if cut is not None:
                return b""
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer.split(b"\r\n", 1)[0]

    return matter, send


def test_two_people_send_at_the_same_moment(sending):
    _matter, send = sending
    answers, barrier = {}, threading.Barrier(2)

    def run(number):
        barrier.wait()
        answers[number] = send(papers.pdf({9: b"(%d)" % number}))
        connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [b"HTTP/1.1 302 Found"] * 2
    assert sorted(Version.objects.values_list("number", flat=True)) == [1, 2]


def test_a_connection_that_breaks_in_the_middle_leaves_nothing(sending):
    _matter, send = sending
    for cut in (0, 200, 400, 100_000, 1_500_000):
        send(b"text " * 400_000, name="a.txt", cut=cut)
    deadline = time.monotonic() + 20
    while any(incoming().iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    assert list(incoming().iterdir()) == []
    assert not Version.objects.exists(), "half a text would be a text"
    assert send(PDF) == b"HTTP/1.1 302 Found"


def test_half_a_request_is_no_request(own):
    """A server may hand over what came as if it were all: the announced length tells."""
    reader, _matter, address = own
    body = (
        b'--x\r\nContent-Disposition: form-data; name="document"\r\n\r\nletter\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + b"text " * 1000
    )
    kind, whole = "multipart/form-data; boundary=x", body + b"\r\n--x--\r\n"
    came = {"CONTENT_LENGTH": str(len(whole)), "wsgi.input": io.BytesIO(body)}
    cut = reader.generic("POST", address, body, kind, **came)
    assert cut.status_code == 400
    assert not Version.objects.exists()
    assert reader.generic("POST", address, whole, kind).status_code == 302
