"""Receipts: downloaded by whom they concern, checked by anybody, with a program and a key that anybody may have."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.kernel.api import NotFound
from onewindow.kernel.keeping.receipts import receipt_for, receipt_program
from onewindow.kernel.keys import trusted_keys
from onewindow.kernel.ledger.receipts import to_text
from onewindow.people.access import EVERYBODY, SIGNED_IN, ActorRequest, opened_to


@opened_to(SIGNED_IN)
def receipt(request: ActorRequest, matter_id: str) -> HttpResponse:
    """The file, for whom the matter concerns."""
    content = to_text(receipt_for(matter_id, request.actor))
    return _file(content, "application/json", f"receipt-{matter_id}.json")


@opened_to(EVERYBODY)
def checking(request: HttpRequest) -> HttpResponse:
    """How a receipt is checked without us."""
    return render(request, "receipts.html", {"fingerprints": sorted(trusted_keys())})


@opened_to(EVERYBODY)
def program(_request: HttpRequest) -> HttpResponse:
    """The stand-alone checker."""
    return _file(receipt_program(), "text/x-python", "verify_receipt.py")


@opened_to(EVERYBODY)
def key(_request: HttpRequest, fingerprint: str) -> HttpResponse:
    """A public key."""
    found = trusted_keys().get(fingerprint)
    if found is None:
        raise NotFound(_("没有这把公钥。"))
    return _file(found.to_pem(), "application/x-pem-file", f"{fingerprint[:16]}.pem")


def _file(content: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
