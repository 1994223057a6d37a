"""An audit in parts, on several machines, and the parts joined again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from machikado.vocabulary import Report, Text


class PartsError(Exception):
    """The parts do not make one whole; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def share_of(address: str, parts: int) -> int:
    """Which of so many parts, from 1, a page belongs to: by its address alone, on any machine."""
    return int.from_bytes(sha256(address.encode()).digest()[:8], "big") % parts + 1


def joined(reports: Sequence[Report]) -> Report:
    """The report of a site that was audited in parts. Raises PartsError when one is missing or twice."""
    parts = sorted(report.shard for report in reports)
    if parts != [(number, len(parts)) for number in range(1, len(parts) + 1)]:
        named = ", ".join(f"{part}/{of}" for part, of in parts)
        raise PartsError(
            Text(
                f"全部の部分がそろっていません（あるもの: {named}）。",
                f"The parts do not make one whole: {named}.",
            )
        )
    applicable: Counter[str] = Counter()
    for report in reports:
        applicable.update(report.applicable)
    return Report(
        sum(report.pages for report in reports),
        tuple(sorted((f for r in reports for f in r.findings), key=lambda f: f.page)),
        tuple(sorted((e for r in reports for e in r.errors), key=lambda e: e.subject)),
        tuple(sorted(page for report in reports for page in report.audited)),
        dict(sorted(applicable.items())),
    )
