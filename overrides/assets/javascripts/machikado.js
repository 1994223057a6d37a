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

// Search in the index of the page's own language; the words it shows come from its data attributes.
class MachikadoSearch extends HTMLElement {
  #stop = new AbortController();

  connectedCallback() {
    const input = document.querySelector("main input[name=q]");
    if (!input) return;
    const { signal } = this.#stop;
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
  }

  async #show(query) {
    const words = fold(query).split(/\s+/u).filter(Boolean);
    if (!words.length) return this.replaceChildren();
    this.#say(this.dataset.wait);
    let pages;
    try {
      pages = await this.#index();
    } catch {
      return this.#say(this.dataset.failed);
    }
    const found = pages
      .map((page) => ({ page, score: rank(page, words) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
    if (!found.length) return this.#say(this.dataset.none);
    this.#say(this.dataset.found.replace("{n}", found.length));
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

  #say(text) {
    const line = document.createElement("p");
    line.textContent = text;
    this.replaceChildren(line);
  }
}
customElements.define("machikado-search", MachikadoSearch);
