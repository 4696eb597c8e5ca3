"""Writes a disclosure in the formats it is published in: docx, PDF, html, xlsx, open data."""
