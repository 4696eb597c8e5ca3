"""OpenBook (明账): builds and checks the published budgets of Chinese public bodies."""

__version__ = "0.1.0"
