// Enhancements only: every page is complete without this file. No words for readers live here.

// Esc closes an open menu and gives the focus back to what opened it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.drop[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

/** `text` as the index has it: NFKC, lower case, katakana as hiragana. */
export const fold = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

/** Rank of a page for the words sought: all must occur; those in the title count most. */
export const rank = (page, words) => {
  const title = fold(page.t);
  let score = 0;
  for (const word of words) {
    const times = page.x.split(word).length - 1;
    if (!times) return 0;
    score += Math.min(times, 5) + (title.includes(word) ? 10 : 0);
  }
  return score;
};

/** Whether this reader sees furigana now: chosen, or as Easy Japanese has it from the beginning. */
const isAnnotated = ({ lang, dataset } = document.documentElement) =>
  lang.startsWith("ja") && (dataset.furigana ?? (lang === "ja-simple" ? "all" : "none")) !== "none";

/** Puts the furigana of `from` over the same words in `to`. */
const borrow = (from, to) => {
  const bare = from?.cloneNode(true);
  for (const reading of bare?.querySelectorAll("rt") ?? []) reading.remove();
  if (bare?.textContent === to.textContent) to.replaceChildren(...[...from.childNodes].map((node) => document.importNode(node, true)));
};

// Search in the index of the page's own language; the words it shows come from its templates.
class MachikadoSearch extends HTMLElement {
  #stop = new AbortController();
  #words = {};
  #sight = new IntersectionObserver((items) => {
    for (const { target, isIntersecting } of items) if (isIntersecting) this.#annotate(target);
  });

  connectedCallback() {
    const input = document.querySelector("main input[name=q]");
    if (!input) return;
    const { signal } = this.#stop;
    for (const words of this.querySelectorAll("template")) this.#words[words.dataset.say] = words.content;
    document.addEventListener("machikado-aids", () => this.#observe(), { signal });
    this.setAttribute("role", "region");
    this.setAttribute("aria-live", "polite");
    const given = new URLSearchParams(location.search).get("q");
    if (given) {
      input.value = given;
      this.#show(given);
    }
    input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
      this.#show(input.value);
    }, { signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#sight.disconnect();
  }

  async #show(query) {
    const words = fold(query).split(/\s+/u).filter(Boolean);
    if (!words.length) return this.replaceChildren();
    this.#say("wait");
    let pages;
    try {
      pages = await this.#index();
    } catch {
      return this.#say("failed");
    }
    const found = pages
      .map((page) => ({ page, score: rank(page, words) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
    if (!found.length) return this.#say("none");
    this.#say("found", found.length);
    const list = document.createElement("ul");
    list.className = "page-list";
    for (const { page } of found) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const summary = document.createElement("p");
      link.href = page.u;
      link.textContent = page.t;
      summary.textContent = page.s;
      item.append(link, summary);
      list.append(item);
    }
    this.append(list);
    this.#observe();
  }

  // Furigana makes an index larger for everyone. Who sees it borrows it from the page found, when that comes into view.
  #observe() {
    if (isAnnotated() && !navigator.connection?.saveData) for (const item of this.querySelectorAll("li")) this.#sight.observe(item);
  }

  async #annotate(item) {
    this.#sight.unobserve(item);
    const [link, summary] = item.children;
    try {
      const answer = await fetch(link.href, { signal: this.#stop.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      borrow(page.querySelector("main h1"), link);
      borrow(page.querySelector(".page-summary"), summary);
    } catch {
      // The words stand there without their readings.
    }
  }

  /** Every row: the index itself, or the parts that it names where a site is large. */
  async #index() {
    const index = await this.#read(this.dataset.index);
    if (Array.isArray(index)) return index;
    const base = new URL(this.dataset.index, location.href);
    const parts = await Promise.all(index.parts.map((part) => this.#read(new URL(part, base))));
    return parts.flat();
  }

  async #read(address) {
    const answer = await fetch(address, { signal: this.#stop.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  #say(name, number) {
    const line = document.createElement("p");
    line.append(this.#words[name].cloneNode(true));
    for (const node of line.childNodes) if (node.nodeType === Node.TEXT_NODE) node.data = node.data.replace("{n}", number);
    this.replaceChildren(line);
  }
}
customElements.define("machikado-search", MachikadoSearch);
