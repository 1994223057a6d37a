// Asked once in each view: runs axe, and tells of every faulty element where it stands in the article.
// Judging is done elsewhere; this only gathers.
async ({ options, colourRules }) => {
  const ARTICLE = ".article-body";
  const GENERATED = "[data-generated]";
  const BLOCKS = "p,li,td,th,caption,dt,dd,summary,figcaption,h1,h2,h3,h4,h5,h6,blockquote";
  const NESTED = "ul,ol,dl,table,blockquote,details,figure";
  const PEERS = { heading: "h1,h2,h3,h4,h5,h6", link: "a[href]", image: "img" };

  const bodies = [...document.querySelectorAll(ARTICLE)];
  // With two articles there is no telling which file a part belongs to.
  const article = bodies.length === 1 ? bodies[0] : null;
  const written = (element) => {
    const generated = element.closest(GENERATED);
    return !generated || !article.contains(generated);
  };
  const peers = {};
  const peersOf = (kind) =>
    (peers[kind] ??= [...article.querySelectorAll(PEERS[kind] ?? kind)].filter(written));

  // The words an editor wrote in an element: no generated parts, no readings, images by their alt.
  const words = (element, without = null) => {
    let text = "";
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) text += child.data;
        if (child.nodeType !== Node.ELEMENT_NODE) continue;
        if (child.matches(`${GENERATED},rt,rp,script,style,template`)) continue;
        if (without && child.matches(without)) continue;
        if (child.localName === "img") text += child.getAttribute("alt") ?? "";
        else walk(child);
        if (child.matches("td,th,br")) text += " ";
      }
    };
    walk(element);
    return text.replace(/\s+/g, " ").trim();
  };

  const place = (found) => {
    if (!found?.isConnected) return null;
    // No editor writes a ruby: what is wrong with it is wrong with the text around it.
    const element = found.closest("ruby")?.parentElement ?? found;
    if (element.closest(".page-title")) return { part: "title" };
    if (element.closest(".page-summary")) return { part: "summary" };
    if (!article || !article.contains(element) || element === article || !written(element)) return null;
    const anchor = element.closest("h1,h2,h3,h4,h5,h6,a[href],img") ?? element;
    const kind =
      Object.keys(PEERS).find((name) => anchor.matches(PEERS[name])) ?? element.localName;
    const member = PEERS[kind] && article.contains(anchor) ? anchor : element;
    const block = element.closest(BLOCKS);
    const row = element.closest("tr");
    return {
      part: "article",
      kind,
      ordinal: peersOf(kind).indexOf(member),
      count: peersOf(kind).length,
      block: block && article.contains(block) ? words(block, NESTED) : "",
      row: row && article.contains(row) ? words(row) : "",
    };
  };

  // What the article holds, to be held against the outline of its source.
  const holdings = () =>
    article && {
      heading: peersOf("heading").map((heading) => words(heading)),
      link: peersOf("link").map((link) => words(link)),
      image: peersOf("image").map((image) => image.getAttribute("alt") ?? ""),
    };

  const strangers = () =>
    [...document.querySelectorAll("img,iframe,script,link,video,audio,source,embed,object")].flatMap(
      (element) => {
        const url = element.src || element.href || element.data || "";
        const isOutside = /^https?:/.test(url) && new URL(url).origin !== location.origin;
        const hint = element.localName === "link" && /canonical|alternate|license|next|prev/.test(element.rel);
        return isOutside && !hint
          ? [{ url, html: element.outerHTML.slice(0, 300), place: place(element) }]
          : [];
      },
    );

  // Everything but colours that a rule can see. Equal looks: only rules on colours can change their mind.
  const look = () => {
    if (window.frames.length) return null;
    const parts = [document.documentElement.outerHTML];
    for (const element of document.querySelectorAll("*")) {
      if (element.shadowRoot) return null;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      parts.push(
        [
          box.x, box.y, box.width, box.height, element.scrollWidth, element.scrollHeight,
          style.display, style.visibility, style.opacity, style.overflow, style.position,
          style.zIndex, style.pointerEvents, style.clipPath, style.contentVisibility,
        ].join(),
      );
    }
    return parts.join("\n");
  };

  const gather = async (runOptions) => {
    const run = await axe.run(document, runOptions);
    const known = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, rule]));
    const results = [];
    for (const [outcome, rules] of [["failed", run.violations], ["cantTell", run.incomplete]]) {
      for (const rule of rules) {
        for (const node of rule.nodes) {
          results.push({
            outcome,
            rule: rule.id,
            tags: rule.tags,
            act: known[rule.id]?.actIds ?? [],
            help: rule.help,
            description: rule.description,
            selector: node.target.flat(Infinity).join(" >>> "),
            html: node.html,
            details: [...node.any, ...node.all, ...node.none].map((check) => ({
              message: check.message,
              data: check.data ?? null,
            })),
            place: place(node.element),
          });
        }
      }
    }
    return { engine: `${run.testEngine.name} ${run.testEngine.version}`, results };
  };

  const appearance = look();
  const before = window.__machikadoAudit;
  let seen;
  if (before && appearance !== null && before.appearance === appearance) {
    seen = await gather({
      ...options,
      runOnly: { type: "rule", values: colourRules },
      rules: {},
    });
    seen.results.push(...before.results.filter((result) => !colourRules.includes(result.rule)));
  } else {
    seen = await gather(options);
  }
  Object.defineProperty(window, "__machikadoAudit", {
    value: { appearance, results: seen.results },
    configurable: true,
  });
  return { ...seen, holdings: holdings(), strangers: strangers() };
}
