"""What a page does by itself as time goes by, and when the device that shows it is moved.

Its answer: changing, the elements whose text changed twice or more within seconds, each with whether
any control of the page `stopped` it; moving, the elements with an animation that goes on for more than
five seconds, with the `properties` that it changes; motion, None where moving the device does nothing,
else whether a control switches that off (`disabled`) and whether one does the same (`control`).
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_REASON = """() => {
  const { timers, typesOf } = window.__machikado;
  if (timers.repeated || timers.chained) return true;
  if (typesOf(window).some((type) => /^device(motion|orientation)/.test(type))) return true;
  if (document.getAnimations?.().some(({ effect }) => effect?.getComputedTiming?.().endTime >= 5000)) return true;
  const hasEndless = (rules) => [...rules].some((rule) =>
    /infinite/.test(rule.style?.animation ?? "") || /infinite/.test(rule.style?.animationIterationCount ?? "") ||
    (rule.cssRules && hasEndless(rule.cssRules)));
  return [...document.styleSheets].some((sheet) => { try { return hasEndless(sheet.cssRules); } catch { return false; } });
}"""


def _run(page: Page) -> dict[str, Any]:
    # What only readers see who do not mind motion is judged too.
    page.emulate_media(reduced_motion="no-preference")
    try:
        found: dict[str, Any] = page.evaluate(
            (files(__package__) / "time.js").read_text(encoding="utf-8")
        )
    finally:
        page.emulate_media(reduced_motion="reduce")
    return found


PROBE = Probe("time", _run, reason=_REASON)
