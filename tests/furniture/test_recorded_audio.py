"""A page offers its recording only while the recording says what the page says."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html

from machikado.article.recording import (
    Kind,
    Recording,
    VoiceCredit,
    media_file,
    read_recording,
    sidecar_file,
)
from machikado.article.typesetter import Article, Asset
from machikado.audio.script import digest_of, script
from machikado.content.site import Site
from machikado.furniture.recorded import fitting_recording, recorded_audio
from machikado.furniture.values import AudioFile
from small_city import ROOT, article_of, catalogues_of, news, page_of, site_of, source

CREDIT = VoiceCredit("Mei", "NIT", "CC BY 3.0", "https://example.org/by", "https://example.org/mei")
ITEM = news(1001001, "お知らせ", "2026-04-02", "あすは休みです。", summary="要約")


def recording(site: Site, file: str = "ja/news/a.md", **more: str) -> Recording:
    page, article = page_of(site, file), article_of(site, file)
    said = digest_of(script(page.title, page.meta.summary, article.html, "{words}"))
    sizes = {Kind.OPUS.value: 146_354, Kind.MP3.value: 1_219_131, Kind.VTT.value: 1242}
    values = {"said": said, "spoken": "a" * 64} | more
    return Recording(
        page.id,
        page.locale.code,
        seconds=62.8,
        sentences=3,
        sizes=sizes,
        voice=CREDIT,
        engine="e",
        **values,
    )


def look_up_in(files: dict[str, str], asked: list[str]) -> Callable[[str], Asset | None]:
    def look_up(path: str) -> Asset | None:
        asked.append(path)
        return Asset(f"/{path}", text=files[path]) if path in files else None

    return look_up


def files_of(made: Recording) -> dict[str, str]:
    return {made.file(kind): "" for kind in Kind} | {
        sidecar_file(made.locale, made.page): made.as_json()
    }


def found(
    site: Site, files: dict[str, str], file: str = "ja/news/a.md", article: Article | None = None
) -> tuple[Recording | None, list[str]]:
    asked: list[str] = []
    shown = article or article_of(site, file)
    look_up = look_up_in(files, asked)
    return fitting_recording(page_of(site, file), shown, "{words}", look_up), asked


def test_a_page_with_a_fitting_recording_offers_it_and_asks_for_every_file() -> None:
    site = site_of({"ja/news/a.md": ITEM})
    made = recording(site)
    assert found(site, files_of(made)) == (
        made,
        [sidecar_file("ja", "1001001")] * 2
        + [media_file("ja", "1001001", "a" * 64, kind) for kind in Kind],
    )


def test_furigana_on_the_page_makes_no_recording_unfit() -> None:
    site = site_of({"ja/news/a.md": ITEM})
    made = recording(site)
    ruby = Article(("<p>あすは<ruby>休<rt aria-hidden='true'>やす</rt></ruby>みです。</p>",))
    assert found(site, files_of(made), article=ruby)[0] == made


def test_a_page_without_a_sidecar_asks_for_nothing_else() -> None:
    site = site_of({"ja/news/a.md": ITEM})
    assert found(site, {}) == (None, [sidecar_file("ja", "1001001")])


def test_words_that_have_changed_since_are_not_offered_as_sound() -> None:
    made = recording(site_of({"ja/news/a.md": ITEM}))
    changed = site_of({"ja/news/a.md": ITEM.replace("あすは", "あさっては")})
    assert found(changed, files_of(made))[0] is None


@pytest.mark.parametrize("broken", ["", "[]", '{"schema": 1}', '{"schema": 9, "sizes": {}}'])
def test_a_sidecar_that_cannot_be_read_is_as_none(broken: str) -> None:
    site = site_of({"ja/news/a.md": ITEM})
    assert found(site, {sidecar_file("ja", "1001001"): broken})[0] is None
    assert read_recording(broken) is None


def test_a_missing_file_of_sound_or_audio_false_hides_the_player() -> None:
    site = site_of({"ja/news/a.md": ITEM})
    files = files_of(recording(site))
    del files[media_file("ja", "1001001", "a" * 64, Kind.MP3)]
    assert found(site, files)[0] is None
    silent = site_of({"ja/news/a.md": ITEM.replace("type: news", "type: news\naudio: false")})
    assert found(silent, files_of(recording(silent)))[0] is None


def test_a_page_in_another_language_is_never_asked_about() -> None:
    site = site_of({"en/a.md": source(1001009, "A", audio="true")})
    assert found(site, {}, "en/a.md") == (None, [])


def test_the_player_has_both_formats_the_cues_the_length_and_the_credit() -> None:
    made = recording(site_of({"ja/news/a.md": ITEM}))
    shown = recorded_audio(made, lambda address: f"/base{address}", "ja")
    stem = "/base/assets/audio/ja/1001001-aaaaaaaaaaaa"
    assert shown.sources == (
        AudioFile(f"{stem}.opus", "audio/ogg; codecs=opus", "Opus", "146 KB"),
        AudioFile(f"{stem}.mp3", "audio/mpeg", "MP3", "1.2 MB"),
    )
    assert (shown.track, shown.duration, shown.voice) == (f"{stem}.vtt", "1:03", CREDIT)


def drawn(shown: object) -> str:
    words = catalogues_of(site_of({}))["ja"]
    templates = Environment(loader=FileSystemLoader(ROOT / "overrides"), autoescape=True)
    template = templates.get_template("partials/audio.html")
    return template.render(
        view=SimpleNamespace(recording=shown), _=words.gettext, shown=words.gettext
    )


def test_the_player_is_plain_html_that_loads_nothing_unasked() -> None:
    made = recording(site_of({"ja/news/a.md": ITEM}))
    root = html.fragment_fromstring(drawn(recorded_audio(made, str, "ja")).strip())
    (player,) = root.iter("audio")
    assert dict(player.attrib) == {
        "controls": "",
        "preload": "none",
        "aria-labelledby": "recording-title",
    }
    assert [source.get("type") for source in player.iter("source")] == [
        "audio/ogg; codecs=opus",
        "audio/mpeg",
    ]
    (track,) = player.iter("track")
    assert (track.get("kind"), track.get("srclang")) == ("metadata", "ja")
    assert [link.get("href") for link in root.iter("a")][2:] == [
        "https://example.org/mei",
        "https://example.org/by",
    ]
    text = " ".join(root.text_content().split())
    assert "このページを聞く 1:03" in text
    assert "MP3で保存する（1.2 MB）" in text
    assert "Mei, NIT, CC BY 3.0" in text


def test_a_page_without_a_recording_has_no_trace_of_a_player() -> None:
    assert drawn(None).strip() == ""
