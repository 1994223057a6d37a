"""What of a page without headings and main landmark can be folded away by its own controls.

Its answer: hidden, the numbers of what is gone, for everybody, once they were pressed.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_REASON = """() => !document.querySelector("main,[role=main]") &&
  [...document.querySelectorAll("a[href^='#'],button,[role=button],input[type=button],input[type=checkbox]")].some((control) =>
    window.__machikado.typesOf(control).includes("click"))"""
_PRESS_ALL = """() => {
  const { known, typesOf } = window.__machikado;
  const isShown = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
  const shown = known.filter((node) => node.nodeType === 1 && isShown(node));
  const controls = [...document.querySelectorAll("a[href^='#'],button,[role=button],input[type=button],input[type=checkbox]")]
    .filter((control) => isShown(control) && typesOf(control).includes("click")).slice(0, 6);
  for (const control of controls) { try { control.click(); } catch { /* its own affair */ } }
  const numbers = new Map(known.map((node, index) => [node, index]));
  return { hidden: shown.filter((node) => !isShown(node)).map((node) => numbers.get(node)).slice(0, 500) };
}"""


def _run(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_PRESS_ALL)
    return found


PROBE = Probe("bypass", _run, reason=_REASON)
