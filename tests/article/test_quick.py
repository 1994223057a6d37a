"""Looking for inline Markdown only where there can be any changes nothing but the time it takes."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Comment, Element, SubElement

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import InlineProcessor

from machikado.article.quick import MARKS, quicken, serialise
from small_city import PROJECT

TEXT = st.lists(
    st.sampled_from(
        [
            "文", "a", " ", "  \n", "\n", "\n\n", "- ", "1. ", "## ", "> ", "    ", "`", "``", "\\", "*", "**",
            "_", "[", "]", "![", "](b.md)", "[^1]", "[^1]: ", "[a]: b.md\n", "<", ">", "<b>", "</b>", "<br>",
            "<div markdown>\n", "</div>\n", "<!-- c -->", "<https://a.example>", "<a@b.example>", "&", "&amp;",
            "{#id}", "{: .c }", "| a | b |\n", "| --- | --- |\n", "!!! note\n", "```\n", "[[news]]", "HTML", "[TOC]",
            "\n: ", "??? a\n", "---\n", "===\n", "+ ", "１. ", "\u3000", "#", "~~~\n", "*[a]: ",
        ]
    ),
    max_size=24,
).map("".join)  # fmt: skip


class _Shout(Extension):
    """A pattern of a city's own, of which Machikado knows nothing."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.inlinePatterns.register(SimpleTagInlineProcessor("()(文)", "strong"), "shout", 200)


@cache
def _engine(quick: bool, *extensions: str | Extension) -> markdown.Markdown:
    md = markdown.Markdown(
        extensions=[*PROJECT.markdown_extensions, *extensions],
        extension_configs=dict(PROJECT.extension_configs),
    )
    if quick:
        quicken(md)
    return md


def _made(text: str, *extensions: str | Extension, quick: bool) -> str:
    """The HTML of `text`, and that of its headings as engines are told of them."""
    md = _engine(quick, *extensions).reset()
    if quick:
        md.serializer = serialise
    return md.convert(text) + str(getattr(md, "toc_tokens", ""))


@given(TEXT)
def test_any_markdown_is_made_into_the_same_html(text: str) -> None:
    assert _made(text, quick=True) == _made(text, quick=False)


@pytest.mark.parametrize("extension", [_Shout(), "abbr"])
def test_extensions_of_the_city_find_the_text_they_look_for(extension: str | Extension) -> None:
    text = "文とHTML\n\n*[HTML]: HyperText Markup Language"
    made = _made(text, extension, quick=True)
    assert made == _made(text, extension, quick=False)
    assert made != _made(text, quick=False)


@pytest.mark.parametrize("pattern", MARKS)
@given(text=st.text(st.sampled_from("a1 \n`\\[]!^<>@:/&;*_()文")))
def test_a_pattern_matches_nothing_without_one_of_its_marks(pattern: str, text: str) -> None:
    without = "".join(character for character in text if character not in MARKS[pattern])
    assert re.search(pattern, without, re.DOTALL) is None


def test_every_pattern_of_the_project_is_known() -> None:
    # An unknown one does no harm but to the time; a new version of Python-Markdown may bring some.
    md = markdown.Markdown(extensions=[*PROJECT.markdown_extensions])
    assert {pattern.getCompiledRegExp().pattern for pattern in md.inlinePatterns} <= MARKS.keys()


def test_an_inline_processor_of_another_extension_stays() -> None:
    class Own(InlineProcessor):
        pass

    md = markdown.Markdown()
    own = Own(md)
    md.treeprocessors.register(own, "inline", 20)
    quicken(md)
    assert md.treeprocessors["inline"] is own


NAMES = st.sampled_from(["p", "a", "br", "IMG", "hr", "script", "td", "wbr", "track"])
WORDS = st.none() | st.text(st.sampled_from('a文<>&"\n ;'), max_size=6) | st.just("&amp;&#12;")


@st.composite
def _trees(draw: st.DrawFn) -> Element:
    def element(depth: int) -> Element:
        made = Element(draw(NAMES), draw(st.dictionaries(NAMES, st.text('a<&">\n'), max_size=3)))
        made.text, made.tail = draw(WORDS), draw(WORDS)
        made.extend(element(depth + 1) for _ in range(draw(st.integers(0, max(0, 2 - depth)))))
        return made

    return element(0)


@given(_trees())
def test_any_tree_is_written_as_python_markdown_writes_it(tree: Element) -> None:
    assert serialise(tree) == to_xhtml_string(tree)


def test_what_is_no_plain_element_is_left_to_python_markdown() -> None:
    tree = Element("div")
    tree.append(Comment("c"))
    tree.append(Element("option", {"selected": None}))  # type: ignore[dict-item]
    assert (
        serialise(tree) == to_xhtml_string(tree) == "<div><!--c--><option selected></option></div>"
    )


def test_a_tree_of_any_depth_is_written() -> None:
    tree = inner = Element("div")
    for _ in range(5000):
        inner = SubElement(inner, "div")
    assert serialise(tree) == "<div>" * 5001 + "</div>" * 5001


def test_a_block_processor_that_comes_later_is_asked_too() -> None:
    md = markdown.Markdown()
    quicken(md)
    assert md.convert("- a") == "<ul>\n<li>a</li>\n</ul>"
    md.parser.blockprocessors.deregister("ulist")
    assert md.convert("- a") == "<p>- a</p>"


class _Loud(BlockProcessor):
    """A block of a city's own: a line that begins with 大."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - asked so
        return block.startswith("大")

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "h1").text = blocks.pop(0)


def test_a_block_of_another_extension_is_found_where_a_paragraph_might_be() -> None:
    md = markdown.Markdown()
    quicken(md)
    assert md.convert("大きな字") == "<p>大きな字</p>"
    md.parser.blockprocessors.register(_Loud(md.parser), "loud", 15)
    assert md.convert("大きな字") == "<h1>大きな字</h1>"


def test_a_table_of_contents_is_drawn_where_the_text_asks_for_one() -> None:
    md = markdown.Markdown(extensions=["toc"])
    quicken(md)
    assert '<a href="#a">a</a>' in md.convert("[TOC]\n\n# a")
    assert md.reset().convert("# a") == '<h1 id="a">a</h1>'
