"""The sealed columns of this gateway."""

from __future__ import annotations

from onewindow.gateways.sms import local
from onewindow.gateways.sms.models import Received
from onewindow.kernel.sealing import SealedColumn

COLUMNS = (SealedColumn(Received, "sealed", lambda row: local.place(row.message_id)),)
