"""Addresses of the pages."""

from __future__ import annotations

from django.urls import path

from onewindow.main.web import front

urlpatterns = [
    path("", front.front, name="front"),
]
