"""Waivers, `a11y_tests/waivers.yml`: errors that somebody answers for until a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from machikado.conformance.sheet import FOLDER, Faults, Part, open_sheet
from machikado.content.tree import Tree
from machikado.vocabulary import Finding, Location, Outcome, Report, Text, Weight

FILE = f"{FOLDER}/waivers.yml"
EXPIRED = "waiver-expired"
UNUSED = "waiver-unused"
_REQUIRED = ("check", "reason", "owner", "until")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver. page: an address, `*` standing for anything, or None for every page;
    selector: exactly as the finding has it, or None; until: the last day on which it holds."""

    check: str
    reason: str
    owner: str
    until: date
    where: Location
    page: str | None = None
    selector: str | None = None

    def matches(self, finding: Finding, base_path: str = "/") -> bool:
        """Whether this is about `finding`, whatever the day; `base_path` is the site's, as in findings."""
        if finding.check != self.check or self.selector not in (None, finding.selector):
            return False
        if self.page is None:
            return True
        address = "/" + finding.page.removeprefix(base_path).lstrip("/")
        return any(_is_like(page, self.page) for page in (finding.page, address))

    @property
    def why(self) -> str:
        """Its reason, who answers for it, and its last day, as written."""
        return f"{self.reason} ({self.owner}, {self.until})"

    def holds(self, today: date) -> bool:
        return today <= self.until


def _is_like(page: str, pattern: str) -> bool:
    # Only * is special: addresses may hold [ and ?, which fnmatch would take for patterns.
    return fnmatchcase(page, pattern.replace("[", "[[]").replace("?", "[?]"))


def read_waivers(tree: Tree) -> tuple[Waiver, ...]:
    """The waivers of a project. Raises FaultsError with all that is wrong."""
    if not tree.exists(FILE):
        return ()
    faults = Faults()
    sheet = open_sheet(tree.read(FILE), FILE, faults)
    waivers = [_waiver(part) for part in sheet.items()] if sheet else []
    faults.must_be_none()
    return tuple(waiver for waiver in waivers if waiver)


def _waiver(part: Part) -> Waiver | None:
    keys = part.keys((*_REQUIRED, "page", "selector"), _REQUIRED)
    until = keys["until"].day() if "until" in keys else None
    texts = {key: one.text() for key, one in keys.items() if key != "until"}
    if until is None or not all(texts.get(key) for key in ("check", "reason", "owner")):
        return None
    return Waiver(
        texts["check"],
        texts["reason"],
        texts["owner"],
        until,
        part.where,
        texts.get("page"),
        texts.get("selector"),
    )


def waive(
    report: Report,
    waivers: Sequence[Waiver],
    today: date,
    *,
    base_path: str = "/",
    is_whole: bool = True,
) -> Report:
    """The report with every waived error marked so, and a warning for each waiver to look at again.

    An expired waiver waives nothing more (`waiver-expired`); one that no finding needs is told
    (`waiver-unused`), but only where the whole site was audited (`is_whole`).
    """
    used: set[Location] = set()
    findings = []
    for finding in report.findings:
        kept = finding
        if finding.outcome is Outcome.FAILED and finding.weight in (Weight.ERROR, Weight.WAIVED):
            matching = [one for one in waivers if one.matches(finding, base_path)]
            used.update(one.where for one in matching)
            if holding := next((one for one in matching if one.holds(today)), None):
                kept = replace(finding, weight=Weight.WAIVED, waived=holding.why)
        findings.append(kept)
    told = [_expired(one) for one in waivers if not one.holds(today)]
    told += [
        _unused(one) for one in waivers if is_whole and one.holds(today) and one.where not in used
    ]
    return replace(report, findings=(*findings, *told))


def _expired(waiver: Waiver) -> Finding:
    return _note(
        EXPIRED,
        waiver,
        Text(
            f"「{waiver.check}」の猶予の期限が切れました（{waiver.until}、{waiver.owner}）。",
            f"The waiver of `{waiver.check}` has expired ({waiver.until}, {waiver.owner}).",
        ),
        Text(
            "問題を直して、この猶予を消してください。直せないときは、理由を見直して until を書き直してください。",
            "Mend the fault and remove the waiver, or look at its reason again and set a new `until`.",
        ),
    )


def _unused(waiver: Waiver) -> Finding:
    return _note(
        UNUSED,
        waiver,
        Text(
            f"「{waiver.check}」の猶予に当たる問題は、もうありません。",
            f"Nothing needs the waiver of `{waiver.check}` any more.",
        ),
        Text(
            "この猶予を消してください。書き誤りなら、check、page、selector を直してください。",
            "Remove the waiver; if it is a slip, mend its `check`, `page` or `selector`.",
        ),
    )


def _note(check: str, waiver: Waiver, message: Text, advice: Text) -> Finding:
    return Finding(
        check, message, advice, waiver.page or "/", source=waiver.where, weight=Weight.WARNING
    )
