// What `machikado serve` tells a page: that it was built anew, that its styles were, what is to be mended.
// The page and its overlay are complete without this. No words are made here: they come from the server.

const host = document.getElementById("machikado-serve");
const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
const CLOSED = "machikado-closed";
let seen = host.dataset.seen;
let source = null;
let before = null; // what had the focus before the overlay took it

const details = () => root.querySelector("details");
const words = () => details()?.textContent ?? "";

/** Make ready an overlay that has come into the page; one that was closed stays so until it says something else. */
function prepare() {
  const box = details();
  if (!box) return;
  box.open = sessionStorage.getItem(CLOSED) !== words();
  root.querySelector("[hidden]").hidden = false;
  if (!box.open) return;
  const title = root.querySelector("h2").textContent;
  // Only what changes in a live region is spoken.
  setTimeout(() => { root.querySelector("[role=alert]").textContent = title; }, 100);
}

function show(html) {
  const was = words();
  if (document.activeElement !== host) before = document.activeElement;
  root.innerHTML = html;
  prepare();
  if (!html) before?.focus({ preventScroll: true });
  else if (details().open && words() !== was) root.querySelector("summary").focus({ preventScroll: true });
}

function close() {
  details().open = false;
  sessionStorage.setItem(CLOSED, words());
  if (document.activeElement === host) before?.focus({ preventScroll: true });
}

/** Put the stylesheets of the page as it is now in the place of those that it was loaded with. */
async function restyle() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const select = (from) => [...from.querySelectorAll('link[rel="stylesheet"]')];
  const [old, fresh] = [select(document.head), select(page.head)];
  if (old.length !== fresh.length) return location.reload();
  old.forEach((link, at) => {
    const href = fresh[at].getAttribute("href");
    if (link.getAttribute("href") === href) return;
    const next = link.cloneNode();
    next.addEventListener("load", () => link.remove(), { once: true });
    next.href = href;
    link.after(next);
  });
}

/** Whether the page shows or runs one of these files. */
function uses(addresses) {
  const known = new Set(addresses);
  const links = document.querySelectorAll('img[src], source[src], video[src], audio[src], script[src], link[rel="stylesheet"]');
  return [...links].some((link) => known.has(new URL(link.src || link.href, location.href).pathname));
}

const ANSWERS = {
  reload: () => location.reload(),
  styles: restyle,
  files: (addresses) => { if (uses(addresses)) location.reload(); },
  faults: show,
};

function listen() {
  if (source || document.visibilityState === "hidden") return;
  const query = new URLSearchParams({ page: location.pathname, seen });
  source = new EventSource(`${host.dataset.reserved}events?${query}`);
  for (const [name, answer] of Object.entries(ANSWERS)) {
    source.addEventListener(name, (event) => {
      seen = event.lastEventId;
      answer(JSON.parse(event.data));
    });
  }
}

// A browser keeps few connections to one server: a page that nobody sees gives its own back.
function rest() {
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && details()?.open) close();
});
prepare();
listen();
