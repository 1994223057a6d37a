// Asked once in each view: takes the page's snapshot and runs axe. Judging is done elsewhere; this only gathers.
async ({ options, colourRules }) => {
  // Readings that nobody sees are three in four nodes of a Japanese page, and say nothing to anybody.
  const unread = [...document.querySelectorAll("ruby")].filter(
    (ruby) => ![...ruby.querySelectorAll("rt")].some((reading) => reading.getClientRects().length),
  );
  for (const ruby of unread) {
    for (const reading of ruby.querySelectorAll("rt, rp")) reading.remove();
    ruby.replaceWith(...ruby.childNodes);
  }
  if (unread.length) document.body.normalize();
  const snapshot = window.__machikado.snapshot();
  const known = new Map(window.__machikado.known.map((node, index) => [node, index]));

  // Everything but colours that a rule of axe can see. Equal looks: only rules on colours can change their mind.
  const { looks, ...shape } = snapshot;
  const isWhole = !window.frames.length && !shape.nodes.some(({ f = 0 }) => f & 32);
  const appearance = isWhole
    ? JSON.stringify({ ...shape, nodes: shape.nodes.map(({ c, ...node }) => node) })
    : null;

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
    return { engine: `${run.testEngine.name} ${run.testEngine.version}`, results, applicable };
  };

  const before = window.__machikadoAudit;
  let seen;
  if (!hasOwnColours && before && appearance !== null && before.appearance === appearance) {
    seen = await gather({ ...options, runOnly: { type: "rule", values: colourRules }, rules: {} });
    seen.results.push(...before.results.filter((result) => !colourRules.includes(result.rule)));
    seen.applicable.push(...before.applicable);
  } else {
    seen = await gather(options);
  }
  Object.defineProperty(window, "__machikadoAudit", {
    value: { appearance, results: seen.results, applicable: seen.applicable },
    configurable: true,
  });
  // One string crosses to Python far faster than an object of as many parts.
  return JSON.stringify({ ...seen, snapshot });
}
