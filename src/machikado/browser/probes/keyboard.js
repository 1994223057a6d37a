// Asked between keystrokes: where the focus is, what it looks like, what hides it. It judges nothing.
() => {
  const NEAR = ["outline", "border", "shadow", "background", "colour", "text", "box"];
  const sure = (ask, otherwise) => { try { return ask(); } catch { return otherwise; } };
  const line = (width, style, colour) =>
    style === "none" || style === "hidden" || parseFloat(width) === 0 || /,\s*0\)$/.test(colour) && colour.startsWith("rgba")
      ? "" : `${width} ${style} ${colour}`;
  const look = (element, pseudo) => {
    const style = (element.ownerDocument.defaultView ?? window).getComputedStyle(element, pseudo);
    if (pseudo && (style.content === "none" || style.content === "normal")) return [];
    return [
      line(style.outlineWidth, style.outlineStyle, style.outlineColor) && `${style.outlineOffset} ` +
        line(style.outlineWidth, style.outlineStyle, style.outlineColor),
      ["Top", "Right", "Bottom", "Left"].map((side) =>
        line(style[`border${side}Width`], style[`border${side}Style`], style[`border${side}Color`])).join(),
      style.boxShadow === "none" ? "" : style.boxShadow,
      `${style.backgroundColor} ${style.backgroundImage} ${style.backgroundPosition}`,
      `${style.color} ${style.opacity} ${style.filter} ${style.fill} ${style.stroke}`,
      `${style.textDecorationLine} ${style.textDecorationLine === "none" ? "" : style.textDecorationStyle +
        style.textDecorationColor + style.textDecorationThickness} ${style.fontWeight} ${style.textShadow}`,
      `${style.display} ${style.visibility} ${style.transform} ${style.clip} ${style.clipPath} ${style.width} ` +
        `${style.height} ${style.position} ${style.top} ${style.left}`,
    ];
  };
  const around = (element) => {
    const label = element.labels?.[0] ?? element.closest("label");
    return [
      [element, null], [element, "::before"], [element, "::after"],
      ...[element.parentElement, element.parentElement?.parentElement, element.nextElementSibling,
        element.firstElementChild, element.lastElementChild, label].flatMap((near) =>
        near ? [[near, null], [near, "::before"], [near, "::after"]] : []),
    ];
  };
  const looks = (element) => around(element).map(([near, pseudo]) => sure(() => look(near, pseudo), []));

  const active = () => {
    let found = document.activeElement;
    for (;;) {
      const inner = found?.shadowRoot?.activeElement ??
        sure(() => (/^i?frame$/.test(found?.localName) ? found.contentDocument.activeElement : null), null);
      if (!inner || inner === inner.ownerDocument.body) return found;
      found = inner;
    }
  };
  const nowhere = (element) => !element || element === document.body || element === document.documentElement;
  const indexOf = new Map((window.__machikado?.known ?? []).map((node, index) => [node, index]));
  const number = (element) => indexOf.get(element) ?? window.__machikado.indexOf(element);
  const typesOf = (element) => window.__machikado.typesOf(element);
  const LEAVING = ["blur", "focusout", "focus", "focusin", "keydown", "keyup", "keypress"];
  const isShown = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
  const isTabbable = (element) =>
    element.tabIndex >= 0 && !element.disabled && isShown(element) && !element.closest("[inert]");

  const pointsOf = ({ left, top, width, height }) =>
    [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.15], [0.5, 0.85]].map(([x, y]) => [left + width * x, top + height * y]);
  const isInside = (inner, outer) => {
    for (let node = inner; node; node = node.parentNode ?? node.host) if (node === outer) return true;
    return false;
  };
  /** What lies over all of the element and does not move with it, or null. */
  const coverOf = (element) => {
    if (element.ownerDocument !== document) return null;
    const points = pointsOf(element.getBoundingClientRect())
      .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    if (points.length < 3) return null;
    let cover = null;
    for (const [x, y] of points) {
      const top = document.elementFromPoint(x, y);
      if (!top || isInside(top, element) || isInside(element, top) || element.labels?.[0]?.contains(top)) return null;
      let stuck = top;
      while (stuck && !/fixed|sticky/.test(getComputedStyle(stuck).position)) stuck = stuck.parentElement;
      if (!stuck || stuck.contains(element)) return null;
      const back = getComputedStyle(stuck);
      if (back.backgroundImage === "none" && !/^rgb\(/.test(back.backgroundColor) &&
        !/^rgb\(/.test(getComputedStyle(top).backgroundColor)) return null;
      cover = stuck;
    }
    return cover;
  };

  /** Whether parts around it that cut off what overflows leave nothing of it to be seen. */
  const isCutOff = (element) => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      if (style.display === "inline" || style.overflow === "visible") continue;
      const box = outer.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
      if (getComputedStyle(element).position === "fixed") return false;
    }
    return right - left <= 1 || bottom - top <= 1;
  };

  // What the page does when the focus arrives: send it away again, open windows, leave.
  const deeds = [];
  let last = null;
  const note = (deed) => { if (last) deeds.push({ index: number(last), deed }); };
  document.addEventListener("focus", ({ target }) => { last = target; }, true);
  window.open = () => { note("window"); return null; };
  window.navigation?.addEventListener("navigate", (event) => {
    if (!event.hashChange && event.destination.url.split("#")[0] !== location.href.split("#")[0]) note("leave");
  });
  document.addEventListener("submit", (event) => { note("submit"); event.preventDefault(); }, true);

  const plain = new Map();
  let candidates = [];
  const state = {
    /** Before anything has the focus. */
    begin: (limit) => {
      document.activeElement?.blur?.();
      const calm = document.createElement("style");
      calm.textContent = "*,*::before,*::after{transition:none!important;scroll-behavior:auto!important}";
      calm.id = "machikado-calm";
      document.head?.append(calm);
      candidates = [...document.querySelectorAll("a[href],area[href],button,input,select,textarea,summary,iframe,audio,video," +
        "[tabindex],[contenteditable]")].filter(isTabbable);
      for (const element of candidates.slice(0, limit)) plain.set(element, looks(element));
      const all = [...document.querySelectorAll("*")].slice(0, 20000);
      const listens = [window, document, ...all].some((target) => typesOf(target).some((type) => LEAVING.includes(type)));
      const suspects = candidates.filter((element, place) => place >= limit / 2 && (() => {
        for (let node = element; node && node !== document.body; node = node.parentElement) {
          if (typesOf(node).some((type) => /^(blur|focusout|keydown|keypress)$/.test(type))) return true;
        }
        return false;
      })());
      return { count: candidates.length, listens, suspects: suspects.slice(0, 6).map(number) };
    },
    end: () => { document.getElementById("machikado-calm")?.remove(); document.activeElement?.blur?.(); window.scrollTo(0, 0); },
    /** Where the focus is now; waits for what the page may do about it. */
    stop: async (patience) => {
      if (patience) await new Promise((done) => setTimeout(done, patience));
      const element = active();
      if (nowhere(element)) {
        if (document.hasFocus() && last?.isConnected && isShown(last)) note("blur");
        last = null;
        return { index: -1, outside: !document.hasFocus() };
      }
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const before = plain.get(element);
      const after = before ? looks(element) : null;
      const changed = !before ? null : after.flatMap((look, near) =>
        look.flatMap((value, part) => (value === before[near][part] ? [] : [`${near}:${NEAR[part]}`])));
      const isClipped = /^rect\(0|^rect\(1px/.test(style.clip) && style.position !== "static" ||
        /inset\((50|100)%/.test(style.clipPath) || parseFloat(style.opacity) === 0;
      return {
        index: number(element),
        tag: element.localName,
        box: [box.x + scrollX, box.y + scrollY, box.width, box.height],
        unseen: isCutOff(element) || box.right <= 0 || box.bottom + scrollY <= 0 || isClipped ||
          box.left >= Math.max(innerWidth, document.documentElement.scrollWidth),
        changed,
        outline: after ? after[0][0] : "",
        caret: element.matches("textarea,input:not([type]),input[type=text],input[type=search],input[type=email]," +
          "input[type=tel],input[type=url],input[type=password],input[type=number],[contenteditable]"),
        cover: (() => { const cover = sure(() => coverOf(element), null); return cover ? number(cover) : null; })(),
      };
    },
    focus: (index) => { window.__machikado.element(index)?.focus?.(); return number(active()) === index; },
    /** Shows the element in the middle of the window, without the focus. */
    show: (index) => {
      const element = window.__machikado.element(index);
      active()?.blur?.();
      element?.scrollIntoView?.({ block: "center", inline: "nearest", behavior: "instant" });
    },
    light: (index) => { window.__machikado.element(index)?.focus?.({ preventScroll: true }); },
    /** Whether an element can still be seen and have the focus. */
    stands: (index) => { const element = window.__machikado.element(index); return !!element?.isConnected && isShown(element); },
    deeds: () => deeds,
    text: () => document.body?.innerText ?? "",
    /** Key combinations that the page speaks of: those named beside words of leaving come first. */
    keys: () => {
      const text = state.text().normalize("NFKC");
      const found = [...text.matchAll(
        /(?<!\w)((?:(?:ctrl|control|alt|option|shift|meta|cmd|command|⌘)\s*(?:\+|-|キーを押しながら|と)\s*){1,3}(?:[a-z0-9]|f\d{1,2}|esc(?:ape)?|enter|tab|home|end|space)(?!\w)|f\d{1,2}(?!\w)|esc(?:ape)?(?!\w))/gi)];
      return [...new Set(found.map(([, keys]) => keys))].slice(0, 6);
    },
    click: (index) => { window.__machikado.element(index)?.click?.(); },
  };
  window.__machikadoKeyboard = state;
}
