// Reads a page aloud by the voice of the reader's browser, sentence by sentence, and follows a recording of it.
// No words for readers live here.

/** Languages of pages, as voices know them: what to ask for, and which voices speak it. */
const SPOKEN = {
  ja: ["ja-JP", /^ja\b/],
  "zh-Hans": ["zh-CN", /^(zh|cmn)(-hans)?(-(cn|sg))?$/],
  "zh-Hant": ["zh-TW", /^(zh|cmn)(-hant)?-tw$|^(zh|cmn)-hant$/],
};

/** The language tag for speech, and a test for voices that speak it; `ja-simple` is Japanese. */
export const spoken = (lang) => {
  const known = Object.keys(SPOKEN).find((tag) => lang === tag || lang.startsWith(`${tag}-`));
  return known ? SPOKEN[known] : [lang, new RegExp(`^${lang.split("-")[0].toLowerCase()}\\b`)];
};

const voicesFor = (lang) => {
  const speaks = spoken(lang)[1];
  const voices = speechSynthesis.getVoices().filter((voice) => speaks.test(voice.lang.replace("_", "-").toLowerCase()));
  // A voice on the device sends the text to nobody.
  return voices.sort((one, other) => other.localService - one.localService || other.default - one.default);
};

const SILENT = "script, style, template, noscript, nav, form, button, select, input, textarea, rt, rp, .contents, .back, .footnote-backref, .report, .scroll-hint, .image-words, .recording, machikado-aids, machikado-search, [aria-hidden='true']";
const BLOCK = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, caption, figcaption, summary, blockquote, pre, div, section, article, header, figure, td, th, ul, ol, dl, table, details";
const LONGEST = 180; // characters of one utterance: some voices stop in silence after a quarter of a minute

/** A stretch of the page with what is said for it: `from` and `to` are offsets in its node. */
const piece = (node, from, to, shown, said) => ({ node, from, to, shown, said, lang: (node.parentElement ?? node).closest("[lang]").lang });

const isSeen = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;

/** The base of a ruby and its reading. */
const ruby = (element) => {
  const base = element.cloneNode(true);
  let reading = "";
  for (const part of base.querySelectorAll("rt, rp")) {
    if (part.matches("rt")) reading += part.textContent;
    part.remove();
  }
  return [base.textContent, reading];
};

/** Takes an element apart into blocks: lists of pieces between which a voice pauses. */
const blocksOf = (root, pattern) => {
  const blocks = [];
  let block = [];
  const end = () => {
    if (block.some(({ said }) => /[\p{L}\p{N}]/u.test(said))) blocks.push(block);
    block = [];
  };
  // Said as a whole, in other words than are shown.
  const whole = (element, shown, said) => block.push(piece(element, 0, element.childNodes.length, shown, said || shown));
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/\s/g, " ");
      if (text.trim() || block.length) block.push(piece(node, 0, node.length, text, text));
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SILENT)) return;
    if (node.matches("img, svg, canvas")) {
      const words = node.alt ?? node.getAttribute("aria-label") ?? node.querySelector("title")?.textContent;
      if (words?.trim()) {
        end();
        block.push(piece(node, 0, 0, "　", pattern.replace("{words}", words.trim())));
        end();
      }
      return;
    }
    if (!isSeen(node)) return;
    if (node.matches("ruby")) return whole(node, ...ruby(node));
    if (node.matches("abbr[title]")) return whole(node, node.textContent, node.title);
    if (node.matches("br")) return block.push(piece(node, 0, 0, "\n", " "));
    if (node.matches("table")) return readTable(node);
    const isBlock = node.matches(BLOCK);
    if (isBlock) end();
    if (node.matches("ol > li")) {
      const items = [...node.parentElement.children];
      block.push(piece(node, 0, 0, "", `${node.value || (node.parentElement.start || 1) + items.indexOf(node)}. `));
    }
    for (const child of node.childNodes) visit(child);
    if (isBlock) end();
  };
  // A row is one thing: each cell after the heading of its column, as someone who reads a table to another would.
  const readTable = (table) => {
    end();
    if (table.caption) visit(table.caption);
    const heads = [];
    for (const cell of table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? []) {
      const words = blocksOf(cell, pattern).flat().map(({ said }) => said).join("").trim();
      for (let column = 0; column < cell.colSpan; column += 1) heads.push(words);
    }
    for (const row of table.rows) {
      if (row.parentElement === table.tHead) continue;
      let column = 0;
      for (const cell of row.cells) {
        const head = cell.tagName === "TD" ? heads[column] : "";
        column += cell.colSpan;
        if (!cell.textContent.trim()) continue;
        if (head) block.push(piece(cell, 0, 0, "", `${head}: `));
        const inside = blocksOf(cell, pattern).flat();
        block.push(...inside, piece(cell, cell.childNodes.length, cell.childNodes.length, "", ", "));
      }
      end();
    }
  };
  for (const child of root.childNodes) visit(child);
  end();
  return blocks;
};

/** Cuts one block into what is said at a time: sentences of one language, none too long. */
const sentencesOf = (block) => {
  const sentences = [];
  for (let start = 0; start < block.length; ) {
    const { lang } = block[start];
    let stop = start;
    while (stop < block.length && spoken(block[stop].lang)[0] === spoken(lang)[0]) stop += 1;
    sentences.push(...ofOneLanguage(block.slice(start, stop), lang));
    start = stop;
  }
  return sentences;
};

const ofOneLanguage = (pieces, lang) => {
  const shown = pieces.map((part) => part.shown).join("");
  const sentences = [];
  for (const [from, to] of cuts(shown, lang)) {
    const range = new Range();
    let said = "";
    let at = 0;
    for (const part of pieces) {
      const [first, last] = [Math.max(from, at), Math.min(to, at + part.shown.length)];
      const isText = part.said === part.shown && part.node.nodeType === Node.TEXT_NODE;
      const isMark = !part.shown && at >= from && (at < to || to === shown.length);
      if (isMark || (first < last && (isText || first === at))) {
        said += isText ? part.said.slice(first - at, last - at) : part.said;
        if (!isMark) {
          const [begin, finish] = isText ? [part.from + first - at, part.from + last - at] : [part.from, part.to];
          if (range.collapsed && range.startContainer === document) range.setStart(part.node, begin);
          range.setEnd(part.node, finish);
        }
      }
      at += part.shown.length;
    }
    said = said.replace(/\s+/g, " ").replace(/[,\s]+$/, "").trim();
    if (!/[\p{L}\p{N}]/u.test(said)) continue;
    const { node } = pieces[0];
    sentences.push({ said, range, lang, element: node.nodeType === Node.TEXT_NODE ? node.parentElement : node });
  }
  return sentences;
};

/** Where to cut `text`: at the ends of sentences, and of clauses where a sentence is too long. */
function* cuts(text, lang) {
  const segments = globalThis.Intl?.Segmenter
    ? [...new Intl.Segmenter(spoken(lang)[0], { granularity: "sentence" }).segment(text)].map(({ segment }) => segment)
    : text.match(/[^。．.!?！？\n]+[。．.!?！？\n」』）]*|[。．.!?！？\n]+/gu) ?? [text];
  let from = 0;
  for (const segment of segments.length ? segments : [text]) {
    let rest = segment;
    while (rest.length > LONGEST) {
      const head = rest.slice(0, LONGEST);
      const comma = Math.max(...["、", "，", ",", "；", ";", " "].map((sign) => head.lastIndexOf(sign)));
      const length = comma > LONGEST / 4 ? comma + 1 : LONGEST;
      yield [from, from + length];
      from += length;
      rest = rest.slice(length);
    }
    yield [from, from + rest.length];
    from += rest.length;
  }
}

/** Everything of the page that is read: title, summary, text, contact. */
export const script = (main, pattern) => blocksOf(main, pattern).flatMap(sentencesOf);

/** The texts of a range without furigana: a mark would run through the small letters between the lines. */
const textsOf = (range) => {
  const root = range.commonAncestorContainer;
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode(); node; node = node === root ? null : walker.nextNode()) {
    if (!range.intersectsNode(node) || node.parentElement.closest("rt, rp")) continue;
    const text = new Range();
    text.setStart(node, node === range.startContainer ? range.startOffset : 0);
    text.setEnd(node, node === range.endContainer ? range.endOffset : node.length);
    texts.push(text);
  }
  return texts;
};

/** Shows which words are being heard, and brings them into sight; `element` is where `range` is in. */
const show = (range, element) => {
  hide();
  if (globalThis.Highlight && CSS.highlights && !range.collapsed) CSS.highlights.set("machikado-reading", new Highlight(...textsOf(range)));
  else element.classList.add("is-read");
  const box = (range.collapsed ? element : range).getBoundingClientRect();
  if (box.top < innerHeight * 0.1 || box.bottom > innerHeight * 0.7) scrollBy({ top: box.top - innerHeight * 0.25, behavior: "instant" });
};

const hide = () => {
  globalThis.CSS?.highlights?.delete("machikado-reading");
  document.querySelector(".is-read")?.classList.remove("is-read");
};

const ON = "machikado-read-on"; // set for the length of one turn to the next page

/** The player. It is offered only where the browser has a voice for the page's language. */
class MachikadoReadAloud extends HTMLElement {
  #stop = new AbortController();
  #sentences = [];
  #at = 0;
  #utterance;
  #state = "off"; // off, playing, paused
  #selected;
  #guard;

  connectedCallback() {
    if (!("speechSynthesis" in globalThis) || !globalThis.SpeechSynthesisUtterance) return;
    this.#offer();
    speechSynthesis.addEventListener?.("voiceschanged", () => this.#offer(), { signal: this.#stop.signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#silence();
  }

  /** Another voice speaks now. */
  stop() {
    if (this.#state !== "off") this.#finish();
  }

  #part(name) {
    return this.querySelector(`.player-${name}`);
  }

  #offer() {
    const voices = voicesFor(document.documentElement.lang);
    if (!voices.length) return;
    if (!this.firstChild) this.#build();
    const choice = this.#part("voice");
    const before = choice.value;
    choice.replaceChildren(...voices.map((voice) => new Option(voice.name, voice.voiceURI)));
    if (voices.some((voice) => voice.voiceURI === before)) choice.value = before;
    choice.closest("label").hidden = voices.length < 2;
  }

  #build() {
    const { signal } = this.#stop;
    const on = (name, type, act) => this.#part(name).addEventListener(type, act, { signal });
    this.append(document.getElementById("read-aloud").content.cloneNode(true));
    on("play", "click", () => this.#toggle());
    on("previous", "click", () => this.#go(this.#at - 1));
    on("next", "click", () => this.#go(this.#at + 1));
    on("selected", "click", () => this.#fromSelection());
    on("stop", "click", () => {
      this.#finish();
      this.#part("play").focus();
    });
    on("voice", "change", () => this.#again());
    on("speed", "change", ({ target }) => {
      this.#choose({ speed: target.value });
      this.#again();
    });
    on("onward", "change", ({ target }) => this.#choose({ onward: target.checked ? "on" : "" }));
    this.#part("onward").closest("label").hidden = !this.dataset.next;
    document.addEventListener("selectionchange", () => this.#select(), { signal });
    document.addEventListener("machikado-aids", () => this.#recall(), { signal });
    addEventListener("pagehide", () => this.#silence(), { signal });
    this.#recall();
    try {
      if (sessionStorage.getItem(ON)) {
        sessionStorage.removeItem(ON);
        this.#toggle();
      }
    } catch {
      // Without storage every page is begun by hand.
    }
  }

  #choose(detail) {
    document.dispatchEvent(new CustomEvent("machikado-choose", { detail }));
  }

  #recall() {
    const { speed, onward } = document.documentElement.dataset;
    this.#part("speed").value = speed ?? "100";
    this.#part("onward").checked = onward === "on";
  }

  #select() {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : undefined;
    const main = document.querySelector("main");
    // A button that is pressed may empty the selection: what was selected last counts while it is in sight.
    if (!range || (range.collapsed && this.contains(document.activeElement))) return;
    this.#selected = !range.collapsed && main.contains(range.startContainer) ? range.cloneRange() : undefined;
    this.#part("selected").hidden = !this.#selected;
  }

  #toggle() {
    if (this.#state === "playing") return this.#pause();
    if (this.#state === "off") this.#begin();
    this.#speak();
  }

  #begin() {
    this.#sentences = script(document.querySelector("main"), this.dataset.image).filter(({ lang }) => voicesFor(lang).length);
    this.#at = 0;
    this.#part("status").textContent = "";
  }

  #fromSelection() {
    const range = this.#selected;
    if (!range) return;
    this.#begin();
    const first = this.#sentences.findIndex((sentence) => range.compareBoundaryPoints(Range.END_TO_START, sentence.range) < 0);
    this.#at = Math.max(first, 0);
    this.#speak();
  }

  #go(to) {
    this.#at = Math.min(Math.max(to, 0), this.#sentences.length - 1);
    if (this.#state === "playing") this.#speak();
    else this.#mark();
  }

  #again() {
    if (this.#state === "playing") this.#speak();
  }

  #speak() {
    this.#silence();
    document.querySelector(".recording audio")?.pause();
    const sentence = this.#sentences[this.#at];
    if (!sentence) return this.#end();
    const voices = voicesFor(sentence.lang);
    const utterance = new SpeechSynthesisUtterance(sentence.said);
    [utterance.lang] = spoken(sentence.lang);
    utterance.voice = voices.find(({ voiceURI }) => voiceURI === this.#part("voice").value) ?? voices[0] ?? null;
    utterance.rate = Number(this.#part("speed").value) / 100;
    utterance.onend = () => this.#ended(utterance);
    utterance.onerror = ({ error }) => {
      if (utterance !== this.#utterance || error === "interrupted" || error === "canceled") return;
      // A page that was turned to by itself may not speak until the reader presses a key.
      this.#pause();
    };
    this.#utterance = utterance;
    this.#show("playing");
    this.#mark();
    speechSynthesis.speak(utterance);
    // Some voices end without saying so.
    let quiet = 0;
    this.#guard = setInterval(() => {
      quiet = speechSynthesis.speaking || speechSynthesis.pending ? 0 : quiet + 1;
      if (quiet > 2) this.#ended(utterance);
    }, 1000);
  }

  #ended(utterance) {
    if (utterance !== this.#utterance || this.#state !== "playing") return;
    this.#at += 1;
    this.#speak();
  }

  #silence() {
    clearInterval(this.#guard);
    this.#utterance = undefined;
    speechSynthesis.cancel();
  }

  // Not speechSynthesis.pause(): on Android it ends the utterance. The sentence is begun anew instead.
  #pause() {
    this.#silence();
    this.#show("paused");
  }

  #end() {
    const { next } = this.dataset;
    const isOnward = next && this.#part("onward").checked;
    this.#finish();
    this.#part("status").replaceChildren(this.#part("end").content.cloneNode(true));
    if (!isOnward) return;
    try {
      sessionStorage.setItem(ON, "1");
    } catch {
      // Then the next page waits for its reader.
    }
    location.assign(next);
  }

  #finish() {
    this.#silence();
    this.#show("off");
    hide();
  }

  #show(state) {
    this.#state = state;
    this.firstElementChild.dataset.state = state;
    for (const label of this.#part("play").querySelectorAll("[data-when]")) label.hidden = label.dataset.when !== state;
  }

  #mark() {
    const sentence = this.#sentences[this.#at];
    if (sentence) show(sentence.range, sentence.element);
  }
}
customElements.define("machikado-read-aloud", MachikadoReadAloud);

/** The element that a cue of a recording stands in: `p:2` is the second <p> of the article, lists made by the site left out. */
const placeOf = (place) => {
  const [name, number] = place.split(":");
  if (!number) return document.querySelector(name === "h1" ? "main h1" : ".page-summary");
  const article = document.querySelector(".article-body");
  const made = "[data-generated], [data-list]";
  return [...article.querySelectorAll(name)].filter((element) => !element.closest(made))[number - 1] ?? article;
};

/** The letters of an element, without furigana and blanks, each with its place. */
const lettersOf = (element) => {
  const letters = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("rt, rp")) continue;
    for (let at = 0; at < node.length; at += 1) if (node.data[at].trim()) letters.push({ node, at });
  }
  return letters;
};

/** For each cue the range of its words; the whole element where they are said otherwise than they stand (rows of tables). */
const rangesOf = (cues) => {
  const seen = new Map();
  return new Map(cues.map((cue) => {
    const element = placeOf(cue.id.split(" ")[1] ?? "");
    if (!seen.has(element)) seen.set(element, { letters: lettersOf(element), from: 0 });
    const known = seen.get(element);
    const words = cue.getCueAsHTML().textContent.replace(/\s/g, "");
    const found = known.letters.map(({ node, at }) => node.data[at]).join("").indexOf(words, known.from);
    const range = new Range();
    range.selectNodeContents(element);
    if (found >= 0 && words) {
      known.from = found + words.length;
      const [first, last] = [known.letters[found], known.letters[known.from - 1]];
      range.setStart(first.node, first.at);
      range.setEnd(last.node, last.at + 1);
    }
    return [cue, { range, element }];
  }));
};

/** While a recording is heard, its sentence is marked, and its controls stay within reach. */
const follow = (section) => {
  const audio = section.querySelector("audio");
  const { track } = audio.querySelector("track");
  const player = document.querySelector("machikado-read-aloud");
  let ranges;
  let isSeen = true;
  let isHeard = false; // or paused in the middle
  const place = () => section.toggleAttribute("data-away", isHeard && !isSeen);
  const mark = () => {
    // Not `activeCues`, which cues that come late do not enter before the time goes on.
    const cues = [...(track.cues ?? [])], now = audio.currentTime;
    const cue = cues.find(({ startTime, endTime }) => startTime <= now && now < endTime);
    if (!cue) return;
    // Cues come in parts: those of the first part do not tell where the later ones stand.
    if (!ranges?.has(cue)) ranges = rangesOf(cues);
    const { range, element } = ranges.get(cue);
    show(range, element);
  };
  audio.addEventListener("play", () => {
    player.stop?.();
    track.mode = "hidden"; // the cues are loaded now, and not before
    audio.playbackRate = Number(document.documentElement.dataset.speed ?? 100) / 100;
    isHeard = true;
    place();
  });
  audio.addEventListener("ended", () => {
    hide();
    isHeard = false;
    place();
  });
  track.addEventListener("cuechange", mark);
  // A reader may jump before the cues have come, or while the recording is paused.
  audio.querySelector("track").addEventListener("load", mark);
  audio.addEventListener("seeked", mark);
  new IntersectionObserver(([{ isIntersecting }]) => {
    isSeen = isIntersecting;
    place();
  }).observe(section.querySelector(".recording-title"));
};
for (const section of document.querySelectorAll(".recording")) follow(section);
