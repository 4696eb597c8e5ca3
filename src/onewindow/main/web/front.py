"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.people.access import EVERYBODY, opened_to


@opened_to(EVERYBODY)
def front(request: HttpRequest) -> HttpResponse:
    """What can be done here, for whoever comes."""
    return render(request, "front.html")
