"""Machikado: city websites that everyone can read."""
