"""The overlay: what is to be mended, as a part of every page that is served.

It is complete without a script: a disclosure, open, in a shadow root, so that no style of the site can
hide it. Its words are in the language of the one who writes the site, whatever language the page is in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

from machikado.serving.faults import Fault, Faults
from machikado.vocabulary import Language, Text

RESERVED = "/.machikado/"
"""Where the overlay's own files are, whatever the path of the site."""
MOST = 100
"""How many faults are listed; the others are counted."""
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)


def heading(faults: Faults, language: Language) -> str:
    """How much is to be mended, in one sentence."""
    if len(faults) == 1:
        return Text("直すところが1件あります", "1 thing to mend").spoken(language)
    many = len(faults)
    return Text(f"直すところが{many}件あります", f"{many} things to mend").spoken(language)


def overlay(faults: Faults, language: Language, page: str) -> Markup:
    """What is inside the overlay, for who looks at the file `page` of the site; empty without faults."""
    if not faults:
        return Markup()
    ordered = sorted(faults, key=lambda fault: fault.page != page)
    shown, rest = ordered[:MOST], len(ordered) - MOST
    say = _Words(language)
    groups = groupby(shown, key=lambda fault: (fault.where.file, fault.page))
    parts = [
        Markup('<link rel="stylesheet" href="{}overlay.css">').format(RESERVED),
        Markup('<p role="alert" class="spoken"></p>'),
        Markup('<section aria-labelledby="title"><details open>'),
        Markup('<summary><h2 id="title">{}</h2></summary>').format(heading(faults, language)),
        Markup("<p>{}</p>").format(
            say(
                "いま見えているのは、前にうまく作れたときのページです。直して保存すると、新しくなります。",
                "You see the pages as they could last be made. Mend and save, and they are made anew.",
            )
        ),
        Markup("<p hidden>{}</p>").format(
            say("Esc キーで閉じます。", "The Escape key closes this.")
        ),
        *(_group(file, own == page, list(group), say) for (file, own), group in groups),
    ]
    if rest > 0:
        parts.append(Markup("<p>{}</p>").format(say(f"ほかに{rest}件あります。", f"{rest} more.")))
    return Markup("").join([*parts, Markup("</details></section>")])


class _Words:
    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, ja: str, en: str) -> str:
        return Text(ja, en).spoken(self._language)

    def text(self, text: Text) -> str:
        return text.spoken(self._language)


def _group(file: str, is_here: bool, faults: Sequence[Fault], say: _Words) -> Markup:
    here = (
        Markup("<span>{}</span>").format(say("（いま見ているページ）", " (the page you see)"))
        if is_here
        else ""
    )
    items = Markup("").join(_item(fault, say) for fault in faults)
    return Markup('<h3><span translate="no">{}</span>{}</h3><ul>{}</ul>').format(file, here, items)


def _item(fault: Fault, say: _Words) -> Markup:
    line = fault.where.line
    place = (
        Markup("<strong>{}</strong> ").format(say(f"{line}行目", f"Line {line}")) if line else ""
    )
    said = Markup('<pre lang="en" tabindex="0">{}</pre>').format(fault.said) if fault.said else ""
    return Markup("<li><p>{}{}</p><p>{}</p>{}</li>").format(
        place, say.text(fault.message), say.text(fault.help), said
    )


def injected(html: bytes, inner: Markup, language: Language, seen: str) -> bytes:
    """A page with the overlay as the first thing in its body, so that it is the first one comes to.

    seen: as of when the page is, for the script to ask what came after.
    """
    shadow = Markup('<template shadowrootmode="open">{}</template>').format(inner) if inner else ""
    host = Markup(
        '<div id="machikado-serve" lang="{}" data-seen="{}" data-reserved="{}">{}</div>'
        '<script type="module" src="{}reload.js"></script>'
    ).format(language, seen, RESERVED, shadow, RESERVED)
    found = _BODY.search(html)
    at = found.end() if found else len(html)
    return html[:at] + host.encode() + html[at:]


def bare_page(title: str, text: str, language: Language) -> bytes:
    """A page to be shown where the site has none."""
    page = Markup(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="{}overlay.css"></head>'
        '<body class="bare"><main><h1>{}</h1><p>{}</p></main></body></html>\n'
    )
    return page.format(language, escape(title), RESERVED, title, text).encode()
