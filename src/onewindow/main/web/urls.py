"""Addresses of the pages."""

from __future__ import annotations

from django.urls import path

from onewindow.main.web import front, matters, queue, receipts, revealing, starting, steps

urlpatterns = [
    path("", front.front, name="front"),
    path("matters/", matters.own_matters, name="own"),
    path("matters/<str:matter_id>/", matters.matter, name="matter"),
    path("matters/<str:matter_id>/steps/<slug:step_key>/", steps.step, name="step"),
    path("matters/<str:matter_id>/entries/<int:seq>/<slug:fact_key>/", revealing.reveal, name="reveal"),
    path("matters/<str:matter_id>/receipt/", receipts.receipt, name="receipt"),
    path("receipts/", receipts.checking, name="receipts"),
    path("receipts/verify_receipt.py", receipts.program, name="receipt-program"),
    path("receipts/keys/<slug:fingerprint>.pem", receipts.key, name="receipt-key"),
    path("queue/", queue.work_queue, name="queue"),
    path("start/", starting.start, name="start"),
    path("start/<slug:kind>/<slug:step_key>/<slug:who>/", starting.start_one, name="start_one"),
]
