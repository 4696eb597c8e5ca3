"""Addresses of the pages of documents."""

from __future__ import annotations

from django.urls import path

from onewindow.main.web import documents

urlpatterns = [
    path("matters/<str:matter_id>/documents/", documents.documents, name="documents"),
    path("matters/<str:matter_id>/documents/<int:version_id>/", documents.download, name="document"),
    path("matters/<str:matter_id>/documents/<int:version_id>/withdraw/", documents.withdraw, name="withdraw"),
]
