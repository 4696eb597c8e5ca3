"""The explanation as typed claims: each figure, share, growth and direction with its subject."""

from openbook.narrative.understanding import understand

__all__ = ["understand"]
