"""The error of whatever renders pages; nothing that tells of it knows which engine stands behind."""

from __future__ import annotations

from machikado.vocabulary import Location


class EngineError(Exception):
    """The engine could not render the site; the message is its own.

    source: the template and the line at fault, where they are known.
    """

    source: Location | None = None
