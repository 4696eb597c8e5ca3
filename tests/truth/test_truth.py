"""The lists of true defects themselves: well formed, and in the terms of the rules that exist."""

import pytest

from openbook.rules.table import RULES
from tests.truth.truths import PROOFS, Truth, present, report, truths


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth.name)
def test_the_list_is_well_formed(truth: Truth) -> None:
    known = {rule.code for rule in RULES}
    assert len({defect.id for defect in truth.defects}) == len(truth.defects)
    for defect in truth.defects:
        assert defect.proof in PROOFS, defect.id
        assert set(defect.codes) <= known, defect.id
        assert defect.codes, defect.id
        assert defect.what.endswith("."), defect.id
        assert bool(defect.lines) != bool(defect.pages), defect.id


def test_the_report_names_every_document_at_hand() -> None:
    lines = list(report())
    assert sum(not line.startswith(" ") for line in lines) == len(present())
