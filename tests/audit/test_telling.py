from __future__ import annotations

from dataclasses import replace

from machikado.audit.telling import (
    grouped,
    lines,
    once_each,
    sorted_out,
    summary,
    unmarked,
    verdict,
    view_in_words,
)
from machikado.vocabulary import (
    Finding,
    Location,
    Outcome,
    Problem,
    Report,
    State,
    Text,
    Weight,
)

CHROME = Finding(
    check="region",
    engine="axe-core 4.12.1",
    message=Text("区画の外です。", "It is outside every landmark."),
    help=Text("知らせてください。", "Tell us."),
    page="/",
    selector=".banner",
)
HEADING = Finding(
    check="heading-order",
    engine="axe-core 4.12.1",
    message=Text("段階が飛んでいます。", "A heading skips a level."),
    help=Text("1段ずつ深くしてください。", "One level at a time."),
    page="/plan/",
    source=Location("docs/ja/plan/index.md", 12),
    criteria=("1.3.1",),
    theme="light",
    viewport="desktop",
    selector="h4",
)


def test_one_fault_in_two_views_is_told_once_with_both() -> None:
    report = Report(1, (HEADING, replace(HEADING, theme="dark", viewport="phone")))
    assert list(lines(report, "en")) == [
        "docs/ja/plan/index.md:12: A heading skips a level. [heading-order 1.3.1]",
        "    One level at a time.",
        "    /plan/",
        "    h4",
        "    light desktop / dark phone",
    ]


def test_one_fault_on_200_pages_is_told_once_with_three_pages() -> None:
    pages = [replace(CHROME, page=f"/{number}/") for number in range(200)]
    assert list(lines(Report(200, tuple(pages)), "ja")) == [
        "/0/, /1/, /2/ ほか197ページ: 区画の外です。 [region]",
        "    知らせてください。",
        "    .banner",
    ]


def test_two_lines_of_one_page_are_two_faults() -> None:
    other = replace(HEADING, source=Location("docs/ja/plan/index.md", 20))
    assert [group.finding for group in grouped((HEADING, other))] == [HEADING, other]


def test_what_axe_cannot_tell_is_shown_only_on_request() -> None:
    doubt = replace(HEADING, outcome=Outcome.CANT_TELL)
    report = Report(1, (doubt,))
    assert list(lines(report, "en")) == []
    shown = list(lines(report, "en", with_doubts=True))
    assert shown[0].endswith("[heading-order 1.3.1] (cantTell)")


def test_a_page_that_could_not_be_audited_is_always_told() -> None:
    report = Report(0, errors=(Problem("/x/", Text("開けません。", "It did not open.")),))
    assert list(lines(report, "en")) == ["/x/: It did not open."]
    assert (
        verdict(report).en
        == "0 pages audited: 0 faults to mend, 1 pages that could not be audited."
    )


def test_nothing_found_is_not_called_conformance() -> None:
    assert verdict(Report(3)).en == "3 pages audited; nothing found (as far as a machine can tell)."


def test_annotations_have_one_finding_a_fault_and_no_doubts() -> None:
    doubt = replace(CHROME, outcome=Outcome.CANT_TELL)
    report = Report(1, (HEADING, replace(HEADING, theme="dark"), doubt))
    assert once_each(report).findings == (HEADING,)


def test_summary_is_a_table_that_no_message_can_break() -> None:
    fault = replace(HEADING, message=Text("|<b>", "|<b>"))
    assert summary(Report(1, (fault,)), "en") == (
        "## Accessibility audit\n"
        "\n"
        "1 pages audited: 1 faults to mend, 0 pages that could not be audited.\n"
        "\n"
        "| Where | Fault | What to do | Check |\n"
        "| --- | --- | --- | --- |\n"
        "| `docs/ja/plan/index.md:12` | \\|&lt;b> | One level at a time. | `heading-order` |\n"
    )


def test_annotations_tell_errors_first_and_then_warnings() -> None:
    warning = replace(CHROME, weight=Weight.WARNING)
    assert once_each(Report(1, (warning, HEADING))).findings == (HEADING, warning)


def test_a_report_is_sorted_by_what_it_asks_for() -> None:
    asked = replace(HEADING, outcome=Outcome.CANT_TELL)
    others = [replace(HEADING, weight=weight) for weight in Weight if weight is not Weight.ERROR]
    found = sorted_out(Report(1, (CHROME, *others, asked, HEADING)))
    assert [group.finding for group in found.faults] == [HEADING, CHROME]
    assert [group.finding for group in found.questions] == [asked]
    told = (found.warnings, found.style, found.waived)
    assert [[group.finding for group in groups] for groups in told] == [[one] for one in others]


def test_summary_counts_what_does_not_stop_publishing() -> None:
    findings = (
        replace(HEADING, weight=Weight.WARNING),
        replace(CHROME, weight=Weight.STYLE),
        replace(CHROME, weight=Weight.WAIVED),
        replace(CHROME, outcome=Outcome.CANT_TELL),
    )
    assert summary(Report(1, findings), "en").splitlines()[4] == (
        "Beside these: 2 warnings, 1 questions for a person, 1 waived faults."
    )


def test_summary_of_very_many_faults_stays_below_what_github_takes() -> None:
    faults = tuple(
        replace(HEADING, source=Location("docs/ja/長い名前のページ.md", line), html="x" * 99)
        for line in range(1, 9001)
    )
    text = summary(Report(1, faults), "ja")
    assert len(text.encode()) < 1024 * 1024 - 100_000
    told = text.count("| `docs/ja/")
    assert 0 < told < 9000
    assert text.endswith(
        f"\n\nほかに{9000 - told}件あります。machikado audit --html でまとめて見られます。\n"
    )


def test_what_a_page_says_is_no_markdown_and_no_link_in_a_summary() -> None:
    assert unmarked("![a](b) <i> `c` @staff #1 https://x.example www.y.example &lt;") == (
        "!\\[a\\](b) &lt;i> \\`c\\` &#64;staff \\#1 https&#58;//x.example www&#46;y.example &amp;lt;"
    )


def test_every_state_of_a_view_is_told() -> None:
    state = State(ruby=True, forced_colors=True, zoom=2)
    assert view_in_words("yellow-on-black", "desktop", state) == Text(
        "黒地に黄 パソコンの幅 ふりがな付き 機器が決めた色 200%に拡大",
        "yellow on black desktop with readings forced colours at 200%",
    )
    assert view_in_words("a-new-theme", None, State()).en == "a-new-theme"
    assert view_in_words(None, None, State(reduced_motion=True)).en == ""
