"""`python -m tests.truth`: found and missed defects of the real documents that are at hand."""

import sys

from tests.truth.truths import folder, report

lines = list(report())
sys.stdout.write("\n".join(lines or [f"no known document in {folder()}"]) + "\n")
