"""Which single characters do something when nothing has the focus, and whether that can be switched off.

Its answer: keys, those that change the page and that no control of the page switches off or remaps;
acting, all that do.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_REASON = """() => [window, document, document.documentElement, document.body].some((target) =>
  target && window.__machikado.typesOf(target).some((type) => /^key(down|press|up)$/.test(type)))"""

_PRESS_ALL = """async () => {
  const KEYS = [..."abcdefghijklmnopqrstuvwxyz0123456789+-*/?.,;:=!#[]<>"];
  const isShown = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
  const state = () => document.body.innerHTML + document.activeElement?.localName + document.activeElement?.id + location.hash +
    [...document.querySelectorAll("input,textarea,select")].map(({ value, checked }) => `${value}${checked}`).join();
  const press = (key) => {
    const code = /[a-z]/.test(key) ? `Key${key.toUpperCase()}` : /\\d/.test(key) ? `Digit${key}` : "";
    const keyCode = /[a-z0-9]/.test(key) ? key.toUpperCase().charCodeAt(0) : 0;
    for (const type of ["keydown", "keypress", "keyup"]) {
      const event = new KeyboardEvent(type, { key, code, bubbles: true, cancelable: true, composed: true });
      const number = type === "keypress" ? key.charCodeAt(0) : keyCode;
      for (const name of ["keyCode", "which", "charCode"]) Object.defineProperty(event, name, { get: () => number });
      try { document.body.dispatchEvent(event); } catch { /* its own affair */ }
    }
  };
  const acts = async (key) => {
    document.activeElement?.blur?.();
    const before = state();
    press(key);
    if (state() !== before) return true;
    await Promise.resolve();
    return state() !== before;
  };
  const idle = state();
  await new Promise((done) => setTimeout(done, 60));
  if (state() !== idle) return { keys: [], acting: [] };
  let acting = [];
  const end = performance.now() + 1500;
  for (const key of KEYS) {
    if (performance.now() > end) break;
    if (await acts(key)) acting.push(key);
  }
  if (acting.length > 20) return { keys: [], acting };
  const told = [...acting];
  const pressed = new Set();
  for (let turn = 0; turn < 8 && acting.length; turn += 1) {
    const control = [...document.querySelectorAll("input[type=checkbox],input[type=radio],[role=switch],button,input[type=button]")]
      .filter((one) => isShown(one) && !one.disabled && !pressed.has(one))
      .sort((a, b) => /checkbox|radio/.test(b.type) - /checkbox|radio/.test(a.type))[0];
    if (!control || performance.now() > end + 1000) break;
    pressed.add(control);
    try { control.click(); } catch { /* its own affair */ }
    const still = [];
    for (const key of acting) if (await acts(key)) still.push(key);
    acting = still;
  }
  return { keys: acting, acting: told };
}"""


def _run(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_PRESS_ALL)
    return found


PROBE = Probe("shortcuts", _run, needs_fresh_page=False, leaves_changed=True, reason=_REASON)
