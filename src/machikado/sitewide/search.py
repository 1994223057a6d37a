"""The search index of each locale: what its own pages say, folded so that spellings meet.

The index is read whole by the browser, which suits a site of hundreds of pages; see
docs-dev/decisions/0005-search.md for where that ends.
"""

from __future__ import annotations

import json
import unicodedata

from machikado.article.outline import outline
from machikado.content.address import encoded
from machikado.content.locale import Locale
from machikado.content.site import Site

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def fold(text: str) -> str:
    """`text` as it is searched: NFKC, lower case, katakana as hiragana (ｺﾞﾐ, ゴミ and ごみ are one)."""
    return unicodedata.normalize("NFKC", text).lower().translate(_KATAKANA)


def search_index(site: Site, locale: Locale, base_path: str) -> tuple[str, bytes]:
    """The file and JSON of one locale: a list of {u: address, t: title, s: summary, x: folded text}."""
    rows = []
    for page in sorted(site.in_locale(locale), key=lambda page: page.address):
        if page.is_not_found:
            continue
        words = " ".join(text for _, text in outline(page.body).rows if not text.startswith("[["))
        rows.append(
            {
                "u": base_path.rstrip("/") + encoded(page.address),
                "t": page.title,
                "s": page.meta.summary,
                "x": fold(f"{page.title} {page.meta.summary} {words}"),
            }
        )
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return f"{locale.prefix.lstrip('/')}search/index.json", data.encode()
