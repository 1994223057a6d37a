"""What a build is made from, besides the pages: versions, configuration, vocabulary, theme.

Reading them takes MkDocs, YAML and gettext longer than an edit may; what they said is kept in the cache
under a digest of what they were read from.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import yaml
from yaml_env_tag import construct_env_tag

from machikado.content.department import Category, Department, Glossary, Term
from machikado.content.locale import Locales
from machikado.content.reader import Vocabulary, read_vocabulary
from machikado.content.tree import Tree
from machikado.incremental.glance import RACY, Glance, packages, settings_of, written
from machikado.incremental.store import Store
from machikado.messages import Catalogue, catalogue_file, read_catalogues
from machikado.press import is_published
from machikado.project import Project
from machikado.readings.lexicon import Lexicon, read_lexicon
from machikado.vocabulary import Finding


def versions(store: Store | None = None, seen: Glance | None = None) -> str:
    """A digest of the code that builds: Machikado's own, every package beside it, and Python.

    Where it was `seen` as it is, it is what `store` keeps of the last time.
    """
    own = Path(__file__).resolve().parents[1]
    state = blake2b(digest_size=16)
    state.update("\n".join([platform.python_version(), *packages()]).encode())

    def read() -> str:
        for file in sorted(own.rglob("*")):
            if file.suffix in (".py", ".csv"):
                state.update(file.read_bytes())
        return state.hexdigest()

    return _as_seen(store, seen, [own], f"code {state.hexdigest()}", read)


def _as_seen(
    store: Store | None,
    seen: Glance | None,
    folders: Sequence[Path],
    what: str,
    read: Callable[[], str],
) -> str:
    """What `read` says of folders, or said when they looked the same.

    what: the first word names the fact that is kept; the rest is what else the answer depends on.
    """
    if store is None or seen is None or any(str(folder) not in seen.stamps for folder in folders):
        return read()
    stamps = [
        (name, stamp)
        for folder in folders
        for name, stamp in seen.stamps[str(folder)].items()
        if "__pycache__" not in name
    ]
    if any(written(stamp) > seen.began - RACY for _, stamp in stamps):
        return read()
    name, looks = f"{what.partition(' ')[0]} seen", _of(what, stamps)
    kept = store.fact(name)
    if kept is not None and kept.partition(" ")[0] == looks:
        return str(kept.partition(" ")[2])
    said = read()
    store.keep(name, f"{looks} {said}")
    return said


# The configuration --------------------------------------------------------------------------


def configuration_key(config_file: Path, code: str) -> str | None:
    """What a configuration was read from, as a digest; None where it may have been read from more."""
    try:
        settings = settings_of(config_file)
    except (OSError, UnicodeDecodeError):
        return None
    if settings is None:
        return None
    state = blake2b(settings, digest_size=16)
    state.update(f"\0{config_file.resolve()}\0{code}".encode("utf-8", "surrogateescape"))
    return state.hexdigest()


_PLAIN = (
    "site_url",
    "docs",
    "data",
    "demonstration",
    "report_to",
    "websub_hub",
    "places_must_be_known",
)
_PATHS = ("root", "config_file", "site_dir", "packaged")


def remember(store: Store, key: str | None, project: Project) -> None:
    """Keep what the configuration said; a project that needs more of MkDocs is not kept."""
    if key is None or project.other_plugins:
        return
    names, configs = _extensions(project.config_file)
    if names != project.markdown_extensions or _told(configs) != _told(project.extension_configs):
        return
    facts: dict[str, Any] = {name: getattr(project, name) for name in _PLAIN}
    for name in _PATHS:
        path = getattr(project, name)
        facts[name] = None if path is None else str(path)
    facts["theme_dirs"] = [str(folder) for folder in project.theme_dirs]
    facts["mkdocs_locales"] = sorted(project.mkdocs_locales)
    with store.transaction():
        store.keep("project", msgspec.json.encode([key, facts]))


def recall(store: Store, key: str | None) -> Project | None:
    """The project that was kept under this key, without its Markdown extensions."""
    kept = store.fact("project")
    if key is None or kept is None:
        return None
    known, facts = msgspec.json.decode(kept)
    if known != key:
        return None
    for name in _PATHS:
        facts[name] = None if facts[name] is None else Path(facts[name])
    facts["theme_dirs"] = tuple(Path(folder) for folder in facts["theme_dirs"])
    facts["mkdocs_locales"] = frozenset(
        (code, default) for code, default in facts["mkdocs_locales"]
    )
    names, configs = _extensions(facts["config_file"])
    return Project(**facts, markdown_extensions=names, extension_configs=configs)


_BUILT_IN = ("toc", "tables", "fenced_code")
"""What MkDocs puts before the extensions of every configuration (mkdocs.config.defaults)."""


class _Loader(yaml.Loader):
    """YAML as MkDocs reads it: names of Python objects allowed, for the configuration is trusted."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_constructor("!relative", lambda _loader, _node: None)


def _extensions(config_file: Path) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The Markdown extensions of a configuration and the settings of each."""
    text = config_file.read_text(encoding="utf-8")
    found = re.search(r"^markdown_extensions:.*(?:\n(?:[ \t#-].*)?$)*", text, re.MULTILINE)
    listed = yaml.load(found.group(), Loader=_Loader) if found else {}  # noqa: S506
    names: list[str] = list(_BUILT_IN)
    configs: dict[str, Any] = {}
    for entry in (listed or {}).get("markdown_extensions") or ():
        ((name, settings),) = entry.items() if isinstance(entry, dict) else ((entry, None),)
        names.append(name)
        if settings:
            configs[name] = settings
    return tuple(dict.fromkeys(names)), configs


# Vocabulary, words, theme -------------------------------------------------------------------


@dataclass(frozen=True)
class Inputs:
    """All that every page depends on, as it is now; digests are of what was read, not of when."""

    project: Project
    store: Store
    code: str
    dictionaries: bool = True
    seen: Glance | None = None

    @cached_property
    def lexicon(self) -> tuple[Lexicon, tuple[Finding, ...]]:
        """How the city's own words are read, and what is wrong with what it says of them."""
        name = f"{self.project.data}/readings.csv"
        if not self.tree.exists(name):
            return Lexicon(), ()
        return read_lexicon(self.tree.read(name), name)

    @cached_property
    def readings(self) -> str:
        """The digest of what all furigana depends on."""
        return _of(self.code, self.dictionaries, self.lexicon[0].digest)

    @property
    def tree(self) -> Tree:
        return self.project.tree

    @cached_property
    def locales(self) -> str:
        return _digest(self.tree, [f"{self.project.data}/locales.yml"])

    @cached_property
    def _vocabulary_digest(self) -> str:
        data = self.project.data
        names = [f"{data}/{name}.yml" for name in ("locales", "departments", "categories")]
        return _digest(self.tree, [*names, *self.tree.files(f"{data}/glossary")])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Raises ConfigurationError."""
        kept = self.store.fact("vocabulary")
        if kept is not None:
            known, value = msgspec.json.decode(kept, type=tuple[str, _KeptVocabulary])
            if known == self._vocabulary_digest:
                return Vocabulary(
                    value.locales, value.departments, value.categories, Glossary(value.terms)
                )
        read = read_vocabulary(self.tree, self.project.data)
        value = _KeptVocabulary(
            read.locales,
            dict(read.departments),
            dict(read.categories),
            {code: dict(terms) for code, terms in read.glossary.terms.items()},
        )
        self.store.keep("vocabulary", msgspec.json.encode((self._vocabulary_digest, value)))
        return read

    @cached_property
    def words(self) -> str:
        """The digest of the catalogues of all locales; a page shows words of every one of them."""
        names = [
            catalogue_file(locale.code, self.project.data) for locale in self.vocabulary.locales
        ]
        return _digest(self.tree, names)

    @cached_property
    def catalogues(self) -> Mapping[str, Catalogue]:
        """Raises ConfigurationError."""
        kept = self.store.fact("catalogues")
        if kept is not None:
            known, value = msgspec.json.decode(kept, type=tuple[str, dict[str, Catalogue]])
            if known == self.words:
                return value
        read = read_catalogues(self.tree, self.vocabulary.locales, self.project.data)
        self.store.keep("catalogues", msgspec.json.encode((self.words, read)))
        return read

    @cached_property
    def theme(self) -> str:
        """The digest of every template and every file of the theme that a site carries."""
        own = [folder for folder in self.project.theme_dirs if not _is_material(folder)]
        others = [folder for folder in self.project.theme_dirs if _is_material(folder)]
        return _of(
            _as_seen(self.store, self.seen, own, "theme", lambda: _contents(own)),
            _contents(others),
        )

    @cached_property
    def article(self) -> str:
        """The digest of what every article depends on."""
        project = self.project
        configs = sorted((name, _told(value)) for name, value in project.extension_configs.items())
        return _of(self.code, self.locales, self.words, project.markdown_extensions, configs, project.base_path)  # fmt: skip

    @cached_property
    def page(self) -> str:
        """The digest of what every page depends on, its article's included."""
        project = self.project
        return _of(self.article, self.theme, project.site_url, project.demonstration, project.report_to, project.websub_hub)  # fmt: skip

    @cached_property
    def listing(self) -> str:
        """The digest of what the lists of the whole site depend on, besides the pages."""
        return _of(self.code, self.locales, self.project.site_url)

    @cached_property
    def everything(self) -> str:
        """The digest of all inputs but the files below docs/."""
        # Lines of the readings that are faulty are in no lexicon, and yet they are told of.
        said = _digest(self.tree, [f"{self.project.data}/readings.csv"])
        return _of(self.page, self._vocabulary_digest, self.readings, said, self.project.docs)


class _KeptVocabulary(msgspec.Struct):
    locales: Locales
    departments: dict[str, Department]
    categories: dict[str, Category]
    terms: dict[str, dict[str, Term]]


def _contents(folders: Sequence[Path]) -> str:
    """A digest of what of themes' folders matters."""
    state = blake2b(digest_size=16)
    for folder in folders:
        for file in _theme_files(folder):
            state.update(f"{file.relative_to(folder)}\0".encode())
            state.update(blake2b(file.read_bytes(), digest_size=16).digest())
    return state.hexdigest()


def _is_material(folder: Path) -> bool:
    return folder.parts[-2:] == ("material", "templates")


def _theme_files(folder: Path) -> Iterator[Path]:
    """What of a theme's folder matters; the rest of Material's is told by its version."""
    if _is_material(folder):
        styles = folder / "assets" / "stylesheets"
        yield from (f for f in sorted(styles.glob("*.css")) if is_published(folder, f.relative_to(folder).as_posix()))  # fmt: skip
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(folder).parts):
            yield file


def _digest(tree: Tree, names: list[str]) -> str:
    state = blake2b(digest_size=16)
    for name in names:
        data = tree.read(name) if tree.exists(name) else b""
        state.update(f"{name}\0{len(data)}\0".encode())
        state.update(data)
    return state.hexdigest()


def _of(*parts: object) -> str:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _told(value: object) -> str:
    """A setting of an extension as text that is the same in every process."""
    if isinstance(value, dict):
        return repr(sorted((str(key), _told(inner)) for key, inner in value.items()))
    if isinstance(value, list | tuple):
        return repr([_told(inner) for inner in value])
    function = getattr(value, "func", value)
    if callable(function):
        name = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"
        return f"{name}{getattr(value, 'args', ())!r}{sorted(getattr(value, 'keywords', {}).items())!r}"
    return repr(value)
