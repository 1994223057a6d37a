"""An audit's report as one HTML file that everyone can read, without a script and without the web."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from machikado.audit.pictures import PICTURES, portrait_of
from machikado.audit.sight import View
from machikado.audit.telling import (
    Group,
    Sorted,
    sorted_out,
    verdict,
    view_in_words,
    views_of,
)
from machikado.conformance.standard import every_criterion, in_order
from machikado.vocabulary import Finding, Language, Outcome, Report, Text, Weight

PAGES_LISTED = 200
"""So many pages are listed with a fault that stands on more."""
AUDITED_LISTED = 5000
"""So many pages are listed as audited; the JSON report has them all."""
PICTURED = ("faults", "warnings", "style", "waived", "questions")
"""Whose pictures are taken first."""

_WORDS = {
    "title": Text("アクセシビリティの検査の結果", "Result of the accessibility audit"),
    "skip": Text("本文へ移動", "Skip to the result"),
    "contents": Text("目次", "Contents"),
    "advice": Text("直し方", "What to do"),
    "pages": Text("見つかったページ", "Where it was found"),
    "views": Text("見つかった表示", "Shown as"),
    "criteria": Text("達成基準", "Success criteria"),
    "weight": Text("種類", "Kind"),
    "check": Text("検査の名前", "Check"),
    "selector": Text("部品の位置（CSSセレクター）", "Element (CSS selector)"),
    "html": Text("その部分のHTML", "Its HTML"),
    "picture": Text("画面", "Picture"),
    "page": Text("ページ", "Page"),
    "reason": Text("理由", "Reason"),
    "criteria_title": Text("達成基準ごとの数", "By success criterion"),
    "criteria_lead": Text(
        "機械が調べた達成基準です。「直すところ」が0件でも、その達成基準を満たしたとは言えません。"
        "機械で分かるのは、一部だけです。",
        "The success criteria that a machine looked at. No faults does not mean that a criterion is "
        "met: a machine finds only some of them.",
    ),
    "criteria_caption": Text("達成基準ごとに見つかった数", "What was found, by success criterion"),
    "criterion": Text("達成基準", "Criterion"),
    "looked_at": Text("調べたページ", "Pages looked at"),
    "faults": Text("直すところ", "Faults"),
    "questions": Text("人が確かめること", "Questions"),
    "audited_title": Text("検査したもの", "What was audited"),
    "standard": Text("規格", "Standard"),
    "when": Text("検査した日時", "When"),
    "tool": Text("検査した道具", "By"),
    "views_shown": Text("表示のしかた", "Ways of showing"),
    "page_count": Text("ページ数", "Pages"),
    "all_pages": Text("ページの一覧", "List of pages"),
    "limits": Text(
        "この報告は、機械が調べた結果です。問題が見つからなくても、「規格に適合している」とは言えません。"
        "画像の説明が正しいか、文章が分かりやすいか、実際に使えるかは、人が確かめます。",
        "This report is what a machine found. Where it found nothing, nothing is said about conformance: "
        "whether a description is right, a text is clear and a page can be used, people find out.",
    ),
    "colon": Text("：", ": "),
    "comma": Text("、", ", "),
    "slash": Text(" ／ ", " / "),
    "open_bracket": Text("（", " ("),
    "close_bracket": Text("）", ")"),
}
_SECTIONS = {
    "faults": (
        Text("直すところ", "Faults to mend"),
        Text(
            "公開する前に直します。上から順に、ファイルと行の順に並んでいます。",
            "To be mended before publishing, in the order of files and lines.",
        ),
        Text("見つかりませんでした。", "None was found."),
    ),
    "problems": (
        Text("検査できなかったページ", "Pages that could not be audited"),
        Text(
            "このページに問題があるかどうかは、分かりません。理由をなくして、もう一度検査します。",
            "Nothing is known of these pages. Mend the reason and audit again.",
        ),
        Text("ありません。", "There is none."),
    ),
    "questions": (
        Text("人が確かめること", "Questions for a person"),
        Text(
            "機械では決められないことです。画面を見て確かめ、答えを a11y_tests/manual/ に書くと、"
            "そこが変わるまで、もう聞かれません。",
            "What a machine cannot decide. Look, and write the answer into a11y_tests/manual/; it is "
            "asked again when that part of the page changes.",
        ),
        Text("ありません。", "There is none."),
    ),
    "warnings": (
        Text("注意", "Warnings"),
        Text(
            "公開はできますが、直すとよいところです。",
            "Worth mending; they do not stop publishing.",
        ),
        Text("ありません。", "There is none."),
    ),
    "waived": (
        Text("猶予中の問題", "Waived faults"),
        Text(
            "問題ですが、a11y_tests/waivers.yml に期限まで猶予すると書かれています。",
            "Faults that a11y_tests/waivers.yml puts off until a day.",
        ),
        Text("ありません。", "There is none."),
    ),
}
_WEIGHTS = {
    Weight.ERROR: None,
    Weight.WARNING: Text("注意", "Warning"),
    Weight.STYLE: Text("書き方", "Style"),
    Weight.WAIVED: Text("猶予中", "Waived"),
}
_NO_PICTURE = Text(
    "ありません（画面に出ていない部分か、ページ全体のことか、別の部品の中にあります）。",
    "None: it is not visible, concerns the page as a whole, or is inside a frame.",
)
_NO_PICTURES_TAKEN = Text("撮っていません。", "None was taken.")
_TOO_MANY = Text(
    f"ありません（写真は{PICTURES}件までです）。", f"None: only {PICTURES} pictures are taken."
)


@dataclass(frozen=True, slots=True)
class Audited:
    """What was audited: whose pages, when, against which standard, shown in which ways.

    more: what else is to be said of how they were shown.
    """

    subject: str
    when: datetime
    standard: Text
    views: tuple[View, ...]
    more: Text | None = None


def in_picture_order(report: Report) -> list[Finding]:
    """The first finding of each fault, those first that matter most."""
    found = sorted_out(report)
    return [group.finding for name in PICTURED for group in getattr(found, name)]


def html_report(
    report: Report,
    audited: Audited,
    spoken: Language,
    pictures: Mapping[Finding, bytes | None] | None = None,
) -> str:
    """The report as a document; `pictures` is what `pictures.pictures` took, if anything."""
    found = sorted_out(report)
    entry = _Entries(spoken, pictures).entry
    groups = {
        "faults": found.faults,
        "questions": found.questions,
        "warnings": (*found.warnings, *found.style),
        "waived": found.waived,
    }
    sections = [
        {
            "id": name,
            "title": title.spoken(spoken),
            "lead": lead.spoken(spoken),
            "none": none.spoken(spoken),
            "count": len(report.errors) if name == "problems" else len(groups[name]),
            "entries": [entry(group) for group in groups.get(name, ())],
            "problems": [
                {"subject": problem.subject, "reason": problem.message.spoken(spoken)}
                for problem in (report.errors if name == "problems" else ())
            ],
        }
        for name, (title, lead, none) in _SECTIONS.items()
    ]
    style = _file("report.css")
    return _template().render(
        lang=spoken,
        style=Markup(style),  # noqa: S704 - a file of this package
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        words={name: text.spoken(spoken) for name, text in _WORDS.items()},
        verdict=verdict(report).spoken(spoken),
        sections=sections,
        part=_part(*report.shard).spoken(spoken) if report.shard != (1, 1) else None,
        criteria=_criteria(report, found, spoken),
        audited={
            "subject": audited.subject,
            "standard": audited.standard.spoken(spoken),
            "when": audited.when.isoformat(timespec="minutes"),
            "day": audited.when.strftime("%Y-%m-%d %H:%M %Z").strip(),
            "views": _views_shown(audited.views, spoken),
            "more": audited.more.spoken(spoken) if audited.more else None,
        },
        tool=_tool(report, spoken),
        page_count=report.pages,
        audited_pages=report.audited[:AUDITED_LISTED],
        unlisted_pages=_unlisted(len(report.audited) - AUDITED_LISTED).spoken(spoken)
        if len(report.audited) > AUDITED_LISTED
        else None,
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(_file("report.html.jinja"))


def _file(name: str) -> str:
    return (files("machikado.audit") / name).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class _Entries:
    spoken: Language
    pictures: Mapping[Finding, bytes | None] | None

    def entry(self, group: Group) -> dict[str, Any]:
        """What the template shows of one fault."""
        finding, spoken = group.finding, self.spoken
        views = views_of(group, spoken)
        weight = _WEIGHTS[finding.weight] if finding.outcome is Outcome.FAILED else None
        png = (self.pictures or {}).get(finding)
        others = len(group.pages) - 1
        return {
            "message": finding.message.spoken(spoken),
            "advice": finding.help.spoken(spoken),
            "place": str(finding.source) if finding.source else None,
            "pages": group.pages,
            "more_pages": Text(f"ほか{others}ページ", f"and {others} more").spoken(spoken),
            "listed": group.pages[1 : PAGES_LISTED + 1],
            "unlisted": _unlisted(others - PAGES_LISTED).spoken(spoken)
            if others > PAGES_LISTED
            else None,
            "views": views,
            "criteria": [_criterion(number, spoken) for number in finding.criteria],
            "weight": weight.spoken(spoken) if weight else None,
            "check": finding.check,
            "engine": finding.engine,
            "selector": finding.selector,
            "html": finding.html,
            "picture": b64encode(png).decode() if png else None,
            "alt": _alt(finding, views, spoken),
            "no_picture": self._why_none(finding).spoken(spoken),
        }

    def _why_none(self, finding: Finding) -> Text:
        if self.pictures is None:
            return _NO_PICTURES_TAKEN
        is_tried = finding in self.pictures or portrait_of(finding) is None
        return _NO_PICTURE if is_tried else _TOO_MANY


def _part(number: int, of: int) -> Text:
    return Text(
        f"{of}つに分けた検査のうち、{number}つ目だけの結果です。",
        f"This is part {number} of {of} alone: the others have results of their own.",
    )


def _unlisted(pages: int) -> Text:
    return Text(f"ほか{pages}ページ", f"{pages} more pages")


def _alt(finding: Finding, views: Sequence[str], spoken: Language) -> str:
    shown = f"（{views[0]}）" if views else ""
    shown_en = f" ({views[0]})" if views else ""
    return Text(
        f"{finding.page} の画面の一部{shown}。赤い枠の中が、問題のあるところです。",
        f"Part of the screen of {finding.page}{shown_en}; a red frame is around what this is about.",
    ).spoken(spoken)


def _criterion(number: str, spoken: Language) -> str:
    known = every_criterion().get(number)
    if known is None:
        return number
    level = Text(f"レベル{known.level}", f"level {known.level}").spoken(spoken)
    name = f"{number} {known.name.spoken(spoken)}"
    return f"{name}（{level}）" if spoken == "ja" else f"{name} ({level})"


def _criteria(report: Report, found: Sorted, spoken: Language) -> list[dict[str, Any]]:
    """For each criterion a machine looked at: on how many pages, and what it found."""
    faults = _by_criterion(found.faults)
    questions = _by_criterion(found.questions)
    return [
        {
            "name": _criterion(number, spoken),
            "pages": report.applicable.get(number, 0),
            "faults": faults[number],
            "questions": questions[number],
        }
        for number in in_order({*report.applicable, *faults, *questions})
    ]


def _by_criterion(groups: Iterable[Group]) -> Counter[str]:
    return Counter(number for group in groups for number in group.finding.criteria)


def _views_shown(views: Iterable[View], spoken: Language) -> list[str]:
    told = (view_in_words(one.theme, one.viewport, one.state).spoken(spoken) for one in views)
    return list(dict.fromkeys(told))


def _tool(report: Report, spoken: Language) -> str:
    engines = {finding.engine for finding in report.findings} - {"machikado"}
    comma = _WORDS["comma"].spoken(spoken)
    return comma.join([f"Machikado {version('machikado')}", *sorted(engines)])
