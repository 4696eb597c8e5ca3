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

from onewindow.kernel.dossiers.configured import limits
from onewindow.kernel.dossiers.store import incoming

_FILES, _TOO_BIG = "incoming_files", "files_too_big"  # attributes of a request
_MOST_READ = 3  # times the largest file: a longer request is not even read


class Incoming(FileUploadHandler):
    """The only handler of files (`settings.FILE_UPLOAD_HANDLERS`)."""

    chunk_size = 1 << 18

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        """Raises RequestDataTooBig for more than anybody may send at once: it is not read."""
        self._most = limits().largest
        if content_length > _MOST_READ * self._most:
            raise RequestDataTooBig

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
            self.file.close()
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
