"""Each rule finds the fault in its bad examples and nothing in the good ones."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from machikado.check import all_rules, rules
from machikado.check.example import BODY_LINE, FILE, check_example
from machikado.check.rule import Rule

FILES = sorted(Path(rules.__path__[0]).glob("[a-z]*.py"))
A_RULE_MAY_IMPORT = {
    "machikado.article.outline",
    "machikado.article.overrides",
    "machikado.check.prose",
    "machikado.check.rule",
    "machikado.content.address",
    "machikado.content.page",
    "machikado.content.front_matter",
    "machikado.patterns",
    "machikado.readings.engine",
    "machikado.readings.kana",
    "machikado.social.compose",
    "machikado.social.measure",
    "machikado.vocabulary",
}


def examples(kind: str) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in all_rules() for text in getattr(rule, kind)]


CORES = [
    (module.__name__, getattr(module, name), module._CORE)
    for module in (import_module(f"{rules.__name__}.{file.stem}") for file in FILES)
    for name in ("_FOUND", "_FACE")
    if hasattr(module, "_CORE") and hasattr(module, name)
]


def named(pair: object) -> str | None:
    return pair.id if isinstance(pair, Rule) else None


def places(body: str) -> list[tuple[str, int]]:
    """Check and line of the body, counted from 1, of every finding."""
    return [
        (finding.check, (finding.source.line or 0) - BODY_LINE + 1)
        for finding in check_example(body).findings
        if finding.source
    ]


@pytest.mark.parametrize(("rule", "body"), examples("good"), ids=named)
def test_a_good_example_has_no_fault_of_any_rule(rule: Rule, body: str) -> None:
    assert places(body) == [], rule.id


@pytest.mark.parametrize(("rule", "body"), examples("bad"), ids=named)
def test_a_bad_example_has_the_fault(rule: Rule, body: str) -> None:
    findings = [finding for finding in check_example(body).findings if finding.check == rule.id]
    assert len(findings) == 1
    (finding,) = findings
    assert (finding.page, finding.locale) == (FILE, "ja")
    assert (finding.criteria, finding.level) == (rule.criteria, rule.level)
    for text in (finding.message, finding.help):
        assert text.en
        assert not text.ja.isascii()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_is_named_for_its_file_and_imports_nothing_else(file: Path) -> None:
    rule = import_module(f"{rules.__name__}.{file.stem}").RULE
    assert rule.id == file.stem.replace("_", "-")
    assert rule in all_rules()
    assert (rule.criteria == ()) == (rule.level is None)
    assert rule.good
    assert rule.bad
    imported = {
        node.module
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("machikado")
    }
    assert imported <= A_RULE_MAY_IMPORT


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("本文\n\n![](map.png)\n\n![](map.png)", [("image-without-alt", 3), ("image-without-alt", 5)]),
        ("## 一\n\n#### 二\n\n## 三\n\n### 四", [("heading-order", 3)]),
        ("[こちら](measures/1-2-2.md)と[ここ](nowhere.md)", [("broken-link", 1), ("link-text-generic", 1), ("link-text-generic", 1)]),
        ("一行目\n[なし](a.md)\n三行目\n[なし](b.md)", [("broken-link", 2), ("broken-link", 4)]),
        ("[[children]]\n[[news]]", [("unknown-directive", 1), ("unknown-directive", 2)]),
        ("<script>\nlet a = '![](x.png)'\n</script>", [("unsafe-html", 1)]),
        ("[二行に\nわたる](nowhere.md)", [("broken-link", 1)]),
    ],
)  # fmt: skip
def test_every_fault_is_found_at_its_line(body: str, expected: list[tuple[str, int]]) -> None:
    assert places(body) == expected


def helps(body: str) -> list[str]:
    """What is said of links that lead nowhere."""
    found = check_example(body).findings
    return [finding.help.ja for finding in found if finding.check.startswith("broken")]


@pytest.mark.parametrize(
    ("target", "suggested"),
    [
        ("measures/1-2-3.md", "measures/1-2-2.md"),
        ("1-2-2.md", "measures/1-2-2.md"),
        ("/plan/measures/1-2-2/", "measures/1-2-2.md"),
        ("measures/1-2-2.html", "measures/1-2-2.md"),
        ("../plan/", "index.md"),
        ("leaflet.pdf", "../assets/leaflet.pdf"),
    ],
)
def test_a_broken_link_is_answered_with_the_nearest_file(target: str, suggested: str) -> None:
    (said,) = helps(f"[計画]({target})")
    assert said.startswith(f"もしかして: {suggested}。")


def test_a_broken_link_like_no_file_is_answered_with_how_to_link() -> None:
    (said,) = helps("[計画](quite/another.md)")
    assert said.startswith("リンク先のファイル名と場所を確かめてください。")


def test_a_broken_anchor_is_answered_with_the_nearest_heading() -> None:
    assert helps("## 取組の時期\n\n[取組の時期](#取り組みの時期)") == ["もしかして: #取組の時期"]


@pytest.mark.parametrize(
    ("rule", "pattern", "core"), CORES, ids=lambda part: part if isinstance(part, str) else ""
)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_looked_for_first_is_in_all_that_is_looked_for(
    rule: str, pattern: re.Pattern[str], core: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags)))
    if pattern.search(text):
        assert core.search(text), (rule, text)


def test_rules_with_a_core_are_tried() -> None:
    assert len(CORES) >= 4
