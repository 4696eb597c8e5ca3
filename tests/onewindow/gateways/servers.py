"""Servers of the outside world for tests: a provider of text messages, a mail server. They really check."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import socket
import socketserver
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ACCOUNT, SECRET = "bureau", "a secret of the tests"


def certificate(folder, host="127.0.0.1"):
    """A self-signed certificate for a host: path of certificate and key in one file."""
    from ipaddress import ip_address

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM) + private)
    return path


def server_side(path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


class Provider(ThreadingHTTPServer):
    """Takes signed text messages. `answers`: statuses, or functions of the handler, for the next requests."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _TakeText)
        self.answers = []
        self.delivered = {}  # message id -> (to, text): what phones received
        self.requests = []  # (message id, began, ended)
        self.lock = threading.Lock()
        self.slow = 0.0

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """A client that went away is what some tests are about."""


class _TakeText(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *args):
        """Nothing."""

    def do_POST(self):
        began = time.monotonic()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            answer = self.server.answers.pop(0) if self.server.answers else None
        if not self._signed(body):
            return self.reply(401, {"code": "signature"})
        if isinstance(answer, int):
            return self.reply(answer, {"code": "told", "message": "被要求这样答复"})
        said = json.loads(body)
        time.sleep(self.server.slow)
        with self.server.lock:
            self.server.delivered.setdefault(said["messageId"], (said["to"], said["text"]))
            self.server.requests.append((said["messageId"], began, time.monotonic()))
        if callable(answer):
            return answer(self)
        return self.reply(200, {"receipt": f"r-{said['messageId'][:6]}"})

    def _signed(self, body):
        told = dict(re.findall(r"(\w+)=([^,]+)", self.headers["Authorization"]))
        message_id = json.loads(body)["messageId"]
        lines = ("POST", self.path, told["timestamp"], message_id, hashlib.new("sm3", body).hexdigest())
        wanted = hmac.new(SECRET.encode(), "\n".join(lines).encode(), "sm3").hexdigest()
        return told["account"] == ACCOUNT and hmac.compare_digest(told["signature"], wanted)

    def reply(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(server, certificate_path=None):
    """Runs a server in a thread, over TLS where it has a certificate."""
    if certificate_path:
        context = server_side(certificate_path)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class MailServer(socketserver.ThreadingTCPServer):
    """SMTP as a mail server speaks it. `replies`: verb -> line that answers it instead, once each."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, certificate_path=None, login=None):
        super().__init__(("127.0.0.1", 0), TakeMail)
        self.context = server_side(certificate_path) if certificate_path else None
        self.login = login
        self.replies = {}
        self.mails = []  # (sender, receivers, content, encrypted)

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """A client that went away is what some tests are about."""


class TakeMail(socketserver.BaseRequestHandler):
    server: MailServer

    def setup(self):
        self.files = self.request.makefile("rb")
        self.encrypted = self.welcome = False
        self.sender, self.receivers = "", []

    def finish(self):
        self.files.close()
        self.request.close()

    def say(self, line):
        self.request.sendall(line.encode() + b"\r\n")

    def handle(self):
        self.say(self.server.replies.pop("GREETING", "220 mail.test"))
        while line := self.files.readline():
            words = line.decode().strip()
            verb = words.split(" ")[0].split(":")[0].upper()
            if verb in self.server.replies:
                self.say(self.server.replies.pop(verb))
            elif not getattr(self, f"do_{verb}", self.unknown)(words):
                return

    def unknown(self, words):
        self.say("502 unknown")
        return True

    def do_EHLO(self, words):
        starttls = ["250-STARTTLS"] if self.server.context and not self.encrypted else []
        login = ["250-AUTH PLAIN"] if self.server.login and self.encrypted else []
        for line in ("250-mail.test", *starttls, *login, "250 8BITMIME"):
            self.say(line)
        return True

    def do_STARTTLS(self, words):
        self.say("220 go on")
        self.files.close()
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.files = self.request.makefile("rb")
        self.encrypted = True
        return True

    def do_AUTH(self, words):
        said = base64.b64decode(words.split(" ")[2]).decode().split("\0")[1:]
        self.welcome = tuple(said) == self.server.login
        self.say("235 welcome" if self.welcome else "535 who are you")
        return True

    def do_MAIL(self, words):
        if self.server.login and not self.welcome:
            self.say("530 log in first")
            return True
        self.sender = re.search("<(.*)>", words).group(1)
        self.say("250 ok")
        return True

    def do_RCPT(self, words):
        self.receivers.append(re.search("<(.*)>", words).group(1))
        self.say("250 ok")
        return True

    def do_DATA(self, words):
        self.say("354 go on")
        lines = []
        while (line := self.files.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append((self.sender, self.receivers, b"".join(lines), self.encrypted))
        self.say(self.server.replies.pop("END", "250 taken"))
        return True

    def do_RSET(self, words):
        self.say("250 ok")
        return True

    def do_QUIT(self, words):
        self.say("221 bye")
        return False


def closed_port():
    """A port of this machine on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
