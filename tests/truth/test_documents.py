"""On real disclosures: nine of ten provable defects are found, and no error is raised that is none.

Collected only where documents of the lists are at hand (see `truths.folder`).
"""

import pytest

from tests.truth.truths import Truth, examine, present

every_document = pytest.mark.parametrize("truth", present(), ids=lambda truth: truth.name)


@every_document
def test_lines_exist(truth: Truth) -> None:
    if truth.path.suffix == ".txt":
        count = len(truth.path.read_text(encoding="utf-8").splitlines())
        assert all(line <= count for defect in truth.defects for line in defect.lines)


@every_document
def test_nine_of_ten_provable_defects_are_found(truth: Truth) -> None:
    outcome = examine(truth)
    found, provable = outcome.share(provable=True)
    missed = [defect.id for defect in outcome.missed if defect.provable]
    assert found * 10 >= provable * 9, f"{found} of {provable}, missed: {missed}"


@pytest.mark.parametrize("beside_prior", [False, True])
@every_document
def test_every_error_is_a_listed_defect(truth: Truth, beside_prior: bool) -> None:
    errors = examine(truth, beside_prior=beside_prior).false_errors
    assert [f"{finding.code} {finding.message}" for finding in errors] == []
