// Asked once in each view: takes the page's snapshot and runs axe. Judging is done elsewhere; this only gathers.
async ({ options, colourRules, shapeRules = [] }) => {
  const { contrast, targets, dropUnreadReadings, ...look } = window.__machikado;
  const machikado = window.__machikado, before = machikado.audit ?? null;
  dropUnreadReadings();

  // What a rule of axe can see: parts and what is hidden of them, then boxes and shapes, then colours. Where only
  // the latter changed since the view before, only rules that look at it can change their mind.
  const renewed = before ? look.again(contrast.readLinks, true) : null;
  if (!renewed) contrast.forget();
  const snapshot = renewed?.snapshot ?? look.snapshot(contrast.readLinks, true);
  const isReadable = !window.frames.length && !machikado.last.nodes.some(({ f = 0 }) => f & 32);
  const known = new Map(machikado.known.map((node, index) => [node, index]));

  const isOn = (rule) => options.rules?.[rule]?.enabled ?? !["color-contrast-enhanced", "target-size"].includes(rule);
  // The device's own colours are not ours to judge, and axe does not see what the browser makes of them.
  const hasOwnColours = matchMedia("(forced-colors: active)").matches;
  const colours = hasOwnColours ? [] : colourRules.filter(isOn);
  const off = Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }]));

  /**
   * What axe says, rule by rule, of the whole document or of some elements in it. Where there are no frames, its rules are
   * asked one after the other: `axe.run` takes the document down anew each time and pauses after each rule.
   */
  const verdicts = async (elements, chosen) => {
    if (isReadable) {
      look.enterAxe();
      try {
        axe._selectCache = [];
        const include = elements?.map((element) => axe.utils.getNodeFromTree(element)) ?? [axe._tree[0]];
        const context = {
          include, exclude: [], frames: [], page: !elements, initiator: true, focusable: true, size: {},
          flatTree: axe._tree,
        };
        const rules = axe._audit.rules.filter((rule) => axe.utils.ruleShouldRun(rule, context, chosen));
        const found = axe._audit.after(rules.map((rule) => rule.runSync(context, chosen)), chosen);
        for (const rule of found) axe.utils.publishMetaData(rule);
        const said = ({ node, ...rest }) => ({ ...rest, element: node.element, html: node.source, target: node.selector });
        return found.map((rule) => axe.utils.finalizeRuleResult(rule)).map((rule) => ({
          ...rule, violations: rule.violations.map(said), incomplete: rule.incomplete.map(said),
          // Of what is in order nobody asks for a selector, which takes longer than many a rule.
          passes: rule.passes.map(({ node }) => ({ element: node.element })),
        }));
      } catch { /* A rule that must wait for something is asked as axe wants it. */ }
    }
    look.leaveAxe();
    const run = await axe.run(elements ? { include: elements } : document, chosen);
    const found = new Map();
    for (const group of ["violations", "incomplete", "passes"]) {
      for (const rule of run[group]) {
        if (!found.has(rule.id)) found.set(rule.id, { ...rule, violations: [], incomplete: [], passes: [] });
        found.get(rule.id)[group] = rule.nodes;
      }
    }
    return [...found.values()];
  };
  const asked = async (elements, chosen) => {
    const found = await verdicts(elements, chosen);
    const rules = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, rule]));
    const results = [];
    for (const [outcome, group] of [["failed", "violations"], ["cantTell", "incomplete"]]) {
      for (const rule of found) {
        for (const node of rule[group]) {
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
    const applied = found.filter((rule) => rule.violations.length || rule.incomplete.length || rule.passes.length);
    return {
      engine: `axe-core ${axe.version}`,
      results,
      applied: applied.map(({ id }) => id),
      passes: found.map(({ id, passes }) => ({ id, nodes: passes })),
    };
  };

  /** The rules of colours, asked of the elements whose colours are not known yet. */
  const askedOfColours = async () => {
    if (!colours.length) return { results: [], applied: [] };
    const { open, waiting, settled, learn } = contrast.sortOut(machikado.last, colours);
    const applied = new Set(settled), results = [];
    for (let elements = open; elements.length; elements = elements === open ? waiting() : []) {
      const found = await asked(elements, {
        ...options,
        rules: {},
        runOnly: { type: "rule", values: colours },
        resultTypes: ["violations", "incomplete", "passes"],
      });
      learn(found.passes, found.results, false);
      results.push(...found.results);
      for (const rule of found.applied) applied.add(rule);
    }
    learn([], []);
    return { results, applied: [...applied] };
  };
  const isOf = (rules) => (one) => rules.includes(one.rule ?? one);
  const isNotOf = (rules) => (one) => !isOf(rules)(one);

  let seen;
  if (!isReadable) {
    seen = await asked(null, { ...options, rules: { ...options.rules, ...(hasOwnColours ? off : {}) } });
  } else {
    const kept = targets.kept(machikado.last, shapeRules.filter(isOn));
    let rest;
    if (renewed?.isSameParts && before.isReadable) {
      const stale = renewed.isSameShape ? [] : shapeRules.filter(isOn), open = stale.filter(isNotOf(kept));
      const changing = [...colourRules, ...stale];
      const found = open.length
        ? await asked(null, { ...options, rules: {}, runOnly: { type: "rule", values: open } })
        : { results: [], applied: [] };
      rest = {
        engine: before.engine,
        results: [...found.results, ...before.results.filter(isNotOf(changing))],
        applied: [...before.applied.filter(isNotOf([...colourRules, ...open])), ...found.applied],
      };
    } else {
      const spared = Object.fromEntries(kept.map((rule) => [rule, { enabled: false }]));
      rest = await asked(null, { ...options, rules: { ...options.rules, ...off, ...spared } });
      rest.applied.push(...targets.applying(machikado.last, kept));
    }
    const ofColours = await askedOfColours();
    seen = {
      engine: rest.engine,
      results: [...ofColours.results, ...rest.results],
      applied: [...ofColours.applied, ...rest.applied],
    };
  }
  machikado.audit = { ...seen, isReadable };
  const told = ({ engine, results, applied }, shown, isRenewed) => {
    const tags = axe.getRules().filter(({ ruleId }) => applied.includes(ruleId)).flatMap((rule) => rule.tags);
    // One string crosses to Python far faster than an object of as many parts.
    return JSON.stringify({ engine, results, applicable: [...new Set(tags)], snapshot: shown, isRenewed });
  };
  /** What would be answered in another scheme, where all of it is known already; else null. */
  machikado.foretell = (scheme) => {
    const other = isReadable && !hasOwnColours ? look.inScheme(scheme) : null;
    if (!other) return null;
    const { open, settled, learn } = contrast.sortOut(other.look, colours);
    if (open.length) return null;
    learn([], []);
    const results = seen.results.filter(isNotOf(colourRules));
    const applied = [...settled, ...seen.applied.filter(isNotOf(colourRules))];
    return told({ engine: seen.engine, results, applied }, other.snapshot, true);
  };
  look.leaveAxe();
  look.letGo();
  return told(seen, snapshot, renewed !== null);
}
