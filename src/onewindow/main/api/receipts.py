"""The receipt of a matter: what proves offline what was recorded."""

from __future__ import annotations

from django.http import HttpResponse

from onewindow.kernel.keeping.receipts import receipt_for_program
from onewindow.main.api.matters import check_id
from onewindow.main.api.openapi import Answer, Endpoint
from onewindow.main.api.service import ApiRequest, sent, serve


@serve(
    Endpoint(
        "GET",
        "/matters/{matter}/receipt",
        "matters:read",
        "一件事务的回执",
        {
            200: Answer(
                "回执：离线即可核验的证明，格式见 docs/ledger.md",
                {"type": "object", "required": ["entries"], "properties": {"entries": {"type": "array"}}},
            )
        },
        problems=(404, 409),
        description=(
            "直到最近一个已签发日根的日子为止。内部环节只证明其存在；个人信息只有承诺值，"
            "要连同原文的回执请申请人在页面上下载。"
        ),
    )
)
def read_receipt(request: ApiRequest, matter: str) -> HttpResponse:
    """The receipt, without openings of personal facts: those are for people's eyes."""
    check_id(matter)
    return sent(receipt_for_program(matter, request.actor))
