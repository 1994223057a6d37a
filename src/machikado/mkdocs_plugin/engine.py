"""The other engine behind the door: MkDocs, once a locale, by mkdocs-static-i18n."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.exceptions import Abort, BuildError

from machikado.engine import EngineError
from machikado.mkdocs_plugin.configuration import errors_of_mkdocs, load_mkdocs
from machikado.press import Press
from machikado.project import Project


class MkDocsEngine:
    """Renders by `mkdocs build`, for projects whose mkdocs.yml has plugins that only MkDocs can run."""

    def build(self, press: Press, into: Path, now: datetime) -> None:
        """Write the press's site, which is that of `now`, into the empty folder `into`.

        Raises EngineError.
        """
        config = load_mkdocs(press.project.config_file, site_dir=str(into))
        config.plugins["machikado"].config.now = now.isoformat()
        with errors_of_mkdocs() as said:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            except (Abort, BuildError, TemplateError) as error:
                raise EngineError("\n".join(said) or str(error)) from error
            finally:
                config.plugins.on_shutdown()

    def serve(self, project: Project, address: str) -> None:
        """Serve the site at `address` (host:port) while its sources are edited; raises EngineError."""
        # Faults that appear while the site is served are told, and the last good pages stay.
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        try:
            serve(str(project.config_file), dev_addr=address, livereload=True)
        except (Abort, BuildError) as error:
            raise EngineError(str(error)) from error
