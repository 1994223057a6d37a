"""The thin adapter to MkDocs: it translates events into calls of the core and decides nothing."""

from machikado.mkdocs_plugin.plugin import MachikadoPlugin

__all__ = ["MachikadoPlugin"]
