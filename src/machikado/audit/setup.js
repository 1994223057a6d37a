// Put before every document, frames too, ahead of its own scripts: remembers who listens to what,
// and can tell later how the page looks. It judges nothing.
(() => {
  if (window.__machikado) return;

  // Listeners -----------------------------------------------------------------------------
  const listeners = new WeakMap();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const heardBy = (target) => {
    if (!listeners.has(target)) listeners.set(target, new Map());
    return listeners.get(target);
  };
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window;
    if (listener) {
      const heard = heardBy(target);
      if (!heard.has(type)) heard.set(type, new Set());
      heard.get(type).add(listener);
    }
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? window;
    listeners.get(target)?.get(type)?.delete(listener);
    return removeEventListener.call(target, type, listener, options);
  };
  const HANDLERS = [
    "click", "dblclick", "mousedown", "mouseup", "mouseover", "mouseenter", "mouseout", "mouseleave", "mousemove",
    "pointerdown", "pointerup", "pointerenter", "pointerover", "touchstart", "touchend", "keydown", "keyup", "keypress",
    "focus", "blur", "focusin", "focusout", "change", "input", "submit", "select", "dragstart", "drop",
    "devicemotion", "deviceorientation",
  ];
  // A handler that a script sets as a property leaves no other trace. Those of `body` may be the window's.
  const handled = new WeakSet();
  for (const { prototype } of [window.HTMLElement, window.SVGElement, window.MathMLElement].filter(Boolean)) {
    for (const type of HANDLERS) {
      const known = Object.getOwnPropertyDescriptor(prototype, `on${type}`);
      if (!known?.set || !known.configurable) continue;
      const set = function (handler) { handled.add(this); known.set.call(this, handler); };
      Object.defineProperty(prototype, `on${type}`, { ...known, set });
    }
  }
  const mayHear = (target) => !(target instanceof Element) || target === document.body || listeners.has(target) ||
    handled.has(target) || [...target.attributes].some(({ name }) => name.startsWith("on"));
  const typesOf = (target) => {
    if (!mayHear(target)) return [];
    const types = new Set();
    for (const [type, heard] of listeners.get(target) ?? []) if (heard.size) types.add(type);
    for (const type of HANDLERS) if (typeof target[`on${type}`] === "function") types.add(type);
    return [...types].sort();
  };

  // Canvases and media --------------------------------------------------------------------
  const drawings = new WeakMap(), played = new WeakSet();
  const spy = (prototype, method, note) => {
    const original = prototype?.[method];
    if (typeof original !== "function") return;
    prototype[method] = function (...given) { note(this, given); return original.apply(this, given); };
  };
  const drawingOn = (canvas) => {
    if (!drawings.has(canvas)) drawings.set(canvas, { words: "" });
    return drawings.get(canvas);
  };
  for (const method of ["fillText", "strokeText"]) {
    spy(window.CanvasRenderingContext2D?.prototype, method, (context, [words]) => {
      const drawing = drawingOn(context.canvas);
      if (drawing.words.length < 300) drawing.words += ` ${words}`;
    });
  }
  for (const method of ["fill", "stroke", "fillRect", "strokeRect", "drawImage", "putImageData"]) {
    spy(window.CanvasRenderingContext2D?.prototype, method, (context) => drawingOn(context.canvas));
  }
  spy(window.HTMLMediaElement?.prototype, "play", (media) => {
    if (!navigator.userActivation?.hasBeenActive) played.add(media);
  });

  // Timers --------------------------------------------------------------------------------
  // A delay asked for while the page loads, or by another delay, may be a link of a chain that goes on and on.
  const timers = { repeated: 0, chained: 0 };
  const { setInterval, setTimeout } = window;
  let isInTimer = false;
  window.setInterval = (...given) => { timers.repeated += 1; return setInterval.apply(window, given); };
  window.setTimeout = (callback, delay, ...rest) => {
    if ((isInTimer || document.readyState !== "complete") && delay >= 200 && delay <= 10000) timers.chained += 1;
    const later = typeof callback !== "function" ? callback : (...given) => {
      isInTimer = true;
      try { return callback.apply(window, given); } finally { isInTimer = false; }
    };
    return setTimeout.call(window, later, delay, ...rest);
  };

  // Snapshot ------------------------------------------------------------------------------
  const STYLE = [
    "display", "order", "flex-direction", "visibility", "opacity", "position", "overflow-x", "overflow-y", "float", "z-index", "clip", "clip-path",
    "transform", "pointer-events", "cursor", "direction", "writing-mode", "content-visibility",
    "font-family", "font-size", "font-style", "font-weight", "line-height", "letter-spacing", "word-spacing",
    "text-align", "text-indent", "text-transform", "text-decoration-line", "text-decoration-style", "outline-style",
    "border-top-width", "border-right-width", "border-bottom-width", "border-left-width",
  ];
  const COLOURS = [
    "color", "background-color", "background-image", "outline-color", "text-decoration-color", "box-shadow",
    "border-top-color", "border-right-color", "border-bottom-color", "border-left-color", "text-shadow", "filter",
    "fill", "stroke",
  ];
  const UNREAD = new Set(["script", "style", "template"]);
  const RENDERED = 1, EXPOSED = 2, FOCUSABLE = 4, TABBABLE = 8, FRAME = 16, SHADOW = 32;
  const NAMED = /^(img|svg|object|embed|iframe|video|audio|area|canvas|summary|input|meter|progress)$/;
  const round = (number) => Math.round(number * 100) / 100;
  const boxOf = ({ x, y, width, height }, view) =>
    [round(x + view.scrollX), round(y + view.scrollY), round(width), round(height)];
  const quietly = (ask) => { try { return ask(); } catch { return undefined; } };

  // Every list of values has a number for as long as the document lives, and a place in the table of one snapshot.
  const numbers = new Map();
  const numberOf = (values) => {
    const key = values.join("\u0000");
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key);
  };
  const numbered = (values) => ({ id: numberOf(values), values });
  const table = () => {
    const rows = [], ids = [], places = new Map();
    const place = ({ id, values }) => {
      if (!places.has(id)) { places.set(id, rows.length); rows.push(values); ids.push(id); }
      return places.get(id);
    };
    return { rows, ids, place };
  };

  const pseudo = (view, element, name) => {
    const { content } = view.getComputedStyle(element, name);
    return content === "none" || content === "normal" ? undefined : content;
  };
  const attributesOf = (element) => {
    const attributes = {};
    for (const { name, value } of element.attributes) attributes[name] = value;
    return attributes;
  };
  const range = document.createRange();
  const textBox = (node, view, isUnseen) => {
    if (isUnseen) return null;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    return box.width || box.height ? boxOf(box, view) : null;
  };
  /** Whether nothing is made of an element and all in it. */
  const isOff = (row, styles) => row && !row.b && styles.rows[row.s][STYLE.indexOf("display")] === "none";
  const MAY_TAKE_FOCUS = /^(a|area|audio|button|details|embed|iframe|input|object|select|summary|textarea|video)$/;
  /** isPlain: it is known that everybody meets it (`isPlain`), and axe need not be asked. */
  const flagsOf = (element, virtual, { dom }, isPlain) => {
    const met = isPlain ? RENDERED | EXPOSED
      : (quietly(() => dom.isVisibleOnScreen(virtual)) ? RENDERED : 0) |
        (quietly(() => dom.isVisibleToScreenReaders(virtual)) ? EXPOSED : 0);
    if (!MAY_TAKE_FOCUS.test(element.localName) && !element.hasAttribute("tabindex")) return met;
    return met | (quietly(() => dom.isFocusable(virtual)) ? FOCUSABLE : 0) |
      (quietly(() => dom.isInTabOrder(virtual)) ? TABBABLE : 0);
  };
  const NEVER_MET = /^(style|script|noscript|template|area|details)$/, MODAL = "dialog, [role*=dialog], [aria-modal]";
  const plainly = {
    display: (value) => value !== "none", visibility: (value) => value === "visible", opacity: (value) => value !== "0",
    position: (value) => value !== "fixed", "overflow-x": (value) => value !== "hidden",
    "overflow-y": (value) => value !== "hidden", clip: (value) => value === "auto",
    "clip-path": (value) => value === "none", "content-visibility": (value) => value === "visible",
  };
  const plainStyles = Object.entries(plainly).map(([property, holds]) => [STYLE.indexOf(property), holds]);
  const ACROSS = STYLE.indexOf("overflow-x"), DOWN = STYLE.indexOf("overflow-y");
  /** Whether nothing of what axe asks hides an element, whose parent is plain too, from eyes or screen readers. */
  const isPlain = (element, { b }, found) => {
    found.isPlain ??= plainStyles.every(([place, holds]) => holds(found.style.values[place]));
    if (!found.isPlain || NEVER_MET.test(element.localName)) return false;
    if (element.getAttribute("aria-hidden") === "true" || element.hasAttribute("inert")) return false;
    if (!b) return true;
    const isScrolled = found.style.values[ACROSS] !== "visible" || found.style.values[DOWN] !== "visible";
    return b[0] + b[2] > 1 && b[1] + b[3] > 1 && (!isScrolled || (b[2] >= 2 && b[3] >= 2));
  };
  /** Whether anything can be plain: what lies outside of the window depends on where words begin, on modal dialogs all. */
  const mayBePlain = () => document.body && getComputedStyle(document.body).direction === "ltr" &&
    !scrollX && !scrollY && !document.querySelector(MODAL);
  /** Elements that are called the same wherever they stand, unless an attribute says otherwise. */
  const SAME_EVERYWHERE = /^(p|span|strong|em|b|i|br|code|small|sup|sub|div|pre|hr)$/;
  const STANDARD = new Map();
  const isStandard = ({ localName, attributes }) => SAME_EVERYWHERE.test(localName) &&
    [...attributes].every(({ name }) => name === "class" || name === "id" || name === "style" || name === "lang");
  /** Role, accessible name and flags, as axe computes them; it must know the document. */
  const meaningOf = (element, view, marks, isMet) => {
    if (state.given && element.parentNode === document.head) return { f: 0 };
    const virtual = view.axe.utils.getNodeFromTree(element);
    if (!virtual) return { f: marks };
    const row = { f: flagsOf(element, virtual, view.axe.commons, isMet) | marks };
    if (!isMet || !isStandard(element)) return Object.assign(row, namedAs(element, virtual, view));
    if (!STANDARD.has(element.localName)) STANDARD.set(element.localName, namedAs(element, virtual, view));
    return Object.assign(row, STANDARD.get(element.localName));
  };
  const namedAs = (element, virtual, view) => {
    const { aria, text } = view.axe.commons;
    const role = quietly(() => aria.getRole(virtual)) ?? null, row = {};
    if (role) row.r = role;
    const isNamed = element.localName !== "body" &&
      (role || element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby") ||
        NAMED.test(element.localName));
    if (isNamed) row.n = quietly(() => text.accessibleTextVirtual(virtual)) ?? "";
    return row;
  };
  // Where articles are put in, the head stays as it is, and nobody sees any of it.
  const stills = new WeakMap();
  /** How an element looks in the present view: its styles, colours and what stands before and after its words. */
  const readLook = (node, view, known) => {
    const kind = known ? state.kinds.kindOf(node) : null, found = kind === null ? null : known.get(kind);
    if (found) return found;
    const computed = view.getComputedStyle(node);
    const look = {
      style: numbered(STYLE.map((property) => computed.getPropertyValue(property))),
      colours: numbered(COLOURS.map((property) => computed.getPropertyValue(property))),
      before: pseudo(view, node, "::before"),
      after: pseudo(view, node, "::after"),
      kind,
    };
    if (kind !== null && state.kinds.isLasting(look.style.values)) known.set(kind, look);
    return look;
  };
  /** As it looked before, but for its colours. */
  const repainted = (node, before, known) => {
    const kind = state.kinds.kindOf(node), found = kind === null ? null : known.get(kind);
    if (found) return found;
    const computed = getComputedStyle(node);
    const colours = numbered(COLOURS.map((property) => computed.getPropertyValue(property)));
    const look = { ...before, kind, colours };
    delete look["::before"];
    delete look["::after"];
    if (kind !== null && state.kinds.isLasting(look.style.values)) known.set(kind, look);
    return look;
  };
  /** What was found of each element in this look, for axe to ask instead of the browser. */
  let looked = new Map();
  const boxOfElement = (node, view) => {
    const box = node.getBoundingClientRect();
    return box.width || box.height || node.getClientRects().length ? boxOf(box, view) : null;
  };
  const DISPLAY = STYLE.indexOf("display"), REPLACED = /^(img|svg|canvas|video|audio|iframe|object|embed|input)$/;
  /** What may be another in another view of the same document: boxes, styles, values, listeners. */
  const appearanceOf = (node, view, styles, looks, known) => {
    if (stills.has(node)) {
      const { style, colours } = stills.get(node);
      return { b: null, s: styles.place(style), c: looks.place(colours) };
    }
    const look = readLook(node, view, known), { before, after } = look;
    if (view === window) looked.set(node, look);
    const row = { b: boxOfElement(node, view), s: styles.place(look.style), c: looks.place(look.colours) };
    // Where an article was put in, no script runs.
    if (state.given && node.parentNode === document.head) {
      stills.set(node, look);
      return row;
    }
    const heard = state.given ? [] : typesOf(node);
    if (heard.length) row.h = heard;
    // Words in a line have no room of their own that they could be too large for.
    if (row.b && (look.style.values[DISPLAY] !== "inline" || REPLACED.test(node.localName))) {
      const { clientWidth, clientHeight, scrollWidth, scrollHeight } = node;
      if (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1) {
        row.o = [clientWidth, clientHeight, scrollWidth, scrollHeight];
      }
    }
    if (before) row.v = before;
    if (after) row.w = after;
    const tag = node.localName;
    if (/^(input|textarea|select|option)$/.test(tag)) row.value = String(node.value ?? "");
    if (tag === "a" || tag === "area") row.href = String(node.href?.baseVal ?? node.href ?? "");
    if (tag === "img") { row.src = node.currentSrc; row.natural = [node.naturalWidth, node.naturalHeight]; }
    if (drawings.has(node)) row.drawn = drawings.get(node).words.trim();
    if (tag === "audio" || tag === "video") {
      row.media = {
        src: node.currentSrc, duration: Number.isFinite(node.duration) ? node.duration : null, paused: node.paused,
        muted: node.muted, volume: node.volume, autoplay: node.autoplay, loop: node.loop, controls: node.controls,
        ready: node.readyState, error: node.error?.code ?? null,
        played: played.has(node),
        audio: tag === "audio" ? true : (node.webkitAudioDecodedByteCount ?? 0) > 0,
      };
    }
    return row;
  };
  const pageOf = () => ({
    url: state.given?.url ?? location.href, title: state.given?.title ?? document.title,
    doctype: document.doctype ? document.doctype.name : null,
    mode: document.compatMode, viewport: [innerWidth, innerHeight],
    scroll: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
    heard: { window: typesOf(window), document: typesOf(document) },
  });

  const PLACES = new Map([...STYLE, ...COLOURS].map((property) =>
    [property, [STYLE.includes(property) ? "style" : "colours", (STYLE.includes(property) ? STYLE : COLOURS).indexOf(property)]]));
  let isAnswering = false, isTaught = false;
  /** Lets axe know of styles what the look has found, so that the browser is not asked once more. */
  const answerForBrowser = () => {
    isAnswering = true;
    const prototype = axe._tree?.[0] && Object.getPrototypeOf(axe._tree[0]);
    if (isTaught || !Object.hasOwn(prototype ?? {}, "getComputedStylePropertyValue")) return;
    isTaught = true;
    const { getComputedStylePropertyValue } = prototype;
    prototype.getComputedStylePropertyValue = function (property) {
      const look = isAnswering && looked.get(this.actualNode), place = PLACES.get(property);
      if (look && place) return look[place[0]].values[place[1]];
      return getComputedStylePropertyValue.call(this, property);
    };
  };

  /** From here until it is left, axe knows the document as it is now. */
  const enterAxe = () => {
    if (!axe._tree) axe.setup(document);
    answerForBrowser();
  };
  const leaveAxe = () => { axe.teardown(); };

  /** The whole document, taken down anew. `readTree` is called with its rows while axe knows the document, which it
   * goes on to do where that `isStaying`. */
  const snapshot = (readTree = () => {}, isStaying = false) => {
    const nodes = [], known = [], styles = table(), looks = table(), frames = [], plain = [];
    looked = new Map();
    state.kinds?.sortOut(false);
    const seen = state.kinds?.knownIn(), isEasy = mayBePlain();
    const walk = (node, parent, view, marks) => {
      if (node.nodeType === Node.TEXT_NODE) {
        if (!node.data) return;
        const isTitle = state.given && view === window && node.parentNode === document.querySelector("title");
        known.push(node);
        const box = textBox(node, view, isOff(nodes[parent], styles));
        nodes.push({ p: parent, x: isTitle ? state.given.title : node.data, b: box });
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE || node === state.given?.base) return;
      const index = nodes.length;
      const row = { p: parent, t: node.localName, a: attributesOf(node) };
      Object.assign(row, appearanceOf(node, view, styles, looks, view === window ? seen : null));
      plain[index] = isEasy && !marks && (parent < 0 || plain[parent]) && looked.has(node) &&
        nodes[parent]?.t !== "details" && isPlain(node, row, looked.get(node));
      Object.assign(row, meaningOf(node, view, marks, plain[index]));
      known.push(node);
      nodes.push(row);
      if (UNREAD.has(node.localName)) {
        if (node.localName !== "template") row.code = node.textContent;
        return;
      }
      if (node.shadowRoot) {
        for (const child of node.shadowRoot.childNodes) walk(child, index, view, marks | SHADOW);
        return;
      }
      if (node.localName === "slot" && node.assignedNodes) {
        const assigned = node.assignedNodes({ flatten: true });
        for (const child of assigned.length ? assigned : node.childNodes) walk(child, index, view, marks);
        return;
      }
      if (node.localName === "iframe" || node.localName === "frame") {
        let inner = null;
        try { inner = node.contentDocument; } catch { inner = null; }
        const innerView = inner?.defaultView;
        if (inner?.documentElement && innerView?.axe) {
          enter(innerView);
          row.frame = { url: innerView.location.href, title: inner.title };
          walk(inner.documentElement, index, innerView, marks | FRAME);
        }
        return;
      }
      for (const child of node.childNodes) walk(child, index, view, marks);
    };
    const enter = (view) => {
      if (view === window) { enterAxe(); return; }
      try { view.axe.setup(view.document); frames.push(view); } catch { /* set up already */ }
    };
    state.known = known;
    try {
      enter(window);
      walk(document.documentElement, -1, window, 0);
      readTree(nodes);
    } finally {
      for (const view of frames) view.axe.teardown();
      if (!isStaying) leaveAxe();
    }
    state.last = { nodes, styles, looks, view: viewNow(), lookOf: (index) => looked.get(state.known[index]) };
    watch();
    return { ...pageOf(), properties: STYLE, colours: COLOURS, styles: styles.rows, looks: looks.rows, nodes };
  };

  // Another view of the same document -------------------------------------------------------
  let hasChanged = false;
  // What a reader chose stands on the root; what comes of it shows in the styles.
  const note = (records) => {
    hasChanged ||= records.some(({ type, target }) => type !== "attributes" || target !== document.documentElement);
  };
  const watcher = new MutationObserver(note);
  const watch = () => {
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    watcher.takeRecords();
    hasChanged = false;
  };
  const isSame = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);
  const OTHERS = ["h", "o", "v", "w", "value", "href", "src", "natural", "drawn", "media"];
  const showing = [
    "display", "visibility", "opacity", "position", "overflow-x", "overflow-y", "float", "clip", "clip-path",
    "transform", "content-visibility",
  ].map((property) => STYLE.indexOf(property));
  /** What of a style may hide words from somebody, or part them. */
  const showingOf = (values) => showing.map((place) => values[place]).join();

  /** The window, and what the device asks for, at present. */
  const viewNow = () => ({
    size: [innerWidth, innerHeight, devicePixelRatio].join(), isForced: matchMedia("(forced-colors: active)").matches,
    attributes: attributesOf(document.documentElement),
  });
  /** Whether nothing but colours can have changed since the last look of a document that is the same but for its root. */
  const changesColoursAlone = ({ view: { size, isForced, attributes } }) => {
    const now = viewNow();
    if (!state.kinds || now.size !== size || now.isForced || isForced) return false;
    const names = new Set([...Object.keys(attributes), ...Object.keys(now.attributes)]);
    const changed = [...names].filter((name) => attributes[name] !== now.attributes[name]);
    return changed.every((name) => name.startsWith("data-")) && state.kinds.arePaintAlone(["", ...changed]);
  };

  /**
   * What looks another way than in the last snapshot, or null where the document is another, or cannot be watched.
   * isSameShape: nothing but colours changed; isSameParts: nothing appeared or vanished, nor changed role or name.
   */
  const again = (readTree = () => {}, isStaying = false) => {
    const { last } = state;
    note(watcher.takeRecords());
    if (!last || hasChanged || window.frames.length || last.nodes.some(({ f = 0 }) => f & SHADOW)) return null;
    const styles = table(), looks = table(), nodes = [], elements = [], other = {};
    const lookedBefore = looked;
    looked = new Map();
    state.kinds?.sortOut(true);
    const isRepainted = changesColoursAlone(last);
    const seen = state.kinds?.knownIn();
    let isSameShape = true, isSameParts = true, isShownAlike = true;
    for (const [index, before] of last.nodes.entries()) {
      const node = state.known[index];
      const lookBefore = isRepainted && !stills.has(node) ? lookedBefore.get(node) : null;
      if (lookBefore) {
        const look = repainted(node, lookBefore, seen);
        looked.set(node, look);
        const row = { ...before, s: styles.place(look.style), c: looks.place(look.colours) };
        if (index === 0) row.a = attributesOf(node);
        elements.push(index);
        nodes.push(row);
        continue;
      }
      if (node.nodeType === Node.TEXT_NODE) {
        if (isRepainted) { nodes.push(before); continue; }
        const box = textBox(node, window, isOff(nodes[before.p], styles));
        isSameShape &&= isSame(box, before.b);
        nodes.push({ ...before, b: box });
        continue;
      }
      const now = appearanceOf(node, window, styles, looks, seen), row = { ...before, ...now };
      for (const key of OTHERS) if (!(key in now)) delete row[key];
      if (index === 0) row.a = attributesOf(node);
      const changed = OTHERS.filter((key) => !isSame(row[key], before[key]));
      if (changed.length) other[index] = Object.fromEntries(OTHERS.map((key) => [key, row[key]]));
      const isSameStyle = styles.ids[row.s] === last.styles.ids[before.s];
      isSameShape &&= isSameStyle && !changed.length && isSame(row.b, before.b);
      isSameParts &&= !changed.includes("h") && !changed.includes("value");
      isShownAlike &&= !changed.includes("v") && !changed.includes("w") &&
        (isSameStyle || showingOf(styles.rows[row.s]) === showingOf(last.styles.rows[before.s]));
      elements.push(index);
      nodes.push(row);
    }
    if (!isSameShape) {
      enterAxe();
      try {
        const plain = [], isEasy = mayBePlain();
        const flags = elements.map((index) => {
          const element = state.known[index], { p } = nodes[index];
          if (state.given && element.parentNode === document.head) return 0;
          plain[index] = isEasy && (p < 0 || plain[p]) && nodes[p]?.t !== "details" &&
            looked.has(element) && isPlain(element, nodes[index], looked.get(element));
          if (plain[index] && !MAY_TAKE_FOCUS.test(element.localName) && !element.hasAttribute("tabindex")) {
            return RENDERED | EXPOSED;
          }
          const virtual = axe.utils.getNodeFromTree(element);
          return virtual ? flagsOf(element, virtual, axe.commons, plain[index]) : 0;
        });
        const isAlike = isShownAlike && flags.every((flag, place) => flag === nodes[elements[place]].f);
        for (const index of isAlike ? [] : elements) {
          const row = nodes[index], { f, r, n } = row;
          delete row.r;
          delete row.n;
          Object.assign(row, meaningOf(state.known[index], window, 0, plain[index]));
          isSameParts &&= row.f === f && row.r === r && row.n === n;
        }
        readTree(nodes);
      } finally {
        if (!isStaying) leaveAxe();
      }
    }
    state.last = { nodes, styles, looks, view: viewNow(), lookOf: (index) => looked.get(state.known[index]) };
    const column = (key) => nodes.map((row) => row[key] ?? null);
    const snapshot = {
      ...pageOf(), root: nodes[0].a, styles: styles.rows, looks: looks.rows, s: column("s"), c: column("c"),
      ...(isSameShape ? {} : { b: column("b"), other }),
      ...(isSameParts ? {} : { f: column("f"), r: column("r"), n: column("n") }),
    };
    return { snapshot, isSameShape, isSameParts };
  };

  /** The last look in another colour scheme, where it is known of every kind in it and changes colours alone; else null. */
  const inScheme = (scheme) => {
    const { last, kinds } = state;
    if (!state.given || !kinds?.arePaintAlone([""])) return null;
    const seen = kinds.knownIn(scheme), looks = table(), nodes = [];
    for (const [index, row] of last.nodes.entries()) {
      if (row.t === undefined) { nodes.push(row); continue; }
      const node = state.known[index], still = stills.get(node), now = looked.get(node);
      const other = still ?? (now && now.kind !== null ? seen.get(now.kind) : undefined);
      if (!other) return null;
      if (!still && (other.style.id !== now.style.id || other.before !== now.before || other.after !== now.after)) {
        return null;
      }
      // Whether what stands before or after words is painted is found out where it is seen.
      if ((row.v && other["::before"] === undefined) || (row.w && other["::after"] === undefined)) return null;
      nodes.push({ ...row, c: looks.place(other.colours) });
    }
    const snapshot = {
      ...pageOf(), root: nodes[0].a, styles: last.styles.rows, looks: looks.rows,
      s: nodes.map(({ s = null }) => s), c: nodes.map(({ c = null }) => c),
    };
    const lookOf = (index) => seen.get(looked.get(state.known[index])?.kind);
    // Where words stand clear of each other is the same, but for the colours of a table's columns.
    const hasColumns = last.styles.rows.some((values) => values[DISPLAY].startsWith("table-column"));
    return { snapshot, look: { nodes, styles: last.styles, looks, lookOf, clear: hasColumns ? undefined : last.clear } };
  };

  // Readings that nobody sees are three in four nodes of a Japanese page, and say nothing to anybody.
  const dropUnreadReadings = () => {
    const unread = [...document.querySelectorAll("ruby")].filter(
      (ruby) => ![...ruby.querySelectorAll("rt")].some((reading) => reading.getClientRects().length),
    );
    for (const ruby of unread) {
      for (const reading of ruby.querySelectorAll("rt, rp")) reading.remove();
      ruby.replaceWith(...ruby.childNodes);
    }
    if (unread.length) document.body.normalize();
  };

  const state = {
    known: [],
    /** The rows and tables of the last look. */
    last: null,
    /** Where an article was put in: the address and title that it has, and the element that says so. */
    given: null,
    snapshot,
    again,
    inScheme,
    enterAxe,
    leaveAxe,
    properties: { styles: STYLE, looks: COLOURS },
    dropUnreadReadings,
    /** To be called where a look is over: what was seen may change from now on, and axe must ask the browser. */
    letGo: () => { isAnswering = false; },
    typesOf,
    /** How many intervals the page has asked for, and how many delays that may be links of a chain. */
    timers,
    /** The element of the last snapshot with this number. */
    element: (index) => state.known[index] ?? null,
    /** The number of an element in the last snapshot, or -1. */
    indexOf: (element) => state.known.indexOf(element),
  };
  Object.defineProperty(window, "__machikado", { value: state });
})();
