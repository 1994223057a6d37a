# ruff: noqa: T201 - what it prints is what it is for
"""How many of W3C's ACT rules the audit completes, measured by `machikado audit --url`.

    python benchmarks/act.py FOLDER [--rule ID]... [--jobs N] [--all]

FOLDER holds `testcases.json` (as W3C publishes it) and the pages that it names in `file`; it is
measuring data and no part of the project. A rule is complete when every failed example gets a failed
finding that names the rule's id, and no passed or inapplicable example gets one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

MACHIKADO = (sys.executable, "-c", "from machikado.cli import main; main()")
BASE = "/WAI/content-assets/wcag-act-rules/"
"""Some examples name their assets by this absolute path."""


class _Handler(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(BASE).lstrip("/"))

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="name every wrong example")
    arguments = parser.parse_args()
    cases = json.loads((arguments.folder / "testcases.json").read_text(encoding="utf-8"))[
        "testcases"
    ]
    if arguments.rule:
        cases = [case for case in cases if case["ruleId"] in arguments.rule]
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Handler, directory=str(arguments.folder))
    )
    Thread(target=server.serve_forever, daemon=True).start()
    start = f"http://127.0.0.1:{server.server_port}{BASE}"
    pages = {start + case["file"]: case for case in cases if _is_page(case["file"])}
    command = [sys.executable, "-c", "from machikado.cli import main; main()", "audit"]
    command += ["--format", "json"]
    command += ["--jobs", str(arguments.jobs), *(f"--url={url}" for url in pages)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    server.shutdown()
    _tell(pages, json.loads(done.stdout), wants_all=arguments.all or bool(arguments.rule))


def _is_page(file: str) -> bool:
    return file.endswith((".html", ".xhtml", ".svg", ".htm"))


def _tell(
    pages: Mapping[str, Mapping[str, Any]], report: Mapping[str, Any], *, wants_all: bool
) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for finding in report["findings"]:
        if finding["outcome"] == "failed":
            said[finding["page"]].update(finding["act"])
    rules: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for url, case in pages.items():
        rules[case["ruleId"]].append((url, case))
    complete = of_conformance = failed = found = clean = accused = 0
    for rule, cases in sorted(rules.items()):
        bad = [(u, c) for u, c in cases if c["expected"] == "failed"]
        good = [(u, c) for u, c in cases if c["expected"] != "failed"]
        missed = [(u, c) for u, c in bad if rule not in said[u]]
        wrong = [(u, c) for u, c in good if rule in said[u]]
        carries = bool(bad) and _is_of_level_aa(cases[0][1])
        is_complete = not missed and not wrong
        failed, found = failed + len(bad), found + len(bad) - len(missed)
        clean, accused = clean + len(good), accused + len(wrong)
        of_conformance += carries
        complete += carries and is_complete
        mark = "=" if is_complete else "-"
        counts = f"found {len(bad) - len(missed)}/{len(bad)}, accused {len(wrong)}/{len(good)}"
        print(f"{mark} {rule} {'AA ' if carries else '   '} {counts}  {cases[0][1]['ruleName']}")
        if wants_all:
            _list("missed", missed)
            _list("accused", wrong)
    print(
        f"\ncomplete: {complete} of {of_conformance} rules of level A and AA with a failed example"
    )
    print(f"recall of failed examples: {found}/{failed} = {found / max(failed, 1):.1%}")
    print(f"false positives: {accused}/{clean} = {accused / max(clean, 1):.2%}")
    for problem in report["errors"]:
        print(f"not audited: {problem['page']}: {problem['message']['en']}")


def _list(word: str, cases: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    for _, case in cases:
        print(f"    {word}: {case['expected']} {case['testcaseTitle']} {case['file']}")


def _is_of_level_aa(case: Mapping[str, Any]) -> bool:
    """Whether the rule carries conformance to a criterion of level A or AA."""
    from machikado.audit.criteria import CRITERIA

    requirements: Mapping[str, Mapping[str, Any]] = case["ruleAccessibilityRequirements"] or {}
    return any(
        of.get("forConformance") and CRITERIA.get(name.partition(":")[2]) in ("A", "AA")
        for name, of in requirements.items()
        if name.startswith("wcag2")
    )


if __name__ == "__main__":
    main()
