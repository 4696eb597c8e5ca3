"""Reports to the province's platform."""
