"""How files of a form arrive: piece by piece, into a local file without a name, which goes with the request or the server.

Somebody who is not signed in sends no files; one that is larger than any kind of file may be is not kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from onewindow.kernel.dossiers.configured import limits
from onewindow.kernel.dossiers.store import incoming

_FILES, _TOO_BIG = "incoming_files", "files_too_big"  # attributes of a request
_CHUNK = 1 << 18
_MOST_READ = 3  # times the largest file: a longer request is not even read


class Incoming(FileUploadHandler):
    """What reads forms with files (`settings.FILE_UPLOAD_HANDLERS`): as Django does, but all of it or nothing.

    A server may hand over what came before a connection broke as if it were all, and half a text is a text.
    """

    chunk_size = _CHUNK

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,
    ) -> tuple[Any, Any]:
        """Fields and files. Raises RequestDataTooBig for more than anybody may send, MultiPartParserError for less."""
        most = limits().largest
        if content_length > _MOST_READ * most:
            raise RequestDataTooBig
        counted = _Counted(input_data)
        stream: Any = counted  # the parser asks for nothing but `read`
        read = MultiPartParser(META, stream, [_File(self.request, most)], encoding).parse()
        if counted.came < content_length:
            raise MultiPartParserError(f"{counted.came} of {content_length} bytes")
        return read


class _Counted:
    """A stream that knows how much came out of it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.came = 0

    def read(self, size: int | None = None, /) -> bytes:
        piece: bytes = self._stream.read() if size is None else self._stream.read(size)
        self.came += len(piece)
        return piece


class _File(FileUploadHandler):
    """One file after the other, each into a local file without a name."""

    chunk_size = _CHUNK

    def __init__(self, request: Any, most: int) -> None:
        super().__init__(request)
        self._most = most

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """A file begins. Raises SkipFile where nobody is signed in."""
        super().new_file(*arguments, **named)
        actor = getattr(self.request, "actor", None)
        if actor is None or not actor.id:
            raise SkipFile
        self._size = 0
        self.file = tempfile.TemporaryFile(dir=incoming())  # noqa: SIM115 - `Cleared` closes it
        vars(self.request).setdefault(_FILES, []).append(self.file)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Raises SkipFile once there is too much of it."""
        self._size += len(raw_data)
        if self._size > self._most:
            setattr(self.request, _TOO_BIG, True)
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The file as views see it; it is gone once the request is over."""
        self.file.seek(0)
        return UploadedFile(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )


class Cleared:
    """Middleware: closes the files of a request, also of one that broke off while they came. Closed, they are gone."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.answer(request)
        finally:
            for file in vars(request).get(_FILES, ()):
                file.close()


def is_too_big(request: object) -> bool:
    """Whether a file of this request was not kept because it is larger than any kind may be."""
    return bool(getattr(request, _TOO_BIG, False))
