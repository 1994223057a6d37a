// Asked once in each view: takes the page's snapshot and runs axe. Judging is done elsewhere; this only gathers.
async ({ options, colourRules, shapeRules = [] }) => {
  window.__machikado.dropUnreadReadings();
  const snapshot = window.__machikado.snapshot();
  const known = new Map(window.__machikado.known.map((node, index) => [node, index]));

  // What a rule of axe can see: parts and what is hidden of them, then boxes and shapes, then colours. Where only
  // the latter changed since the view before, only rules that look at it can change their mind. What a reader chose
  // stands on the root; what comes of it shows in the rest.
  const { looks, ...shape } = snapshot;
  const isReadable = !window.frames.length && !shape.nodes.some(({ f = 0 }) => f & 32);
  const parts = (node) => (node.t === "html" ? { ...node, a: null } : node);
  const seeing = (nodes) => (isReadable ? JSON.stringify(nodes) : null);
  const appearance = seeing({ ...shape, nodes: shape.nodes.map(({ c, ...node }) => parts(node)) });
  const structure = seeing(
    shape.nodes.map(parts).map(({ p, t, a, f, r, n, x, h, value }) => [p, t, a, f, r, n, x, h, value]),
  );

  // The device's own colours are not ours to judge, and axe does not see what the browser makes of them.
  const hasOwnColours = matchMedia("(forced-colors: active)").matches;
  const off = Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }]));

  const gather = async (runOptions) => {
    const run = await axe.run(document, {
      ...runOptions,
      rules: { ...runOptions.rules, ...(hasOwnColours ? off : {}) },
    });
    const rules = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, rule]));
    const results = [];
    for (const [outcome, found] of [["failed", run.violations], ["cantTell", run.incomplete]]) {
      for (const rule of found) {
        for (const node of rule.nodes) {
          results.push({
            outcome,
            rule: rule.id,
            tags: rule.tags,
            act: rules[rule.id]?.actIds ?? [],
            help: rule.help,
            description: rule.description,
            selector: node.target.flat(Infinity).join(" >>> "),
            html: node.html,
            details: [...node.any, ...node.all, ...node.none].map((check) => ({
              message: check.message,
              data: check.data ?? null,
            })),
            node: known.get(node.element) ?? -1,
          });
        }
      }
    }
    const applied = [...run.violations, ...run.incomplete, ...run.passes];
    const applicable = [...new Set(applied.flatMap(({ tags }) => tags))];
    const ran = [...applied, ...run.inapplicable].map(({ id }) => id);
    const left = hasOwnColours ? ["color-contrast", "link-in-text-block"] : [];
    return { rules: [...ran, ...left], engine: `${run.testEngine.name} ${run.testEngine.version}`, results, applicable };
  };

  const again = (before) => {
    const stale = [...colourRules, ...(before.appearance === appearance ? [] : shapeRules)];
    const wanted = stale.filter((rule) => before.rules.includes(rule) && !(hasOwnColours && colourRules.includes(rule)));
    const kept = before.results.filter((result) => !stale.includes(result.rule));
    return { wanted, kept };
  };

  const before = window.__machikadoAudit;
  let seen;
  if (before && isReadable && before.structure === structure) {
    const { wanted, kept } = again(before);
    const values = { type: "rule", values: wanted };
    const { results } = wanted.length ? await gather({ ...options, runOnly: values, rules: {} }) : { results: [] };
    seen = { ...before, results: [...results, ...kept] };
  } else {
    seen = await gather(options);
  }
  Object.defineProperty(window, "__machikadoAudit", {
    value: { ...seen, appearance, structure },
    configurable: true,
  });
  // One string crosses to Python far faster than an object of as many parts.
  const { engine, results, applicable } = seen;
  return JSON.stringify({ engine, results, applicable, snapshot });
}
