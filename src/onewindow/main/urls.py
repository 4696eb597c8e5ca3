"""Every address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from onewindow.main import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.figures),
    path("", include("onewindow.main.api.urls")),
    path("", include("onewindow.people.login.web.urls")),
    path("", include("onewindow.people.web.urls")),
    path("", include("onewindow.main.web.urls")),
    path("", include("onewindow.main.web.document_urls")),
    path("outbox/", include("onewindow.main.web.outbox_urls")),
    path("", include("onewindow.oversight.supervision.web.urls")),
]

handler400 = "onewindow.main.web.errors.bad_request"
handler403 = "onewindow.main.web.errors.forbidden"
handler404 = "onewindow.main.web.errors.not_found"
handler500 = "onewindow.main.web.errors.broken"
