"""Where no document of the lists is at hand, there is nothing to hold against them."""

from tests.truth.truths import present

collect_ignore = [] if present() else ["test_documents.py", "test_rewritings.py"]
