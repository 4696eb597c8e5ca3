"""Reports are tested against one rule made for the purpose, so that no rule's text changes them."""

import io

import pytest

from openbook.reporting import known
from openbook.reporting.formats import FORMATS
from openbook.reporting.tally import Settings
from tests.reporting.samples import RULE


@pytest.fixture(autouse=True)
def _one_rule(monkeypatch):
    monkeypatch.setattr(known, "_rules", lambda: {RULE.code: RULE})


@pytest.fixture
def written():
    """written("html", reports) -> the report, text or bytes."""

    def write(form, reports, **settings):
        told = Settings(version="0.0.0", **settings)

        def passing():
            for report in reports:
                told.tally.add(report)
                yield report

        out = io.BytesIO() if FORMATS[form].binary else io.StringIO()
        FORMATS[form].writer()(passing(), out, told)
        return out.getvalue()

    return write
