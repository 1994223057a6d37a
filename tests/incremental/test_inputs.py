"""What a configuration said is recalled as MkDocs would say it again, and every change of it is noticed."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from machikado.incremental import inputs
from machikado.incremental.glance import Glance, glance, look, look_while, settings_of
from machikado.incremental.index import vocabulary_entries
from machikado.incremental.inputs import Inputs, configuration_key, recall, remember, versions
from machikado.incremental.store import Store
from machikado.mkdocs_plugin.configuration import load_project
from machikado.project import Project
from small_city import PROJECT, ROOT

CODE = Path(inputs.__file__).resolve().parents[1]
BASE = """\
site_name: 見本市
site_url: https://city.example/
theme: { name: material }
plugins:
  - machikado: { demonstration: true, report_to: https://city.example/form }
  - i18n:
      docs_structure: folder
      languages:
        - { locale: ja, name: 日本語, default: true, build: true }
        - { locale: en, name: English, build: true }
"""
ODD = {
    "no extensions": BASE,
    "extensions as a list": BASE + "markdown_extensions:\n  - attr_list\n  - toc:\n      permalink: true\n  - admonition\n",
    "extensions as a mapping": BASE + "markdown_extensions:\n  toc: { permalink: true }\n  attr_list: {}\n",
    "extensions on one line": BASE + "markdown_extensions: [attr_list, {toc: {permalink: true}}]\n",
    "no extensions at all": BASE + "markdown_extensions:\n",
    "a comment among them": BASE + "markdown_extensions:\n  - attr_list\n# between\n\n  - toc:\n      permalink: true\nextra: {}\n",
    "a name of Python": BASE + "markdown_extensions:\n  - toc:\n      slugify: !!python/object/apply:pymdownx.slugs.slugify\n        kwds: { case: lower }\n",
    "the environment": BASE.replace("https://city.example/\n", "!ENV [CITY_URL, 'https://other.example/']\n"),
    "docs elsewhere": BASE + "docs_dir: texts\nsite_dir: public\n",
    "a theme of its own": BASE.replace("name: material", "name: material, custom_dir: mine"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CITY_URL", "MACHIKADO_SITE_URL", "ONE", "OTHER"):
        monkeypatch.delenv(name, raising=False)


def project_in(folder: Path, text: str) -> Path:
    for name in ("docs", "texts", "mine"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder / "mkdocs.yml"


def recalled(config_file: Path) -> Project | None:
    """The project as a cache gives it that was told of it."""
    store = Store(None)
    key = configuration_key(config_file, "code")
    remember(store, key, load_project(config_file))
    return recall(store, key)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_a_recalled_project_is_the_one_that_mkdocs_reads(tmp_path: Path, text: str) -> None:
    config_file = project_in(tmp_path, text)
    found = recalled(config_file)
    # What is not recalled is read by MkDocs again: slower, and as right.
    assert found is None or told(found) == told(load_project(config_file))


@pytest.mark.parametrize(
    "name", sorted(ODD.keys() - {"extensions as a mapping", "extensions on one line"})
)
def test_usual_configurations_are_recalled(tmp_path: Path, name: str) -> None:
    assert recalled(project_in(tmp_path, ODD[name])) is not None


def test_the_demo_is_recalled() -> None:
    found = recalled(ROOT / "mkdocs.yml")
    assert found is not None
    assert told(found) == told(load_project(ROOT / "mkdocs.yml"))


def told(project: Project) -> dict[str, object]:
    """All that a project says; a function of Python by what it does."""
    values = {name: getattr(project, name) for name in project.__dataclass_fields__}
    configs = values.pop("extension_configs")
    slugify = configs.get("toc", {}).get("slugify")
    values["slug"] = slugify("街の Plan", "-") if slugify else None
    values["configs"] = {
        name: {key: value for key, value in settings.items() if key != "slugify"}
        for name, settings in configs.items()
    }
    return values


def test_a_project_that_only_mkdocs_can_build_is_not_recalled(tmp_path: Path) -> None:
    text = BASE.replace("plugins:\n", "plugins:\n  - search\n")
    assert recalled(project_in(tmp_path, text)) is None


def test_a_configuration_with_a_parent_is_not_recalled_and_never_looks_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "parent.yml").write_text(BASE, encoding="utf-8")
    config_file = project_in(tmp_path, "INHERIT: parent.yml\nsite_name: 子\n")
    assert configuration_key(config_file, "code") is None
    assert recalled(config_file) is None
    assert glance(config_file, []).digest != glance(config_file, []).digest


@pytest.mark.parametrize(
    "said",
    [
        "!ENV CITY_URL",
        "!ENV [ONE, CITY_URL, 'https://x.example/']",
        "!ENV\n  [ONE,\n   CITY_URL]",
        "!ENV\n  - ONE\n  - CITY_URL",
    ],
)
def test_a_changed_environment_is_noticed_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    config_file = project_in(tmp_path, BASE.replace("https://city.example/\n", f"{said}\n"))
    keys = [configuration_key(config_file, "code"), settings_of(config_file)]
    monkeypatch.setenv("OTHER", "nobody asks")
    assert [configuration_key(config_file, "code"), settings_of(config_file)] == keys
    monkeypatch.setenv("CITY_URL", "https://new.example/")
    again = [configuration_key(config_file, "code"), settings_of(config_file)]
    assert again[0] != keys[0]
    assert again[1] != keys[1]


def test_another_text_another_place_and_another_version_are_noticed(tmp_path: Path) -> None:
    config_file = project_in(tmp_path, BASE)
    keys = {configuration_key(config_file, "code"), configuration_key(config_file, "other code")}
    (tmp_path / "copy").mkdir()
    shutil.copyfile(config_file, tmp_path / "copy" / "mkdocs.yml")
    keys.add(configuration_key(tmp_path / "copy" / "mkdocs.yml", "code"))
    config_file.write_text(BASE + "# more\n", encoding="utf-8")
    keys.add(configuration_key(config_file, "code"))
    assert len(keys) == 4
    assert None not in keys


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_what_cannot_be_read_is_not_recalled(tmp_path: Path, content: bytes | None) -> None:
    config_file = tmp_path / "mkdocs.yml"
    if content is not None:
        config_file.write_bytes(content)
    assert configuration_key(config_file, "code") is None
    assert recall(Store(None), None) is None


def test_the_version_of_the_code_is_the_same_from_run_to_run() -> None:
    assert versions() == versions()
    assert len(versions()) == 32


def own_stamps(stamp: str, *, began: int = 10**18) -> Glance:
    """A glance at the code in which every file has this stamp."""
    return Glance("", {str(CODE): {"a.py": stamp, "__pycache__/a.pyc": stamp}}, began)


def test_the_code_is_read_again_only_where_it_looks_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, reads = Store(None), list[Path]()
    read_bytes = Path.read_bytes

    def noted(file: Path) -> bytes:
        reads.append(file)
        return read_bytes(file)

    monkeypatch.setattr(Path, "read_bytes", noted)
    told = {versions(store, own_stamps("1.1.1.1"))}
    assert reads
    reads.clear()
    told.add(versions(store, own_stamps("1.1.1.1")))
    assert reads == []
    told.add(versions(store, own_stamps("1.1.2.1")))
    assert reads
    assert told == {versions()}


def test_a_file_written_just_now_is_read_again() -> None:
    store = Store(None)
    versions(store, own_stamps("5.5.1.1", began=6))
    assert store.fact("code seen") is None


def test_a_theme_is_read_again_only_where_it_looks_otherwise(tmp_path: Path) -> None:
    config_file = project_in(tmp_path, ODD["a theme of its own"])
    project, store, theme = load_project(config_file), Store(None), tmp_path / "mine"
    folders = [
        folder for folder in project.theme_dirs if folder.parts[-2:] != ("material", "templates")
    ]

    def told() -> str:
        seen = replace(glance(config_file, folders), began=2 * 10**18)
        said = Inputs(project, store, "code", seen=seen).theme
        assert said == Inputs(project, store, "code").theme
        return said

    template = theme / "footer.html"
    template.write_text("one")
    first = told()
    assert told() == first
    template.write_text("other")
    assert told() != first
    template.write_text("one")
    assert told() == first


# A glance ---------------------------------------------------------------------------------------


def test_a_glance_sees_files_that_come_go_and_change_and_no_hidden_ones(tmp_path: Path) -> None:
    config_file = project_in(tmp_path, BASE)
    docs = tmp_path / "docs"
    seen = [glance(config_file, [docs]).digest]

    def look() -> None:
        seen.append(glance(config_file, [docs]).digest)

    (docs / "a.md").write_text("a")
    look()
    os.utime(docs / "a.md", ns=(1, 1))
    look()
    (docs / "a.md").rename(docs / "b.md")
    look()
    (docs / "deep").mkdir()
    (docs / "deep" / "c.md").write_text("c")
    look()
    assert len(set(seen)) == 5
    (docs / ".hidden").write_text("x")
    (docs / "dangling").symlink_to("nowhere")
    look()
    assert seen[-1] == seen[-2]


def test_somebody_else_looks_while_work_is_done(tmp_path: Path) -> None:
    config_file = project_in(tmp_path, BASE)
    cache, done = tmp_path / "cache.sqlite", list[str]()
    Store(cache).close()
    work = (lambda: done.append("one"), lambda: done.append("two"))
    assert look_while(work, cache, config_file, None, 0) == look(cache, config_file, None, 0)
    if done:  # where no process can be forked, nothing is done meanwhile
        assert done == ["one", "two"][: len(done)]


def test_work_that_is_stopped_stops_the_one_who_looks(tmp_path: Path) -> None:
    config_file = project_in(tmp_path, BASE)
    cache = tmp_path / "cache.sqlite"
    Store(cache).close()

    def stop() -> None:
        raise KeyboardInterrupt

    before = active_children()
    with suppress(KeyboardInterrupt):
        look_while((stop,), cache, config_file, None, 0)
    assert active_children() == before


def test_vocabulary_that_was_kept_is_what_was_read() -> None:
    store = Store(None)
    read, kept = (Inputs(PROJECT, store, "code").vocabulary for _ in range(2))
    assert kept is not read
    assert kept == read
    assert vocabulary_entries(kept) == vocabulary_entries(read)
