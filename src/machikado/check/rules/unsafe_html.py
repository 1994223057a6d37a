"""HTML that could run code or load other sites; the generator takes it out of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_FRAME = Text(
    "地図や動画は、それを見られるページへのリンクにし、内容の要点を文章で書いてください。",
    "Link to the page with the map or video, and tell its main points in words.",
)
_FORM = Text(
    "申し込みやアンケートは、電子申請などのサービスへのリンクにしてください。",
    "Link to the service that takes the form, such as the city's online applications.",
)
_CODE = Text(
    "消してください。見た目と動きは、サイト全体の部品として overrides/ に置きます。",
    "Remove it; looks and behaviour belong to the theme in overrides/.",
)
_INSTEAD: Mapping[str, Text] = (
    dict.fromkeys(("iframe", "frame", "frameset", "object", "embed", "applet"), _FRAME)
    | dict.fromkeys(("form", "input", "button", "select", "textarea"), _FORM)
    | dict.fromkeys(("script", "style", "link", "meta", "base"), _CODE)
)
"""Elements that are taken out, and what to do instead."""
_SCHEME = lazily(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED = {"http", "https", "mailto", "tel", "term"}


def _find(source: SourcePage) -> Iterator[Mark]:
    for tag in source.outline.tags:
        if tag.name in _INSTEAD:
            yield Mark(
                tag.line,
                Text(
                    f"<{tag.name}> は使えません（公開するページから取り除かれます）。",
                    f"<{tag.name}> cannot be used; it is taken out of the page.",
                ),
                _INSTEAD[tag.name],
            )
        for name in tag.values:
            if name.startswith("on"):
                yield Mark(
                    tag.line,
                    Text(
                        f"<{tag.name}> の {name} は使えません（公開するページから取り"
                        "除かれます）。",
                        f"{name} on <{tag.name}> cannot be used; it is taken out of the page.",
                    ),
                    _CODE,
                )
    targets = [(link.line, link.target) for link in source.links]
    targets += [(image.line, image.target) for image in source.images]
    for line, target in targets:
        # Browsers see through entities and ignore control characters in a scheme.
        found = _SCHEME.match(re.sub(r"[\x00-\x20]+", "", html.unescape(target)))
        if found and found.group(1).lower() not in _ALLOWED:
            scheme = found.group(1).lower()
            yield Mark(
                line,
                Text(
                    f"「{scheme}:」で始まるアドレスは使えません（公開するページから"
                    "取り除かれます）。",
                    f"An address that begins with `{scheme}:` cannot be used; it is taken out.",
                ),
                Text(
                    "リンクは https:、mailto:、tel: のアドレスか、.md "
                    "ファイルへの相対パスで書いてください。"
                    "画像はファイルとして置きます。",
                    "Link to an https:, mailto: or tel: address or to a .md file; keep "
                    "images as files.",
                ),
            )


RULE = Rule(
    id="unsafe-html",
    title=Text("取り除かれるHTML", "HTML that is taken out of the page"),
    help=Text(
        "消して、文章、リンク、画像で書き直してください。",
        "Remove it and write with text, links and images instead.",
    ),
    find=_find,
    good=(
        '<span lang="en">Web Accessibility</span>',
        '<abbr title="情報通信技術">ICT</abbr> <kbd>Tab</kbd>',
        "`<script>`は使えません。",
        "```html\n<iframe src='x'></iframe>\n```",
        "[電話する](tel:0000000000)か[メールする](mailto:info@city.example)",
        "3 < 5 > 2",
    ),
    bad=(
        "<script>alert(1)</script>",
        '<iframe src="https://maps.example/"></iframe>',
        '<span onclick="go()">開く</span>',
        "[開く](javascript:go())",
        "[開く](JaVa&#115;cript:go)",
        "![点](data:image/png;base64,AAAA)",
        "<input type=text>",
        "<style>p { color: red }</style>",
        '<a href="file:///C:/plan.doc">計画</a>',
    ),
)
