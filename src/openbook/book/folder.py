"""A book as a plain folder: `book.toml`, one CSV a table, one TOML a project, one Markdown file a text."""

from __future__ import annotations

from openbook.book.folder_reading import read_folder
from openbook.book.folder_writing import NotWritten, write_folder

__all__ = ["NotWritten", "read_folder", "write_folder"]
