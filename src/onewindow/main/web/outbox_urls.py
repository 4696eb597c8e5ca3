"""Addresses of the outbox's pages."""

from __future__ import annotations

from django.urls import path

from onewindow.main.web import outbox, stand_ins

urlpatterns = [
    path("", outbox.desk, name="outbox"),
    path("local/sms/", stand_ins.text_messages, name="local_sms"),
    path("local/mail/", stand_ins.mails, name="local_mail"),
    path("local/province/", stand_ins.reports, name="local_province"),
    path("channels/<slug:channel>/retry/", outbox.retry_all, name="outbox_retry_all"),
    path("<slug:reference>/", outbox.one, name="outbox_message"),
    path("<slug:reference>/retry/", outbox.retry, name="outbox_retry"),
    path("<slug:reference>/drop/", outbox.drop, name="outbox_drop"),
    path("<slug:reference>/read/", outbox.read, name="outbox_read"),
]
