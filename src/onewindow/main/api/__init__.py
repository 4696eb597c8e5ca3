"""The REST API of the platform, /api/v1: what a page does, for programs."""
