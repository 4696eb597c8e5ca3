"""What ours is measured beside: each set up, started and asked here, in the same run."""
