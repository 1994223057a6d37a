"""The MkDocs plugin.

mkdocs-static-i18n calls MkDocs' build once a locale with the same plugin instances, so nothing is
gathered from one build to the next: the whole site is read from its sources when a cycle begins,
and every event asks that reading.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
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

from machikado.article.typesetter import Article
from machikado.assets import asset_address
from machikado.content.address import output_file
from machikado.content.front_matter import parse_time
from machikado.content.locale import Locale
from machikado.content.page import Page
from machikado.content.reader import read_site
from machikado.furniture.view import PageView
from machikado.messages import read_catalogues
from machikado.mkdocs_plugin.configuration import project_of, theme_dirs
from machikado.press import Press, is_published
from machikado.project import Project
from machikado.readings.furigana import Furigana, furigana, written_furigana
from machikado.readings.lexicon import Lexicon, read_lexicon
from machikado.vocabulary import ConfigurationError

AFTER_I18N = -200
"""Event priority below that of mkdocs-static-i18n (-100): its files and locale are settled then."""


class Options(base.Config):
    """`plugins: - machikado:` in mkdocs.yml."""

    demonstration = config_options.Type(bool, default=False)
    """Say on every page that this is not the city's official site."""
    report_to = config_options.Optional(config_options.URL())
    """Where readers report problems with a page, such as a form."""
    websub_hub = config_options.Optional(config_options.URL())
    """The WebSub hub of the feeds; name one only if `machikado feeds --ping` runs after each deployment."""
    places_must_be_known = config_options.Type(bool, default=False)
    """Whether a place name whose reading is doubtful stops `machikado check` and `machikado build`."""
    now = config_options.Optional(config_options.Type(str))
    """The build's clock (ISO 8601); else the environment's MACHIKADO_NOW, else the present."""


class Cycle:
    """One reading of the site, from which all locales are built."""

    def __init__(self, project: Project, now: datetime) -> None:
        reading = read_site(project.tree, project.docs, project.data)
        if reading.findings:
            raise PluginError(
                "\n".join(f"{f.source}: {f.message.ja} / {f.message.en}" for f in reading.findings)
            )
        project.must_build(reading.site.locales)
        self.site = reading.site.at(now)
        catalogues = read_catalogues(project.tree, self.site.locales, project.data)
        name = f"{project.data}/readings.csv"
        known = project.tree.exists(name)
        lexicon = read_lexicon(project.tree.read(name), name)[0] if known else Lexicon()
        read = furigana(lexicon)
        self.press = Press(
            project,
            self.site,
            catalogues,
            furigana=read if isinstance(read, Furigana) else written_furigana(lexicon),
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
            config.theme.dirs[:] = [str(folder) for folder in theme_dirs(config)]
            # Every locale has its own 404 page, and the sitemap is made from the whole site.
            config.theme.static_templates = set()
            try:
                self._cycle = Cycle(project_of(config), self._now())
            except ConfigurationError as error:
                raise PluginError(f"{error.where}: {error.text.ja} / {error.text.en}") from None
            extensions: list[Any] = config.markdown_extensions
            extensions[:] = [e for e in extensions if isinstance(e, str)]
            extensions.append(self.cycle.press.typesetter.extension)
        return config

    @staticmethod
    def _begins_cycle(config: MkDocsConfig) -> bool:
        """Whether this is the first of the builds that static-i18n makes of one site."""
        i18n = config.plugins.get("i18n")
        return i18n is None or not i18n.building

    def _now(self) -> datetime:
        given = self.config.now or os.environ.get("MACHIKADO_NOW")
        if not given:
            return datetime.now(UTC)
        try:
            return parse_time(given)
        except ValueError as error:
            raise PluginError(f"now: {error}") from None

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
            for page in self.cycle.site.pages:
                for name, html in self.cycle.press.redirects(page):
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
        """Files beside the pages: a locale's own; and once, those that are shared or of the theme."""
        if file.src_dir == config.docs_dir:
            return locale.is_default or file.src_uri.startswith(f"{locale.code}/")
        if not locale.is_default:
            return False
        return is_published(Path(file.src_dir or ""), file.src_uri)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        server.watch(str(project_of(config).root / project_of(config).data))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        # MkDocs leaves escaping to each template; here every value is escaped unless it says `safe`.
        env.autoescape = True
        return env

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        self.cycle.press.typesetter.begin(self.cycle.page(page.file))
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        finished = self.cycle.press.typesetter.finish(html)
        article = self.cycle.press.annotated(self.cycle.page(page.file), finished)
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
        context["shown"] = view.shown
        return context

    def _view(self, page: MkDocsPage) -> PageView:
        article = self.cycle.articles[page.file.src_uri]
        return self.cycle.press.view(self.cycle.page(page.file), article)
