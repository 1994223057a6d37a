"""The MkDocs plugin.

mkdocs-static-i18n calls MkDocs' build once a locale with the same plugin instances, so nothing is
gathered from one build to the next: the whole site is read from its sources when a cycle begins,
and every event asks that reading.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from machikado.article.typesetter import Article, Typesetter
from machikado.assets import asset_address, published_assets, theme_asset
from machikado.content.address import output_file
from machikado.content.front_matter import parse_time
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.reader import ConfigurationError, read_site
from machikado.content.site import Site
from machikado.furniture.view import PageView, Surroundings
from machikado.messages import Catalogue, read_catalogues
from machikado.mkdocs_plugin.configuration import project_of
from machikado.project import Project
from machikado.resources import packaged
from machikado.sitewide.redirects import redirects

MATERIAL_STYLES = "assets/stylesheets/main.*.min.css"
AFTER_I18N = -200
"""Event priority below that of mkdocs-static-i18n (-100): its files and locale are settled then."""


class Options(base.Config):
    """`plugins: - machikado:` in mkdocs.yml."""

    demonstration = config_options.Type(bool, default=False)
    """Say on every page that this is not the city's official site."""
    report_to = config_options.Optional(config_options.URL())
    """Where readers report problems with a page, such as a form."""
    now = config_options.Optional(config_options.Type(str))
    """The build's clock (ISO 8601); else the environment's MACHIKADO_NOW, else the present."""


class Cycle:
    """One reading of the site, from which all locales are built."""

    def __init__(
        self, project: Project, now: datetime, theme_dirs: list[str], report_to: str | None
    ) -> None:
        reading = read_site(project.tree, project.docs, project.data)
        if reading.findings:
            raise PluginError(
                "\n".join(f"{f.source}: {f.message.ja} / {f.message.en}" for f in reading.findings)
            )
        self.site: Site = reading.site.at(now)
        self.catalogues: Mapping[str, Catalogue] = read_catalogues(
            project.tree, self.site.locales, project.data
        )
        self.typesetter = Typesetter(
            self.site,
            self.catalogues,
            project.base_path,
            published_assets(project.root / project.docs, self.site.locales),
        )
        self.surroundings = Surroundings(
            site=self.site,
            catalogues=self.catalogues,
            site_url=project.site_url,
            base_path=project.base_path,
            asset=theme_asset([Path(folder) for folder in theme_dirs], project.base_path),
            demonstration=project.demonstration,
            report_to=report_to,
        )
        self.articles: dict[str, Article] = {}

    def page(self, file: File) -> Page:
        """The core's page for a file of MkDocs (its path is `<locale>/<path>`)."""
        locale, _, path = file.src_uri.partition("/")
        page = self.site.page_at(self.site.locales[locale], path)
        if page is None:
            raise PluginError(f"{file.src_uri} is no published page")
        return page


class MachikadoPlugin(BasePlugin[Options]):
    """Gives MkDocs the pages, links and furniture that the core computes."""

    def __init__(self) -> None:
        super().__init__()
        self._cycle: Cycle | None = None

    @property
    def cycle(self) -> Cycle:
        if self._cycle is None:
            raise PluginError("on_config comes first")
        return self._cycle

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Present so that MkDocs keeps this instance over the builds of one `mkdocs serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self._begins_cycle(config):
            self._add_packaged_theme(config)
            # Every locale has its own 404 page, and the sitemap is made from the whole site.
            config.theme.static_templates = set()
            project = project_of(config)
            try:
                self._cycle = Cycle(project, self._now(), config.theme.dirs, self.config.report_to)
            except ConfigurationError as error:
                raise PluginError(f"{error.where}: {error.text.ja} / {error.text.en}") from None
            self._compare_locales(config)
            extensions: list[Any] = config.markdown_extensions
            extensions[:] = [e for e in extensions if isinstance(e, str)]
            extensions.append(self.cycle.typesetter.extension)
        return config

    @staticmethod
    def _begins_cycle(config: MkDocsConfig) -> bool:
        """Whether this is the first of the builds that static-i18n makes of one site."""
        i18n = config.plugins.get("i18n")
        return i18n is None or not i18n.building

    def _compare_locales(self, config: MkDocsConfig) -> None:
        """What static-i18n builds and what the vocabulary names must be one and the same."""
        i18n = config.plugins.get("i18n")
        if i18n is None:
            raise PluginError("plugins: i18n (mkdocs-static-i18n) がありません / is missing")
        built = {(lang.locale, lang.default) for lang in i18n.config.languages if lang.build}
        known = {(locale.code, locale.is_default) for locale in self.cycle.site.locales}
        if built != known:
            names = ", ".join(sorted({code for code, _ in built ^ known}))
            raise PluginError(
                f"plugins: i18n の languages と i18n/locales.yml が食い違っています（{names}） / "
                f"the languages of i18n differ from i18n/locales.yml ({names})"
            )

    def _now(self) -> datetime:
        given = self.config.now or os.environ.get("MACHIKADO_NOW")
        if not given:
            return datetime.now(UTC)
        try:
            return parse_time(given)
        except ValueError as error:
            raise PluginError(f"now: {error}") from None

    @staticmethod
    def _add_packaged_theme(config: MkDocsConfig) -> None:
        """Put the theme of an installed package behind the project's own custom_dir."""
        theme = str(packaged() / "overrides")
        if theme not in config.theme.dirs:
            own = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(own, theme)

    @event_priority(AFTER_I18N)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        locale = self.cycle.site.locales[self._current_locale(config)]
        published = {
            f"{locale.code}/{page.path}": page for page in self.cycle.site.in_locale(locale)
        }
        for file in list(files):
            if file.is_documentation_page():
                page = published.get(file.src_uri)
                if page is None:
                    files.remove(file)
                else:
                    self._place(file, page.address, config)
            elif not self._is_wanted(file, config, locale):
                files.remove(file)
            elif file.src_dir == config.docs_dir:
                self._place(file, asset_address(file.src_uri, self.cycle.site.locales), config)
        if locale.is_default:
            for name, html in redirects(
                self.cycle.site, self.cycle.catalogues, self.cycle.surroundings
            ):
                files.append(File.generated(config, name, content=html))
        return files

    @staticmethod
    def _place(file: File, address: str, config: MkDocsConfig) -> None:
        file.dest_uri = output_file(address)
        file.url = address.lstrip("/") or "./"
        file.abs_dest_path = os.path.normpath(os.path.join(config.site_dir, file.dest_uri))  # noqa: PTH118 - as MkDocs does

    @staticmethod
    def _current_locale(config: MkDocsConfig) -> str:
        i18n: Any = config.plugins["i18n"]
        return str(i18n.current_language)

    @staticmethod
    def _is_wanted(file: File, config: MkDocsConfig, locale: Locale) -> bool:
        """Files beside the pages: a locale's own; and once, those that are shared or of the theme.

        Of Material only the one style sheet that pages load.
        """
        if file.src_dir == config.docs_dir:
            return locale.is_default or file.src_uri.startswith(f"{locale.code}/")
        if not locale.is_default:
            return False
        if Path(file.src_dir or "").parts[-2:] == ("material", "templates"):
            return fnmatch(file.src_uri, MATERIAL_STYLES)
        return file.src_uri.startswith("assets/")

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        server.watch(str(project_of(config).root / project_of(config).data))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        # MkDocs leaves escaping to each template; here every value is escaped unless it says `safe`.
        env.autoescape = True
        return env

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        self.cycle.typesetter.begin(self.cycle.page(page.file))
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        article = self.cycle.typesetter.finish(html)
        self.cycle.articles[page.file.src_uri] = article
        page.meta["template"] = self._view(page).template
        return article.html

    def on_page_context(
        self,
        context: Any,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> Any:
        view = self._view(page)
        context["view"] = view
        context["_"] = view.gettext
        return context

    def _view(self, page: MkDocsPage) -> PageView:
        article = self.cycle.articles[page.file.src_uri]
        return PageView(self.cycle.page(page.file), article, self.cycle.surroundings)
