"""What is cut off when the page is enlarged or its text spaced out.

Its answer lists text that a part with `overflow: hidden` cuts off, each by the number of that part
(`index`) and of the text's own element (`text`), and along which `axis`: at the window's own size
(`plain`), at 200 % of a window of 1280 by 1024 pixels (`enlarged`; ACT rule 59br37), and with the
spacing of WCAG 2.2, 1.4.12 (`spaced`). And elements with text, by `index`, whose letters stay nearly as
they are at 200 %, since their size follows that of the window (`unmoved`; F94), with their `size` in
pixels before and after.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_CUT_OFF = """() => {
  const pass = new Set(["visible", "auto", "scroll"]);
  const found = [];
  const clips = (element, axis) => !pass.has(getComputedStyle(element)[axis]);
  const parts = [...document.querySelectorAll("body *")].slice(0, 8000).filter((element) =>
    (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1) &&
    (clips(element, "overflowX") || clips(element, "overflowY")));
  const end = performance.now() + 300;
  for (const part of parts) {
    if (found.length > 40 || performance.now() > end) break;
    const style = getComputedStyle(part);
    const { left, top } = part.getBoundingClientRect();
    const box = {
      left: left + part.clientLeft, top: top + part.clientTop,
      right: left + part.clientLeft + part.clientWidth, bottom: top + part.clientTop + part.clientHeight,
    };
    // Hidden from eyes on purpose, or folded away.
    if (part.clientWidth <= 2 || part.clientHeight <= 2 || !part.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }))
      continue;
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0 || /input|textarea|select|svg|canvas|video|marquee/i.test(part.localName)) continue;
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    let texts = 0, isAnyIn = false;
    for (let node = walker.nextNode(); node && texts < 200; node = walker.nextNode()) {
      if (!node.data.trim()) continue;
      texts += 1;
      const owner = node.parentElement;
      if (!owner || owner.closest("[aria-hidden=true], script, style, noscript, rt, rp, option")) continue;
      let inner = owner, isApart = false;
      for (; inner && inner !== part; inner = inner.parentElement) {
        const { position, overflowX, overflowY, visibility, animationName } = getComputedStyle(inner);
        if (position === "fixed" || overflowX !== "visible" || overflowY !== "visible" || visibility === "hidden" ||
          animationName !== "none") isApart = true;
        if (inner.getBoundingClientRect().width <= 2) isApart = true;
      }
      if (isApart || getComputedStyle(owner).visibility === "hidden" || parseFloat(getComputedStyle(owner).fontSize) < 2) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      const isIn = (line) => line.right > box.left && line.left < box.right && line.bottom > box.top && line.top < box.bottom;
      isAnyIn ||= lines.some(isIn);
      if (!lines.length || !isAnyIn) continue;
      const down = clips(part, "overflowY") && lines.some((line) =>
        line.right > box.left && line.left < box.right && (line.bottom - box.bottom > 0.3 * line.height || isIn(line) && box.top - line.top > 0.4 * line.height));
      const across = clips(part, "overflowX") && lines.some((line) =>
        isIn(line) && (line.right - box.right > 4 && style.direction === "ltr"));
      if (down || across) {
        const scope = part.parentElement?.closest("a,button") ?? part.closest("a,button") ??
          part.querySelector("a[href],button") ??
          [...(part.parentElement?.querySelectorAll("a[href],button,summary") ?? [])].find((more) =>
            part.compareDocumentPosition(more) & Node.DOCUMENT_POSITION_FOLLOWING &&
            (part.nextElementSibling === more || part.nextElementSibling?.contains(more)));
        found.push({
          index: window.__machikado.indexOf(part), text: window.__machikado.indexOf(owner),
          axis: down ? "down" : "across", more: !!scope, ellipsis: style.textOverflow === "ellipsis",
        });
        break;
      }
    }
  }
  return found;
}"""

_SIZES = """() => window.__machikado.known.slice(0, 12000).map((node) => {
  if (node.nodeType !== 1 || node.ownerDocument !== document || !/^(p|li|td|th|dd|dt|h[1-6]|a|span|div|label|button|small)$/.test(node.localName)) return 0;
  if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim().length > 3)) return 0;
  return node.getClientRects().length ? parseFloat(getComputedStyle(node).fontSize) : 0;
})"""

_SPACING = """
*:not(svg *):not(rt):not(rp) {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }
"""
"""WCAG 2.2, 1.4.12: line height 1.5, letters 0.12, words 0.16, paragraphs 2 times the font size."""

_GROWS_LITTLE = 0.6
"""At 200 % letters are twice as large; shown at half the size before, they stay as they were."""

_SETTLE = (
    "() => new Promise((done) => { requestAnimationFrame(() => done()); setTimeout(done, 200); })"
)


def _run(page: Page) -> dict[str, Any]:
    sizes = page.evaluate(_SIZES)
    size = page.viewport_size or {"width": 1280, "height": 800}
    found: dict[str, Any] = {"plain": page.evaluate(_CUT_OFF)}
    try:
        style = page.add_style_tag(content=_SPACING)
        found["spaced"] = page.evaluate(_CUT_OFF)
        style.evaluate("(style) => style.remove()")
        page.set_viewport_size({"width": 640, "height": 512})
        page.evaluate(_SETTLE)
        found["enlarged"] = page.evaluate(_CUT_OFF)
        found["unmoved"] = [
            {"index": index, "size": [before, after]}
            for index, (before, after) in enumerate(zip(sizes, page.evaluate(_SIZES), strict=True))
            if before and after and after <= before * _GROWS_LITTLE
        ][:20]
    finally:
        page.set_viewport_size(size)
        page.evaluate(_SETTLE)
    return found


PROBE = Probe("zoom", _run, needs_fresh_page=False)
