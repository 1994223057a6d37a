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
  const isFar = (box, other) => {
    const from = middle(box), to = middle(other);
    return distance(from, other) >= LEAST / 2 && Math.hypot(from[0] - to[0], from[1] - to[1]) >= LEAST;
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
    return targets.every((index, place) => {
      const own = boxes[place];
      if (!isClear[index] || !own.length) return false;
      if (own.length === 1 && own[0].width >= LEAST && own[0].height >= LEAST) return true;
      return boxes.every((others, other) =>
        other === place || others.every((box) => own.every((one) => isFar(one, box))));
    });
  };
  const canBeScrolled = ({ nodes, styles }) => nodes.every(({ o, f, s }) => {
    const style = o && styles.rows[s];
    return !o || f & TABBABLE || ![ACROSS, DOWN].some((way) => /auto|scroll/.test(style[way]));
  });

  window.__machikado.targets = { kept };
})();
