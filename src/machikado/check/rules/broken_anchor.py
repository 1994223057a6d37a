"""A link to a place on a page (`#…`) that the page does not have."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.content.address import path_from
from machikado.content.page import Page
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    for link in source.links:
        path, _, fragment = link.target.partition("#")
        name = unquote(fragment)
        # `#` and `#top` are the top of any page (HTML Standard, "select the indicated part").
        if name in ("", "top"):
            continue
        target = _target(source, path)
        if target is None or name in (known := source.site.fragments(target)):
            continue
        is_here = target is source.page
        where = ("このページ", "this page") if is_here else (f"「{target.file}」", target.file)
        near = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
        yield Mark(
            link.line,
            Text(
                f"{where[0]}に「#{name}」という場所はありません。",
                f"There is no place `#{name}` on {where[1]}.",
            ),
            Text(
                f"もしかして: {'、'.join(f'#{one}' for one in near)}",
                f"Did you mean {', '.join(f'#{one}' for one in near)}?",
            )
            if near
            else None,
        )


def _target(source: SourcePage, path: str) -> Page | None:
    """The page a link leads to, where its places are this page's business.

    A link to an untranslated page lands on the notice at the top of the original, wherever its
    fragment points, so that fragment is judged once the translation exists.
    """
    if not path:
        return source.page
    inside = path_from(source.page.path, unquote(path)) if path.endswith(".md") else None
    page = source.site.page_at(inside) if inside else None
    return page if page is not None and page.locale == source.page.locale else None


RULE = Rule(
    id="broken-anchor",
    title=Text("ページの中の、ない場所へのリンク", "A link to a place that is not on the page"),
    help=Text(
        "「#」の後には、行き先の見出しの言葉（空白は「-」、記号は除く）か、"
        "見出しに付けた {#名前} を書いてください。",
        "After `#` write the words of the heading (spaces as `-`, no punctuation) or its {#name}.",
    ),
    find=_find,
    good=(
        "## 取組の時期\n\n[取組の時期](#取組の時期)",
        "## 同じ 見出し\n\n## 同じ 見出し\n\n[2つ目](#同じ-見出し_1)",
        "## 名前のある見出し {#named}\n\n[名前のある見出し](#named)",
        '<span id="place">ここ</span>が[目印](#place)です。',
        "[施策のまとめ](measures/1-2-2.md#summary)、[このページの先頭](#top)",
        "[ほかのサイトの途中](https://city.example/#anywhere)",
    ),
    bad=(
        "## 取組の時期\n\n[取組の時期](#取り組みの時期)",
        "[施策のまとめ](measures/1-2-2.md#matome)",
        "```\n## 見本\n```\n\n[見本](#見本)",
    ),
)
