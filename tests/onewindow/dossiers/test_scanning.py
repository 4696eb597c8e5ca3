"""Known harmful content is found: by the list that comes with the program, and by clamd over its socket."""

import io
import socket
import socketserver
import struct
import threading

import pytest

from onewindow.kernel.api import FileRefused, Subject, Unavailable, begin, receive
from onewindow.kernel.dossiers import configured
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE
from onewindow.kernel.dossiers.configured import WrongSetting, limits, scanners, wrong_settings
from onewindow.kernel.dossiers.scanning import ScannerUnavailable, Signatures, bundled
from onewindow.kernel.dossiers.scanning_clamd import Clamd
from tests.onewindow.dossiers import papers
from tests.onewindow.people import APPLICANT

SUBJECT = Subject("bureau", "食品经营许可", "p-1")
EICAR = papers.EICAR


@pytest.fixture
def file(tmp_path):
    def written(content):
        (tmp_path / "file").write_bytes(content)
        return tmp_path / "file"

    return written


# --- the list -------------------------------------------------------------------------------------


def test_the_test_file_of_the_anti_virus_makers_is_found(file):
    scanner = Signatures(bundled())
    assert scanner.scan(file(EICAR)) == "EICAR-Test-File"
    assert scanner.scan(file(b"x" * 1000 + EICAR + b"x")) == "EICAR-Test-File"
    assert scanner.scan(file(EICAR[:-1])) == ""


def test_it_is_found_wherever_it_lies_across_pieces(file, monkeypatch):
    monkeypatch.setattr("onewindow.kernel.dossiers.scanning._CHUNK", 100)
    scanner = Signatures(bundled())
    for before in range(0, 230, 7):
        assert scanner.scan(file(b"x" * before + EICAR)) == "EICAR-Test-File", before


def test_it_is_found_within_office_files(file):
    scanner = Signatures(bundled())
    packed = papers.changed(papers.word(), {"word/media/a.emf": b"x" * 5000 + EICAR})
    assert EICAR not in packed
    assert scanner.scan(file(packed)) == "EICAR-Test-File"
    assert scanner.scan(file(papers.word())) == ""


def test_every_signature_of_the_list_is_found(file):
    scanner = Signatures(bundled())
    for name, signature in bundled().items():
        assert scanner.scan(file(b"\0" + signature)) == name


def test_good_files_are_not_taken_for_bad_ones(file):
    for name, content in papers.good().values():
        assert Signatures(bundled()).scan(file(content)) == "", name


# --- clamd ----------------------------------------------------------------------------------------


class _Daemon(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does, and knows the one test file."""

    most = 1 << 20

    def handle(self):
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > self.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        found = EICAR in content
        self.wfile.write(b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if found else b"stream: OK\0")


class _Silent(socketserver.StreamRequestHandler):
    def handle(self):
        pass


@pytest.fixture
def serving():
    """`serving(handler)`: the port on which a daemon listens until the test is over."""
    servers = []

    def serve(handler):
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return server.server_address[1]

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_clamd_says_what_it_knows(serving, file):
    scanner = Clamd(f"clamd://127.0.0.1:{serving(_Daemon)}")
    assert scanner.scan(file(b"x" * 500_000)) == ""
    assert scanner.scan(file(b"x" * 500_000 + EICAR)) == "Win.Test.EICAR_HDB-1"


def test_clamd_on_a_socket_of_this_machine(tmp_path, file):
    path = str(tmp_path / "clamd.ctl")
    with socketserver.ThreadingUnixStreamServer(path, _Daemon) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert Clamd(f"clamd:{path}").scan(file(EICAR)) == "Win.Test.EICAR_HDB-1"
        server.shutdown()


def test_a_file_that_clamd_takes_to_be_too_large_is_not_said_to_be_clean(serving, file):
    with pytest.raises(ScannerUnavailable, match="StreamMaxLength"):
        Clamd(f"clamd://127.0.0.1:{serving(_Daemon)}").scan(file(bytes(8_000_000)))


def test_a_daemon_that_says_nothing_has_not_said_that_all_is_well(serving, file):
    with pytest.raises(ScannerUnavailable, match="没有"):
        Clamd(f"clamd://127.0.0.1:{serving(_Silent)}").scan(file(b"x"))


def test_a_daemon_that_is_not_there_is_told(file, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ScannerUnavailable, match="ONEWINDOW_SCANNER"):
        Clamd(f"clamd://127.0.0.1:{port}").scan(file(b"x"))
    with pytest.raises(ScannerUnavailable):
        Clamd(f"clamd:{tmp_path}/nothing").scan(file(b"x"))


@pytest.mark.django_db
def test_what_clamd_finds_is_refused_and_nothing_is_received_without_it(serving, settings, caplog):
    matter = begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT).matter.id

    def send(content):
        return receive(matter, "说明", io.BytesIO(content), "说明.txt", APPLICANT)

    settings.SCANNER = f"clamd://127.0.0.1:{serving(_Daemon)}"
    configured._scanners.cache_clear()
    assert '"scanned": ["signatures", "clamd"]' in send(b"good").outcome
    with pytest.raises(FileRefused, match="恶意代码（EICAR-Test-File）"):
        send(b"bad" + EICAR)
    settings.SCANNER = f"clamd://127.0.0.1:{serving(_Silent)}"
    with pytest.raises(Unavailable, match="过几分钟再试"):
        send(b"unseen")
    assert "病毒扫描服务没有查完" in caplog.text


# --- what a bureau sets ---------------------------------------------------------------------------


def test_limits_are_set_for_each_kind(settings):
    settings.DOCUMENT_LIMITS = " pdf=200, jpg = 5 ,"
    assert limits().size["pdf"] == 200 * MEGABYTE
    assert limits().size["jpg"] == 5 * MEGABYTE
    assert limits().size["png"] == 30 * MEGABYTE
    assert limits().largest == 200 * MEGABYTE


@pytest.mark.parametrize("text", ["pdf", "pdf=0", "exe=1", "pdf=1.5", "pdf=-1", "pdf=99999", "pdf=１", "=3"])
def test_limits_that_cannot_be_are_told(text, settings):
    settings.DOCUMENT_LIMITS = text
    with pytest.raises(WrongSetting, match="应如 pdf=200"):
        limits()
    assert [told[:25] for told in wrong_settings()] == ["ONEWINDOW_DOCUMENT_LIMITS"]


@pytest.mark.parametrize("text", ["clamav", "http://a", "clamd:", "clamd://", "clamd://a:b", "clamd://a/b"])
def test_scanners_that_cannot_be_are_told(text, settings):
    settings.SCANNER = text
    with pytest.raises(WrongSetting, match="clamd://主机:端口"):
        scanners()
    assert [told[:17] for told in wrong_settings()] == ["ONEWINDOW_SCANNER"]
