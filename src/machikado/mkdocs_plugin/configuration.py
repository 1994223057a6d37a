"""mkdocs.yml as a Project: the only reader of MkDocs' configuration."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.exceptions import ConfigurationError as MkDocsConfigurationError

from machikado.project import Project
from machikado.resources import packaged
from machikado.vocabulary import ConfigurationError, Text

OWN_PLUGINS = ("machikado", "i18n")
"""What these two do, Machikado does without MkDocs too."""


def load_project(config_file: Path) -> Project:
    """The project of `config_file`; raises ConfigurationError with what MkDocs found wrong."""
    return project_of(load_mkdocs(config_file))


def load_mkdocs(config_file: Path, **values: str) -> MkDocsConfig:
    """MkDocs' own configuration, with `values` in place of those of the file."""
    if not config_file.is_file():
        raise ConfigurationError(
            str(config_file),
            Text(
                "設定ファイルがありません。プロジェクトのフォルダーで実行するか、--config-file で場所を示してください。",
                "There is no such file. Run this in the project's folder or point to it with --config-file.",
            ),
        )
    with errors_of_mkdocs() as errors:
        try:
            return load_config(str(config_file), config_file_path=None, **values)
        except (Abort, MkDocsConfigurationError) as error:
            said = "; ".join(errors) or str(error)
            raise ConfigurationError(
                str(config_file),
                Text(f"設定に誤りがあります: {said}", f"The configuration is wrong: {said}"),
            ) from None


@contextmanager
def errors_of_mkdocs() -> Iterator[list[str]]:
    """What MkDocs logs as errors, kept instead of printed; of its steps it tells nothing."""
    collected = _Collect()
    logger = logging.getLogger("mkdocs")
    level, propagate = logger.level, logger.propagate
    logger.addHandler(collected)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        yield collected.messages
    finally:
        logger.removeHandler(collected)
        logger.setLevel(level)
        logger.propagate = propagate


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def project_of(config: MkDocsConfig) -> Project:
    """What Machikado needs to know of a loaded configuration."""
    plugin = config.plugins.get("machikado")
    if plugin is None:
        raise ConfigurationError(
            str(config.config_file_path),
            Text(
                "plugins に machikado がありません。",
                "The plugin `machikado` is not listed under plugins.",
            ),
        )
    if not config.site_url:
        raise ConfigurationError(
            str(config.config_file_path),
            Text(
                "site_url（サイトのアドレス）がありません。",
                "site_url, the site's absolute address, is missing.",
            ),
        )
    config_file = Path(config.config_file_path or "mkdocs.yml")
    root = config_file.resolve().parent
    docs = Path(config.docs_dir).resolve()
    if not docs.is_relative_to(root):
        raise ConfigurationError(
            str(config.config_file_path),
            Text(
                f"docs_dir（{config.docs_dir}）が、設定ファイルのあるフォルダーの外にあります。",
                f"docs_dir ({config.docs_dir}) is outside the folder of the configuration.",
            ),
        )
    i18n: Any = config.plugins.get("i18n")
    return Project(
        root=root,
        config_file=config_file,
        site_dir=Path(config.site_dir),
        site_url=config.site_url if config.site_url.endswith("/") else f"{config.site_url}/",
        docs=docs.relative_to(root).as_posix(),
        packaged=packaged() if packaged() != root else None,
        markdown_extensions=tuple(config.markdown_extensions),
        extension_configs=dict(config.mdx_configs),
        theme_dirs=theme_dirs(config),
        demonstration=bool(plugin.config.demonstration),
        report_to=plugin.config.report_to,
        websub_hub=plugin.config.websub_hub,
        places_must_be_known=bool(plugin.config.places_must_be_known),
        other_plugins=tuple(name for name in config.plugins if name not in OWN_PLUGINS),
        mkdocs_locales=frozenset(
            (language.locale, language.default)
            for language in (i18n.config.languages if i18n else ())
            if language.build
        ),
    )


def theme_dirs(config: MkDocsConfig) -> tuple[Path, ...]:
    """The theme's folders, that of an installed package behind the project's own custom_dir."""
    folders = [Path(folder) for folder in config.theme.dirs]
    own = packaged() / "overrides"
    if own not in folders:
        folders.insert(1 if config.theme.custom_dir else 0, own)
    return tuple(folders)
