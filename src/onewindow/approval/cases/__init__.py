"""Permits (行政许可办件): a plain case from application to delivery."""
