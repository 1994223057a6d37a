"""What is at the other end of links that must be compared or that a sentence speaks of."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import Any

from playwright.sync_api import Error, Page

from machikado.browser.probes.probe import Probe

MOST_PAGES = 12
PATIENCE = 2.5
"""Seconds for all of them; what was not reached by then is not known."""
PATIENCE_EACH = 1.5

# Links with one name and several addresses, in the document and its frames, and links in a sentence
# that speaks of shapes and places. Following the others would tell nothing and cost time; other
# servers are left alone. A tab that was sent where nothing answers cannot be closed any more
# (Playwright with blocked service workers), so that it is asked first whether there is a page.
_WANTED = r"""async (most) => {
  const STEADY = /(log|sign)-?(out|off)|delete|remove|unsubscribe|cancel/i;
  const VISUAL = /\b(triang|round|circ|square|star|diamond|arrow|left|right|colou?r|red|green|blue|yellow|orange|black|white)/i;
  const MOVES = /location(?:\.href)?\s*=\s*['"]([^'"]+)['"]|(?:assign|replace|open)\(\s*['"]([^'"]+)['"]/;
  const groups = new Map(), spoken = new Set(), read = new WeakMap();
  let seen = 0;
  const visit = (root) => {
    for (const link of root.querySelectorAll("a[href], area[href], svg a, [role~=link]")) {
      if (++seen > 20000) return;
      let to = link.href?.baseVal ?? link.href ?? "";
      if (!to) {
        const [, set, called] = MOVES.exec(link.getAttribute("onclick") ?? "") ?? [];
        to = set ?? called ?? "";
      }
      try { to = new URL(to, root.baseURI); } catch { continue; }
      if (to.origin !== location.origin || STEADY.test(to.href)) continue;
      to.hash = "";
      if (to.href === location.href.split("#")[0]) continue;
      const pictured = link.querySelector("img[alt]:not([alt=''])")?.alt;
      const name = (link.getAttribute("aria-label") || link.textContent.trim() || pictured || link.title || "")
        .replace(/\s+/g, " ").trim().toLowerCase();
      if (name) {
        if (!groups.has(name)) groups.set(name, new Set());
        groups.get(name).add(to.href);
      }
      const sentence = spoken.size < 4 ? link.closest("p, li") : null;
      if (sentence && !read.has(sentence)) {
        const said = sentence.textContent;
        read.set(sentence, said.length < 300 && VISUAL.test(said));
      }
      if (sentence && read.get(sentence)) spoken.add(to.href);
    }
    for (const frame of root.querySelectorAll("iframe")) {
      try { if (frame.contentDocument) visit(frame.contentDocument); } catch { /* not ours to read */ }
    }
  };
  visit(document);
  const wanted = new Set(spoken);
  for (const addresses of groups.values()) {
    if (addresses.size > 1) for (const address of addresses) wanted.add(address);
  }
  const asked = [...wanted].slice(0, most).map(async (address) => {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(1500) });
      const isPage = answer.ok && /html/.test(answer.headers.get("content-type") ?? "");
      await answer.body?.cancel();
      return isPage ? address : null;
    } catch { return null; }
  });
  return (await Promise.all(asked)).filter(Boolean);
}"""

_WHAT_IS_THERE = r"""() => {
  const main = document.querySelector("main, [role=main]");
  let text = main?.innerText;
  if (!main) {
    const dull = document.querySelectorAll("nav, header, footer, script, style");
    for (const part of dull) part.remove();
    text = document.body?.innerText;
  }
  const names = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, nav, [aria-label], img[alt]")]
    .slice(0, 200)
    .map((e) => e.getAttribute("aria-label") || e.getAttribute("alt") || (/^h/i.test(e.localName) ? e.textContent : ""));
  return {
    url: location.href,
    title: document.title,
    text: (text ?? "").replace(/\s+/g, " ").trim().slice(0, 20000),
    names: names.map((name) => name.trim()).filter(Boolean),
  };
}"""

# A page that sends its reader on at once is not where the link leads.
_LEAVES_AT_ONCE = r"""() => /^\s*0\s*[;,]/.test(
  document.querySelector("meta[http-equiv=refresh i]")?.content ?? "")"""


def _run(page: Page) -> dict[str, Any]:
    """By address without fragment: `url` it led to, `title`, `text` and `names` of what is there."""
    wanted: list[str] = page.evaluate(_WANTED, MOST_PAGES)
    if not wanted:
        return {}
    found: dict[str, Any] = {}
    until = monotonic() + PATIENCE
    tab = page.context.new_page()
    try:
        for address in wanted:
            patience = min(until - monotonic(), PATIENCE_EACH) * 1000
            if patience <= 0:
                break
            with suppress(Error):
                answer = tab.goto(address, timeout=patience, wait_until="load")
                if answer is not None and answer.status < 400:
                    found[address] = _what_is_there(tab, address, patience)
    finally:
        with suppress(Error):
            tab.close()
    return found


def _what_is_there(tab: Page, address: str, patience: float) -> Any:  # noqa: ANN401 - JSON
    """What the page says, once it has sent its reader on if it does so at once; raises Error."""
    try:
        if tab.evaluate(_LEAVES_AT_ONCE):
            tab.wait_for_function("(of) => location.href !== of", arg=address, timeout=patience)
        return tab.evaluate(_WHAT_IS_THERE)
    except Error:  # it left while it was looked at
        tab.wait_for_load_state("load", timeout=patience)
        return tab.evaluate(_WHAT_IS_THERE)


PROBE = Probe(name="linked-pages", run=_run, needs_fresh_page=False)
