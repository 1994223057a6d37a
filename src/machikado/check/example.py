"""A site of four pages around a body of Markdown: where the examples of the rules are read."""

from __future__ import annotations

from machikado.check import check_sources
from machikado.content.front_matter import FENCE
from machikado.content.reader import read_site
from machikado.content.tree import MemoryTree
from machikado.vocabulary import Report

FILE = "docs/ja/plan/index.md"
FRONT_MATTER = "---\nid: 1002000\ntitle: 計画の全体\ntype: section\n---\n"
BODY_LINE = FRONT_MATTER.count("\n") + 1
"""The line of FILE at which the body starts."""
AROUND = {
    "i18n/locales.yml": "- {code: ja, name: 日本語, default: true}\n- {code: en, name: English}\n",
    "i18n/glossary/ja.yml": "- {id: ict, term: ICT, definition: 情報通信技術}\n",
    "docs/assets/leaflet.pdf": "",
    "docs/ja/index.md": "---\nid: 1000001\ntitle: トップ\n---\n",
    "docs/ja/plan/map.png": "",
    "docs/ja/plan/measures/1-2-2.md": (
        "---\nid: 1003122\ntitle: 施策1-2-2\n---\n\n## 取り組むこと\n\n## まとめ {#summary}\n"
    ),
    "docs/en/plan/index.md": (
        "---\nid: 1002000\ntitle: The plan\n"
        "translation: {source_hash: '', method: machine, reviewer: null, date: 2026-11-20}\n---\n"
    ),
}


def check_example(body: str) -> Report:
    """What every rule says of `body` as the text of FILE, with AROUND beside it.

    An example that begins with front matter of its own is the whole file.
    """
    text = body if body.startswith(f"{FENCE}\n") else FRONT_MATTER + body
    tree = MemoryTree({**AROUND, FILE: text})
    return check_sources(tree, read_site(tree), [FILE])
