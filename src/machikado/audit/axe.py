"""axe-core's results as findings: in the words of staff, with criteria, levels and ACT rules."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from machikado.audit.advice import ADVICE, JAPANESE_FOR_AXE
from machikado.audit.criteria import level_of, of_tags
from machikado.audit.routing import ADVISED, LEFT_TO_US, NOT_FOR_FOREIGN_PAGES
from machikado.vocabulary import Finding, Outcome, Text, Weight

COLOUR_RULES = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
"""The rules whose verdict can change when only colours change."""
SHAPE_RULES = (
    "target-size",
    "scrollable-region-focusable",
    "css-orientation-lock",
    "avoid-inline-spacing",
)
"""The rules whose verdict can change when boxes do and nothing appears or vanishes."""

ACT: Mapping[str, tuple[str, ...]] = {
    "aria-deprecated-role": (),
    "aria-required-children": ("bc4a75",),
    "button-name": ("97a4e1",),
}
"""The ACT rules that a failure breaks, where axe names more: a role of old is valid, and so on."""

SETUP = f"{AXE_SCRIPT};axe.configure({{ allowedOrigins: ['<unsafe_all_origins>'] }});"
"""Makes axe ready in a document, and lets it ask frames too, whatever their origin."""


def options(*extra_rules: str, is_ours: bool = True) -> dict[str, Any]:
    """axe's default rules with `extra_rules` that are off by default, as `routing` has it."""
    off = (*LEFT_TO_US, *(() if is_ours else NOT_FOR_FOREIGN_PAGES))
    return {
        "resultTypes": ["violations", "incomplete"],
        "elementRef": True,
        "rules": {
            **{rule: {"enabled": True} for rule in extra_rules},
            **{rule: {"enabled": False} for rule in off},
        },
    }


_SCRIPTS = ("setup.js", "kinds.js", "contrast.js", "targets.js")


@cache
def setup() -> str:
    """Put before every document: axe, what remembers and takes snapshots, what spares axe work."""
    ours = (files("machikado.audit") / name for name in _SCRIPTS)
    return SETUP + "".join(script.read_text(encoding="utf-8") for script in ours)


@cache
def question() -> str:
    """The JavaScript function that is asked in each view."""
    return (files("machikado.audit") / "gather.js").read_text(encoding="utf-8")


@cache
def _japanese() -> Mapping[str, Mapping[str, str]]:
    data = json.loads((files("machikado.audit") / "axe-ja.json").read_text(encoding="utf-8"))
    rules: Mapping[str, Mapping[str, str]] = data["rules"]
    return rules


def finding(result: Mapping[str, Any], engine: str, page: str) -> Finding:
    """One element that one rule of axe complains of; `result` is a row of gather.js."""
    criteria = of_tags(result["tags"])
    message, help_ = texts(result["rule"], result["help"], result["description"], result["details"])
    outcome = Outcome(result["outcome"])
    if outcome is Outcome.CANT_TELL:
        message = Text(
            f"機械では判断できません。人の目で確かめてください: {message.ja}",
            f"A machine cannot tell; a person must look: {message.en}",
        )
    return Finding(
        check=result["rule"],
        engine=engine,
        outcome=outcome,
        weight=Weight.WARNING if result["rule"] in ADVISED else Weight.ERROR,
        criteria=criteria,
        level=level_of(criteria),
        act=_act(result),
        message=message,
        help=help_,
        page=page,
        selector=result["selector"],
        html=result["html"],
    )


_OTHER_ROLE = re.compile(r'<a\b[^>]*\srole="(?!link"|doc-)')
_IN_NEED_OF_A_PARENT = re.compile(
    r'.\srole="(?:listitem|option|tab|treeitem|menuitem\w*|row|rowgroup|cell|gridcell)"'
)


def _act(result: Mapping[str, Any]) -> tuple[str, ...]:
    if result["rule"] == "link-name" and _OTHER_ROLE.match(result["html"]):
        return ()
    if result["rule"] == "aria-required-children" and _IN_NEED_OF_A_PARENT.search(result["html"]):
        # What stands between keeps the parts from their parent, too.
        return ("bc4a75", "ff89c9")
    return ACT.get(result["rule"], tuple(result["act"]))


def texts(
    rule: str, help_: str, description: str, details: Sequence[Mapping[str, Any]] = ()
) -> tuple[Text, Text]:
    """Message and help for a rule: our own words, else axe's, in both languages."""
    if own := ADVICE.get(rule):
        values = details_of(details)
        if "{" not in own.message.en:
            return own.message, own.help
        if values:
            filled = Text(own.message.ja.format(**values), own.message.en.format(**values))
            return filled, own.help
    japanese = _japanese().get(rule)
    if japanese is None:
        ja = JAPANESE_FOR_AXE[rule].ja if rule in JAPANESE_FOR_AXE else help_
        japanese = {"help": ja, "description": ja}
    message = Text(f"{japanese['help']}。", f"{help_}.")
    return message, (own.help if own else Text(f"{japanese['description']}。", f"{description}."))


def details_of(details: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What axe measured, by the names that messages use; empty where it measured nothing."""
    for detail in details:
        data = detail.get("data")
        if isinstance(data, Mapping) and data.get("contrastRatio") and data.get("fgColor"):
            return {
                "foreground": str(data["fgColor"]),
                "background": str(data["bgColor"]),
                "ratio": f"{data['contrastRatio']}",
                "required": str(data.get("expectedContrastRatio", "")).removesuffix(":1"),
            }
    return {}
