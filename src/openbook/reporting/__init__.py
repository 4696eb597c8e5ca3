"""Findings as text, json, jsonl, sarif, junit, html and xlsx."""
