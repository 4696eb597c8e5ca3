"""Controlled rounding: published cells that are true to one step and add up exactly."""

from __future__ import annotations

from openbook.rounding.controlled import controlled
from openbook.rounding.problem import Problem, Rounded

__all__ = ["Problem", "Rounded", "controlled"]
