"""Checks of files given as bytes."""

from __future__ import annotations

import pytest

from onewindow.kernel.dossiers.checks.inspecting import inspect
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit

LIMITS = Limits()


@pytest.fixture
def check(tmp_path):
    """`check(content)`: the kind of file that it is, or the code of why it is refused."""

    def checked(content: bytes, limits: Limits = LIMITS) -> str:
        path = tmp_path / "file"
        path.write_bytes(content)
        try:
            return inspect(path, limits).kind
        except Unfit as unfit:
            refused = unfit
        assert "请" in refused.message or "可以上传" in refused.message, "every refusal says how to mend it"
        return refused.code

    return checked
