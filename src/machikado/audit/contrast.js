// Put before every document, after setup.js: knows what axe has found of colours before, so that it need not be asked
// again. Half of its time goes into finding out what is painted below each word.
//
// What axe says of a word's colours follows from the styles of all elements that the word is in, as long as nothing else
// is painted over or under it. Both are known from the snapshot: the styles, and boxes that stand side by side, each
// within the one around it. Where that cannot be shown, axe is asked.
(() => {
  const { properties } = window.__machikado;
  const RENDERED = 1;
  const place = (name) => properties.styles.indexOf(name);
  const [DISPLAY, POSITION, LEVEL, TRANSFORM, SIZE, LINE, ACROSS, DOWN] =
    ["display", "position", "z-index", "transform", "font-size", "line-height", "overflow-x", "overflow-y"].map(place);
  const [OPACITY, WEIGHT] = ["opacity", "font-weight"].map(place);
  const lookPlaces = (...names) => names.map((name) => properties.looks.indexOf(name));
  const [BACKGROUND, PICTURE, FILTER] = lookPlaces("background-color", "background-image", "filter");
  const GROUND = [BACKGROUND, PICTURE, FILTER, ...lookPlaces("box-shadow")];
  const LETTERS = lookPlaces("color", "text-shadow", "text-decoration-color", "fill", "stroke");
  const CLEAR = "rgba(0, 0, 0, 0)";
  const BLOCKS = new Set([
    "block", "list-item", "flow-root", "flex", "grid", "table", "table-caption", "table-header-group",
    "table-row-group", "table-footer-group", "table-row", "table-cell",
  ]);
  const IN_LINES = new Set(["inline", "inline-block", "inline-flex", "inline-table"]);
  const COLUMNS = new Set(["table-column", "table-column-group"]);
  const FLOATING = new Set(["fixed"]);
  const FIELDS = new Set(["input", "select", "textarea", "option", "optgroup", "button", "label", "fieldset"]);
  const WORDS = /[\p{L}\p{N}]/u;
  /** What axe reads of styles and snapshots do not hold. */
  const ODD = /mix-blend-mode|text-stroke/;
  const TEXT_RULES = ["color-contrast", "color-contrast-enhanced"], LINK_RULE = "link-in-text-block";

  // Boxes -----------------------------------------------------------------------------------
  // A line may stand out of its box by so much; the middle of a neighbouring line, where axe looks, is farther off.
  const LEAD = 3, HAIR = 1;
  const joined = (one, other) => {
    if (!one || !other) return one ?? other;
    const x = Math.min(one[0], other[0]), y = Math.min(one[1], other[1]);
    return [
      x, y, Math.max(one[0] + one[2], other[0] + other[2]) - x, Math.max(one[1] + one[3], other[1] + other[3]) - y,
    ];
  };
  const isWithin = (inner, outer, lead) =>
    inner[0] >= outer[0] - HAIR && inner[0] + inner[2] <= outer[0] + outer[2] + HAIR &&
    inner[1] >= outer[1] - lead && inner[1] + inner[3] <= outer[1] + outer[3] + lead;
  const isApart = (one, other, lead) =>
    one[0] + one[2] <= other[0] + HAIR || other[0] + other[2] <= one[0] + HAIR ||
    one[1] + one[3] <= other[1] + lead || other[1] + other[3] <= one[1] + lead;
  const areApart = (boxes, lead) => {
    let right = -Infinity, bottom = -Infinity, isRow = true, isColumn = true;
    for (const [x, y, width, height] of boxes) {
      isRow &&= x >= right - HAIR;
      isColumn &&= y >= bottom - lead;
      right = Math.max(right, x + width);
      bottom = Math.max(bottom, y + height);
    }
    if (isRow || isColumn) return true;
    const isAlone = (one, index) => boxes.slice(index + 1).every((other) => isApart(one, other, lead));
    return boxes.length < 50 && boxes.every(isAlone);
  };

  /** For each row, whether all that is painted around its words are the boxes that it is in. */
  const clearPlaces = (look) => {
    look.clear ??= findClear(look);
    return look.clear;
  };
  /** Whether a margin draws an element over its neighbours; `look` is what is known of elements of its kind in this view. */
  const isPulled = (element, look = {}) => {
    look.isPulled ??= (({ marginLeft, marginRight, marginTop, marginBottom }) =>
      [marginLeft, marginRight, marginTop, marginBottom].some((margin) => parseFloat(margin) < 0)
    )(getComputedStyle(element));
    return look.isPulled;
  };
  const findClear = ({ nodes, styles, looks, lookOf }) => {
    const { known } = window.__machikado;
    const children = nodes.map(() => []), extent = [], isTidy = [];
    for (const [index, { p }] of nodes.entries()) if (p >= 0) children[p].push(index);
    const styleOf = (index) => styles.rows[nodes[index].s];
    const isInLine = (index) => "x" in nodes[index] || IN_LINES.has(styleOf(index)[DISPLAY]);

    // What nobody sees takes up room, but nothing is painted there.
    const painted = (index) => {
      const { x, p, b, f } = nodes[index];
      return (x === undefined ? f : nodes[p].f) & RENDERED ? b : null;
    };
    /** What stays where it is while all else is scrolled stands nowhere, but over what its box covers. */
    const isFloating = (index) => FLOATING.has(styleOf(index)[POSITION]);
    const isScrolled = (index) => [ACROSS, DOWN].some((way) => /auto|scroll/.test(styleOf(index)[way]));
    /** The box that holds what is in an element: where it scrolls, all that can be scrolled to. */
    const room = (index) => {
      const { o } = nodes[index], b = painted(index);
      if (!b || !o || !isScrolled(index)) return b;
      return [b[0], b[1], Math.max(b[2], b[2] - o[0] + o[2]), Math.max(b[3], b[3] - o[1] + o[3])];
    };
    const isArranged = (index) => {
      const b = room(index), style = styleOf(index), display = style[DISPLAY];
      const inLines = display === "inline";
      if (!b || (!BLOCKS.has(display) && !IN_LINES.has(display))) return false;
      if (style[TRANSFORM] !== "none" || isFloating(index)) return false;
      if (style[POSITION] !== "static" && parseInt(style[LEVEL], 10) < 0) return false;
      const size = parseFloat(style[SIZE]), lead = Math.min(LEAD, size * 0.2);
      const items = [];
      let line = null, hasLines = false;
      for (const child of children[index]) {
        const box = extent[child];
        if (!box) continue;
        const isText = "x" in nodes[child];
        if (!isText && isFloating(child)) continue;
        if (!isText && COLUMNS.has(styleOf(child)[DISPLAY])) {
          if (looks.rows[nodes[child].c][BACKGROUND] !== CLEAR) return false;
          continue;
        }
        if (isInLine(child)) {
          hasLines = true;
          if (!isWithin(box, b, inLines ? LEAD : lead)) return false;
          if (!isText) {
            if (styleOf(child)[POSITION] !== "static") return false;
            if (isPulled(known[child], lookOf(child))) return false;
          }
          line = joined(line, box);
          continue;
        }
        if (inLines || !isWithin(box, b, HAIR)) return false;
        if (line) items.push(line);
        line = null;
        items.push(box);
      }
      if (line) items.push(line);
      // Lines closer than this could cover each other's middle.
      if (hasLines && style[LINE] !== "normal" && !(parseFloat(style[LINE]) >= size * 0.8)) return false;
      return areApart(items, hasLines ? lead + HAIR : HAIR);
    };

    for (let index = nodes.length - 1; index >= 0; index -= 1) {
      const { s, x } = nodes[index], b = painted(index);
      if (x === undefined) isTidy[index] = isArranged(index);
      // What a box cuts off or scrolls is never painted outside of it.
      const isClosed = s !== undefined && b && styles.rows[s][ACROSS] !== "visible" && styles.rows[s][DOWN] !== "visible";
      extent[index] = isClosed ? b : children[index].reduce((box, child) =>
        ("x" in nodes[child] || !isFloating(child) ? joined(box, extent[child]) : box), b);
    }
    const floating = nodes.flatMap(({ x }, index) => (x === undefined && extent[index] && isFloating(index) ? [index] : []));
    if (floating.length > 20) return nodes.map(() => false);
    const covered = floating.map((index) => extent[index]);
    const isCovered = (box) => covered.some((other) => !isApart(box, other, -LEAD));
    const isClear = [];
    for (const [index, { p }] of nodes.entries()) isClear.push((p < 0 || isClear[p]) && isTidy[index] !== false);
    return covered.length ? isClear.map((clear, index) => clear && !(extent[index] && isCovered(extent[index]))) : isClear;
  };

  // Styles ----------------------------------------------------------------------------------
  const numbers = new Map();
  const numberOf = (key) => {
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key);
  };
  /**
   * For each element, a number that stands for the styles of it and all that it is in, and one for its letters and all that
   * is painted below them; null where they say too little.
   */
  const signatures = ({ nodes, styles, looks, lookOf }) => {
    const { known } = window.__machikado;
    const signed = [], lettered = [], grounds = [];
    for (const [index, { p, t, a, s, c, v, w, x }] of nodes.entries()) {
      const around = p < 0 ? 0 : signed[p];
      const isFlawed = around === null || x !== undefined || FIELDS.has(t) || "inert" in a ||
        a["aria-disabled"] === "true" || ODD.test(a.style ?? "") ||
        (v && isPainted(known[index], "::before", lookOf(index))) ||
        (w && isPainted(known[index], "::after", lookOf(index)));
      signed.push(isFlawed ? null : numberOf(
        [around, t, a.class, a.style, styles.ids[s], looks.ids[c], v, w].join("\u0000"),
      ));
    }
    for (const [index, { p, t, s, c: look }] of nodes.entries()) {
      if (t === undefined || signed[index] === null) { lettered.push(null); grounds.push(0); continue; }
      const style = styles.rows[s], colours = looks.rows[look], below = p < 0 ? 0 : grounds[p];
      const isPainting = colours[BACKGROUND] !== CLEAR || colours[PICTURE] !== "none" || colours[FILTER] !== "none" ||
        style[OPACITY] !== "1";
      grounds.push(isPainting
        ? numberOf(["ground", below, t, style[DISPLAY], style[OPACITY], ...GROUND.map((one) => colours[one])].join("\u0000"))
        : below);
      const size = isLarge(parseFloat(style[SIZE]), parseFloat(style[WEIGHT]));
      lettered.push(numberOf(["letters", grounds[index], ...LETTERS.map((one) => colours[one]), size].join("\u0000")));
    }
    return { signed, lettered };
  };
  const isPainted = (element, part, look = {}) => {
    look[part] ??= (({ position, backgroundColor, backgroundImage }) =>
      position !== "static" && (backgroundColor !== CLEAR || backgroundImage !== "none")
    )(getComputedStyle(element, part));
    return look[part];
  };
  // WCAG 2.2, 1.4.3: 18 points, or 14 where bold, as axe counts them.
  const isLarge = (size, weight) => Math.ceil(size * 72) / 96 >= (weight >= 700 ? 14 : 18);
  /** A number for each element that stands for its colours and size of letters, and for the colours of all around it. */
  const tints = ({ nodes, styles, looks }) => {
    const tinted = [];
    for (const { p, t, s, c } of nodes) {
      if (t === undefined) { tinted.push(null); continue; }
      const around = p < 0 ? "" : tinted[p][0], style = styles.rows[s];
      const own = numberOf(["tint", around, t, looks.ids[c], style[OPACITY]].join("\u0000"));
      tinted.push([own, `${own} ${isLarge(parseFloat(style[SIZE]), parseFloat(style[WEIGHT]))}`]);
    }
    return tinted;
  };
  let isOddlyStyled = null;
  /** Whether the style sheets do to colours what snapshots do not hold. They are the same for every article. */
  const hasOddStyles = () => {
    isOddlyStyled ??= [...document.styleSheets].some((sheet) => {
      try { return [...sheet.cssRules].some(({ cssText }) => ODD.test(cssText)); } catch { return true; }
    });
    return isOddlyStyled;
  };

  // As axe's `target-size` asks.
  const LOOSELY = { noLengthCompare: true, includeInlineBlock: true };

  // What is known ---------------------------------------------------------------------------
  const good = new Map([...TEXT_RULES, LINK_RULE].map((rule) => [rule, new Set()]));
  let linksInText = new Set(), linksInWords = new Set();
  // What axe had nothing to say of in an earlier view of the same document: a narrow window pushes parts out of sight,
  // where it cannot see their colours, but the colours are those that it saw.
  let shown = new Map();
  const forget = () => { shown = new Map(); };

  /** To be called while axe knows the document: which links stand in running text, and which in any words at all. */
  const readLinks = (nodes) => {
    const { known } = window.__machikado;
    const isIn = (index, options) => {
      try { return axe.commons.dom.isInTextBlock(known[index], options); } catch { return false; }
    };
    const links = nodes.flatMap(({ t, a, f }, index) =>
      (((t === "a" && "href" in a) || a?.role === "link") && f & RENDERED ? [index] : []));
    // Each answer goes through all words around; of very many links axe is asked.
    if (links.length > 400) { linksInText = new Set(links); linksInWords = new Set(); return; }
    linksInText = new Set(links.filter((index) => isIn(index)));
    linksInWords = new Set(links.filter((index) => linksInText.has(index) || isIn(index, LOOSELY)));
  };
  const isInText = (index) => linksInWords.has(index);

  /**
   * Sorts a look's elements by what is known of `rules`: `open`, the elements that axe must be asked about now;
   * `waiting()`, once axe has answered, those that looked like one of them and turn out not to be settled by it;
   * `settled`, the rules that others are known to keep; `learn`, to be told what axe answered.
   */
  const sortOut = (look, rules) => {
    const { nodes } = look, { known } = window.__machikado;
    const canKnow = !hasOddStyles();
    const isClear = canKnow ? clearPlaces(look) : [];
    const { signed, lettered } = canKnow ? signatures(look) : { signed: [], lettered: [] };
    /** What stands for all elements of which axe says the same, by this rule; null where nothing does. */
    const signOf = (rule, index) => {
      if (!isClear[index]) return null;
      return (rule === LINK_RULE ? signed[index] : lettered[index]) ?? null;
    };
    const open = new Set(), settled = new Set(), like = new Set(), later = [];
    const tinted = tints(look);
    const hasWords = new Set(nodes.flatMap(({ p, x, b }) => (x !== undefined && b && x.trim() ? [p] : [])));
    const hasLetters = new Set(nodes.flatMap(({ p, x, b }) => (x !== undefined && b && WORDS.test(x) ? [p] : [])));
    const isKnown = (rule, index) => {
      const sign = signOf(rule, index);
      return (sign !== null && good.get(rule).has(sign)) || shown.get(`${rule} ${index}`)?.has(tinted[index][1]);
    };
    const sort = (index, wanted) => {
      if (wanted.every((rule) => isKnown(rule, index))) {
        for (const rule of wanted) settled.add(rule);
        return;
      }
      const signs = wanted.map((rule) => signOf(rule, index));
      const key = signs.includes(null) ? null : [...wanted, ...signs].join();
      // Of elements that look alike one is asked about first.
      if (key !== null && like.has(key)) { later.push([index, wanted]); return; }
      like.add(key);
      open.add(known[index]);
    };
    const textRules = rules.filter((rule) => TEXT_RULES.includes(rule));
    for (const [index, { t, f }] of nodes.entries()) {
      if (t === undefined || !(f & RENDERED)) continue;
      if (textRules.length && FIELDS.has(t)) open.add(known[index]);
      else if (textRules.length && hasWords.has(index)) {
        if (hasLetters.has(index)) sort(index, textRules);
        else open.add(known[index]);
      }
    }
    if (rules.includes(LINK_RULE)) for (const index of linksInText) sort(index, [LINK_RULE]);
    const waiting = () => [...new Set(later.flatMap(([index, wanted]) =>
      (wanted.every((rule) => isKnown(rule, index)) || open.has(known[index]) ? [] : [known[index]])))];
    const indexOf = new Map(known.map((node, index) => [node, index]));
    const told = new Set();
    /** isOver: whether nothing more will be asked of this look. */
    const learn = (passes, results, isOver = true) => {
      for (const { rule, node } of results) told.add(`${rule} ${node}`);
      for (const { id, nodes: passed } of passes) {
        for (const { element } of passed) {
          const index = indexOf.get(element), sign = index === undefined ? null : signOf(id, index);
          const isKnowable = sign !== null && nodes[index].f & RENDERED;
          if (isKnowable && (id === LINK_RULE || hasLetters.has(index))) good.get(id)?.add(sign);
        }
      }
      for (const index of isOver ? hasWords : []) {
        for (const rule of nodes[index].f & RENDERED ? textRules : []) {
          const key = `${rule} ${index}`;
          if (told.has(key)) continue;
          if (!shown.has(key)) shown.set(key, new Set());
          shown.get(key).add(tinted[index][1]);
        }
      }
    };
    return { open: [...open], waiting, settled, learn };
  };

  window.__machikado.contrast = { sortOut, readLinks, clearPlaces, forget, isInText };
})();
