"""What happens when something is merely chosen in a form, before any button is pressed.

Its answer: deeds, each with the number of the field (`index`) and what the page did: `leave`, open a
`window`, `submit` the form.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_REASON = """() => [...document.querySelectorAll("select,input[type=radio],input[type=checkbox]")].slice(0, 200).some((field) => {
  for (let node = field; node && node !== document.body; node = node.parentElement)
    if (window.__machikado.typesOf(node).some((type) => /^(change|input|click)$/.test(type))) return true;
  return false;
})"""

_CHOOSE = """async () => {
  const deeds = [];
  let field = null;
  const note = (deed) => { if (field) deeds.push({ index: window.__machikado.indexOf(field), deed }); };
  window.open = () => { note("window"); return null; };
  window.navigation?.addEventListener("navigate", (event) => {
    if (!event.hashChange && event.destination.url.split("#")[0] !== location.href.split("#")[0]) note("leave");
  });
  HTMLFormElement.prototype.submit = function () { note("submit"); };
  document.addEventListener("submit", (event) => { note("submit"); event.preventDefault(); }, true);
  const fields = [...document.querySelectorAll("select,input[type=radio],input[type=checkbox]")].filter((one) =>
    !one.disabled && (one.checkVisibility?.({ visibilityProperty: true }) ?? true)).slice(0, 8);
  for (field of fields) {
    try {
      if (field.localName === "select") {
        if (field.options.length < 2) continue;
        field.selectedIndex = field.selectedIndex === field.options.length - 1 ? 0 : field.selectedIndex + 1;
        for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
      } else if (!field.checked || field.type === "checkbox") field.click();
    } catch { /* its own affair */ }
    await new Promise((done) => setTimeout(done, 40));
  }
  field = null;
  return { deeds };
}"""


def _run(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_CHOOSE)
    return found


PROBE = Probe("choosing", _run, needs_fresh_page=False, leaves_changed=True, reason=_REASON)
