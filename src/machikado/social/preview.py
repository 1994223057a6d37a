"""What posts will look like: for the terminal, as JSON, and as a page for a pull request."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from machikado.content.front_matter import DEFAULT_ZONE
from machikado.social.compose import Notice, Post, byte_offsets, spans
from machikado.social.network import Picture
from machikado.vocabulary import Language, Text

MORE = 50
"""So many characters beyond its limit a post is still shown whole."""
SCHEMA = 1
"""Version of the shape that `as_json` writes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A notice with its posts; `off` names the networks to which it does not go.

    picture: the picture of its posts, small enough for a page, or why it cannot be sent.
    """

    notice: Notice
    publish_at: datetime
    posts: tuple[Post, ...]
    off: tuple[str, ...] = ()
    picture: Picture | Text | None = None

    @property
    def is_ready(self) -> bool:
        """Whether every post can go out as it is."""
        return not any(True for post in self.posts for _ in self.problems(post))

    def problems(self, post: Post) -> Iterator[Text]:
        """What keeps a post from going out as it is, or from being read by everybody."""
        if not post.fits:
            yield Text("長すぎて投稿できません", "too long to be posted")
        if post.image and isinstance(self.picture, Text):
            yield self.picture
        if post.image and not post.alt:
            yield Text("画像の説明（alt）がありません", "the picture has no alternative text")


def told_length(post: Post) -> Text:
    """How long a post is, of how much, by each limit of its network."""
    told = [(limit, limit.measure(post.text)) for limit in post.network.limits]
    return Text(
        "、".join(f"{length}/{limit.most}{_UNITS[limit.unit][0]}" for limit, length in told),
        ", ".join(f"{length}/{limit.most} {_UNITS[limit.unit][1]}" for limit, length in told),
    )


_NO_PICTURE = Text("画像は付きません", "without the picture")
_UNITS = {
    "graphemes": ("文字", "characters"),
    "bytes": ("バイト", "bytes"),
    "characters": ("文字（リンクは23）", "characters (a link is 23)"),
    "UTF-16": ("文字（UTF-16）", "UTF-16 units"),
    "weighted": ("（全角は2、リンクは23）", "weighted"),
}


def told_spans(post: Post) -> Text | None:
    """What of a post can be followed, None where it is words alone."""
    found = spans(post.text)
    urls = sum(span.url is not None for span in found)
    tags = [f"#{span.tag}" for span in found if span.tag]
    ja = [f"リンク{urls}" if urls else "", f"ハッシュタグ {'、'.join(tags)}" if tags else ""]
    en = [f"links: {urls}" if urls else "", f"hashtags: {', '.join(tags)}" if tags else ""]
    return Text("、".join(filter(None, ja)), "; ".join(filter(None, en))) if found else None


def rows_of(post: Post, spoken: Language) -> Iterator[str]:
    """The lines of a post; of one that is far too long, what helps to know it again."""
    text = post.text
    most = max(limit.most for limit in post.network.limits)
    if not post.fits and len(text) > most + MORE:
        left = Text(f"…（あと{len(text) - most}文字）", f"… ({len(text) - most} more characters)")
        text = text[:most] + left.spoken(spoken)
    yield from text.split("\n")


def lines(previews: Iterable[Preview], spoken: Language) -> Iterator[str]:
    """For the terminal: every post as it will be, between rules."""
    for preview in previews:
        yield f"{preview.notice.name}  {_moment(preview)}  {preview.notice.title}"
        for post in preview.posts:
            yield f"  ── {post.network.name}  {told_length(post).spoken(spoken)}"
            yield from (f"  │ {row}" for row in rows_of(post, spoken))
            if follows := told_spans(post):
                yield f"  ({follows.spoken(spoken)})"
            if post.image:
                word = Text("画像", "picture").spoken(spoken)
                yield f"  │ [{word}: {post.image}: {post.alt}]"
            elif preview.notice.image:
                yield f"  ({_NO_PICTURE.spoken(spoken)})"
            yield from (f"  ! {one.spoken(spoken)}" for one in preview.problems(post))
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
                "posts": [_post_as_json(preview, post) for post in preview.posts],
                "off": list(preview.off),
            }
            for preview in previews
        ],
    }


def _post_as_json(preview: Preview, post: Post) -> dict[str, Any]:
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
        "problems": [{"ja": one.ja, "en": one.en} for one in preview.problems(post)],
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
            if post.image:
                parts.append(_figure(preview, post, spoken))
            elif preview.notice.image:
                parts.append(f"<p>{say(_NO_PICTURE.ja, _NO_PICTURE.en)}</p>")
            parts.append(f"<p>{say('長さ', 'Length')}: {escape(length)}</p>")
            parts.extend(
                f"<p><strong>{say('直すところ', 'To mend')}: {escape(one.spoken(spoken))}</strong></p>"
                for one in preview.problems(post)
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


def _figure(preview: Preview, post: Post, spoken: Language) -> str:
    """The picture of a post, and the words that stand for it."""
    words = Text("説明", "Alternative text").spoken(spoken)
    none = Text("なし", "none").spoken(spoken)
    alt = escape(post.alt) or f"<strong>{none}</strong>"
    shown, picture = f"<code>{escape(post.image or '')}</code>", preview.picture
    if isinstance(picture, Picture):
        data = base64.b64encode(picture.data).decode()
        shown = (
            f'<img src="data:{picture.media_type};base64,{data}" alt="{escape(post.alt)}" '
            f'lang="{escape(post.lang)}" width="{picture.width}" height="{picture.height}">'
        )
    return (
        f"<figure>{shown}"
        f'<figcaption>{words}: <span lang="{escape(post.lang)}">{alt}</span></figcaption></figure>'
    )


def _linked(post: Post) -> str:
    """The text of a post with its links as links, and its hashtags told apart."""
    pieces, at = [], 0
    for span in spans(post.text):
        pieces.append(escape(post.text[at : span.start]))
        words = escape(post.text[span.start : span.end])
        pieces.append(
            f'<a href="{escape(span.url)}">{words}</a>' if span.url else f"<b>{words}</b>"
        )
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
figure {{ margin: 1rem 0; }}
img {{ display: block; max-width: 100%; height: auto; }}
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
