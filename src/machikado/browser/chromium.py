"""Chromium through Playwright: a page in several views in one page load, and questions to it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Request,
    Response,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from machikado.audit.sight import (
    VIEWPORTS,
    BrowserGoneError,
    Seen,
    Sight,
    Swap,
    UnseenError,
    View,
    Visit,
    driven_view,
)
from machikado.browser.find import find_chromium
from machikado.browser.portrait import portray
from machikado.browser.probes import PROBES
from machikado.vocabulary import Text

PAGES_PER_CONTEXT, ARTICLES_PER_CONTEXT = 100, 400
"""After so many pages the context is thrown away with all that it remembers, to bound memory."""

_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
_UNUSED = (
    # The last list on the command line counts, so this one begins with what Playwright turns off.
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "PreconnectToSearch",
    # The browser's own buttons are pages of their own, drawn again and again in a window that nobody sees.
    "InitialWebUI", "PreloadTopChromeWebUI", "WebUIToolbar", "WebUIReloadButton", "WebUIHomeButton",
    "WebUIBackForwardButton",
)  # fmt: skip
_REASONS = {
    "ERR_NAME_NOT_RESOLVED": Text("そのようなサーバーがありません", "no such server"),
    "ERR_CONNECTION_REFUSED": Text("サーバーが応答しません", "the server does not answer"),
    "ERR_HTTP_RESPONSE_CODE_FAILURE": Text(
        "サーバーがエラーを返しました", "the server answered with an error"
    ),
    "ERR_EMPTY_RESPONSE": Text("サーバーの返事が空です", "the server's answer is empty"),
    "Download is starting": Text("ページではなくファイルです", "a file to download, no page"),
}
_HALF = re.compile(r"(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}")
"""Half of a character in JSON text, as JSON.stringify writes it. Scripts can make one, no file can hold it."""
_DOCUMENT_TYPES = ("text/html", "application/xhtml+xml", "image/svg+xml")

# Playwright's own waiting for `load` waits in vain once a page wanted to go elsewhere.
_LOADED = """(patience) => new Promise((done) => {
  if (document.readyState === "complete") done(true);
  addEventListener("load", () => done(true));
  setTimeout(() => done(false), patience);
})"""

# Two frames for scripts that answer to a new size or scheme, then every animation at its end.
_WITHOUT_FURIGANA = """() => {
  for (const ruby of document.querySelectorAll("ruby")) {
    for (const reading of ruby.querySelectorAll("rt, rp")) reading.remove();
    ruby.replaceWith(...ruby.childNodes);
  }
  document.body.normalize();
}"""
"""Readings are hidden from screen readers. Chromium's names have nothing in their place, Playwright's a space."""
_DRESS = """(attributes) => {
  const root = document.documentElement;
  const worn = window.__machikadoDress ?? [];
  for (const [name] of worn) root.removeAttribute(name);
  for (const [name, value] of attributes) root.setAttribute(name, value);
  Object.defineProperty(window, "__machikadoDress", { value: attributes, configurable: true });
}"""
"""What a reader chose, on the page's root; what the view before had chosen is taken off."""
_ON_STAGE = """async ({ put, dress, width, argument, next }) => {
  const machikado = window.__machikado, root = document.documentElement;
  const wear = (element, attributes) => {
    for (const name of element.getAttributeNames()) element.removeAttribute(name);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };
  if (put) {
    // Another address and title would be told to the whole browser, which costs more than the article.
    machikado.given ??= { base: document.head.insertAdjacentElement("afterbegin", document.createElement("base")) };
    machikado.given.base.href = put.url;
    Object.assign(machikado.given, { url: put.url, title: put.title });
    if (!document.title !== !put.title) document.title = put.title;
    wear(root, put.html);
    wear(document.body, put.body);
    document.body.innerHTML = put.main;
    machikado.audit = machikado.last = null;
    scrollTo(0, 0);
  }
  for (const [name] of machikado.dress ?? []) root.removeAttribute(name);
  for (const [name, value] of dress) root.setAttribute(name, value);
  machikado.dress = dress;
  const soon = (promise) => Promise.race([promise, new Promise((done) => setTimeout(done, 2000))]);
  if (innerWidth !== width) await soon(new Promise((done) => addEventListener("resize", done, { once: true })));
  if (innerWidth !== width) throw new Error(`shown ${innerWidth} pixels wide, not ${width}`);
  document.body.getBoundingClientRect();
  if (document.fonts.status === "loading") await soon(document.fonts.ready);
  const late = [...document.images].filter((image) => !image.complete && image.loading !== "lazy");
  if (late.length) await soon(Promise.all(late.map((image) => image.decode().catch(() => {}))));
  for (const animation of document.getAnimations?.() ?? []) {
    try { animation.finish(); } catch { animation.pause(); }
  }
  machikado.foretell = null;
  const answer = await (QUESTION)(argument);
  return { answer, foretold: next && machikado.foretell ? machikado.foretell(next) : null };
}"""
_OTHER_SCHEME = {"light": "dark", "dark": "light"}
_SETTLE = """async () => {
  const frame = () => new Promise((done) => {
    requestAnimationFrame(() => done());
    setTimeout(done, 250);
  });
  await Promise.race([document.fonts?.ready, new Promise((done) => setTimeout(done, 2000))]);
  await frame();
  await frame();
  for (const animation of document.getAnimations?.() ?? []) {
    try { animation.finish(); } catch { animation.pause(); }
  }
  await frame();
}"""


@dataclass(frozen=True)
class Chromium:
    """How Chromium is started (an `audit.sight.Opener`)."""

    executable: Path

    @classmethod
    def found(cls) -> Chromium:
        """The browser of this machine; raises BrowserMissingError."""
        return cls(find_chromium())

    @contextmanager
    def __call__(self, setup: str = "", origin: str | None = None) -> Iterator[Session]:
        with sync_playwright() as playwright:
            session = Session(self._launch(playwright, origin), setup)
            try:
                yield session
            finally:
                session.close()

    def _launch(self, playwright: Playwright, origin: str | None) -> Browser:
        arguments = [*_QUIET, f"--disable-features={','.join(_UNUSED)}"]
        if origin is not None:
            # Nothing but the audited server has an address: a request elsewhere fails at once, and,
            # unlike with Playwright's routes, the browser's cache keeps working.
            server = urlsplit(origin).netloc
            arguments.append(f"--host-resolver-rules=MAP {server} {server}, MAP * ~NOTFOUND")
        is_root = sys.platform != "win32" and os.geteuid() == 0
        try:
            return playwright.chromium.launch(
                executable_path=self.executable,
                args=arguments,
                # Chromium refuses its sandbox to root; everybody else keeps it.
                chromium_sandbox=not is_root,
            )
        except Error as error:
            raise BrowserGoneError(_first_line(error)) from None


class Session:
    """A running Chromium (an `audit.sight.Browser`)."""

    def __init__(self, browser: Browser, setup: str) -> None:
        self._browser = browser
        self._setup = setup
        self._context: BrowserContext | None = None
        self._tab: _Tab | None = None
        self._stage: _Stage | None = None
        self._pages = 0

    def look(self, visit: Visit) -> Seen:
        """The page in each view; raises UnseenError, or BrowserGoneError when Chromium died."""
        try:
            if visit.swap is not None:
                return self._ready_stage().look(visit, visit.swap)
            return self._ready_tab().look(visit)
        except PlaywrightTimeout:
            self._forget()
            raise UnseenError(_gave_up(visit)) from None
        except Error as error:
            self._forget()
            if not self._browser.is_connected() or "crash" in error.message.lower():
                raise BrowserGoneError(_first_line(error)) from None
            raise UnseenError(_unreachable(error)) from None
        except UnseenError:
            self._forget()
            raise

    def aria_snapshot(self, url: str, view: View) -> str:
        """What a screen reader meets on the page, as Playwright writes an accessibility tree."""
        return self._ready_tab().aria_snapshot(url, view)

    def close(self) -> None:
        self._forget()
        with suppress(Error):
            self._browser.close()

    def _ready_tab(self) -> _Tab:
        """One tab serves many pages: a new one costs more than a page; after a fault it is gone."""
        context = self._ready_context(PAGES_PER_CONTEXT)
        if self._tab is None:
            self._tab = _Tab(context.new_page())
        return self._tab

    def _ready_stage(self) -> _Stage:
        context = self._ready_context(ARTICLES_PER_CONTEXT)
        if self._stage is None:
            self._stage = _Stage(context.new_page())
        return self._stage

    def _ready_context(self, most: int) -> BrowserContext:
        if self._pages >= most:
            self._forget()
        if self._context is None:
            self._context = self._browser.new_context(
                service_workers="block", accept_downloads=False, reduced_motion="reduce"
            )
            if self._setup:
                self._context.add_init_script(self._setup)
        self._pages += 1
        return self._context

    def _forget(self) -> None:
        context, self._context, self._tab, self._stage = self._context, None, None, None
        self._pages = 0
        if context is not None:
            with suppress(Error):
                context.close()


class _Ears:
    """A tab, and what the page in it asks for, what it throws, and where it wants to go."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._requests: list[str] = []
        self._exceptions: list[str] = []
        self._begun = False
        self._left_for: str | None = None
        self._source: str | None = None
        page.on("request", self._note_request)
        page.on("pageerror", lambda error: self._exceptions.append(_first_line(error)))
        page.on("websocket", lambda socket: self._requests.append(socket.url))
        page.on("popup", lambda popup: popup.close())
        self._session = page.context.new_cdp_session(page)
        self._stay()

    def _sight(self, view: View, answer: str) -> Sight:
        """What was seen, with what happened since the last time."""
        sight = Sight(view, _whole(answer), tuple(self._requests), tuple(self._exceptions))
        self._requests.clear()
        self._exceptions.clear()
        return sight

    def _arrive(self, visit: Visit) -> None:
        patience = visit.patience.load * 1000
        response = self._page.goto(visit.url, timeout=patience, wait_until="commit")
        if response is None:
            raise UnseenError(Text("ページがありません。", "There is no page."))
        if response.status >= 400:
            raise UnseenError(
                Text(
                    f"サーバーが「{response.status}」と答え、ページがありません。"
                    "アドレスを確かめてください。",
                    f"The server answered {response.status}: there is no page. Check the address.",
                )
            )
        self._must_be_a_document(response)
        if not self._page.evaluate(_LOADED, patience):
            raise UnseenError(_gave_up(visit))
        with suppress(Error):
            self._source = response.text()

    def _must_be_a_document(self, response: Response) -> None:
        kind = (response.headers.get("content-type") or "").partition(";")[0].strip().lower()
        if kind not in _DOCUMENT_TYPES:
            raise UnseenError(
                Text(
                    f"HTMLのページではありません（{kind or '種類の記載なし'}）。"
                    "HTMLのページのアドレスを指定してください。",
                    f"This is no HTML page ({kind or 'of no stated type'}). Give the address of "
                    "an HTML page.",
                )
            )

    def _note_request(self, request: Request) -> None:
        self._requests.append(request.url)

    def _stay(self) -> None:
        """Keep the page from sending itself elsewhere, so that it can be judged; note where to.

        Only requests for documents are held up: Playwright's own routes would hold up all of them
        and switch the browser's cache off.
        """
        session = self._session
        main = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]

        def decide(event: dict[str, Any]) -> None:
            is_own = event["frameId"] == main and "redirectedRequestId" not in event
            with suppress(Error):
                if is_own and self._begun:
                    self._left_for = self._left_for or event["request"]["url"]
                    session.send(
                        "Fetch.failRequest",
                        {"requestId": event["requestId"], "errorReason": "Aborted"},
                    )
                else:
                    self._begun = self._begun or is_own
                    session.send("Fetch.continueRequest", {"requestId": event["requestId"]})

        session.on("Fetch.requestPaused", decide)
        session.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})


class _Tab(_Ears):
    """A tab for whole pages, each loaded once and shown in all its views."""

    def look(self, visit: Visit) -> Seen:
        page, sights = self._page, list[Sight]()
        self._begun, self._left_for, self._source = False, None, None
        for view in visit.views:
            _show(page, view)
            if not sights:
                self._arrive(visit)
            page.evaluate(_DRESS, [list(pair) for pair in view.dress])
            page.evaluate(_SETTLE)
            sights.append(self._sight(view, page.evaluate(visit.question, visit.argument)))
        url, left_for = page.url, self._left_for
        pictures = tuple(portray(page, portrait) for portrait in visit.portraits)
        probed = self._probe(visit) if visit.probes else {}
        self._clear()
        return Seen(url, tuple(sights), left_for, self._source, probed, pictures)

    def _probe(self, visit: Visit) -> dict[str, Any]:
        """What driving the page tells, in its first view. A probe that fails has found nothing."""
        view = visit.views[driven_view(visit.views)]
        _show(self._page, view)
        self._page.evaluate(_DRESS, [list(pair) for pair in view.dress])
        found: dict[str, Any] = {}
        wanted = [PROBES[name] for name in visit.probes]
        for probe in sorted(wanted, key=lambda p: (p.needs_fresh_page, p.leaves_changed)):
            with suppress(Error):
                if probe.reason and not self._page.evaluate(probe.reason):
                    found[probe.name] = {}
                    continue
                if probe.needs_fresh_page:
                    self._load_anew(visit)
                found[probe.name] = probe.run(self._page)
        return found

    def _load_anew(self, visit: Visit) -> None:
        self._begun = False
        self._page.goto(visit.url, timeout=visit.patience.load * 1000, wait_until="commit")
        self._page.evaluate(_LOADED, visit.patience.load * 1000)
        self._page.evaluate(_SETTLE)
        # Numbers its elements as the first snapshot did.
        self._page.evaluate(
            "() => { window.__machikado.dropUnreadReadings(); window.__machikado.snapshot(); }"
        )

    def aria_snapshot(self, url: str, view: View) -> str:
        self._begun = False
        _show(self._page, view)
        self._page.goto(url)
        self._page.evaluate(_SETTLE)
        self._page.evaluate(_WITHOUT_FURIGANA)
        snapshot = self._page.locator("body").aria_snapshot()
        self._clear()
        return snapshot

    def _clear(self) -> None:
        """Leave the page, so that nothing it still does is taken for the next one's doing."""
        self._begun = False
        self._page.goto("about:blank")
        self._requests.clear()
        self._exceptions.clear()


class _Stage(_Ears):
    """A tab for articles: a page with their styles stays open, and one after the other is put into it.

    No script of the page runs and nothing is drawn, so nothing has to be waited for but fonts and
    pictures. All that is done to the page in one view crosses to it at once.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._open: str | None = None
        self._shown: View | None = None
        self._asked: dict[str, str] = {}

    def look(self, visit: Visit, swap: Swap) -> Seen:
        if self._open != visit.url:
            self._open = None
            self._begun = False
            self._arrive(visit)
            self._open = visit.url
        self._left_for, sights = None, list[Sight]()
        self._requests.clear()
        self._exceptions.clear()
        put: Mapping[str, Any] | None = {
            "url": swap.url, "title": swap.title, "html": dict(swap.html), "body": dict(swap.body), "main": swap.main
        }  # fmt: skip
        foretold: str | None = None
        for view, following in zip_longest(visit.views, visit.views[1:]):
            if foretold is not None:
                sights.append(self._sight(view, foretold))
                foretold = None
                continue
            self._show(view)
            given = {
                "put": put,
                "dress": [list(pair) for pair in view.dress],
                "width": VIEWPORTS[view.viewport][0],
                "argument": visit.argument,
                "next": following.theme
                if following == replace(view, theme=_OTHER_SCHEME.get(view.theme, ""))
                else None,
            }
            told = self._page.evaluate(self._whole_question(visit), given)
            sights.append(self._sight(view, told["answer"]))
            foretold, put = told["foretold"], None
        return Seen(swap.url, tuple(sights), self._left_for)

    def _whole_question(self, visit: Visit) -> str:
        if visit.question not in self._asked:
            self._asked = {visit.question: _ON_STAGE.replace("QUESTION", visit.question)}
        return self._asked[visit.question]

    def _show(self, view: View) -> None:
        """As `_show` below, without what only a page that is drawn needs: that costs more than a look."""
        before, self._shown = self._shown, view
        if before is None or before.viewport != view.viewport:
            width, height = VIEWPORTS[view.viewport]
            size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            self._session.send("Emulation.setDeviceMetricsOverride", size)
        if before is None or (before.theme, before.forced_colors) != (
            view.theme,
            view.forced_colors,
        ):
            features = {
                "prefers-color-scheme": "dark" if view.theme == "dark" else "light",
                "forced-colors": "active" if view.forced_colors else "none",
                "prefers-reduced-motion": "reduce",
            }
            named = [{"name": name, "value": value} for name, value in features.items()]
            self._session.send("Emulation.setEmulatedMedia", {"features": named})


def _whole(answer: str) -> str:
    """JSON text without halves of characters."""
    return _HALF.sub(r"\1\\ufffd", answer) if r"\ud" in answer else answer


def _show(page: Page, view: View) -> None:
    width, height = VIEWPORTS[view.viewport]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(
        color_scheme="dark" if view.theme == "dark" else "light",
        forced_colors="active" if view.forced_colors else "none",
        reduced_motion="reduce",
    )


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]


def _gave_up(visit: Visit) -> Text:
    seconds = f"{visit.patience.load:g}"
    return Text(
        f"{seconds}秒待っても読み込みが終わらず、検査できませんでした。"
        "ページやサーバーの動きを確かめてください。",
        f"It did not finish loading within {seconds} seconds and was not audited. Check the page "
        "and its server.",
    )


def _unreachable(error: Error) -> Text:
    reason = _first_line(error).removeprefix("Page.goto: ")
    known = next((text for code, text in _REASONS.items() if code in reason), None)
    ja, en = (known.ja, known.en) if known else (reason, reason)
    return Text(
        f"ページを開けず、検査できませんでした（{ja}）。アドレスとページの中身を確かめてください。",
        f"It could not be opened and was not audited ({en}). Check its address and what is in it.",
    )
