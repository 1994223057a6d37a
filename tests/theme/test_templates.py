from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from small_city import ROOT

OVERRIDES = ROOT / "overrides"
MATERIAL = Path(import_module("material").__file__ or "").parent
TEMPLATES = sorted(OVERRIDES.rglob("*.html"))
LETTERS = re.compile(r"[^\W\d_]")
TOLD = {"aria-label", "alt", "title", "placeholder", "label", "value"}
"""Attributes whose value is read to people."""
STATES = {"data-state", "data-when"}
"""Attributes that name a state of a component, for its style sheet alone."""
ALLOWED = {"Language"}
"""In English in every language: how foreign readers find the languages."""

environment = Environment(autoescape=True)


def name_of(template: Path) -> str:
    return template.relative_to(OVERRIDES).as_posix()


def html_of(template: Path) -> str:
    """The template's own HTML: expressions become `{}`, statements and comments nothing."""
    text = []
    source = template.read_text(encoding="utf-8")
    for _, kind, value in environment.lex(source):
        if kind == "data":
            text.append(value)
        elif kind == "variable_begin":
            text.append("{}")
    return "".join(text)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if LETTERS.search(data):
            self.words.append(data.strip())


def parsed(template: Path) -> _Html:
    parser = _Html()
    parser.feed(html_of(template))
    parser.close()
    return parser


def expressions(template: Path) -> list[nodes.Node]:
    tree = environment.parse(template.read_text(encoding="utf-8"))
    shown = [part for output in tree.find_all(nodes.Output) for part in output.nodes]
    return [part for part in shown if not isinstance(part, nodes.TemplateData)]


every_template = pytest.mark.parametrize("template", TEMPLATES, ids=name_of)


@every_template
def test_no_words_stand_in_a_template_outside_the_catalogue(template: Path) -> None:
    html = parsed(template)
    assert set(html.words) <= ALLOWED
    for tag, attributes in html.elements:
        told = TOLD & set(attributes)
        if attributes.get("type") in ("radio", "checkbox"):
            told.discard("value")  # their name is their label; nobody is told their value
        for name in told:
            assert not LETTERS.search(attributes[name] or ""), f"<{tag} {name}>"
        for name in attributes:
            if name.startswith("data-") and name not in STATES:
                assert not LETTERS.search(attributes[name] or ""), f"<{tag} {name}>"


def literals(node: nodes.Node) -> list[str]:
    """Words written within an expression itself: neither a message nor what a function is given."""
    if isinstance(node, nodes.Call):
        return []
    if isinstance(node, nodes.Const):
        return [node.value] if isinstance(node.value, str) and LETTERS.search(node.value) else []
    return [word for child in node.iter_child_nodes() for word in literals(child)]


@every_template
def test_no_expression_shows_words_outside_the_catalogue(template: Path) -> None:
    found = [word for expression in expressions(template) for word in literals(expression)]
    assert set(found) <= {"article", "website"}  # Open Graph's types


@every_template
def test_every_message_is_written_out_where_the_extraction_can_see_it(template: Path) -> None:
    tree = environment.parse(template.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            assert isinstance(call.args[0], nodes.Const)


@every_template
def test_a_template_holds_no_style_no_script_and_no_handler(template: Path) -> None:
    for tag, attributes in parsed(template).elements:
        assert tag != "style"
        assert "style" not in attributes
        assert [name for name in attributes if name.startswith("on")] == []
        if tag == "script":
            # A data block of linked data runs nothing (HTML, section 4.12.1).
            assert attributes.get("src") or attributes.get("type") == "application/ld+json"


@every_template
def test_only_finished_articles_and_linked_data_are_shown_unescaped(template: Path) -> None:
    tree = environment.parse(template.read_text(encoding="utf-8"))
    unescaped = [f.node for f in tree.find_all(nodes.Filter) if f.name == "safe"]
    shown = {f"{n.node.name}.{n.attr}" for n in unescaped if isinstance(n, nodes.Getattr) and isinstance(n.node, nodes.Name)}  # fmt: skip
    assert len(shown) == len(unescaped)
    assert shown <= {"block.html", "view.json_ld"}
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier))


THEME_FILES = sorted(
    file for file in OVERRIDES.rglob("*") if file.suffix in (".html", ".css", ".js", ".svg")
)


@pytest.mark.parametrize("file", THEME_FILES, ids=name_of)
def test_the_theme_asks_nothing_of_a_third_party(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?://[^\s\"')]+|[\"'(]//[\w.-]+\.\w+", text) == []
    assert re.findall(r"@import|url\((?!['\"]?(?:data:|\.\./fonts/))", text) == []


def test_every_file_of_the_theme_is_of_a_known_kind() -> None:
    others = {file.suffix for file in OVERRIDES.rglob("*") if file.is_file()}
    # .png: the picture that podcast directories ask for; .txt: licences
    assert others == {".html", ".css", ".js", ".png", ".svg", ".txt", ".woff2"}


@pytest.mark.parametrize(
    "block",
    [
        *("site_meta", "htmltitle", "styles", "extrahead", "header"),
        *("container", "content", "footer", "scripts"),
    ],
)
def test_a_block_that_cities_know_from_material_is_still_called_so_there(block: str) -> None:
    upstream = (MATERIAL / "templates/base.html").read_text(encoding="utf-8")
    own = (OVERRIDES / "base.html").read_text(encoding="utf-8")
    names = re.compile(r"\{%-?\s*block (\w+)")
    assert block in names.findall(own)
    assert block in names.findall(upstream)


def test_no_block_of_the_theme_bears_a_name_unknown_to_material() -> None:
    upstream = (MATERIAL / "templates/base.html").read_text(encoding="utf-8")
    for template in TEMPLATES:
        tree = environment.parse(template.read_text(encoding="utf-8"))
        for block in tree.find_all(nodes.Block):
            assert f"block {block.name} " in upstream, f"{name_of(template)}: {block.name}"
