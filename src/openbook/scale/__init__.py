"""Many documents at once: folders, worker processes, progress."""
