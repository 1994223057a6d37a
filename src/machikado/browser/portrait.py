"""A photograph of one element of the page that is shown, with a frame around it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from playwright.sync_api import Error, FloatRect, Page

from machikado.audit.sight import Portrait

WIDEST, HIGHEST = 600, 300
"""No picture is larger, in pixels."""
_NARROWEST, _LOWEST = 320, 120
"""A small element is shown with so much around it, where the page has as much."""
_MARGIN = 24
_PATIENCE = 5_000

_FRAME = """([selector, name]) => {
  // Selectors count elements as the audit met them: without the readings that nobody sees.
  const unread = [...document.querySelectorAll("ruby")].filter(
    (ruby) => ![...ruby.querySelectorAll("rt")].some((reading) => reading.getClientRects().length),
  );
  for (const ruby of unread) {
    for (const reading of ruby.querySelectorAll("rt, rp")) reading.remove();
    ruby.replaceWith(...ruby.childNodes);
  }
  const same = (element) => element.localName === name;
  let found = [...document.querySelectorAll(selector)].filter(same);
  // What is the only one of an article may have a double in the parts around it.
  if (found.length > 1) found = found.filter((element) => element.closest("main"));
  if (found.length !== 1 || /^(html|head|body)$/.test(name)) return null;
  const [element] = found;
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return null;
  const { width: breadth, height: depth } = element.getBoundingClientRect();
  element.scrollIntoView({
    block: depth > innerHeight ? "start" : "center",
    inline: breadth > innerWidth ? "start" : "nearest",
    behavior: "instant",
  });
  const { x, y, width, height, right, bottom } = element.getBoundingClientRect();
  const isOnScreen = right > 0 && bottom > 0 && x < innerWidth && y < innerHeight;
  if (!isOnScreen || width < 2 || height < 2) return null;
  const frame = document.createElement("div");
  frame.id = "machikado-portrait-frame";
  // Set one by one: a page may forbid styles that are written as an attribute.
  const look = {
    all: "initial", position: "fixed", left: `${x}px`, top: `${y}px`, width: `${width}px`,
    height: `${height}px`, outline: "3px solid #c8102e", "outline-offset": "2px",
    // White beside the red shows on a dark ground.
    "box-shadow": "0 0 0 2px #fff", "z-index": "2147483647", "pointer-events": "none",
    "forced-color-adjust": "none",
  };
  for (const [property, value] of Object.entries(look)) {
    frame.style.setProperty(property, value, "important");
  }
  document.documentElement.append(frame);
  const { clientWidth, clientHeight } = document.documentElement;
  return { x, y, width, height, pageWidth: clientWidth, pageHeight: Math.min(clientHeight, innerHeight) };
}"""
_UNFRAME = '() => document.getElementById("machikado-portrait-frame")?.remove()'


def portray(page: Page, portrait: Portrait) -> bytes | None:
    """A PNG of the element and what is around it; None where it cannot be seen or told apart."""
    with suppress(Error):
        box = page.evaluate(_FRAME, [portrait.selector, portrait.element])
        if box is None:
            return None
        try:
            return page.screenshot(clip=clip(box), caret="initial", timeout=_PATIENCE)
        finally:
            page.evaluate(_UNFRAME)
    return None


def clip(box: Mapping[str, float]) -> FloatRect:
    """The part of the screen to photograph: around the element, or its beginning if it is large."""
    x, width = _span(box["x"], box["width"], box["pageWidth"], _NARROWEST, WIDEST)
    y, height = _span(box["y"], box["height"], box["pageHeight"], _LOWEST, HIGHEST)
    return {"x": x, "y": y, "width": width, "height": height}


def _span(
    start: float, length: float, room: float, least: float, most: float
) -> tuple[float, float]:
    wanted = length + 2 * _MARGIN
    size = min(max(wanted, least), most, room)
    middle = start + length / 2 - size / 2
    place = start - _MARGIN if wanted > size else middle
    return max(0.0, min(place, room - size)), size
