"""Controlled rounding: published cells that are true to one step and add up exactly."""

from __future__ import annotations

from openbook.rounding.problem import Problem, Rounded
from openbook.rounding.stages import controlled

__all__ = ["Problem", "Rounded", "controlled"]
