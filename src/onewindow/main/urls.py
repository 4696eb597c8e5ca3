"""Every address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("onewindow.main.web.urls")),
]

handler400 = "onewindow.main.web.errors.bad_request"
handler403 = "onewindow.main.web.errors.forbidden"
handler404 = "onewindow.main.web.errors.not_found"
handler500 = "onewindow.main.web.errors.broken"
