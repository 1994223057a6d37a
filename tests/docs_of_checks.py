"""docs-dev/checks.md and the manual's list of what an audit finds, made from the checks themselves:
`make docs-checks` writes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from machikado.audit.advice import ADVICE
from machikado.audit.check import Check, all_checks
from machikado.audit.telling import unmarked
from machikado.check import all_rules
from machikado.check.rule import Rule
from machikado.conformance.standard import every_criterion
from machikado.vocabulary import Language, Outcome, Text, Weight

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs-dev/checks.md"
MANUAL: dict[Language, Path] = {
    "ja": ROOT / "manual/ja/audit-checks.md",
    "en": ROOT / "manual/en/audit-checks.md",
}
LONGEST = 800
"""Characters of an example that are shown."""

_HEAD = """\
# The checks

<!-- Made by `make docs-checks` from the checks themselves. Change a check, not this page. -->

Every check of our own, with what it asks of editors and with its examples, which are also its tests
([testing.md](testing.md)). Rendered pages are judged by axe-core, too; what staff are told of its rules is in
[advice.py](../src/machikado/audit/advice.py). [The manual](../manual/en/errors.md) explains messages to staff.
"""
_PAGES = """\
## Checks of rendered pages

`machikado audit` opens pages in a browser and judges what it saw. An example is the body of a page, unless it is a whole one.
"""
_SOURCES = """\
## Checks of sources

`machikado check` reads Markdown files. An example is the body of `docs/ja/plan/index.md` in the city of
`machikado.check.example`.
"""


_MANUAL: dict[Language, str] = {
    "ja": """\
# 検査が見つけること

[目次](README.md) ・ [English](../en/audit-checks.md)

<!-- make docs-checks が、検査そのものから作ります。このページではなく、検査を直してください。 -->

`machikado audit` の結果に出る検査の名前、見つけること、直し方の一覧です。結果の読み方は[検査の結果の読み方](audit-report.md)にあります。

「止める」は、直すまで公開できないものです。ただし、方針（`a11y_tests/policy.yml`）が約束していない達成基準だけに関わるものは、止めません。

## Machikado の検査

| 見つけること | 直し方 | 達成基準 | 公開 | 名前 |
| --- | --- | --- | --- | --- |
""",
    "en": """\
# What an audit finds

[Contents](README.md) ・ [日本語](../ja/audit-checks.md)

<!-- Made by `make docs-checks` from the checks themselves. Change a check, not this page. -->

The checks that `machikado audit` names in its results: what each finds, and what to do. [How to read the audit's report](audit-report.md)
tells the rest.

“Stops” means that the site is not published until it is mended. What only concerns success criteria that the policy
(`a11y_tests/policy.yml`) does not promise stops nothing.

## Checks of Machikado

| What it finds | What to do | Success criteria | Publishing | Name |
| --- | --- | --- | --- | --- |
""",
}
_AXE: dict[Language, str] = {
    "ja": """
## axe-core の検査

よく出るものです。ほかの検査も、結果に直し方が出ます。

| 出る文 | 直し方 | 名前 |
| --- | --- | --- |
""",
    "en": """
## Checks of axe-core

The ones that are met most. For the others, too, the result says what to do.

| Message | What to do | Name |
| --- | --- | --- |
""",
}
_WEIGHTS = {
    Weight.ERROR: Text("止める", "stops"),
    Weight.WARNING: Text("止めない", "stops nothing"),
    Weight.STYLE: Text("止めない", "stops nothing"),
}
_BLANK = re.compile(r"\{\w+\}")


def manual(spoken: Language) -> str:
    """The manual's page of what an audit finds, as Markdown."""
    ours = (
        _row(
            check.title.spoken(spoken),
            check.help.spoken(spoken),
            ", ".join(check.criteria) or "–",
            _WEIGHTS[check.weight].spoken(spoken),
            name=check.id,
        )
        for check in all_checks()
    )
    theirs = (
        _row(
            _BLANK.sub("…", advice.message.spoken(spoken)),
            _BLANK.sub("…", advice.help.spoken(spoken)),
            name=rule,
        )
        for rule, advice in sorted(ADVICE.items())
    )
    return _MANUAL[spoken] + "".join(ours) + _AXE[spoken] + "".join(theirs)


def _row(*cells: str, name: str) -> str:
    told = (unmarked(cell).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(told)} | `{name}` |\n"


def page() -> str:
    """The whole page as Markdown."""
    checks, rules = all_checks(), all_rules()
    parts = [
        *(_HEAD, _PAGES, _index(checks), *map(_check, checks)),
        *(_SOURCES, _index(rules), *map(_rule, rules)),
    ]
    return "\n".join(parts)


def _index(entries: Iterable[Check | Rule]) -> str:
    return "".join(f"- [`{one.id}`](#{one.id}): {unmarked(one.title.en)}\n" for one in entries)


def _check(check: Check) -> str:
    more = []
    if check.only_asks:
        more.append("only asks a person")
    if check.needs_whole_page:
        more.append("looks at whole pages, not at an article alone")
    if check.probes:
        more.append(f"drives the page ({', '.join(f'`{name}`' for name in check.probes)})")
    return _entry(check, check.act, more, "audit/checks", "html")


def _rule(rule: Rule) -> str:
    more = []
    if rule.outcome is Outcome.CANT_TELL:
        more.append("only asks a person")
    if rule.japanese:
        more.append("looks at pages in Japanese")
    return _entry(rule, (), more, "check/rules", "markdown")


def _entry(
    one: Check | Rule, act: Sequence[str], more: Iterable[str], folder: str, kind: str
) -> str:
    weight = ", ".join([f"`{one.weight}`", *more])
    facts = [
        ("What it finds", f"{unmarked(one.title.en)} / {unmarked(one.title.ja)}"),
        ("What to do", unmarked(one.help.en)),
        ("直し方", unmarked(one.help.ja)),
        ("Success criteria", "; ".join(_criteria(one.criteria)) or "none"),
        *([("ACT rules", ", ".join(f"`{rule}`" for rule in act))] if act else []),
        ("Weight", weight),
    ]
    source = f"src/machikado/{folder}/{one.id.replace('-', '_')}.py"
    if (ROOT / source).is_file():
        facts.append(("Source", f"[{source.rsplit('/', 1)[1]}](../{source})"))
    return "\n".join(
        [
            f"### `{one.id}`\n",
            *(f"- {name}: {value}" for name, value in facts),
            "",
            *_examples("Good", one.good, kind),
            *_examples("Bad", one.bad, kind),
        ]
    )


def _criteria(numbers: Iterable[str]) -> Iterator[str]:
    known = every_criterion()
    for number in numbers:
        one = known[number]
        yield f"[{number} {one.name.en}]({one.url}) ({one.level})"


def _examples(name: str, examples: Iterable[str], kind: str) -> Iterator[str]:
    yield f"{name}:\n"
    for example in examples:
        shown = example.strip("\n")
        if len(shown) > LONGEST:
            shown = f"{shown[:LONGEST]} … ({len(example)} characters)"
        ticks = max((len(run) for run in re.findall("`+", shown)), default=0)
        fence = "`" * max(3, ticks + 1)
        yield f"{fence}{kind}\n{shown}\n{fence}\n"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8", newline="\n")
    for language, file in MANUAL.items():
        file.write_text(manual(language), encoding="utf-8", newline="\n")
