"""Contrast where only a picture tells: text over images and gradients, words in empty fields.

Its answer: texts, each with the number of its element, the `contrast` of its colour with what lies
behind its letters at the worst, typical and best of its pixels (`low`, `middle`, `high`; WCAG 2.2,
contrast ratio), its size in pixels and weight; placeholders, each with its number and its colours.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Error, Page

from machikado.audit.contrast import colour_of, contrast
from machikado.browser.probes.probe import Probe

_TEXTS = 12
"""So many texts are photographed; each costs two small pictures."""
_LETTER = 60
"""A pixel belongs to a letter when it differs by so much, of 765, once the text is gone."""

_FIND = """(most) => {
  const known = window.__machikado.known, texts = [], placeholders = [];
  const paints = (element) => {
    for (let node = element, text = element; node; node = node.parentElement) {
      const style = getComputedStyle(node);
      if (style.backgroundImage !== "none" && style.backgroundClip !== "text") return true;
      if (/^rgb\\(/.test(style.backgroundColor)) return false;
      if (/absolute|fixed/.test(style.position) || text !== node && getComputedStyle(node).position === "relative") {
        const near = node.parentElement?.querySelector(":scope > img, :scope > video, :scope > picture, :scope > canvas");
        if (near && !near.contains(element)) {
          const box = element.getBoundingClientRect(), back = near.getBoundingClientRect();
          if (back.left <= box.left + 1 && back.top <= box.top + 1 && back.right >= box.right - 1 && back.bottom >= box.bottom - 1)
            return true;
        }
      }
    }
    return false;
  };
  const end = performance.now() + 200;
  const owners = new Set();
  for (const [index, node] of known.entries()) {
    if (performance.now() > end || texts.length >= most) break;
    if (node.nodeType === 1 && node.ownerDocument === document && /^(input|textarea)$/.test(node.localName) && node.placeholder &&
      !node.disabled && !node.value && node.checkVisibility?.({ visibilityProperty: true, opacityProperty: true })) {
      const style = getComputedStyle(node, "::placeholder");
      let back = node, colour = "rgb(255, 255, 255)";
      for (; back; back = back.parentElement) {
        const { backgroundColor, backgroundImage } = getComputedStyle(back);
        if (back !== node && backgroundImage !== "none") { colour = null; break; }
        if (/^rgb\\(/.test(backgroundColor)) { colour = backgroundColor; break; }
        if (!/, 0\\)$/.test(backgroundColor)) { colour = null; break; }
      }
      if (colour && placeholders.length < 20)
        placeholders.push({ index, colour: style.color, opacity: parseFloat(style.opacity), background: colour, size: parseFloat(style.fontSize) });
    }
    if (node.nodeType !== 3 || node.ownerDocument !== document || !/[\\p{L}\\p{N}]/u.test(node.data)) continue;
    const owner = node.parentElement;
    if (!owner || owners.has(owner) || /script|style|noscript|option|title/.test(owner.localName)) continue;
    owners.add(owner);
    if (!owner.checkVisibility?.({ visibilityProperty: true, opacityProperty: true })) continue;
    if (owner.closest("[aria-hidden=true],[aria-disabled=true],:disabled,fieldset:disabled,svg") || !paints(owner)) continue;
    const label = owner.closest("label");
    if (label?.control?.disabled) continue;
    const box = owner.getBoundingClientRect(), style = getComputedStyle(owner);
    if (box.width < 4 || box.height < 4 || box.bottom + scrollY <= 0 || box.right <= 0) continue;
    texts.push({
      index: known.indexOf(owner), size: parseFloat(style.fontSize), weight: parseFloat(style.fontWeight),
      colour: style.color, shadow: style.textShadow !== "none" || parseFloat(style.webkitTextStrokeWidth) > 0,
    });
  }
  return { texts, placeholders };
}"""

_SHOW = """(index) => {
  const element = window.__machikado.element(index);
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const left = Math.max(0, x), top = Math.max(0, y);
  return { x: left, y: top, width: Math.min(x + width, innerWidth, left + 600) - left,
    height: Math.min(y + height, innerHeight, top + 200) - top };
}"""
_BARE = """(index) => {
  const { style } = window.__machikado.element(index);
  style.setProperty("color", "transparent", "important");
  style.setProperty("-webkit-text-fill-color", "transparent", "important");
  style.setProperty("text-shadow", "none", "important");
  style.setProperty("text-decoration-color", "transparent", "important");
  style.setProperty("transition", "none", "important");
}"""
_DRESS = """([index, written]) => {
  const element = window.__machikado.element(index);
  written === null ? element.removeAttribute("style") : element.setAttribute("style", written);
}"""


def _run(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_FIND, _TEXTS)
    measured = []
    for text in found["texts"]:
        try:
            contrast = _contrast_of(page, text)
        except Error:
            continue
        if contrast:
            measured.append({**text, **contrast})
    if found["texts"]:
        page.evaluate("() => scrollTo(0, 0)")
    return {**found, "texts": measured}


def _contrast_of(page: Page, text: dict[str, Any]) -> dict[str, float] | None:
    index = text["index"]
    clip = page.evaluate(_SHOW, index)
    if clip["width"] < 2 or clip["height"] < 2:
        return None
    written = page.evaluate(
        "(index) => window.__machikado.element(index).getAttribute('style')", index
    )
    with_text = _picture(page.screenshot(clip=clip, timeout=3000))
    page.evaluate(_BARE, index)
    try:
        without = _picture(page.screenshot(clip=clip, timeout=3000))
    finally:
        page.evaluate(_DRESS, [index, written])
    colour = colour_of(text["colour"])
    if colour is None or with_text.size != without.size:
        return None
    difference = ImageChops.difference(with_text, without)
    ratios = sorted(
        contrast(colour, (*behind, 1.0))
        for behind, changed in zip(_pixels(without), _pixels(difference), strict=True)
        if sum(changed) >= _LETTER
    )
    if len(ratios) < 20:
        # Letters that cannot be told from what is behind them leave no trace: look at all of it.
        ratios = sorted(contrast(colour, (*behind, 1.0)) for behind in _pixels(without))
    return {
        name: round(ratios[int(share * (len(ratios) - 1))], 2)
        for name, share in (("low", 0.05), ("middle", 0.5), ("high", 0.95))
    }


def _picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def _pixels(picture: Image.Image) -> list[tuple[int, int, int]]:
    data = picture.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


PROBE = Probe("pixels", _run, needs_fresh_page=False)
