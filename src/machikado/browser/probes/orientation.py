"""What a page's style sheets turn when the device is held the other way."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

# Only rules that ask for the orientation are read: what else turns elements turns them always.
_READ = """() => {
  const found = [];
  const inside = (rules, media) => {
    for (const rule of rules) {
      if (found.length > 200) return;
      if (rule instanceof CSSMediaRule) {
        inside(rule.cssRules, /orientation\\s*:\\s*(portrait|landscape)/i.test(rule.media.mediaText) ? rule.media.mediaText : media);
      } else if (rule instanceof CSSStyleRule) {
        if (media && (rule.style.transform || rule.style.rotate)) {
          let nodes = [];
          try { nodes = [...document.querySelectorAll(rule.selectorText)]; } catch { nodes = []; }
          found.push({
            media, transform: rule.style.transform, rotate: rule.style.rotate,
            nodes: nodes.slice(0, 5).map((node) => window.__machikado.indexOf(node)),
          });
        }
      } else if (rule.cssRules && !rule.style) inside(rule.cssRules, media);
    }
  };
  for (const sheet of document.styleSheets) {
    try {
      const text = sheet.media?.mediaText ?? "";
      inside(sheet.cssRules, /orientation/i.test(text) ? text : "");
    } catch { /* of another origin */ }
  }
  return found;
}"""


def _run(page: Page) -> list[Any]:
    """Per rule: its media query, transform, rotate, and the numbers of elements it styles."""
    found: list[Any] = page.evaluate(_READ)
    return found


PROBE = Probe("orientation", _run, needs_fresh_page=False)
