"""From a book to published files: compose, check what was composed, write, and say what stands in the way."""
