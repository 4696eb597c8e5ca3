"""What the tests of keeping share."""

from __future__ import annotations

import pytest

from onewindow.kernel.crypto import sm2
from onewindow.kernel.keeping import signing
from onewindow.kernel.keys import ledger_key


@pytest.fixture
def own_keys(settings, tmp_path):
    """A key of this test alone: it changes."""
    settings.LEDGER_KEY = tmp_path / "ledger-key.pem"
    settings.TRUSTED_KEYS = tmp_path / "trusted"
    key = sm2.generate()
    settings.LEDGER_KEY.write_text(key.to_pem(), encoding="utf-8")
    signing.trust(key.public)
    ledger_key.cache_clear()
    yield key
    ledger_key.cache_clear()
