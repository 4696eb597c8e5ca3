"""Supervision (效能监察): cards, overruns and late matters, whatever their kind."""
