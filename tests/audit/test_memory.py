"""What an audit recalls of the one before, and what makes it look again."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_pages import EMPTY_SITE, write_site

from machikado.audit.judgement import Judged
from machikado.audit.memory import key_of, memory
from machikado.audit.run import Scope, audit_site
from machikado.audit.source import Holdings, Place
from machikado.browser.chromium import Chromium
from machikado.vocabulary import Finding, Location, Outcome, State, Text, Weight

FAULT = Finding(
    "image-alt",
    Text("説明がない", "no alt"),
    Text("書く", "write it"),
    "/a/",
    source=Location("docs/ja/a.md", 3),
    outcome=Outcome.CANT_TELL,
    weight=Weight.WARNING,
    criteria=("1.1.1",),
    level="A",
    act=("23a2a8",),
    state=State(ruby=True),
    html="<img>",
)
FOUND = Judged(
    ((FAULT, Place("article", "image", 0, 1, "", "")), (FAULT, None)),
    Holdings(heading=("題",), image=("",)),
    ("1.1.1",),
    "/b/",
)


def test_what_is_kept_is_recalled_as_it_was(tmp_path: Path) -> None:
    with memory(tmp_path / "deep" / "audit.sqlite") as kept:
        assert kept.recall(key_of("a")) is None
        kept.keep(key_of("a"), FOUND)
    with memory(tmp_path / "deep" / "audit.sqlite") as kept:
        assert kept.recall(key_of("a")) == FOUND
        assert kept.recall(key_of("b")) is None


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "audit.sqlite"
    with memory(file) as kept:
        for name in ("old", "used"):
            kept.keep(key_of(name), FOUND)
        kept.forget_others()
    with memory(file) as kept:
        assert kept.recall(key_of("used")) == FOUND
        kept.keep(key_of("new"), FOUND)
        kept.forget_others()
    with memory(file) as kept:
        assert [kept.recall(key_of(name)) for name in ("old", "used", "new")] == [
            None,
            FOUND,
            FOUND,
        ]


@pytest.mark.parametrize("content", [b"this is no database", b""])
def test_a_damaged_memory_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "audit.sqlite"
    file.write_bytes(content)
    with memory(file) as kept:
        kept.keep(key_of("a"), FOUND)
        assert kept.recall(key_of("a")) == FOUND


def test_a_memory_that_cannot_be_made_remembers_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with memory(tmp_path / "file" / "audit.sqlite") as kept:
        kept.keep(key_of("a"), FOUND)
        assert kept.recall(key_of("a")) is None


EVERYTHING = Scope()


def html(main: str, header: str = "見出し") -> str:
    return (
        '<!doctype html><html lang="ja"><head><title>題名</title><link rel="stylesheet" href="/s.css">'
        f'</head><body class="kind-page"><header>{header}</header><main><h1>題</h1>{main}</main></body></html>'
    )


@pytest.mark.browser
def test_only_what_changed_is_looked_at_again(
    chromium: Chromium, site_dir: Path, tmp_path: Path
) -> None:
    bad = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    write_site(
        site_dir,
        {
            "s.css": "p { color: black }",
            "a/index.html": html("<p>一</p>"),
            "b/index.html": html("<p>二</p>"),
            "c/index.html": html(f"<p>三</p>{bad}"),
        },
    )
    file = tmp_path / "audit.sqlite"

    def audited(scope: Scope = EVERYTHING) -> tuple[int, list[str], list[str]]:
        seen: list[tuple[int, int]] = []
        report = audit_site(
            site_dir, "/", EMPTY_SITE, chromium, scope=scope, kept_in=file, jobs=1,
            progress=lambda done, total: seen.append((done, total)),
        )  # fmt: skip
        fresh = seen[-1][1] - seen[0][0]
        faults = sorted({f.page for f in report.failed if f.check == "image-alt"})
        return fresh, faults, list(report.audited)

    everything = ["/a/", "/b/", "/c/"]
    assert audited() == (3, ["/c/"], everything)
    assert audited() == (0, ["/c/"], everything)
    assert audited(Scope(changed_only=True)) == (0, [], [])
    write_site(site_dir, {"b/index.html": html(f"<p>二</p>{bad}")})
    assert audited(Scope(changed_only=True)) == (1, ["/b/"], ["/b/"])
    assert audited() == (0, ["/b/", "/c/"], everything)
    # The page that stands for its template answers for the parts around the text, the others do not.
    write_site(
        site_dir,
        {"a/index.html": html("<p>一</p>", "別"), "c/index.html": html(f"<p>三</p>{bad}", "別")},
    )
    assert audited() == (1, ["/b/", "/c/"], everything)
    write_site(site_dir, {"s.css": "p { color: #eee }"})
    assert audited()[0] == 3
