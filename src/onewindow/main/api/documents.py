"""Documents of a matter: uploaded, listed, downloaded by their digest. What a file must be, dossiers say."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import Kept, NotFound, begin_dossier, document_content, dossier_of, receive
from onewindow.kernel.dossiers.configured import limits
from onewindow.main.api.conditions import is_known
from onewindow.main.api.matters import PREFIX, check_id
from onewindow.main.api.openapi import ANYTHING, Answer, Endpoint
from onewindow.main.api.reading import checked
from onewindow.main.api.service import ApiRequest, sent, serve
from onewindow.main.api.shapes import SCHEMAS, listed, members, ref, text, whole
from onewindow.main.problems import Fault, Problem

_FORM = 64 * 1024  # bytes around the file
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_NAME = text("材料名称", minLength=1, maxLength=200)
_FILE = {"type": "string", "format": "binary", "description": "文件"}

SCHEMAS["Document"] = members(
    {
        "document": text("材料名称"),
        "number": whole("第几版", minimum=1),
        "digest": {**_DIGEST, "description": "SM3 摘要：办理时以它写入 documents，下载时以它为地址"},
        "size": whole("字节数"),
        "kind": text("文件种类"),
        "file_name": text("文件名"),
        "at": {"type": "string", "format": "date-time", "description": "收到的时刻"},
        "withdrawn": {"type": "boolean", "description": "已撤回"},
        "entries": listed(whole("序号"), "随哪些经过提交"),
    }
)
SCHEMAS["Documents"] = members({"documents": listed(ref("Document"), "各版材料，新的在前")})
SCHEMAS["Dossier"] = members({"id": text("案卷编号，将成为事务的编号")})


@serve(
    Endpoint(
        "POST",
        "/dossiers",
        "documents:write",
        "开始收集材料",
        {201: Answer("已建立案卷", ref("Dossier"), ("Location",))},
        problems=(409,),
        description="事务还没有建立、要先上传材料时用：随后以 dossier 建立事务。重复请求只会留下空的案卷，不提交就会清理。",
    )
)
def begin_documents(request: ApiRequest) -> HttpResponse:
    """Begin to collect the documents of a matter that is not opened yet."""
    dossier = begin_dossier(request.actor)
    return sent({"id": dossier}, 201, {"Location": f"{PREFIX}/matters/{dossier}/documents"})


@serve(
    Endpoint(
        "POST",
        "/matters/{matter}/documents",
        "documents:write",
        "上传材料",
        {201: Answer("已收到；同样的内容再传一次，还是原来那一版", ref("Document"), ("Location",))},
        problems=(404, 409),
        form=members({"document": _NAME, "file": _FILE}),
    )
)
def upload_document(request: ApiRequest, matter: str) -> HttpResponse:
    """A new version of a document, or the one that is there already where the content is the same."""
    check_id(matter)
    document, file = _form(request)
    with file:
        version = receive(matter, document, file, file.name or "", request.actor)
    told = next(
        one
        for one in _documents(matter, request)
        if (one["document"], one["number"]) == (version.document.name, version.number)
    )
    return sent(told, 201, {"Location": f"{PREFIX}/matters/{matter}/documents/{version.digest}"})


def _form(request: ApiRequest) -> tuple[str, Any]:
    """The name of the document and the file. Raises Problem."""
    if not request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data"):
        raise Problem("media-type", _("上传材料应为 multipart/form-data。"))
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = limits().largest + _FORM
    if not length.isdecimal() or int(length) > most:
        raise Problem("too-large", _("一份材料最多 {most} 字节。").format(most=most))
    try:
        texts, files = dict(request.POST.lists()), dict(request.FILES.lists())
    except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation, UnicodeError):
        raise Problem("bad-request", _("表单内容不完整，或字段过多。")) from None
    found: dict[str, Any] = {name: values[0] for name, values in texts.items() if len(values) == 1}
    checked(found, members({"document": _NAME}))
    file = files.get("file", [])
    if len(file) != 1 or len(files) != 1 or not isinstance(file[0], UploadedFile):
        told = _("应有一个名为 file 的文件。")
        raise Problem("request-invalid", told, errors=[Fault("pointer", "#/file", "missing", told)])
    return found["document"], file[0]


@serve(
    Endpoint(
        "GET",
        "/matters/{matter}/documents",
        "documents:read",
        "一件事务的材料",
        {200: Answer("材料和各版", ref("Documents"))},
        problems=(404,),
    )
)
def list_documents(request: ApiRequest, matter: str) -> HttpResponse:
    """Every version of every document."""
    check_id(matter)
    return sent({"documents": _documents(matter, request)})


@serve(
    Endpoint(
        "GET",
        "/matters/{matter}/documents/{digest}",
        "documents:read",
        "下载材料",
        {
            200: Answer("文件", _FILE, ("ETag",), content_type=ANYTHING),
            304: Answer("已有", headers=("ETag",)),
        },
        problems=(404,),
        headers=("If-None-Match",),
    )
)
def read_document(request: ApiRequest, matter: str, digest: str) -> HttpResponseBase:
    """The content of a document, which was verified when it was opened."""
    check_id(matter)
    kept = [one for place in dossier_of(matter, request.actor) for one in place.versions]
    found = next((one for one in kept if one.digest == digest and not one.withdrawn), None)
    if found is None:
        raise NotFound(_("这件事没有这份材料，或它已被撤回。"))
    headers = {"ETag": f'"{digest}"', "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    if is_known(headers["ETag"], request.META.get("HTTP_IF_NONE_MATCH")):
        return HttpResponse(status=304, headers=headers)
    content = document_content(matter, found.id, request.actor)
    # Never shown in place: what others have uploaded must not run as a page of ours.
    response = FileResponse(
        content.file,
        as_attachment=True,
        filename=content.file_name,
        content_type=content.media,
        headers={**headers, "Content-Security-Policy": "sandbox; default-src 'none'"},
    )
    response.headers["Content-Length"] = str(content.size)
    return response


def _documents(matter: str, request: ApiRequest) -> list[dict[str, Any]]:
    places = dossier_of(matter, request.actor)
    return [_told(place.name, one) for place in places for one in place.versions]


def _told(document: str, one: Kept) -> dict[str, Any]:
    return {
        "document": document,
        "number": one.number,
        "digest": one.digest,
        "size": one.size,
        "kind": one.kind,
        "file_name": one.file_name,
        "at": moment.at(one.at).isoformat(timespec="microseconds"),
        "withdrawn": one.withdrawn,
        "entries": list(one.seqs),
    }
