# ruff: noqa: T201 - what it prints is what it is for
"""What engines find that can be injected into a page, rule by rule, beside what the audit finds.

    python -m benchmarks.engines --axe FILE... --accesslint FILE [--act FOLDER]

The files are the engines' scripts, as npm has them (`axe.min.js`, `index.iife.js`); they are no part of the
project. Each is asked on the seeded faults and, with --act, on W3C's test cases. A rule of an engine counts for
what it fails and must not: on a page without a fault, each rule that fails is a false alarm; on a passed or
inapplicable ACT case, each that names the case's rule.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.act import BASE, _Handler, _is_page
from benchmarks.seeded import FAULTS, _Quiet, write_assets, write_pages

_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const act = Object.fromEntries(axe.getRules().map(({ ruleId, actIds }) => [ruleId, actIds ?? []]));
  return violations.map(({ id, tags }) => ({ id, act: act[id] ?? [], criteria: tags.filter((tag) => /^wcag\\d{3,4}$/.test(tag)) }));
}"""
_ACCESSLINT = """() => {
  const { violations } = AccessLint.runAudit(document);
  const rules = Object.fromEntries(AccessLint.getActiveRules().map((rule) => [rule.id, rule]));
  return [...new Set(violations.map(({ ruleId }) => ruleId))].map((id) => ({
    id, act: rules[id]?.actRuleIds ?? [],
    criteria: (rules[id]?.wcag ?? []).map((number) => "wcag" + number.replaceAll(".", "")),
  }));
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--axe", type=Path, nargs="*", default=[])
    parser.add_argument("--accesslint", type=Path)
    parser.add_argument("--act", type=Path)
    parser.add_argument("--json", type=Path, help="keep what each engine said there")
    arguments = parser.parse_args()
    engines = [(f"axe {number}", file, _AXE) for number, file in enumerate(arguments.axe, 1)]
    if arguments.accesslint:
        engines.append(("AccessLint", arguments.accesslint, _ACCESSLINT))
    kept: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium())
        page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        page.set_default_timeout(8000)
        for name, script, question in engines:
            code = script.read_text(encoding="utf-8")
            ask = partial(_ask, page, code, question)
            kept[name] = {"seeded": _on_seeded(name, ask)}
            if arguments.act:
                kept[name]["act"] = _on_act(name, arguments.act, ask)
        browser.close()
    if arguments.json:
        arguments.json.write_text(json.dumps(kept, indent=1))


def _chromium() -> str | None:
    from machikado.browser.find import find_chromium

    found = find_chromium()
    return str(found) if found else None


def _ask(page: Page, code: str, question: str, url: str) -> list[Mapping[str, Any]]:
    try:
        page.goto(url, wait_until="load")
        page.evaluate(code)
        found: list[Mapping[str, Any]] = page.evaluate(question)
    except Error:
        return []
    return found


def _on_seeded(name: str, ask: Any) -> dict[str, list[str]]:  # noqa: ANN401
    faults = tomllib.loads(FAULTS.read_text(encoding="utf-8"))["fault"]
    said: dict[str, list[str]] = {}
    found = unrelated = accused = 0
    by_rule: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with tempfile.TemporaryDirectory() as folder_name, _serving(_Quiet, folder_name) as start:
        folder = Path(folder_name)
        write_assets(folder)
        write_pages(folder, faults)
        for fault in faults:
            wanted = {f"wcag{number.replace('.', '')}" for number in fault["criteria"]}
            rules = set(fault.get("rules", ()))
            bad = ask(f"{start}{fault['name']}.bad.html")
            good = ask(f"{start}{fault['name']}.good.html")
            own = [r for r in bad if r["id"] in rules or wanted & set(r["criteria"]) or not wanted]
            said[fault["name"]] = [r["id"] for r in own]
            found += bool(own)
            unrelated += len(bad) - len(own)
            accused += len(good)
            for rule in own:
                by_rule[rule["id"]][0] += 1
            for rule in good:
                by_rule[rule["id"]][1] += 1
    print(f"{name}: seeded faults found {found} of {len(faults)}, ", end="")
    print(f"unrelated {unrelated / len(faults):.2f} a page, on clean pages {accused}")
    for rule, (hits, alarms) in sorted(by_rule.items()):
        print(f"    {rule}: {hits} found, {alarms} on clean pages")
    return said


def _on_act(name: str, folder: Path, ask: Any) -> dict[str, dict[str, list[int]]]:  # noqa: ANN401
    cases = json.loads((folder / "testcases.json").read_text(encoding="utf-8"))["testcases"]
    rules: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0, 0]))
    with _serving(_Handler, str(folder)) as start:
        for case in cases:
            if not _is_page(case["file"]):
                continue
            said = {
                r["id"]
                for r in ask(start + BASE.lstrip("/") + case["file"])
                if case["ruleId"] in r["act"]
            }
            for rule in ("any", *said):
                counts = rules[case["ruleId"]][rule]
                counts[2 if case["expected"] == "failed" else 3] += 1
                hit = bool(said) if rule == "any" else True
                counts[0 if case["expected"] == "failed" else 1] += hit
    total = [sum(of["any"][n] for of in rules.values()) for n in range(4)]
    print(f"{name}: ACT found {total[0]}/{total[2]}, accused {total[1]}/{total[3]}")
    for rule, of in sorted(rules.items()):
        found, accused, bad, good = of["any"]
        mark = "=" if bad and found == bad and not accused else "-"
        print(f"    {mark} {rule} found {found}/{bad}, accused {accused}/{good}")
    return {rule: dict(of) for rule, of in rules.items()}


class _serving:  # noqa: N801 - reads as the verb it is
    def __init__(self, handler: Any, folder: str) -> None:  # noqa: ANN401
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder))

    def __enter__(self) -> str:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()


if __name__ == "__main__":
    main()
