"""The overlay: what is to be mended, in the writer's language, with the page that is looked at first."""

from __future__ import annotations

from pathlib import Path

from machikado.engine import EngineError
from machikado.serving.faults import Fault, fault_of
from machikado.serving.overlay import MOST, injected, overlay
from machikado.vocabulary import ConfigurationError, Location, Text

HELP = Text("直してください。", "Mend it.")
A = Fault(
    Location("docs/ja/a.md", 3), Text("リンクの先がありません。", "A link leads nowhere."), HELP, page="a/index.html"
)  # fmt: skip
B = Fault(
    Location("docs/ja/b.md", 7), Text("見出しがありません。", "No heading."), HELP, page="b/index.html"
)  # fmt: skip


def test_the_faults_of_the_page_that_is_looked_at_come_first() -> None:
    html = str(overlay((A, B), "ja", "b/index.html"))
    assert html.index("docs/ja/b.md") < html.index("docs/ja/a.md")
    assert html.count("（いま見ているページ）") == 1
    assert "<strong>7行目</strong> 見出しがありません。" in html


def test_the_overlay_speaks_the_writers_language_on_a_page_in_any_language() -> None:
    page = injected(
        b'<html lang="ja"><body class="x"><p>a</p></body></html>', overlay((A,), "en", ""), "en", "s.1"
    )  # fmt: skip
    assert page.startswith(
        b'<html lang="ja"><body class="x"><div id="machikado-serve" lang="en" data-seen="s.1"'
    )
    assert b"1 thing to mend" in page
    assert b"Line 3" in page


def test_what_a_source_says_is_escaped() -> None:
    fault = Fault(Location("docs/ja/<b>.md"), Text("「</template>」", "`</template>`"), HELP)
    html = str(overlay((fault,), "en", ""))
    assert "docs/ja/&lt;b&gt;.md" in html
    assert "`&lt;/template&gt;`" in html


def test_words_of_another_program_are_marked_as_english() -> None:
    fault = Fault(Location("overrides/main.html", 2), HELP, HELP, said="unexpected '}'")
    assert '<pre lang="en" tabindex="0">unexpected &#39;}&#39;</pre>' in str(
        overlay((fault,), "ja", "")
    )


def test_many_faults_are_counted_and_not_all_listed() -> None:
    html = str(overlay(tuple([A] * (MOST + 5)), "ja", ""))
    assert html.count("<li>") == MOST
    assert "直すところが105件あります" in html
    assert "ほかに5件あります。" in html


def test_a_page_without_faults_has_no_overlay_and_the_script_alone() -> None:
    page = injected(b"<body></body>", overlay((), "ja", ""), "ja", "s.1")
    assert page == (
        b'<body><div id="machikado-serve" lang="ja" data-seen="s.1" data-reserved="/.machikado/"></div>'
        b'<script type="module" src="/.machikado/reload.js"></script></body>'
    )


def test_every_error_is_told_with_its_place_and_without_a_traceback(tmp_path: Path) -> None:
    settings = tmp_path / "mkdocs.yml"
    broken = EngineError("docs/ja/a.md: TemplateSyntaxError: unexpected '}'")
    broken.source = Location(str(tmp_path / "overrides/main.html"), 4)
    told = [
        fault_of(error, tmp_path, settings)
        for error in (
            ConfigurationError("i18n/departments.yml", Text("idがありません。", "No id.")),
            broken,
            PermissionError(13, "Permission denied", str(tmp_path / "docs/ja/a.md")),
            ZeroDivisionError("division by zero"),
        )
    ]
    assert [str(fault.where) for fault in told] == [
        "i18n/departments.yml", "overrides/main.html:4", "docs/ja/a.md", "mkdocs.yml",
    ]  # fmt: skip
    assert told[0].message == Text("idがありません。", "No id.")
    assert told[1].said == "docs/ja/a.md: TemplateSyntaxError: unexpected '}'"
    assert told[3].said == "ZeroDivisionError: division by zero"
