"""A browser for the pages of people: the same as for all pages."""

from tests.onewindow.pages.conftest import chromium, window

__all__ = ["chromium", "window"]
