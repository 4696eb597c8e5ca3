"""Pages of log-in and of one's own account."""
