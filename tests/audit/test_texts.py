from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from machikado.audit import axe
from machikado.audit.advice import ADVICE
from machikado.audit.sight import Patience, View, Visit
from machikado.browser.chromium import Chromium

KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")


def test_axes_japanese_file_is_the_one_its_notice_names() -> None:
    folder = files("machikado.audit")
    digest = hashlib.sha256((folder / "axe-ja.json").read_bytes()).hexdigest()
    assert digest == "aef19f49b6910412611f662258184d6881d636bed635649ff585d939a730d6c8"
    notice = (folder / "axe-ja.NOTICE").read_text(encoding="utf-8")
    assert digest in notice
    assert "Mozilla Public License, version 2.0" in notice


def test_contrast_says_what_was_measured() -> None:
    data = {"fgColor": "#999999", "bgColor": "#ffffff", "contrastRatio": 2.84,
            "expectedContrastRatio": "4.5:1"}  # fmt: skip
    message, _ = axe.texts("color-contrast", "h", "d", [{"data": data}])
    assert message.ja == (
        "文字（#999999）と背景（#ffffff）の明るさの差が足りず、読みにくくなっています"
        "（コントラスト比 2.84、必要なのは 4.5）。"
    )
    assert message.en == (
        "The text (#999999) stands out too little from its background (#ffffff): "
        "contrast 2.84, needed 4.5."
    )


def test_contrast_that_could_not_be_measured_falls_back_to_axes_words() -> None:
    message, _ = axe.texts("color-contrast", "Elements must meet …", "d", [{"data": None}])
    assert message.en == "Elements must meet …."
    assert KANA.search(message.ja)


def test_a_rule_without_words_of_ours_speaks_axes_japanese() -> None:
    message, help_ = axe.texts("marquee", "<marquee> must not be used", "Ensure none is used")
    assert message.ja == "<marquee>要素は非推奨のため、使用してはなりません。"
    assert help_.ja == "<marquee>要素が使用されていないことを確認してください。"
    assert (message.en, help_.en) == ("<marquee> must not be used.", "Ensure none is used.")


def _result(rule: str, html: str, *act: str) -> dict[str, object]:
    return {
        "rule": rule, "html": html, "act": act, "tags": (), "help": "h", "description": "d",
        "details": (), "outcome": "failed", "selector": "a",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "html", "act", "broken"),
    [
        ("link-name", '<a href="/">', ("c487ae",), ("c487ae",)),
        ("link-name", '<a href="/" role="doc-biblioref">', ("c487ae",), ("c487ae",)),
        ("link-name", '<a href="/" role="button">', ("c487ae",), ()),
        ("button-name", "<button>", ("97a4e1", "m6b1q3"), ("97a4e1",)),
        ("aria-required-children", '<ul role="list"><b>', ("bc4a75", "ff89c9"), ("bc4a75",)),
        (
            "aria-required-children",
            '<div role="list"><p><span role="listitem">',
            ("bc4a75", "ff89c9"),
            ("bc4a75", "ff89c9"),
        ),
    ],
)
def test_only_the_act_rules_that_are_broken_are_named(
    rule: str, html: str, act: tuple[str, ...], broken: tuple[str, ...]
) -> None:
    assert axe.finding(_result(rule, html, *act), "axe-core", "/").act == broken


@pytest.mark.browser
def test_every_rule_of_axe_speaks_japanese_and_english(
    chromium: Chromium, origin: str, site_dir: Path
) -> None:
    (site_dir / "index.html").write_text("<p>x")
    with chromium(axe.SETUP, origin) as browser:
        question = "() => JSON.stringify([axe.version, axe.getRules()])"
        visit = Visit(f"{origin}/", (View("light", "desktop"),), question, None, Patience())
        version, rules = json.loads(browser.look(visit).sights[0].answer)
    assert version == "4.12.1"
    assert len(rules) > 90
    assert set(ADVICE) <= {rule["ruleId"] for rule in rules}
    for rule in rules:
        for text in axe.texts(rule["ruleId"], rule["help"], rule["description"]):
            assert KANA.search(text.ja), rule["ruleId"]
            assert not KANA.search(text.en), rule["ruleId"]
