"""What becomes of the focus when a dialog opens, while it is open, and when it closes.

Its answer: dialogs, each with its number (`index`) and its opener's, whether it `took` the focus, whether
Tab `left` it for what lies behind, whether Esc `closed` it, and whether it is `modal`.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error, Page

from machikado.browser.probes.probe import Probe

_MOST = 2
_PATIENCE = 200
"""Milliseconds that a dialog gets to appear, or to go."""

_DIALOGS = (
    "dialog,[role=dialog],[role=alertdialog],[aria-modal=true],"
    "[class*=modal i],[class*=lightbox i],[id*=modal i],[id*=lightbox i],[id*=dialog i]"
)
_REASON = f"""() => !!document.querySelector("{_DIALOGS},[aria-haspopup=dialog]")"""

_SETUP = (
    """() => {
  const isShown = (element) => (element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true) &&
    element.getBoundingClientRect().width > 1;
  const all = () => [...document.querySelectorAll("%s")].filter((one) => !one.matches("button,a,input"));
  let shown = new Set();
  const typesOf = window.__machikado.typesOf;
  window.__machikadoDialogs = {
    openers: () => {
      shown = new Set(all().filter(isShown));
      const controls = [...document.querySelectorAll("button,[role=button],a[href^='#'],input[type=button],a[onclick]")].filter((one) =>
        isShown(one) && !one.disabled && one.type !== "submit" | one.type === "submit" && !one.form);
      const names = (one) => `${one.getAttribute("aria-haspopup") === "dialog" ? "dialog" : ""} ${one.getAttribute("aria-controls") ?? ""} ${
        one.getAttribute("onclick") ?? ""} ${one.getAttribute("href") ?? ""} ${Object.values(one.dataset).join(" ")} ${one.id} ${one.className} ${one.innerText}`;
      const ids = all().map(({ id }) => id).filter(Boolean);
      const rank = (one) => (ids.some((id) => names(one).includes(id)) ? 2 : 0) + (/dialog|modal|lightbox|popup|showModal/i.test(names(one)) ? 1 : 0);
      return controls.filter((one) => rank(one) || typesOf(one).includes("click")).sort((a, b) => rank(b) - rank(a)).slice(0, 4)
        .map((one) => window.__machikado.indexOf(one)).filter((index) => index >= 0);
    },
    focus: (index) => window.__machikado.element(index)?.focus(),
    click: (index) => window.__machikado.element(index)?.click(),
    opened: () => {
      const fresh = all().filter((one) => !shown.has(one) && isShown(one));
      const outer = fresh.find((one) => one.matches("dialog,[role=dialog],[role=alertdialog],[aria-modal=true]")) ?? fresh[0];
      if (!outer) return null;
      const frame = outer.parentElement?.closest("%s") ?? outer;
      const place = getComputedStyle(outer).position + getComputedStyle(frame).position;
      const isDialog = outer.matches("dialog,[role=dialog],[role=alertdialog],[aria-modal=true]");
      if (!isDialog && !/fixed|absolute/.test(place)) return null;
      window.__machikadoDialogs.current = outer;
      return {
        index: window.__machikado.indexOf(outer), took: outer.contains(document.activeElement),
        modal: outer.matches(":modal,[aria-modal=true]") || [...document.querySelectorAll("body *")].slice(0, 3000).some((one) => {
          const box = one.getBoundingClientRect();
          return getComputedStyle(one).position === "fixed" && box.width >= innerWidth - 20 && box.height >= innerHeight - 20 && isShown(one);
        }),
        stops: outer.querySelectorAll("a[href],button,input,select,textarea,[tabindex='0']").length,
      };
    },
    behind: () => {
      const at = document.activeElement;
      return !!at && at !== document.body && at !== document.documentElement && document.hasFocus() &&
        !window.__machikadoDialogs.current.contains(at) && !at.contains(window.__machikadoDialogs.current) &&
        !at.closest("%s") && at.getBoundingClientRect().width > 1;
    },
    isOpen: () => isShown(window.__machikadoDialogs.current) && window.__machikadoDialogs.current.isConnected,
    close: () => {
      const dialog = window.__machikadoDialogs.current;
      const button = [...dialog.querySelectorAll("button,a,[role=button]")].find((one) => /close|閉|×|✕|cancel|dismiss/i.test(one.innerText + one.className + one.ariaLabel));
      button?.click();
      if (isShown(dialog)) dialog.close?.();
    },
  };
}"""
).replace("%s", _DIALOGS)
_STATE = "window.__machikadoDialogs"


def _run(page: Page) -> dict[str, Any]:
    page.evaluate(_SETUP)
    found: list[dict[str, Any]] = []
    for opener in page.evaluate(f"() => {_STATE}.openers()"):
        if len(found) >= _MOST:
            break
        try:
            dialog = _open(page, opener)
            if dialog is not None:
                found.append(dialog)
        except Error:
            break
    return {"dialogs": found}


def _open(page: Page, opener: int) -> dict[str, Any] | None:
    page.evaluate(f"(index) => {_STATE}.focus(index)", opener)
    page.keyboard.press("Enter")
    page.wait_for_timeout(_PATIENCE)
    dialog: dict[str, Any] | None = page.evaluate(f"() => {_STATE}.opened()")
    if dialog is None:
        page.evaluate(f"(index) => {_STATE}.click(index)", opener)
        page.wait_for_timeout(_PATIENCE)
        dialog = page.evaluate(f"() => {_STATE}.opened()")
    if dialog is None:
        return None
    dialog["opener"] = opener
    dialog["left"] = False
    for _ in range(min(dialog["stops"] + 2, 12)):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {_STATE}.behind()"):
            dialog["left"] = True
            break
    page.keyboard.press("Escape")
    page.wait_for_timeout(_PATIENCE)
    dialog["closed"] = not page.evaluate(f"() => {_STATE}.isOpen()")
    if not dialog["closed"]:
        page.evaluate(f"() => {_STATE}.close()")
    return dialog


PROBE = Probe("dialogs", _run, reason=_REASON)
