// Put before every document, after contrast.js: shows without axe that targets are large enough, or far enough from each
// other, and that what scrolls can be scrolled with keys. Where that cannot be shown, axe is asked.
(() => {
  const { contrast, properties } = window.__machikado;
  const RENDERED = 1, FOCUSABLE = 4, TABBABLE = 8, LEAST = 24, MOST = 1000;
  const [ACROSS, DOWN] = ["overflow-x", "overflow-y"].map((name) => properties.styles.indexOf(name));
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const distance = ([x, y], box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom),
  );
  const isFar = (box, others, around) => {
    const from = middle(box), to = middle(around);
    return Math.hypot(from[0] - to[0], from[1] - to[1]) >= LEAST &&
      others.every((other) => distance(from, other) >= LEAST / 2);
  };

  /** Of these rules of axe, those that nothing in the look can break (WCAG 2.2, 2.5.8 and 2.1.1). */
  const kept = (look, rules) => rules.filter((rule) =>
    (rule === "target-size" && areRoomy(look)) || (rule === "scrollable-region-focusable" && canBeScrolled(look)));

  const areRoomy = (look) => {
    const { known } = window.__machikado;
    const isClear = contrast.clearPlaces(look);
    const targets = look.nodes.flatMap(({ t, f }, index) =>
      (t !== undefined && f & (FOCUSABLE | TABBABLE) && f & RENDERED ? [index] : []));
    if (targets.length > MOST) return false;
    const boxes = targets.map((index) => [...known[index].getClientRects()]);
    const around = targets.map((index) => known[index].getBoundingClientRect());
    return targets.every((index, place) => {
      const own = boxes[place];
      if (contrast.isInText(index)) return true;
      if (!isClear[index] || !own.length) return false;
      // Of the lines of a link that is broken, one that is large enough will do.
      if (own.some(({ width, height }) => width >= LEAST && height >= LEAST)) return true;
      return boxes.every((others, other) =>
        other === place || own.every((one) => isFar(one, others, around[other])));
    });
  };
  const isScrolled = ({ styles }, { o, s }) =>
    o && [ACROSS, DOWN].some((way) => /auto|scroll/.test(styles.rows[s][way]));
  const canBeScrolled = (look) => look.nodes.every((node) => node.f & TABBABLE || !isScrolled(look, node));
  /** Of these rules, those that have anything to look at. */
  const applying = (look, rules) => rules.filter((rule) => look.nodes.some((node) =>
    (rule === "target-size" ? node.f & TABBABLE && node.f & RENDERED : isScrolled(look, node))));

  window.__machikado.targets = { kept, applying };
})();
