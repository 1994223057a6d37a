"""What only the mouse pointer brings to light.

Its answer: hidden, each with the number of what appears (`index`), of what the pointer rests on
(`trigger`), and whether a `style` or a script shows it. What the keyboard shows too is left out.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_HOVER = """async () => {
  const { typesOf, indexOf } = window.__machikado;
  const isShown = (element) => element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true;
  const found = [];
  const rules = [];
  const collect = (list) => {
    for (const rule of list) {
      if (rules.length > 4000) return;
      if (rule.media && !matchMedia(rule.media.mediaText).matches) continue;
      if (rule.selectorText && /:hover|:focus/.test(rule.selectorText)) rules.push(rule);
      if (rule.cssRules?.length) collect(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) {
    try { if (!sheet.media?.mediaText || matchMedia(sheet.media.mediaText).matches) collect(sheet.cssRules); } catch { /* of another origin */ }
  }
  const shows = ({ style }) => (style.display && style.display !== "none") || style.visibility === "visible" || parseFloat(style.opacity) > 0 ||
    (style.maxHeight && style.maxHeight !== "0px") || (style.height && style.height !== "0px");
  const query = (selector, from = document) => { try { return [...from.querySelectorAll(selector)]; } catch { return []; } };
  const parts = (rule) => rule.selectorText.split(/,(?![^(]*\\))/).map((part) => part.trim());
  const focusTargets = new Set();
  for (const rule of rules) if (shows(rule)) for (const part of parts(rule)) {
    if (/:focus/.test(part)) for (const target of query(part.replace(/:focus(-within|-visible)?/g, "").replace(/:hover/g, "") || "*").slice(0, 200)) focusTargets.add(target);
  }
  const KEYS = /^(focus|focusin|click|keydown|keyup|keypress|mousedown|pointerdown|touchstart)$/;
  const answers = (element) => {
    for (let node = element; node && node !== document.body; node = node.parentElement) if (typesOf(node).some((type) => KEYS.test(type))) return true;
    return [...element.querySelectorAll("*")].slice(0, 100).some((inner) => typesOf(inner).some((type) => KEYS.test(type)) || inner.hasAttribute("aria-expanded"));
  };
  for (const rule of rules) if (shows(rule) && found.length < 5) for (const part of parts(rule)) {
    const cut = part.lastIndexOf(":hover");
    if (cut < 0 || /::/.test(part) || !/[\\s>+~]/.test(part.slice(cut + 6).trim() && part.slice(cut + 6))) continue;
    const plain = part.replace(/:hover/g, "");
    for (const target of query(plain).slice(0, 50)) {
      if (found.length >= 5 || isShown(target) || focusTargets.has(target) || !target.textContent.trim() || target.closest("[hidden]")) continue;
      if (found.some(({ element }) => element === target || element.contains(target))) continue;
      const selector = part.slice(0, cut).replace(/:hover/g, "") || "*";
      let trigger = target.parentElement;
      while (trigger && !trigger.matches(selector)) trigger = trigger.parentElement;
      trigger ??= query(selector).find((one) => one.parentElement === target.parentElement) ?? null;
      if (!trigger || !isShown(trigger) || answers(trigger)) continue;
      found.push({ element: target, index: indexOf(target), trigger: indexOf(trigger), by: "style" });
    }
  }
  const end = performance.now() + 600;
  let tried = 0;
  for (const trigger of document.querySelectorAll("body *")) {
    if (tried >= 8 || found.length >= 5 || performance.now() > end) break;
    if (!typesOf(trigger).some((type) => /^(mouseover|mouseenter|pointerenter|pointerover)$/.test(type)) || !isShown(trigger) || answers(trigger)) continue;
    tried += 1;
    const hidden = [...document.querySelectorAll("body *")].slice(0, 3000).filter((element) => !isShown(element) && element.textContent.trim());
    for (const type of ["pointerover", "pointerenter", "mouseover", "mouseenter"])
      trigger.dispatchEvent(new MouseEvent(type, { bubbles: /over/.test(type) }));
    await new Promise((done) => setTimeout(done, 50));
    const target = hidden.find(isShown);
    for (const type of ["pointerout", "pointerleave", "mouseout", "mouseleave"])
      trigger.dispatchEvent(new MouseEvent(type, { bubbles: /out/.test(type) }));
    if (target && !found.some(({ element }) => element === target))
      found.push({ element: target, index: indexOf(target), trigger: indexOf(trigger), by: "script" });
  }
  return { hidden: found.map(({ index, trigger, by }) => ({ index, trigger, by })) };
}"""


def _run(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_HOVER)
    return found


PROBE = Probe("hovering", _run, needs_fresh_page=False)
