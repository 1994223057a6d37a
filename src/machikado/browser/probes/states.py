"""What text looks like under the mouse pointer and with the focus, where a style sheet changes that.

Its answer: states, each with the number of an element that shows text, the `state` (`hover` or
`focus`) and its colours there: `colour` and `background` (a plain colour; None where it is none),
`size` in pixels and `weight` of its letters, and the same two as `plain_colour`, `plain_background`
in no state.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

# Rules with `:hover` or `:focus` are written once more behind themselves, for a class instead of the
# state, so that order and weight of the rules stay as they are; then one element after the other gets it.
_LOOK = """() => {
  const { indexOf } = window.__machikado;
  const states = { hover: "machikado-hover", focus: "machikado-focus" };
  const added = [], wanted = { hover: new Set(), focus: new Set() };
  let count = 0;
  const colours = ({ style }) => style && (style.color || style.backgroundColor || style.background || style.opacity);
  const collect = (holder) => {
    let rules;
    try { rules = holder.cssRules; } catch { return; }
    for (let at = rules.length - 1; at >= 0; at -= 1) {
      const rule = rules[at];
      if (rule.media && !matchMedia(rule.media.mediaText).matches) continue;
      if (rule.selectorText && colours(rule) && /:(hover|focus)/.test(rule.selectorText) && count < 300) {
        const made = rule.selectorText.replace(/:hover/g, `.${states.hover}`).replace(/:focus(-visible|-within)?(?![\\w-])/g, `.${states.focus}`);
        for (const state of ["hover", "focus"]) {
          for (const part of rule.selectorText.split(/,(?![^(]*\\))/)) {
            const place = part.lastIndexOf(`:${state}`);
            if (place < 0 || /::/.test(part)) continue;
            const bearer = part.slice(0, place).replace(/:(hover|focus(-visible|-within)?)(?![\\w-])/g, "").trim() || "*";
            wanted[state].add(/[>+~\\s]$/.test(bearer) ? `${bearer} *` : bearer);
          }
        }
        count += 1;
        try { holder.insertRule(`${made} { ${rule.style.cssText} }`, at + 1); added.push([holder, at + 1]); } catch { /* not to be had */ }
      } else if (rule.cssRules?.length && !rule.selectorText) collect(rule);
    }
  };
  for (const sheet of document.styleSheets) {
    if (!sheet.disabled && (!sheet.media?.mediaText || matchMedia(sheet.media.mediaText).matches)) collect(sheet);
  }
  const still = document.createElement("style");
  still.textContent = "*, *::before, *::after { transition: none !important; animation: none !important }";
  document.head.append(still);
  const isShown = (element) => element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true });
  const texts = (element) => [element, ...element.querySelectorAll("*")].slice(0, 30).filter((one) =>
    isShown(one) && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const ground = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(node);
      if (backgroundImage !== "none" || parseFloat(opacity) < 1) return null;
      if (/^rgb\\(/.test(backgroundColor)) return backgroundColor;
      if (!/, 0\\)$/.test(backgroundColor)) return null;
      if (/absolute|fixed/.test(getComputedStyle(node).position)) return null;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [], end = performance.now() + 400;
  for (const [state, name] of Object.entries(states)) {
    const seen = new Set();
    for (const selector of wanted[state]) {
      let targets = [];
      try { targets = [...document.querySelectorAll(selector)]; } catch { continue; }
      for (const target of targets.slice(0, 40)) {
        if (performance.now() > end || found.length > 60) break;
        if (seen.has(target) || !isShown(target) || target.matches("html, body, :disabled")) continue;
        seen.add(target);
        if (state === "focus" && target.tabIndex < 0 && !target.querySelector("a, button, input, select, textarea, [tabindex]")) continue;
        const parts = texts(target);
        const plain = parts.map((one) => [getComputedStyle(one).color, ground(one)]);
        target.classList.add(name);
        parts.forEach((one, at) => {
          const style = getComputedStyle(one), background = ground(one);
          if (isShown(one) && (style.color !== plain[at][0] || background !== plain[at][1])) {
            found.push({
              index: indexOf(one), state, colour: style.color, background, size: parseFloat(style.fontSize),
              weight: parseFloat(style.fontWeight), plain_colour: plain[at][0], plain_background: plain[at][1],
            });
          }
        });
        target.classList.remove(name);
        if (!target.classList.length) target.removeAttribute("class");
      }
    }
  }
  for (const [holder, at] of added.reverse()) { try { holder.deleteRule(at); } catch { /* gone */ } }
  still.remove();
  return { states: found.filter(({ index }) => index >= 0) };
}"""

_REASON = """() => [...document.styleSheets].some((sheet) => {
  const has = (rules) => [...rules].some((rule) => /:(hover|focus)/.test(rule.selectorText ?? "") || (rule.cssRules && has(rule.cssRules)));
  try { return has(sheet.cssRules); } catch { return false; }
})"""


def _run(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_LOOK)
    return found


PROBE = Probe("states", _run, needs_fresh_page=False, reason=_REASON)
