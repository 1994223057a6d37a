"""Looking for inline Markdown only where there can be any changes nothing but the time it takes."""

from __future__ import annotations

import re
from functools import cache

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor

from machikado.article.inline import MARKS, quicken
from small_city import PROJECT

TEXT = st.lists(
    st.sampled_from(
        [
            "文", "a", " ", "  \n", "\n", "\n\n", "- ", "1. ", "## ", "> ", "    ", "`", "``", "\\", "*", "**",
            "_", "[", "]", "![", "](b.md)", "[^1]", "[^1]: ", "[a]: b.md\n", "<", ">", "<b>", "</b>", "<br>",
            "<div markdown>\n", "</div>\n", "<!-- c -->", "<https://a.example>", "<a@b.example>", "&", "&amp;",
            "{#id}", "{: .c }", "| a | b |\n", "| --- | --- |\n", "!!! note\n", "```\n", "[[news]]", "HTML",
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
