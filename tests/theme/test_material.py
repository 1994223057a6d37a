"""The part of Material's style sheet that pages load: the rules that can match something in an article.

`MACHIKADO_WRITE_MATERIAL=1 pytest tests/theme/test_material.py` writes the part anew after a release of Material.
"""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from small_city import ROOT

MATERIAL = Path(import_module("material").__file__ or "").parent
[WHOLE] = (MATERIAL / "templates/assets/stylesheets").glob("main.*.min.css")
PART = ROOT / "overrides/assets/stylesheets/material.css"
TOKENS = ROOT / "overrides/assets/stylesheets/tokens.css"
CLASSES = {
    *("md-typeset", "admonition", "admonition-title", "footnote", "footnote-ref"),
    *("footnote-backref", "highlight", "highlighttable", "linenos", "linenodiv"),
}
"""What Markdown makes of an article; the theme's own document has no other class of Material's."""
HEAD = """/* Part of Material for MkDocs: of its style sheet the rules that can match something in an article, without
   icons and transitions. Made by tests/theme/test_material.py; do not edit. Licence: LICENSE-material.txt */
"""


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """The rules of minified CSS: what stands before the braces, and what stands in them."""
    start = depth = opened = 0
    for at, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = at
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : at]
                start = at + 1
        elif sign == ";" and depth == 0:
            start = at + 1


def can_match(selector: str) -> bool:
    return (
        set(re.findall(r"\.([\w-]+)", selector)) <= CLASSES
        and not re.search(
            r"\[data-md|\[dir=rtl|#|input|:root|::-webkit-scrollbar|-moz-|kbd", selector
        )
        and not re.search(r"\[(?:type|align|role)\b|iframe|video", selector)
    )


def kept(declarations: str) -> str:
    """Without what moves; nothing of a rule that draws an icon, which stands in a data URI."""
    if "mask" in declarations:
        return ""
    rows = re.findall(r"(?:[^;()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", declarations)
    return ";".join(row for row in rows if not re.match("transition|(?:-webkit-)?animation", row))


def part_of(css: str) -> str:
    rules = []
    for head, body in blocks(css):
        if head.startswith(("@media", "@supports")):
            if "print" in head:
                continue
            inner = part_of(body)
            if inner:
                rules.append(f"{head}{{{inner}}}")
        elif not head.startswith("@"):
            selectors = [one for one in re.split(r",(?![^(]*\))", head) if can_match(one)]
            declarations = kept(body)
            if selectors and declarations:
                rules.append(f"{','.join(selectors)}{{{declarations}}}")
    return "\n".join(rules)


def standards(part: str) -> str:
    """Material's own values of what the part asks for and tokens.css does not assign."""
    used = set(re.findall(r"var\((--md-[\w-]+)", part))
    assigned = set(re.findall(r"(--md-[\w-]+):", TOKENS.read_text(encoding="utf-8")))
    rows: dict[str, str] = {}
    for head, body in blocks(WHOLE.read_text(encoding="utf-8")):
        if ":root" in head.split(","):
            rows |= dict(re.findall(r"(--md-[\w-]+):([^;]+)", body))
    return ";".join(f"{name}:{rows[name]}" for name in sorted(used - assigned) if name in rows)


def test_the_part_of_materials_style_sheet_is_made_from_the_installed_one() -> None:
    part = part_of(WHOLE.read_text(encoding="utf-8"))
    made = f"{HEAD}:root{{{standards(part)}}}\n{part}\n"
    if os.environ.get("MACHIKADO_WRITE_MATERIAL"):
        PART.write_text(made, encoding="utf-8")
    assert PART.read_text(encoding="utf-8") == made


def test_the_part_is_a_fraction_of_the_whole() -> None:
    assert len(gzip.compress(PART.read_bytes())) * 5 < len(gzip.compress(WHOLE.read_bytes()))


def test_the_part_asks_for_no_file_and_no_page_loads_the_whole() -> None:
    assert re.findall(r"url\(|@import|@font-face", PART.read_text(encoding="utf-8")) == []
    base = (ROOT / "overrides/base.html").read_text(encoding="utf-8")
    assert "assets/stylesheets/material.css" in base
    assert "main." not in base
