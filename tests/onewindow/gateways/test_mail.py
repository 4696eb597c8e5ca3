"""Mail: what is sent, where it is kept on this machine, and a mail server that is really talked to."""

import time
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from onewindow.gateways.address import Misconfigured
from onewindow.gateways.mail import api, local, smtp
from onewindow.gateways.mail.models import Received
from onewindow.kernel.api import GatewayError, deliver_due, post
from tests.onewindow.gateways.servers import MailServer, TakeMail, certificate, closed_port, served

pytestmark = pytest.mark.django_db

ID = "0123456789abcdef" * 2
LETTER = api.letter("您的申请已受理", "编号 260506-ABCDEFGHJK。\n.\n最迟 6 月 3 日作出决定。")
FROM = "from=notice@bureau.test"


@contextmanager
def refused(code, *, retry, down=False):
    with pytest.raises(GatewayError) as caught:
        yield
    assert (caught.value.code, caught.value.retry, caught.value.down) == (code, retry, down)
    assert "someone" not in caught.value.message


@pytest.fixture
def server(settings):
    with served(MailServer()) as one:
        settings.MAIL = f"smtp://{one.address}?{FROM}"
        yield one


def only_mail(server):
    ((sender, receivers, content, encrypted),) = server.mails
    return sender, receivers, message_from_bytes(content, EmailMessage, policy=SMTP), encrypted


def test_a_mail_arrives_whole(server):
    api.send("someone@example.org", LETTER, ID)
    sender, receivers, mail, _encrypted = only_mail(server)
    assert (sender, receivers) == ("notice@bureau.test", ["someone@example.org"])
    assert mail["Subject"] == "您的申请已受理"
    assert mail["Message-ID"] == f"<{ID}@bureau.test>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content().replace("\r\n", "\n")
    assert text == "编号 260506-ABCDEFGHJK。\n.\n最迟 6 月 3 日作出决定。\n"


def test_every_try_has_the_same_message_id_by_which_doubles_are_known(server):
    server.replies = {"END": "451 later"}
    post("mail", "someone@example.org", LETTER)
    assert deliver_due().failed == 1
    api.send("someone@example.org", LETTER, ID)
    api.send("someone@example.org", LETTER, ID)
    found = [message_from_bytes(content, policy=SMTP)["Message-ID"] for _s, _r, content, _e in server.mails]
    assert found[1] == found[2] != found[0]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_an_encrypted_connection_with_a_login(settings, tmp_path, scheme):
    path = certificate(tmp_path)
    mail_server = MailServer(path, login=("bureau", "p@ss word"))
    with served(mail_server, path if scheme == "smtps" else None) as server:
        if scheme == "smtps":
            monkey_encrypted(server)
        settings.MAIL = f"{scheme}://bureau:p%40ss%20word@{server.address}?{FROM}&ca={path}"
        api.send("someone@example.org", LETTER, ID)
        assert only_mail(server)[3]
        settings.MAIL = f"{scheme}://bureau:wrong@{server.address}?{FROM}&ca={path}"
        with refused("smtp-login", retry=True, down=True):
            api.send("someone@example.org", LETTER, ID)
        settings.MAIL = f"{scheme}://bureau:p%40ss%20word@{server.address}?{FROM}"
        with refused("certificate", retry=True, down=True):
            api.send("someone@example.org", LETTER, ID)
        assert len(server.mails) == 1


def monkey_encrypted(server):
    """Its connections are encrypted from the first byte."""

    class Encrypted(TakeMail):
        def setup(self):
            super().setup()
            self.encrypted = True

    server.RequestHandlerClass = Encrypted


def test_to_another_machine_nothing_is_sent_unencrypted(server, settings, monkeypatch):
    monkeypatch.setattr(type(smtp.address_of(settings.MAIL)), "on_this_machine", property(lambda self: False))
    with refused("smtp-login", retry=True, down=True):
        api.send("someone@example.org", LETTER, ID)
    assert server.mails == []


@pytest.mark.parametrize(
    ("replies", "code", "retry", "down"),
    [
        ({"RCPT": "550 no such mailbox"}, "smtp-550", False, False),
        ({"RCPT": "450 mailbox busy"}, "smtp-450", True, False),
        ({"RCPT": "421 closing"}, "smtp-421", True, True),
        ({"MAIL": "553 not from you"}, "smtp-553", False, False),
        ({"DATA": "554 no"}, "smtp-554", False, False),
        ({"END": "552 too big"}, "smtp-552", False, False),
        ({"END": "451 later"}, "smtp-451", True, False),
        ({"GREETING": "421 too busy"}, "unreachable", True, True),
    ],
)
def test_what_the_server_answers_says_whether_to_try_again(server, replies, code, retry, down):
    server.replies = dict(replies)
    with refused(code, retry=retry, down=down):
        api.send("someone@example.org", LETTER, ID)


def test_a_server_that_says_goodbye_rudely_has_still_taken_the_mail(server):
    server.replies = {"QUIT": "500 what"}
    assert api.send("someone@example.org", LETTER, ID)


def test_nobody_there_or_somebody_who_only_drips_is_worth_another_try(server, settings, monkeypatch):
    monkeypatch.setattr(smtp, "TALK_SECONDS", 0.5)

    class Dripping(TakeMail):
        def do_MAIL(self, words):
            for _each in range(200):
                self.request.sendall(b"2")
                time.sleep(0.02)

    server.RequestHandlerClass = Dripping
    began = time.monotonic()
    with refused("unreachable", retry=True, down=True):
        api.send("someone@example.org", LETTER, ID)
    assert time.monotonic() - began < 2
    settings.MAIL = f"smtp://127.0.0.1:{closed_port()}?{FROM}"
    with refused("unreachable", retry=True, down=True):
        api.send("someone@example.org", LETTER, ID)


# --- hostile contents ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    ["", "someone", "@example.org", "someone@", "a@b\r\nBcc: c@d", "a@b, c@d", "A <a@b>", "a b@c", ".a@b", "a..b@c",
     "a@b\n", "a@-b", "某人@example.org", "someone@" + "x" * 260],
)  # fmt: skip
@pytest.mark.parametrize("where", ["local", "server"])
def test_what_is_no_single_address_is_refused_for_good(to, where, server, settings):
    settings.MAIL = "local" if where == "local" else settings.MAIL
    with refused("not-a-mail-address", retry=False):
        api.send(to, LETTER, ID)
    assert server.mails == []
    assert Received.objects.count() == 0


@pytest.mark.parametrize("subject", ["a\r\nBcc: x@y", "a\nb", "a\rb", "a\0b", "a\u2028b", "x" * 201])
def test_a_subject_that_would_become_a_header_of_its_own_is_refused_for_good(subject, server):
    with refused("bad-subject", retry=False):
        api.send("someone@example.org", api.letter(subject, "text"), ID)
    assert server.mails == []


@pytest.mark.parametrize(
    "content", ["no json", "[]", '{"subject": "a"}', '{"subject": 1, "text": "b"}', "null"]
)
def test_what_is_no_letter_is_refused_for_good(content, server):
    with refused("bad-letter", retry=False):
        api.send("someone@example.org", content, ID)


def test_a_text_that_looks_like_a_mail_stays_a_text(server):
    text = "\r\n.\r\nMAIL FROM:<x@y>\r\nBcc: z@y\r\n\0\r\nFrom nobody"
    api.send("someone@example.org", api.letter("您好", text), ID)
    _sender, receivers, mail, _encrypted = only_mail(server)
    assert receivers == ["someone@example.org"]
    assert "MAIL FROM:<x@y>" in mail.get_content()
    assert mail["Bcc"] is None


# --- the mailbox of this machine ----------------------------------------------------------------


def test_the_mailbox_of_this_machine_keeps_a_mail_once_and_sealed(on):
    with on("2026-05-06 09:00"):
        assert api.send("someone@example.org", LETTER, ID) == api.send("someone@example.org", LETTER, ID)
    (mail,) = local.received()
    assert (mail.to, mail.subject) == ("someone@example.org", "您的申请已受理")
    assert "最迟 6 月 3 日" in mail.text
    assert b"someone" not in bytes(Received.objects.get().sealed)
    with on("2026-08-05 09:00"):
        assert local.forget() == 1
    assert local.received() == []


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("localhost", "应为 local，或以 smtp://主机、smtps://主机 开头"),
        ("smtp://mail.example.org", "应写明发件地址"),
        ("smtp://mail.example.org?from=nobody", "应写明发件地址"),
        (f"smtp://user@mail.example.org?{FROM}", "也应写口令"),
        (f"smtp://user:p@mail.example.org:0x1?{FROM}", "主机名和端口"),
        (f"smtp://user:p@mail.example.org?{FROM}&tls=no", "不认识参数“tls”"),
    ],
)
def test_a_variable_that_cannot_be_says_how_to_mend_it(value, told):
    with pytest.raises(Misconfigured, match=told):
        api.check(value)


def test_variables_that_are_good():
    api.check("local")
    api.check(f"smtps://user:p@mail.example.org:465?{FROM}")
