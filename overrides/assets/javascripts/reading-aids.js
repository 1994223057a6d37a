// The reader's settings, applied before the first paint: a file of its own in <head>, so that a policy
// without `unsafe-inline` holds. They are kept on the device alone. No words for readers live here.
(() => {
  const KEPT_AS = "machikado-aids";
  const NAMES = ["theme", "size", "line", "spacing", "measure", "font", "furigana", "grade", "ruler", "images", "motion", "links", "view", "speed", "onward"];
  const root = document.documentElement;
  const { font } = document.currentScript.dataset;
  let chosen = {};
  let isKept = true;

  // What the reader chose, as far as it was not the standard; storage may be full, closed or meddled with.
  const recall = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT_AS)) ?? {};
      chosen = Object.fromEntries(NAMES.filter((name) => typeof kept[name] === "string" && /^[a-z0-9-]{1,20}$/.test(kept[name])).map((name) => [name, kept[name]]));
    } catch {
      chosen = {};
    }
  };

  const keep = () => {
    try {
      if (Object.keys(chosen).length) localStorage.setItem(KEPT_AS, JSON.stringify(chosen));
      else localStorage.removeItem(KEPT_AS);
    } catch {
      isKept = false;
    }
  };

  const show = () => {
    for (const name of NAMES) {
      if (chosen[name]) root.dataset[name] = chosen[name];
      else delete root.dataset[name];
    }
    if (chosen.font === "ud" && root.lang.startsWith("ja") && !document.querySelector("link[data-ud]")) {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = font;
      sheet.dataset.ud = "";
      document.head.append(sheet);
    }
    if (document.readyState !== "loading") showInText();
  };

  // What style sheets cannot do alone, once there is a text to do it to.
  const showInText = () => {
    wordsForImages(chosen.images === "hide");
    if (chosen.motion === "pause") stopMotion();
    const ruler = document.querySelector("machikado-ruler");
    if (!chosen.ruler) ruler?.remove();
    else if (!ruler) document.body.append(document.createElement("machikado-ruler"));
  };

  const wordsForImages = (wanted) => {
    for (const words of document.querySelectorAll(".image-words")) words.remove();
    if (!wanted) return;
    for (const image of document.querySelectorAll("main img[alt]:not([alt=''])")) {
      const words = document.createElement("span");
      words.className = "image-words";
      // Screen readers still meet the image itself.
      words.setAttribute("aria-hidden", "true");
      words.textContent = image.alt;
      image.after(words);
    }
  };

  const stopMotion = () => {
    for (const film of document.querySelectorAll("video[autoplay], audio[autoplay]")) film.pause();
    for (const drawing of document.querySelectorAll("svg")) drawing.pauseAnimations?.();
    for (const image of document.querySelectorAll("img[src*='.gif']")) {
      const still = document.createElement("canvas");
      const draw = () => {
        still.width = image.naturalWidth;
        still.height = image.naturalHeight;
        still.getContext("2d").drawImage(image, 0, 0);
        still.className = image.className;
        still.setAttribute("role", "img");
        still.setAttribute("aria-label", image.alt);
        image.replaceWith(still);
      };
      if (image.complete) draw();
      else image.addEventListener("load", draw, { once: true });
    }
  };

  const isStandard = (control) => (control.options ? control.selectedOptions[0].defaultSelected : control.defaultChecked);

  /** The disclosure of all settings; with the attribute `open`, the same settings without one. */
  class MachikadoAids extends HTMLElement {
    #stop = new AbortController();
    #form;

    connectedCallback() {
      const template = document.getElementById("reading-aids");
      if (!template || this.#form) return;
      const { signal } = this.#stop;
      const content = template.content.cloneNode(true);
      this.#form = content.querySelector("form");
      const [close, status, done] = ["close", "status", "done"].map((name) => content.querySelector(`.aids-${name}`));
      if (this.hasAttribute("open")) {
        close.remove();
        this.append(this.#form);
      } else {
        this.append(content);
        const details = this.querySelector("details");
        close.addEventListener("click", () => {
          details.open = false;
          details.querySelector("summary").focus();
        }, { signal });
      }
      this.#fill();
      this.#form.addEventListener("change", ({ target }) => {
        status.textContent = "";
        this.#change(this.#read(), target);
      }, { signal });
      this.#form.addEventListener("submit", (event) => event.preventDefault(), { signal });
      this.#form.addEventListener("reset", ({ target }) => {
        this.#change({}, document.activeElement ?? target);
        status.replaceChildren(done.content.cloneNode(true));
      }, { signal });
      document.addEventListener("machikado-aids", () => this.#fill(), { signal });
    }

    disconnectedCallback() {
      this.#stop.abort();
    }

    #controls() {
      return [...this.#form.elements].filter(({ name }) => name);
    }

    #fill() {
      for (const control of this.#controls()) {
        const value = chosen[control.name];
        if (control.options) for (const option of control.options) option.selected = value ? option.value === value : option.defaultSelected;
        else control.checked = value ? control.value === value : control.defaultChecked;
      }
      this.#form.querySelector(".aids-unkept").hidden = isKept;
    }

    // Settings that this page does not offer (furigana on an English page) stay as they are.
    #read() {
      const values = { ...chosen };
      for (const { name } of this.#controls()) delete values[name];
      for (const control of this.#controls()) {
        if ((control.checked || control.options) && !isStandard(control)) values[control.name] = control.value;
      }
      return values;
    }

    // What the reader's hand is on stays where it is, whatever grows above it.
    #change(values, held) {
      const before = held.getBoundingClientRect().top;
      chosen = values;
      keep();
      show();
      document.dispatchEvent(new Event("machikado-aids"));
      scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
    }
  }

  /** A band over the lines being read. It follows pointer and focus; the arrow keys move it line by line. */
  class MachikadoRuler extends HTMLElement {
    #stop = new AbortController();
    #middle = innerHeight / 3;

    connectedCallback() {
      const { signal } = this.#stop;
      this.setAttribute("aria-hidden", "true");
      this.#move(this.#middle);
      addEventListener("pointermove", ({ clientY }) => this.#move(clientY), { signal, passive: true });
      addEventListener("pointerdown", ({ clientY }) => this.#move(clientY), { signal, passive: true });
      document.addEventListener("focusin", ({ target }) => {
        const box = target.getBoundingClientRect();
        if (box.height < innerHeight / 2) this.#move(box.top + box.height / 2);
      }, { signal });
      document.addEventListener("keydown", (event) => this.#step(event), { signal });
    }

    disconnectedCallback() {
      this.#stop.abort();
    }

    #step(event) {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!way || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      event.preventDefault();
      const line = way * parseFloat(getComputedStyle(this).lineHeight);
      const next = this.#middle + line;
      const before = scrollY;
      // Near an edge the page moves instead of the band, until it has no more to show.
      if (next < innerHeight * 0.25 || next > innerHeight * 0.75) scrollBy({ top: line, behavior: "instant" });
      if (scrollY === before) this.#move(next);
    }

    #move(to) {
      this.#middle = Math.min(Math.max(to, 0), innerHeight);
      this.style.setProperty("inset-block-start", `${this.#middle}px`);
    }
  }

  recall();
  root.dataset.aids = "";
  show();
  customElements.define("machikado-aids", MachikadoAids);
  customElements.define("machikado-ruler", MachikadoRuler);
  document.addEventListener("DOMContentLoaded", showInText, { once: true });
  // Another tab, or a page that the browser had put aside, may be behind the times.
  const again = () => {
    recall();
    show();
    document.dispatchEvent(new Event("machikado-aids"));
  };
  // What is chosen outside the panel: by the player.
  document.addEventListener("machikado-choose", ({ detail }) => {
    for (const [name, value] of Object.entries(detail)) {
      if (value) chosen[name] = value;
      else delete chosen[name];
    }
    keep();
    show();
  });
  addEventListener("storage", ({ key }) => key === KEPT_AS && again());
  addEventListener("pageshow", ({ persisted }) => persisted && again());
})();
