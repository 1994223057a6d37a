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
  const typesOf = (target) => {
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
    "text-align", "text-indent", "text-transform", "text-overflow", "white-space", "list-style-type",
    "text-decoration-line", "text-decoration-style", "outline-style", "outline-width",
    "border-top-width", "border-right-width", "border-bottom-width", "border-left-width", "border-bottom-style",
    "animation-name", "animation-duration", "animation-iteration-count",
  ];
  const COLOURS = [
    "color", "background-color", "background-image", "outline-color", "text-decoration-color", "box-shadow",
    "border-top-color", "border-right-color", "border-bottom-color", "border-left-color", "text-shadow", "filter",
    "fill", "stroke",
  ];
  const UNREAD = new Set(["script", "style", "template"]);
  const RENDERED = 1, EXPOSED = 2, FOCUSABLE = 4, TABBABLE = 8, FRAME = 16, SHADOW = 32;
  const round = (number) => Math.round(number * 100) / 100;
  const boxOf = ({ x, y, width, height }, view) =>
    [round(x + view.scrollX), round(y + view.scrollY), round(width), round(height)];

  const snapshot = () => {
    const nodes = [], known = [], styles = [], styleOf = new Map(), looks = [], lookOf = new Map(), frames = [];
    const intern = (table, index, values) => {
      const key = values.join("\u0000");
      if (!index.has(key)) { index.set(key, table.length); table.push(values); }
      return index.get(key);
    };
    const pseudo = (view, element, name) => {
      const { content } = view.getComputedStyle(element, name);
      return content === "none" || content === "normal" ? undefined : content;
    };
    const readable = (axe, element) => {
      const virtual = axe.utils.getNodeFromTree(element);
      if (!virtual) return {};
      const { aria, dom, text } = axe.commons;
      const quietly = (ask) => { try { return ask(); } catch { return undefined; } };
      const role = quietly(() => aria.getRole(virtual)) ?? null;
      const flags =
        (quietly(() => dom.isVisibleOnScreen(virtual)) ? RENDERED : 0) |
        (quietly(() => dom.isVisibleToScreenReaders(virtual)) ? EXPOSED : 0) |
        (quietly(() => dom.isFocusable(virtual)) ? FOCUSABLE : 0) |
        (quietly(() => dom.isInTabOrder(virtual)) ? TABBABLE : 0);
      const isNamed = element.localName !== "body" &&
        (role || element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby") ||
          /^(img|svg|object|embed|iframe|video|audio|area|canvas|summary|input|meter|progress)$/.test(element.localName));
      const name = isNamed ? quietly(() => text.accessibleTextVirtual(virtual)) ?? "" : null;
      return { role, name, flags };
    };

    const walk = (node, parent, view, marks) => {
      if (node.nodeType === Node.TEXT_NODE) {
        if (!node.data) return;
        const range = node.ownerDocument.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        known.push(node);
        nodes.push({ p: parent, x: node.data, b: box.width || box.height ? boxOf(box, view) : null });
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      const index = nodes.length;
      const computed = view.getComputedStyle(node);
      const { role, name, flags = 0 } = readable(view.axe, node);
      const attributes = {};
      for (const { name: key, value } of node.attributes) attributes[key] = value;
      const heard = typesOf(node);
      const box = node.getBoundingClientRect();
      const row = {
        p: parent, t: node.localName, a: attributes,
        b: node.getClientRects().length ? boxOf(box, view) : null,
        s: intern(styles, styleOf, STYLE.map((property) => computed.getPropertyValue(property))),
        c: intern(looks, lookOf, COLOURS.map((property) => computed.getPropertyValue(property))),
        f: flags | marks,
      };
      if (role) row.r = role;
      if (name !== null && name !== undefined) row.n = name;
      if (heard.length) row.h = heard;
      if (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1) {
        row.o = [node.clientWidth, node.clientHeight, node.scrollWidth, node.scrollHeight];
      }
      const before = pseudo(view, node, "::before"), after = pseudo(view, node, "::after");
      if (before) row.v = before;
      if (after) row.w = after;
      if (/^(input|textarea|select|option)$/.test(node.localName)) row.value = String(node.value ?? "");
      if (node.localName === "a" || node.localName === "area") row.href = String(node.href?.baseVal ?? node.href ?? "");
      if (node.localName === "img") { row.src = node.currentSrc; row.natural = [node.naturalWidth, node.naturalHeight]; }
      if (drawings.has(node)) row.drawn = drawings.get(node).words.trim();
      if (node.localName === "audio" || node.localName === "video") {
        row.media = {
          src: node.currentSrc, duration: Number.isFinite(node.duration) ? node.duration : null, paused: node.paused,
          muted: node.muted, volume: node.volume, autoplay: node.autoplay, loop: node.loop, controls: node.controls,
          ready: node.readyState, error: node.error?.code ?? null,
          played: played.has(node),
          audio: node.localName === "audio" ? true : (node.webkitAudioDecodedByteCount ?? 0) > 0,
        };
      }
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
      try { view.axe.setup(view.document); frames.push(view); } catch { /* set up already */ }
    };
    try {
      enter(window);
      walk(document.documentElement, -1, window, 0);
    } finally {
      for (const view of frames) view.axe.teardown();
    }
    state.known = known;
    return {
      url: location.href, title: document.title, doctype: document.doctype ? document.doctype.name : null,
      mode: document.compatMode, viewport: [innerWidth, innerHeight],
      scroll: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
      heard: { window: typesOf(window), document: typesOf(document) },
      properties: STYLE, colours: COLOURS, styles, looks, nodes,
    };
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
    snapshot,
    dropUnreadReadings,
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
