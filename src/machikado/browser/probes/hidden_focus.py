"""Which elements behind a dialog keep the focus though they are hidden (`aria-hidden`)."""

from __future__ import annotations

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_TRY = """async (most) => {
  const kept = [];
  const before = document.activeElement;
  const focusable = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const hidden = [...document.querySelectorAll(
    focusable.split(", ").flatMap((one) => [`[aria-hidden=true] ${one}`, `${one}[aria-hidden=true]`]).join(", "),
  )];
  for (const element of hidden.slice(0, most)) {
    if (element.tabIndex < 0 || !element.getClientRects().length) continue;
    element.focus({ preventScroll: true });
    if (document.activeElement !== element) continue;
    await new Promise((done) => setTimeout(done, 20));
    if (document.activeElement === element) kept.push(window.__machikado.indexOf(element));
  }
  if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
  else document.activeElement?.blur?.();
  return kept;
}"""
_MOST = 30


def _run(page: Page) -> list[int]:
    """The numbers of these elements."""
    kept: list[int] = page.evaluate(_TRY, _MOST)
    return kept


# Only behind a dialog is this in doubt; elsewhere nothing need be disturbed. A page that keys have
# driven may have closed it.
_REASON = """() => !!document.querySelector("dialog[open], [role=dialog], [role=alertdialog]")"""
PROBE = Probe("hidden-focus", _run, reason=_REASON)
