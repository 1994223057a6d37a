"""The one door to whatever renders pages; nothing above it knows which engine stands behind."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from machikado.project import Project


class EngineError(Exception):
    """The engine could not render the site; the message is its own."""


class Engine(Protocol):
    """Renders every published page and copies the theme's files."""

    def build(self, project: Project, into: Path, now: datetime) -> None:
        """Write the pages as of `now` into the empty or missing folder `into`; raises EngineError."""
        ...

    def serve(self, project: Project, address: str) -> None:
        """Serve the site at `address` (host:port) while its sources are edited; raises EngineError."""
        ...
