// Put before every document, after setup.js: says which elements are of one kind, so that each kind's styles are read once.
//
// Two elements are of one kind where no style sheet can tell them apart: their parents are of one kind, their names, and
// their attributes as far as browsers or style sheets look at them are the same, and so are the selectors that match them
// and look at more than an element and what it stands in. Where that cannot be known, there are no kinds.
(() => {
  const { properties } = window.__machikado;
  const TRANSFORM = properties.styles.indexOf("transform");
  /** Attributes whose values browsers' own styles do not look at. */
  const PLAIN = "id|href|src|srcset|sizes|alt|title|name|for|headers|scope|rel|target|cite|datetime|download|hreflang|" +
    "itemprop|content|loading|decoding|usemap|summary|abbr|aria-[\\w-]+|data-[\\w-]+";
  const IS_PLAIN = new RegExp(`^(?:${PLAIN})$`);
  /** A selector that looks at more than names, classes and attributes of an element and of those that it stands in. */
  const HARD = new RegExp(
    "[+~#]|:(?!(?:root|link|any-link)\\b|(?:is|where|not|lang)\\()|\\[\\s*(?:[\\w*]*\\|)?(?:" + PLAIN + ")\\b",
  );
  const PSEUDO_ELEMENT = /::[\w-]+(?:\([^)]*\))?(?::[\w-]+(?:\([^)]*\))?)*|:(?:before|after|first-line|first-letter)\b/g;
  const withoutPseudoElements = (selector) =>
    selector.replace(PSEUDO_ELEMENT, (_all, at) => (at === 0 || /[\s>+~,(]/.test(selector[at - 1]) ? "*" : ""));
  /** Grouping rules whose styles depend on nothing but the view. */
  const GROUPS = ["CSSMediaRule", "CSSSupportsRule", "CSSLayerBlockRule", "CSSImportRule"];
  const WITHOUT_SELECTORS = [
    "CSSFontFaceRule", "CSSKeyframesRule", "CSSPageRule", "CSSLayerStatementRule", "CSSNamespaceRule",
    "CSSCounterStyleRule", "CSSPropertyRule", "CSSFontFeatureValuesRule", "CSSFontPaletteValuesRule",
    "CSSViewTransitionRule",
  ];

  // Style sheets ------------------------------------------------------------------------------
  const PAINTED = /colou?r|^background|shadow$|^fill|^stroke|^filter$|^color-scheme$/;
  const isPainted = (property) => PAINTED.test(property) && !/width|dash|line/.test(property);
  const schemeOf = (media) => /prefers-color-scheme/.test(media ?? "");
  /** Whether a compound selector, its attributes and functions left aside, matches the document's root. */
  const mayBeRoot = (compound) => {
    const plain = compound.replace(/\[[^\]]*\]?|:[\w-]+\(.*|[()]/g, "").replace(PSEUDO_ELEMENT, "");
    try { return document.documentElement.matches(plain || "*"); } catch { return true; }
  };
  /** All style rules of a document: selectors that are hard, and whether a scheme changes colours alone; null if unknown. */
  const read = () => {
    const hard = new Set(), telling = new Set(), users = new Map(), notColours = new Set();
    /** The properties of rules that depend on the scheme (""), or on an attribute of the root. */
    const swayed = new Map([["", new Set()]]);
    let isKnown = true;
    const readRule = (rule, isOfScheme) => {
      const kind = rule.constructor.name;
      if (WITHOUT_SELECTORS.includes(kind)) return;
      if (GROUPS.includes(kind)) {
        const rules = kind === "CSSImportRule" ? rule.styleSheet?.cssRules : rule.cssRules;
        if (!rules) { isKnown = false; return; }
        const media = rule.media?.mediaText;
        if (media === "print") return;
        for (const one of rules) readRule(one, isOfScheme || schemeOf(media));
        return;
      }
      if (kind !== "CSSStyleRule" || rule.cssRules?.length) { isKnown = false; return; }
      const selector = withoutPseudoElements(rule.selectorText);
      // What a pseudo-element says of an attribute is another thing for each of its values.
      if (/\battr\(/.test(rule.cssText)) telling.add(selector);
      else if (HARD.test(selector)) hard.add(selector);
      const causes = rule.selectorText.split(/[\s>+~,]+/).filter(mayBeRoot)
        .flatMap((compound) => [...compound.matchAll(/\[([\w-]+)/g)].map(([, name]) => name));
      if (isOfScheme) causes.push("");
      for (const cause of causes) if (!swayed.has(cause)) swayed.set(cause, new Set());
      for (const property of rule.style) {
        for (const cause of causes) swayed.get(cause).add(property);
        if (property.startsWith("--")) {
          const value = rule.style.getPropertyValue(property);
          if (!CSS.supports("color", value)) notColours.add(property);
        }
        for (const [name] of rule.style.getPropertyValue(property).matchAll(/--[\w-]+/g)) {
          if (!users.has(name)) users.set(name, new Set());
          users.get(name).add(property);
        }
      }
      // A shorthand with a variable says nothing of its parts but in the text.
      for (const [, property, value] of rule.cssText.matchAll(/([\w-]+):([^;{}]*var\([^;{}]*)/g)) {
        for (const [name] of value.matchAll(/--[\w-]+/g)) {
          if (!users.has(name)) users.set(name, new Set());
          users.get(name).add(property);
        }
      }
    };
    for (const sheet of [...document.styleSheets, ...(document.adoptedStyleSheets ?? [])]) {
      if (sheet.disabled) continue;
      try {
        for (const rule of sheet.cssRules) readRule(rule, schemeOf(sheet.media?.mediaText));
      } catch { isKnown = false; }
    }
    if (!isKnown) return null;
    /** Whether no more than colours follow the scheme (""), or an attribute of the root. */
    const isPaintAlone = (cause) => {
      const changed = [...swayed.get(cause) ?? []], seen = new Set(changed);
      while (changed.length) {
        const property = changed.pop();
        if (!property.startsWith("--")) {
          if (!isPainted(property)) return false;
        } else if (notColours.has(property)) {
          // Wherever a colour stands for another, no more than a colour changes; what else a variable holds may be anything.
          for (const user of users.get(property) ?? []) if (!seen.has(user)) { seen.add(user); changed.push(user); }
        }
      }
      return true;
    };
    return { hard: [...hard], telling: [...telling], isPaintAlone };
  };
  /** Whether style sheets seem to be those that were read; scripts can change them without a trace in the document. */
  const stampOf = () => [...document.styleSheets, ...(document.adoptedStyleSheets ?? [])].map((sheet) => {
    try { return `${sheet.href} ${sheet.disabled} ${sheet.cssRules.length}`; } catch { return "unread"; }
  }).join();

  // Kinds -------------------------------------------------------------------------------------
  const numbers = new Map();
  const numberOf = (key) => {
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, number = numbers.size);
    return number;
  };
  /** What is in a document itself and makes kinds unknowable: own styles, directions that follow words, what moves. */
  const UNKNOWABLE = "body style, body link[rel~=stylesheet], bdi, [dir=auto i]";
  const keyOf = (element, isTold = false) => {
    let key = element.localName;
    for (const { name, value } of element.attributes) {
      key += isTold || !IS_PLAIN.test(name) ? `\u0001${name}\u0002${value}` : `\u0001${name}`;
    }
    return key;
  };

  let sheets, kinds = null, matched = null, told = null, rootKey = "", stamp = null;
  /** Before a look: sorts the elements of the document, where that can be done. isKept: as in the look before. */
  const sortOut = (isKept) => {
    const { given } = window.__machikado;
    const before = rootKey;
    rootKey = keyOf(document.documentElement);
    if (isKept && given && rootKey === before) return;
    kinds = null;
    // Where articles are put in, style sheets stay as they are.
    if (!given) looks = new Map();
    const now = given && sheets !== undefined ? stamp : stampOf();
    if (now !== stamp) sheets = read();
    stamp = now;
    if (!sheets || document.querySelector(UNKNOWABLE) || document.getAnimations?.().length) return;
    matched = new Map();
    told = new Set();
    try {
      for (const selector of sheets.telling) for (const element of document.querySelectorAll(selector)) told.add(element);
      for (const [number, selector] of sheets.hard.entries()) {
        for (const element of document.querySelectorAll(selector)) {
          matched.set(element, `${matched.get(element) ?? ""}\u0001${number}`);
        }
      }
    } catch { return; }
    kinds = new Map();
  };
  const kindOf = (element) => {
    if (!kinds) return null;
    let kind = kinds.get(element);
    if (kind !== undefined) return kind;
    const parent = element.parentNode;
    const isRoot = element === document.documentElement;
    if (!isRoot && parent?.nodeType !== Node.ELEMENT_NODE) return null;
    const around = isRoot ? 0 : kindOf(parent);
    kind = around === null || parent.shadowRoot ? null
      : numberOf(`${around}\u0000${keyOf(element, told.has(element))}\u0000${matched.get(element) ?? ""}`);
    kinds.set(element, kind);
    return kind;
  };

  // What is known of kinds in a view ----------------------------------------------------------
  const SCHEMES = ["light", "dark"];
  let looks = new Map();
  const viewOf = (scheme) => [
    innerWidth, innerHeight, devicePixelRatio, matchMedia("(forced-colors: active)").matches,
    scheme ?? SCHEMES.find((one) => matchMedia(`(prefers-color-scheme: ${one})`).matches),
  ].join();
  /** What was found of each kind in a view, the present one if none is named. */
  const knownIn = (scheme) => {
    const view = viewOf(scheme);
    if (!looks.has(view)) looks.set(view, new Map());
    return looks.get(view);
  };
  const isLasting = (styles) => styles[TRANSFORM] === "none";

  window.__machikado.kinds = {
    sortOut, kindOf, knownIn, viewOf, isLasting,
    /** Whether nothing but colours follows all of these: the device's scheme (""), attributes of the root. */
    arePaintAlone: (causes) => Boolean(sheets) && kinds !== null && causes.every((cause) => sheets.isPaintAlone(cause)) &&
      !document.querySelector("source[media]"),
  };
})();
