"""Many documents at once: workers, pairs of years, progress."""
