"""What posts will look like: for the terminal, as JSON, and as a page for a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.social.compose import Notice, Post, byte_offsets, spans, told_length
from machikado.vocabulary import Language, Text

SCHEMA = 1
"""Version of the shape that `as_json` writes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A notice with its posts; `off` names the networks to which it does not go."""

    notice: Notice
    publish_at: datetime
    posts: tuple[Post, ...]
    off: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        return all(post.fits for post in self.posts)


def problems(post: Post) -> Iterator[Text]:
    """What keeps a post from going out as it is, or from being read by everybody."""
    if not post.fits:
        yield Text("長すぎて投稿できません", "too long to be posted")
    if post.image and not post.alt:
        yield Text("画像の説明（alt）がありません", "the picture has no alternative text")


def lines(previews: Iterable[Preview], spoken: Language) -> Iterator[str]:
    """For the terminal: every post as it will be, between rules."""
    for preview in previews:
        yield f"{preview.notice.name}  {_moment(preview)}  {preview.notice.title}"
        for post in preview.posts:
            yield f"  ── {post.network.name}  {told_length(post).spoken(spoken)}"
            yield from (f"  │ {row}" for row in post.text.split("\n"))
            if post.image:
                word = Text("画像", "picture").spoken(spoken)
                yield f"  │ [{word}: {post.image}: {post.alt}]"
            yield from (f"  ! {one.spoken(spoken)}" for one in problems(post))
        for name in preview.off:
            yield f"  ── {name}  {Text('投稿しません', 'not posted').spoken(spoken)}"
        yield ""


def as_json(previews: Iterable[Preview]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "notices": [
            {
                "id": preview.notice.id,
                "page": preview.notice.name,
                "title": preview.notice.title,
                "publish_at": preview.publish_at.isoformat(),
                "posts": [_post_as_json(post) for post in preview.posts],
                "off": list(preview.off),
            }
            for preview in previews
        ],
    }


def _post_as_json(post: Post) -> dict[str, Any]:
    return {
        "network": post.network.id,
        "text": post.text,
        "lang": post.lang,
        "limits": [
            {"unit": limit.unit, "length": limit.measure(post.text), "most": limit.most}
            for limit in post.network.limits
        ],
        "fits": post.fits,
        "facets": [
            {
                "bytes": list(byte_offsets(post.text, span)),
                **({"tag": span.tag} if span.tag else {"link": span.url}),
            }
            for span in spans(post.text)
        ],
        "image": {"path": post.image, "alt": post.alt} if post.image else None,
        "problems": [{"ja": one.ja, "en": one.en} for one in problems(post)],
    }


def as_html(previews: Iterable[Preview], spoken: Language) -> str:
    """A page that stands by itself: no script, nothing from elsewhere, readable in any width."""

    def say(ja: str, en: str) -> str:
        return escape(Text(ja, en).spoken(spoken))

    parts = []
    for preview in previews:
        parts.append(f"<section><h2>{escape(preview.notice.title)}</h2>")
        parts.append(
            f"<p>{say('公開', 'Public from')}: {_moment(preview)} "
            f'<a href="{escape(preview.notice.address)}">{escape(preview.notice.address)}</a></p>'
        )
        for post in preview.posts:
            length = told_length(post).spoken(spoken)
            parts.append(f"<article><h3>{escape(post.network.name)}</h3>")
            parts.append(f'<p class="post" lang="{escape(post.lang)}">{_linked(post)}</p>')
            parts.append(f"<p>{say('長さ', 'Length')}: {escape(length)}</p>")
            if post.image:
                alt = escape(post.alt) or f"<strong>{say('なし', 'none')}</strong>"
                parts.append(
                    f"<p>{say('画像', 'Picture')}: <code>{escape(post.image)}</code><br>"
                    f'{say("説明", "Alternative text")}: <span lang="{escape(post.lang)}">{alt}</span></p>'
                )
            parts.extend(
                f"<p><strong>{say('直すところ', 'To mend')}: {escape(one.spoken(spoken))}</strong></p>"
                for one in problems(post)
            )
            parts.append("</article>")
        if preview.off:
            parts.append(
                f"<p>{say('投稿しないところ', 'Not posted to')}: {escape(', '.join(preview.off))}</p>"
            )
        parts.append("</section>")
    title = say("投稿の見本", "Preview of the posts")
    body = "\n".join(parts) or f"<p>{say('お知らせはありません。', 'There are no notices.')}</p>"
    return _PAGE.format(lang=spoken, title=title, body=body)


def _linked(post: Post) -> str:
    """The text of a post with its links as links."""
    pieces, at = [], 0
    for span in spans(post.text):
        pieces.append(escape(post.text[at : span.start]))
        words = escape(post.text[span.start : span.end])
        pieces.append(f'<a href="{escape(span.url)}">{words}</a>' if span.url else words)
        at = span.end
    return "".join(pieces) + escape(post.text[at:])


def _moment(preview: Preview) -> str:
    return f"{preview.publish_at.astimezone(DEFAULT_ZONE):%Y-%m-%d %H:%M}"


_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.7; }}
body {{ max-width: 42rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }}
article {{ border: 1px solid; border-radius: .5rem; padding: 0 1rem; margin: 1rem 0; }}
.post {{ white-space: pre-wrap; font-size: 1.125rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
