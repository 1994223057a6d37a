"""The press: one reading of the site made into pages, by any engine or by none.

It holds what the pages of one build share (typesetter, templates, the theme's files) and prints a
page from its source alone; which pages are printed, where and by how many hands is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from traceback import walk_tb
from types import FunctionType, MethodType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import escape

from machikado.article.recording import Recording
from machikado.article.typesetter import Article, ArticleRenderer, AssetLookup, Typesetter
from machikado.assets import published_assets, theme_asset
from machikado.content.page import Page
from machikado.content.site import Site
from machikado.furniture.locale_view import Surroundings
from machikado.furniture.recorded import recordings
from machikado.furniture.view import PageView
from machikado.messages import Catalogue
from machikado.project import Project
from machikado.readings.furigana import Furigana, written_furigana
from machikado.sitewide.redirects import redirects
from machikado.vocabulary import Location


class _Code(CodeGenerator):
    """Jinja's code, which asks the environment for an escaped value."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:  # noqa: ANN401
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Context(Context):
    """A context that asks a macro and a plain function but once what they want to be given."""

    def call(self, asked: Callable[..., Any], /, *values: Any, **named: Any) -> Any:  # noqa: ANN401
        kind = type(asked)
        if kind is Macro:
            values = (self.eval_ctx, *values)
        elif kind not in (MethodType, FunctionType) or hasattr(asked, "jinja_pass_arg"):
            return super().call(asked, *values, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return asked(*values, **named)


class _Environment(Environment):
    """An environment that escapes a value once: most of what pages show stands on many of them."""

    code_generator_class = _Code
    context_class = _Context
    # `typed`: a text and the same text as safe HTML are equal, and not escaped alike.
    escaped = staticmethod(lru_cache(maxsize=16384, typed=True)(escape))


class Press:
    """Prints the pages of `site`, which holds what readers may see and nothing else.

    assets: how files beside the pages are looked up, by default on the disk;
    compiled: a folder where compiled templates are kept from one build to the next;
    furigana: who knows how Japanese is read.
    """

    def __init__(
        self,
        project: Project,
        site: Site,
        catalogues: Mapping[str, Catalogue],
        assets: AssetLookup | None = None,
        compiled: Path | None = None,
        furigana: Furigana | None = None,
    ) -> None:
        # Without dictionaries, readings that an editor wrote are shown all the same.
        self._furigana = furigana or written_furigana()
        self._compiled = compiled
        self.project = project
        self.site = site
        self._catalogues = catalogues
        self._assets = assets or published_assets(project.root / project.docs, site.locales)
        self.typesetter = Typesetter(site, catalogues, project.base_path, self._assets)
        self.surroundings = Surroundings(
            site=site,
            catalogues=catalogues,
            site_url=project.site_url,
            base_path=project.base_path,
            asset=theme_asset(project.theme_dirs, project.base_path),
            demonstration=project.demonstration,
            report_to=project.report_to,
            recorded=self.recording,
            assets=self._assets,
            annotate=self._furigana.on_text,
        )

    @cached_property
    def articles(self) -> ArticleRenderer:
        """Makes articles without an engine, with the Markdown extensions of mkdocs.yml."""
        return ArticleRenderer(
            self.typesetter, self.project.markdown_extensions, self.project.extension_configs
        )

    @cached_property
    def _templates(self) -> Environment:
        # Every value is escaped unless a template says `safe`.
        compiled = None
        if self._compiled is not None:
            self._compiled.mkdir(parents=True, exist_ok=True)
            # A name of its own: the code asks `_Environment` for what Jinja's own does not have.
            compiled = FileSystemBytecodeCache(str(self._compiled), "__machikado_%s.cache")
        return _Environment(
            loader=FileSystemLoader(self.project.theme_dirs),
            autoescape=True,
            auto_reload=False,
            bytecode_cache=compiled,
        )

    def view(self, page: Page, article: Article) -> PageView:
        return PageView(page, article, self.surroundings)

    def recording(self, page: Page, article: Article) -> Recording | None:
        """The recording of a page in which its words are heard as they are now."""
        return recordings(self._catalogues, self._assets)(page, article.html)

    def article(self, page: Page) -> Article:
        """The article of a page, with furigana where it is Japanese."""
        return self.annotated(page, self.articles.render(page))

    def annotated(self, page: Page, article: Article) -> Article:
        """`article` with furigana on its own words."""
        parts = (
            self._furigana.on_html(part, page.locale.lang) if isinstance(part, str) else part
            for part in article.parts
        )
        return replace(article, parts=tuple(parts))

    def print(self, page: Page, article: Article | None = None) -> str:
        """The HTML of a page; raises jinja2.TemplateError. Its article is rendered when not given."""
        view = self.view(page, article or self.article(page))
        html: str = self._templates.get_template(view.template).render(
            view=view, _=view.gettext, shown=view.shown
        )
        return html

    def redirects(self, page: Page) -> Iterator[tuple[str, str]]:
        """Name and HTML of the page at every old address of `page`."""
        return redirects(page, self._catalogues, self.surroundings)


def template_place(error: BaseException) -> Location | None:
    """The template and the line that an error comes from; None where it comes from no template."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Location(error.filename, error.lineno)
    # Jinja has the traceback speak of the templates' own lines.
    frames = [
        Location(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)
    ]
    return next((place for place in reversed(frames) if place.file.endswith(".html")), None)


def theme_files(project: Project) -> Iterator[tuple[str, Path]]:
    """Name (from the site's folder) and source of every file of the theme that a site carries."""
    taken: set[str] = set()
    for folder in project.theme_dirs:
        for file in _visible(folder / "assets"):
            name = file.relative_to(folder).as_posix()
            if name not in taken and is_published(folder, name):
                taken.add(name)
                yield name, file


def is_published(theme: Path, name: str) -> bool:
    """Whether a site carries the file `name` of a theme's folder."""
    if theme.parts[-2:] == ("material", "templates"):
        return False  # the theme has the part of its style sheet that pages load (decision 0013)
    return name.startswith("assets/") and not name.endswith((".html", ".md", ".py", ".pyc"))


def _visible(folder: Path) -> Sequence[Path]:
    """Every file below `folder` that neither is hidden nor lies in a hidden folder, sorted."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )
