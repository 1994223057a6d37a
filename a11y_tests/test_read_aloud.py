"""The page read aloud by the browser: what is said, how it is steered, when it is not offered.

The voice is injected: it says nothing and writes down every utterance.
"""

from __future__ import annotations

import base64
import io
import json
import wave
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from test_reading import DESKTOP, PHONE, overflow

VOICE = """(languages) => {
    const synthesis = new EventTarget();
    window.said = [];
    window.cancelled = 0;
    Object.assign(synthesis, {
        voices: languages.map((lang) => ({ lang, name: "Voice " + lang, voiceURI: "voice:" + lang, localService: true, default: false })),
        getVoices: () => synthesis.voices,
        current: null,
        get pending() { return false; },
        speak(utterance) { synthesis.current = utterance; said.push(utterance); },
        cancel() { if (synthesis.current) cancelled += 1; synthesis.current = null; },
    });
    Object.defineProperty(synthesis, "speaking", { get: () => synthesis.current !== null });
    window.finish = () => { const u = synthesis.current; synthesis.current = null; u.onend({ utterance: u }); };
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; this.rate = 1; } };
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
}"""
EVERY_LANGUAGE = ("ja-JP", "en-GB", "zh-CN", "zh_TW", "zh-HK", "ko-KR", "vi-VN")
Listen = Callable[..., Page]


@pytest.fixture
def listening(browser: Browser, root: str) -> Iterator[Listen]:
    """Open a page in a browser that has voices for `languages`."""
    contexts: list[BrowserContext] = []

    def open_page(
        address: str,
        article: str | None = None,
        languages: tuple[str, ...] = EVERY_LANGUAGE,
        viewport: ViewportSize = DESKTOP,
    ) -> Page:
        context = browser.new_context(viewport=viewport)
        contexts.append(context)
        context.add_init_script(f"({VOICE})({json.dumps(languages)})")
        page = context.new_page()
        page.goto(root + address)
        if article is not None:
            # The page's own text gives way to one whose sentences are known.
            page.evaluate(
                "html => { document.querySelector('main').innerHTML = `<div class='article-body md-typeset'>${html}</div>`; }",
                article,
            )
        return page

    yield open_page
    for context in contexts:
        context.close()


def last(page: Page) -> str:
    text: str = page.evaluate("said.at(-1).text")
    return text


def all_said(page: Page) -> list[str]:
    """Let every utterance end, and tell what was said from the beginning."""
    page.locator(".player-play").click()
    page.evaluate("() => { while (speechSynthesis.current) finish(); }")
    texts: list[str] = page.evaluate("said.map(({ text }) => text)")
    return texts


def marked(page: Page) -> str:
    """The words that are highlighted."""
    words: str = page.evaluate(
        "[...(CSS.highlights.get('machikado-reading') ?? [])].map(range => range.toString()).join('')"
    )
    return words


# What is said -----------------------------------------------------------------------------


def test_a_text_is_read_sentence_by_sentence(listening: Listen) -> None:
    page = listening(
        "/plan/",
        "<h2>ごみの出し方</h2><p>朝8時までに出してください。雨の日も<strong>同じ</strong>です！</p>",
    )
    assert all_said(page) == ["ごみの出し方", "朝8時までに出してください。", "雨の日も同じです！"]


def test_japanese_is_spoken_with_the_readings_of_its_furigana(listening: Listen) -> None:
    page = listening(
        "/plan/",
        "<p><ruby>盛岡市<rp>(</rp><rt aria-hidden='true'>もりおかし</rt><rp>)</rp></ruby>の<ruby>方<rt aria-hidden='true'>かた</rt></ruby>です。<ruby>次<rt>つぎ</rt></ruby>に。</p>",
    )
    page.locator(".player-play").click()
    assert last(page) == "もりおかしのかたです。"
    assert marked(page).startswith("盛岡市")


def test_a_table_is_read_by_rows_each_cell_after_the_heading_of_its_column(
    listening: Listen,
) -> None:
    page = listening(
        "/en/plan/",
        "<table><caption>Collection</caption><thead><tr><th>Kind</th><th>Day</th><th>Time</th></tr></thead>"
        "<tbody><tr><th>Paper</th><td>Monday</td><td>8:00</td></tr><tr><td>Glass</td><td></td><td>9:00</td></tr></tbody></table>",
    )
    assert all_said(page) == [
        "Collection",
        "Paper, Day: Monday, Time: 8:00",
        "Kind: Glass, Time: 9:00",
    ]


def test_lists_images_and_abbreviations_are_spoken_sensibly(listening: Listen) -> None:
    page = listening(
        "/en/plan/",
        "<ol><li>Fill in the form</li><li>Bring it<ul><li>by post</li><li>by hand</li></ul></li></ol>"
        "<p><img src='x.png' alt='Map of the city hall'><img src='y.png' alt=''></p>"
        "<p>The <abbr title='local government'>LG</abbr> office.</p>"
        "<p aria-hidden='true'>Not this.</p><p hidden>Nor this.</p><p>😀 ★</p>",
    )
    assert all_said(page) == [
        *("1. Fill in the form", "2. Bring it", "by post", "by hand"),
        *("Image: Map of the city hall", "The local government office."),
    ]


def test_a_long_sentence_is_cut_at_commas_so_that_no_voice_stops_in_it(listening: Listen) -> None:
    clause = "あ" * 70 + "、"
    page = listening("/plan/", f"<p>{clause * 5}です。</p><p>{'い' * 400}</p>")
    texts = all_said(page)
    assert texts[:3] == [(clause * 2)[:-1] + "、", (clause * 2)[:-1] + "、", clause + "です。"]
    assert [len(text) for text in texts[3:]] == [180, 180, 40]


def test_words_in_another_language_are_spoken_by_a_voice_of_that_language(
    listening: Listen,
) -> None:
    page = listening("/en/plan/", "<p>Choose <span lang='ja'>日本語</span> there.</p>")
    texts = all_said(page)
    voices = page.evaluate("said.map(({ lang, voice }) => [lang, voice.lang])")
    assert texts == ["Choose", "日本語", "there."]
    assert voices == [["en", "en-GB"], ["ja-JP", "ja-JP"], ["en", "en-GB"]]


def test_a_word_marked_as_japanese_does_not_break_a_sentence_of_easy_japanese(
    listening: Listen,
) -> None:
    page = listening("/ja-easy/plan/", "<p>これは<span lang='ja'>住民票</span>です。</p>")
    assert all_said(page) == ["これは住民票です。"]


def test_the_pages_of_the_site_are_read_with_title_text_and_contact(listening: Listen) -> None:
    texts = all_said(listening("/plan/measures/1-2-2/"))
    assert texts[0].startswith("しさく1-2-2")
    assert any("たんとうぶしょ" in text for text in texts)
    assert len(texts) > 10
    assert "このページの内容" not in texts


# In which voice ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "asked", "voice"),
    [
        ("/plan/", "ja-JP", "ja-JP"),
        ("/ja-easy/plan/", "ja-JP", "ja-JP"),
        ("/en/plan/", "en", "en-GB"),
        ("/zh-Hans/plan/", "zh-CN", "zh-CN"),
        ("/zh-Hant/plan/", "zh-TW", "zh_TW"),
        ("/ko/plan/", "ko", "ko-KR"),
        ("/vi/plan/", "vi", "vi-VN"),
    ],
)
def test_each_edition_is_read_by_a_voice_of_its_language(
    listening: Listen, address: str, asked: str, voice: str
) -> None:
    page = listening(address)
    page.locator(".player-play").click()
    assert page.evaluate("[said[0].lang, said[0].voice.lang]") == [asked, voice]


@pytest.mark.parametrize(
    ("address", "languages"),
    [
        ("/plan/", ("en-US",)),
        ("/zh-Hant/plan/", ("zh-CN", "zh-HK")),
        ("/en/", ()),
        ("/vi/", ("vie",)),
    ],
)
def test_where_no_voice_speaks_the_language_nothing_is_offered(
    listening: Listen, address: str, languages: tuple[str, ...]
) -> None:
    expect(listening(address, languages=languages).locator(".player")).to_have_count(0)


def test_voices_that_arrive_late_are_offered_then(listening: Listen) -> None:
    page = listening("/plan/", languages=())
    expect(page.locator(".player")).to_have_count(0)
    page.evaluate(
        "() => { speechSynthesis.voices = [{ lang: 'ja-JP', name: 'late', voiceURI: 'late', localService: true }]; speechSynthesis.dispatchEvent(new Event('voiceschanged')); }"
    )
    expect(page.locator(".player-play")).to_be_visible()


def test_without_speech_in_the_browser_or_without_javascript_nothing_is_offered(
    browser: Browser, root: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete window.SpeechSynthesisUtterance")
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{root}/plan/")
    expect(page.locator(".player")).to_have_count(0)
    assert faults == []
    context.close()


# How it is steered ------------------------------------------------------------------------

FIVE = "<p>One. Two. Three.</p><p>Four. Five.</p>"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_player_is_driven_by_keyboard_alone(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    press(page, "Tab", "Tab", "Tab")
    expect(page.locator(".player-play")).to_be_focused()
    expect(page.get_by_role("button", name="Read aloud")).to_be_focused()
    press(page, "Enter")
    assert (last(page), marked(page)) == ("One.", "One. ")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    press(page, "Tab", "Tab", "Enter")  # next
    assert (last(page), marked(page)) == ("Two.", "Two. ")
    press(page, "Enter")
    assert last(page) == "Three."
    press(page, "Shift+Tab", "Enter")  # the sentence before
    assert last(page) == "Two."
    press(page, "Shift+Tab", "Enter")  # pause
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    assert page.evaluate("speechSynthesis.current") is None
    press(page, "Enter")
    assert last(page) == "Two."  # the sentence is begun anew
    page.get_by_role("button", name="Stop").focus()
    press(page, "Enter")
    expect(page.get_by_role("button", name="Read aloud")).to_be_focused()
    assert (page.evaluate("speechSynthesis.current"), marked(page)) == (None, "")


def test_one_sentence_follows_the_other_and_the_end_is_told(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    assert all_said(page) == ["One.", "Two.", "Three.", "Four.", "Five."]
    expect(page.locator(".player-status")).to_have_text("The page has been read to its end.")
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    assert marked(page) == ""


def test_moving_while_paused_moves_the_mark_and_stays_silent(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    page.locator(".player-play").click()
    page.locator(".player-play").click()
    page.locator(".player-next").click()
    page.locator(".player-next").click()
    assert (page.evaluate("said.length"), marked(page)) == (1, "Three.")
    page.locator(".player-play").click()
    assert last(page) == "Three."


def test_before_the_first_and_after_the_last_there_is_nowhere_to_go(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    page.locator(".player-play").click()
    page.locator(".player-previous").click()
    assert last(page) == "One."
    for _ in range(9):
        page.locator(".player-next").click()
    assert last(page) == "Five."


def test_another_speed_holds_at_once_and_is_kept_for_the_next_page(
    listening: Listen, root: str
) -> None:
    page = listening("/en/plan/", FIVE)
    page.locator(".player-play").click()
    page.locator(".player-speed").select_option("150")
    assert page.evaluate("said.map(({ text, rate }) => [text, rate])") == [
        ["One.", 1],
        ["One.", 1.5],
    ]
    page.goto(f"{root}/en/news/")
    page.locator(".player-play").click()
    assert page.evaluate("said[0].rate") == 1.5
    page.locator(".player-play").click()
    page.locator(".aids > summary").click()
    page.locator(".aids button[type=reset]").click()
    expect(page.locator(".player-speed")).to_have_value("100")


def test_reading_begins_at_what_was_selected(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    expect(page.locator(".player-selected")).to_be_hidden()
    page.evaluate(
        "(() => { const t = document.querySelectorAll('main p')[1].firstChild; getSelection().setBaseAndExtent(t, 6, t, 9); })()"
    )
    page.locator(".player-selected").click()
    assert last(page) == "Five."
    page.evaluate(
        "(() => { const t = document.querySelector('main p').firstChild; getSelection().setBaseAndExtent(t, 6, t, 12); })()"
    )
    page.locator(".player-selected").click()
    assert last(page) == "Two."


def test_a_voice_may_be_chosen_where_there_are_several(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE, languages=("en-GB", "en-US", "ja-JP"))
    page.locator(".player-play").click()
    expect(page.locator(".player-voice option")).to_have_text(["Voice en-GB", "Voice en-US"])
    page.locator(".player-voice").select_option("voice:en-US")
    assert page.evaluate("said.at(-1).voice.lang") == "en-US"


def test_the_next_page_is_read_only_on_request(listening: Listen) -> None:
    page = listening("/en/plan/measures/1-1-1/", FIVE)
    here = page.url
    all_said(page)
    assert page.url == here
    page.locator(".player-play").click()
    page.locator(".player-onward").check()
    page.evaluate("() => { while (speechSynthesis.current) finish(); }")
    page.wait_for_url("**/en/plan/measures/1-1-2/")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert page.evaluate("said.length") == 1
    page.reload()  # a page that is opened by hand is silent
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()


def test_a_page_that_may_not_speak_yet_waits_for_its_reader(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    page.locator(".player-play").click()
    page.evaluate("said[0].onerror({ error: 'not-allowed' })")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    assert page.evaluate("said.map(({ text }) => text)") == ["One.", "One."]


def test_a_voice_that_ends_without_saying_so_does_not_end_the_reading(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    page.locator(".player-play").click()
    page.evaluate("speechSynthesis.current = null")
    page.wait_for_function("said.length === 2", timeout=8000)
    assert last(page) == "Two."


def test_leaving_the_page_ends_the_voice(listening: Listen) -> None:
    page = listening("/en/plan/", FIVE)
    page.locator(".player-play").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speechSynthesis.current") is None


# A recording -----------------------------------------------------------------------------

ARTICLE = (
    "<ul data-generated><li>一覧</li></ul><p>はじめの文です。<ruby>次<rt aria-hidden='true'>つぎ</rt></ruby>の"
    "<strong>文</strong>です。</p><table><tbody><tr><th>日</th><td>月曜</td></tr></tbody></table><p>はじめの文です。</p>"
)
CUES = (
    ("h1", "題"),
    *(("p:1", "はじめの文です。"), ("p:1", "次の 文です。")),
    *(("tr:1", "日、月曜。"), ("p:2", "はじめの文です。")),
)


MARKED = """([place, text]) => {
    const ranges = [...(CSS.highlights.get("machikado-reading") ?? [])];
    const [name, number] = place.split(":");
    const places = [...document.querySelectorAll(`main ${name}:not([data-generated] *)`)];
    const paragraphs = places.filter((p) => p.className !== "recording-title");
    return ranges.join("") === text && paragraphs[(number ?? 1) - 1].contains(ranges[0].startContainer);
}"""


def _silence(seconds: int) -> bytes:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)
    return sound.getvalue()


@pytest.fixture
def recorded(listening: Listen) -> Page:
    """A page with a recording of five sentences, two seconds each."""
    page = listening("/en/")
    captions = "WEBVTT\n" + "".join(
        f"\n{at + 1} {place}\n00:00:{2 * at:02}.000 --> 00:00:{2 * at + 2:02}.000\n{text}\n"
        for at, (place, text) in enumerate(CUES)
    )
    sound = base64.b64encode(_silence(2 * len(CUES))).decode()
    player = (
        "<section class='recording'><p class='recording-title'>聞く</p><audio controls preload='none'>"
        f"<source src='data:audio/wav;base64,{sound}' type='audio/wav'><track kind='metadata' src='/cues.vtt'></audio></section>"
    )

    def with_recording(route: Route) -> None:
        answer = route.fetch()
        before, rest = answer.text().split('<main id="main" tabindex="-1">')
        main = f"<h1>題</h1>{player}<div class='article-body'>{ARTICLE}<p style='height: 200vh'></p></div>"
        body = before + f'<main id="main" tabindex="-1">{main}</main>' + rest.split("</main>")[1]
        route.fulfill(response=answer, body=body)

    page.route("**/plan/", with_recording)
    page.route("**/cues.vtt", lambda r: r.fulfill(body=captions, content_type="text/vtt"))
    page.goto(page.url.replace("/en/", "/plan/"))
    return page


def test_the_sentence_that_a_recording_says_is_marked_on_the_page(recorded: Page) -> None:
    asked: list[str] = []
    recorded.on("request", lambda request: asked.append(request.url))
    audio = recorded.locator("audio")
    recorded.locator(".player-play").click()  # the browser's voice
    audio.evaluate("audio => audio.play()")
    expect(recorded.locator(".player")).to_have_attribute("data-state", "off")
    assert any(url.endswith("cues.vtt") for url in asked)
    places = ["h1", "p:1", "p:1", "tr", "p:2"]
    words = ["題", "はじめの文です。", "次の文です。", "日月曜", "はじめの文です。"]
    for at, (place, text) in enumerate(zip(places, words, strict=True)):
        audio.evaluate("(audio, at) => { audio.pause(); audio.currentTime = at; }", 2 * at + 1)
        recorded.wait_for_function(MARKED, arg=[place, text])


def test_cues_that_come_in_parts_are_all_found(recorded: Page) -> None:
    """A browser gives a page the cues of a part of the file before the others have come."""
    audio = recorded.locator("audio")
    audio.evaluate(
        "audio => { const element = audio.querySelector('track'), { track } = element;"
        "element.addEventListener('load', () => { window.late = [...track.cues].slice(2);"
        "late.forEach(cue => track.removeCue(cue)); }, { capture: true });"
        "return audio.play(); }"
    )
    recorded.wait_for_function("window.late?.length === 3")
    jump = "(audio, at) => { audio.pause(); audio.currentTime = at; }"
    audio.evaluate(jump, 1)
    recorded.wait_for_function(MARKED, arg=["h1", "題"])
    audio.evaluate("audio => late.forEach(cue => audio.querySelector('track').track.addCue(cue))")
    audio.evaluate(jump, 9)
    recorded.wait_for_function(MARKED, arg=["p:2", "はじめの文です。"])


def test_the_controls_of_a_recording_that_is_heard_stay_within_reach(recorded: Page) -> None:
    audio = recorded.locator("audio")
    recorded.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(audio).not_to_be_in_viewport()
    audio.evaluate("audio => audio.play()")
    recorded.evaluate("scrollTo(0, 0)")
    expect(audio).to_have_css("position", "static")
    recorded.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(audio).to_be_in_viewport()
    recorded.locator(".player-play").click()
    assert audio.evaluate("audio => audio.paused")


def test_a_recording_is_heard_as_fast_as_its_reader_likes_it(recorded: Page) -> None:
    recorded.evaluate("document.documentElement.dataset.speed = '150'")
    assert recorded.locator("audio").evaluate("async a => { await a.play(); return a.playbackRate; }") == 1.5  # fmt: skip


# How it looks -----------------------------------------------------------------------------


def test_the_sentence_being_read_is_scrolled_into_view_above_the_player(
    listening: Listen,
) -> None:
    page = listening("/plan/earlier-plans/", viewport=PHONE)
    page.locator(".player-play").click()
    for _ in range(25):
        page.evaluate("finish()")
        box = page.evaluate(
            "(() => { const [range] = CSS.highlights.get('machikado-reading') ?? []; const r = (range ?? document.querySelector('.is-read')).getBoundingClientRect(); return [r.top, document.querySelector('.player').getBoundingClientRect().top]; })()"
        )
        assert 0 <= box[0] < box[1]


@pytest.mark.parametrize("locale", ["", "ja-easy/", "en/", "vi/", "ko/"])
def test_the_player_fits_a_narrow_screen_and_has_large_targets(
    listening: Listen, locale: str
) -> None:
    page = listening(f"/{locale}plan/", viewport=PHONE)
    page.evaluate("document.documentElement.dataset.size = '200'")
    page.locator(".player-play").click()
    assert overflow(page) == 0
    page.evaluate("delete document.documentElement.dataset.size")
    small = page.evaluate(
        "[...document.querySelectorAll('.player button, .player label')].filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect()).filter(({ width, height }) => width < 44 || height < 44).length"
    )
    assert small == 0
    covered = page.locator(".player").bounding_box()
    assert covered is not None
    assert covered["height"] <= 0.45 * 640 + 1


def test_in_a_window_too_low_for_a_bar_one_button_stays(listening: Listen) -> None:
    """1280 × 900 px at 400 %."""
    page = listening("/plan/earlier-plans/", viewport={"width": 320, "height": 225})
    page.locator(".player-play").click()
    page.evaluate("scrollTo(0, 2000)")
    expect(page.locator(".player-play")).to_be_in_viewport(ratio=1)
    expect(page.locator(".player-next")).not_to_be_in_viewport()
    page.locator(".player-play").click()
    assert page.evaluate("speechSynthesis.current") is None


def test_axe_finds_nothing_while_a_page_is_read(listening: Listen) -> None:
    for address in ("/plan/", "/en/plan/"):
        page = listening(address)
        page.locator(".player-play").click()
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            "async () => (await axe.run()).violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`)"
        )
        assert found == []
