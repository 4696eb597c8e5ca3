"""Addresses of supervision."""

from __future__ import annotations

from django.urls import path

from onewindow.oversight.supervision.web import views

urlpatterns = [
    path("board/", views.show, name="board"),
    path("board/fragment/", views.fragment, name="board_fragment"),
    path("board/<slug:what>/", views.listed, name="board_list"),
]
