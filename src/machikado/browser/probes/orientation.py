"""What a page's style sheets turn when the device is held the other way."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

# What turns elements always is read only as far as a rule for one orientation takes it back.
_READ = """() => {
  const found = [];
  const inside = (rules, media, isConditional = false) => {
    for (const rule of rules) {
      if (found.length > 200) return;
      if (rule instanceof CSSMediaRule) {
        const asks = /orientation\\s*:\\s*(portrait|landscape)/i.test(rule.media.mediaText);
        inside(rule.cssRules, asks ? rule.media.mediaText : media, true);
      } else if (rule instanceof CSSStyleRule) {
        if ((media || !isConditional) && (rule.style.transform || rule.style.rotate)) {
          let nodes = [];
          try { nodes = [...document.querySelectorAll(rule.selectorText)]; } catch { nodes = []; }
          found.push({
            media, transform: rule.style.transform, rotate: rule.style.rotate,
            nodes: nodes.slice(0, 5).map((node) => window.__machikado.indexOf(node)),
          });
        }
      } else if (rule.cssRules && !rule.style) inside(rule.cssRules, media, true);
    }
  };
  for (const sheet of document.styleSheets) {
    try {
      const text = sheet.media?.mediaText ?? "";
      inside(sheet.cssRules, /orientation/i.test(text) ? text : "");
    } catch { /* of another origin */ }
  }
  return found.some(({ media }) => media) ? found : [];
}"""


def _run(page: Page) -> list[Any]:
    """Per rule: its media query ("" without one), transform, rotate, and the numbers of elements it styles."""
    found: list[Any] = page.evaluate(_READ)
    return found


PROBE = Probe("orientation", _run, needs_fresh_page=False)
