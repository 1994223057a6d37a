from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from machikado.article.sanitise import ATTRIBUTES, SCHEMES, TAGS, sanitise, sanitiser


@pytest.mark.parametrize(
    ("unsafe", "left"),
    [
        ("<p>a<script>x()</script>b</p>", "<p>ab</p>"),
        ("<p>a<style>p{}</style>b</p>", "<p>ab</p>"),
        ('<p style="color:red">a</p>', "<p>a</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ("<img src=x alt=a onerror=x()>", '<img src="x" alt="a">'),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="JaVa&#115;cript:x()">a</a>', "<a>a</a>"),
        ('<a href="&#1;java\tscript:x()">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="vbscript:x">a</a>', "<a>a</a>"),
        ('<a href="file:///etc/passwd">a</a>', "<a>a</a>"),
        ('<img src="data:image/svg+xml,x" alt="a">', '<img alt="a">'),
        ('<iframe src="https://x.example/">a</iframe>b', "ab"),
        ('<object data="x">a</object><embed src="x">', "a"),
        ('<form action="/x"><p>a</p><input name="q"><button>b</button></form>', "<p>a</p>b"),
        ('<link rel="stylesheet" href="x"><meta http-equiv="refresh" content="0"><base href="x">', ""),
        ("a<!-- b -->c", "ac"),
        ('<svg><script>x()</script><rect onload="x()" width="1"></rect></svg>', '<svg><rect width="1"></rect></svg>'),
        ('<svg><a xlink:href="javascript:x()"><text>a</text></a></svg>', "<svg><a><text>a</text></a></svg>"),
        ("<h1>a</h1>", "a"),
        ('<video src="x" autoplay></video>a', "a"),
        ('<div contenteditable tabindex="0" class="a">a</div>', '<div tabindex="0" class="a">a</div>'),
    ],
)  # fmt: skip
def test_what_could_run_or_load_is_taken_out_and_words_stay(unsafe: str, left: str) -> None:
    assert sanitise(unsafe) == left


@pytest.mark.parametrize(
    "safe",
    [
        "<p><ruby>粗大<rp>(</rp><rt>そだい</rt><rp>)</rp></ruby>ごみ</p>",
        "<details open=\"\"><summary>詳しく</summary><p>a</p></details>",
        '<p>a<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>',
        '<table><caption>題</caption><thead><tr><th scope="col" colspan="2">a</th></tr></thead>'
        '<tbody><tr><th scope="row" headers="x">b</th><td rowspan="2">c</td></tr></tbody></table>',
        '<svg viewBox="0 0 9 9" role="img" aria-labelledby="t"><title id="t">題</title>'
        '<desc>説明</desc><defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<line x1="0" y1="0" x2="0" y2="6"></line></pattern></defs>'
        '<rect x="1" y="2" width="3" height="4" fill="url(#h)"></rect><text text-anchor="middle">1</text></svg>',
        '<p lang="en" dir="ltr">a <abbr title="b">c</abbr> <kbd>Tab</kbd> <time datetime="2026-04-01">d</time></p>',
        '<a href="https://x.example/?a=1&amp;b=2" hreflang="en">a</a> <a href="tel:0190">b</a> '
        '<a href="mailto:a@x.example">c</a> <a href="../x/#y">d</a>',
        '<dl><dt><dfn>a</dfn></dt><dd>b</dd></dl><ol start="3" reversed=""><li value="2">c</li></ol>',
        '<figure><img src="a.png" alt="" width="1" height="2" loading="lazy" decoding="async">'
        "<figcaption>a</figcaption></figure>",
        '<aside class="note" role="note" aria-label="a"><p>3 &lt; 5 &gt; 2 &amp; c</p></aside>',
    ],
)  # fmt: skip
def test_what_an_article_needs_is_kept(safe: str) -> None:
    assert _same(sanitise(safe), safe)


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same HTML; the sanitiser may order attributes anew."""

    def parts(text: str) -> list[object]:
        seen = _Seen()
        seen.feed(text)
        return [*((tag, sorted(attributes)) for tag, attributes in seen.tags), *seen.words]

    return parts(one) == parts(other)


class _Seen(HTMLParser):
    """What Python's own parser sees in HTML: opening tags with their attributes, and words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


PIECES = (
    "<svg>", "</svg>", "<title>", "</title>", "<desc>", "<math>", "<mtext>", "<mglyph>", "<style>", "</style>",
    "<script>", "</script>", "<p>", "</p>", "<table>", "<td>", "<a href='javascript:x()'>", "<a href='", "</a>",
    "<img src=x onerror=x()>", "<!--", "-->", "<![CDATA[", "]]>", "<noscript>", "</noscript>", "<textarea>", "</textarea>",
    "<template>", "<foreignObject>", "<form>", "'", '"', ">", "<", "&lt;", "&#60;", "&#x3c;", "onclick=x()", " onload=",
    "<g onload=x()>", "<text>", "<pattern id='", "<div data-list=\"news\"></div>", "<xmp>", "<plaintext>", "<iframe srcdoc='",
    "<select>", "<option>", "<details ontoggle=x()>", "<b title='</title><img src=x onerror=x()>'>", "<pre>", "\n", "\x00",
    "<rect fill='javascript:x()'>", "<a xlink:href='javascript:x()'>", "java&Tab;script:", "data:text/html,", "文", " ",
)  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).map(
    "".join
)


@settings(max_examples=400, deadline=None)
@given(hostile)
@example("<svg><title><style><img src=x onerror=x()></style></title></svg>")
@example(
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x()&gt;'>"
)
@example("<noscript><p title='</noscript><img src=x onerror=x()>'>")
def test_nothing_that_any_html_parses_to_can_run(text: str) -> None:
    clean = sanitise(text)
    seen = _Seen()
    seen.feed(clean)
    seen.close()
    assert seen.others == []
    tags: list[tuple[str, dict[str, str | None]]] = [(t, dict(a)) for t, a in seen.tags]
    # libxml2 reads broken HTML in its own way: what one parser takes for text another may run.
    readable = re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", clean)
    root = lxml_html.fragment_fromstring(readable, create_parent="div")
    tags.extend(
        (str(e.tag), {str(k): str(v) for k, v in e.items()}) for e in root.iterdescendants()
    )
    for tag, attributes in tags:
        assert tag in TAGS | {"tbody"}
        allowed = {name.lower() for name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())}
        assert set(attributes) <= allowed
        for name in ("href", "src", "cite"):
            scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", _as_browsers_read(attributes.get(name)))
            assert scheme is None or scheme.group() in SCHEMES


def _as_browsers_read(address: str | None) -> str:
    """An address as the URL Standard takes it: no tabs and newlines, no controls before it."""
    return re.sub(r"[\t\n\r]", "", address or "").lstrip("".join(map(chr, range(33)))).lower()


@settings(max_examples=200, deadline=None)
@given(hostile)
def test_clean_html_has_nothing_left_to_take_out(text: str) -> None:
    """The sanitiser is an HTML5 parser: what it cleaned, read anew, loses neither word nor attribute."""
    clean = sanitise(text)

    def kept(html: str) -> tuple[str, set[tuple[str, str, str | None]]]:
        seen = _Seen()
        seen.feed(html)
        names = {(tag, name, value) for tag, attributes in seen.tags for name, value in attributes}
        return "".join("".join(seen.words).split()), names

    assert kept(sanitise(clean)) == kept(clean)


def test_a_sanitiser_gives_each_attribute_the_value_it_is_told_for_one_page_after_another() -> None:
    asked: list[tuple[str, str, str]] = []

    def attribute(tag: str, name: str, value: str) -> str | None:
        asked.append((tag, name, value))
        return None if name == "title" else f"/base{value}"

    clean = sanitiser(attribute)
    assert clean('<a href="/a" title="x" onclick="y()">a</a>') == '<a href="/base/a">a</a>'
    assert clean('<img src="/b">') == '<img src="/base/b">'
    assert sorted(asked) == [("a", "href", "/a"), ("a", "title", "x"), ("img", "src", "/b")]
