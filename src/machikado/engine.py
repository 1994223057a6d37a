"""The error of whatever renders pages; nothing that tells of it knows which engine stands behind."""

from __future__ import annotations


class EngineError(Exception):
    """The engine could not render the site; the message is its own."""
