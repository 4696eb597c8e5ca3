"""Settings, wiring, the command, and what all screens share."""
