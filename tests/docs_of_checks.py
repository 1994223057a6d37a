"""docs-dev/checks.md, made from the checks themselves: `make docs-checks` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from machikado.audit.check import Check, all_checks
from machikado.audit.telling import unmarked
from machikado.check import all_rules
from machikado.check.rule import Rule
from machikado.conformance.standard import every_criterion
from machikado.vocabulary import Outcome

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs-dev/checks.md"
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
