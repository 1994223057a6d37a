"""Which images of a page move by themselves, for how long: read from their bytes."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_PATIENCE = 2_500
"""Milliseconds for all images of a page together."""
_MOST = 12
_BYTES = 6_000_000

# GIF89a: image descriptors are frames, a graphic control extension holds a frame's delay (1/100 s),
# the NETSCAPE2.0 extension how often all of it runs (0: for ever). PNG's acTL chunk and WebP's ANIM
# chunk hold the number of runs the same way; APNG's fcTL and WebP's ANMF the delays.
_READ = """async ({ patience, most, bytes }) => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), patience);
  const gif = (view) => {
    let at = 13 + (view[10] & 128 ? 3 * 2 ** ((view[10] & 7) + 1) : 0);
    let frames = 0, runs = 1, delay = 0;
    const skip = () => { while (at < view.length && view[at]) at += view[at] + 1; at += 1; };
    while (at < view.length) {
      const mark = view[at];
      if (mark === 0x21) {
        const label = view[at + 1];
        if (label === 0xf9) delay += view[at + 4] | (view[at + 5] << 8);
        const name = String.fromCharCode(...view.subarray(at + 3, at + 14));
        if (label === 0xff && name === "NETSCAPE2.0") runs = (view[at + 16] | (view[at + 17] << 8)) || Infinity;
        at += 2;
        skip();
      } else if (mark === 0x2c) {
        frames += 1;
        at += 10 + (view[at + 9] & 128 ? 3 * 2 ** ((view[at + 9] & 7) + 1) : 0) + 1;
        skip();
      } else break;
    }
    return { frames, runs, seconds: delay / 100 };
  };
  const png = (view) => {
    const data = new DataView(view.buffer);
    let frames = 1, runs = 1, seconds = 0;
    for (let at = 8; at + 12 <= view.length; at += 12 + data.getUint32(at)) {
      const name = String.fromCharCode(...view.subarray(at + 4, at + 8));
      if (name === "acTL") { frames = data.getUint32(at + 8); runs = data.getUint32(at + 12) || Infinity; }
      if (name === "fcTL") seconds += data.getUint16(at + 28) / (data.getUint16(at + 30) || 100);
      if (name === "IDAT" && frames === 1) break;
    }
    return { frames, runs, seconds };
  };
  const webp = (view) => {
    const data = new DataView(view.buffer);
    let frames = 0, runs = 1, time = 0;
    for (let at = 12, size; at + 8 <= view.length; at += 8 + size + (size & 1)) {
      const name = String.fromCharCode(...view.subarray(at, at + 4));
      size = data.getUint32(at + 4, true);
      if (name === "ANIM") runs = data.getUint16(at + 12, true) || Infinity;
      if (name === "ANMF") {
        frames += 1;
        time += view[at + 20] | (view[at + 21] << 8) | (view[at + 22] << 16);
      }
    }
    return { frames: frames || 1, runs, seconds: time / 1000 };
  };
  const read = async (image) => {
    const answer = await fetch(image.currentSrc || image.src, { signal: stop.signal });
    const size = Number(answer.headers.get("content-length") ?? 0);
    if (!answer.ok || size > bytes) return null;
    const view = new Uint8Array(await answer.arrayBuffer());
    const head = String.fromCharCode(...view.subarray(0, 16));
    if (head.startsWith("GIF8")) return gif(view);
    if (head.startsWith("\\x89PNG")) return png(view);
    return head.startsWith("RIFF") && head.slice(8, 12) === "WEBP" ? webp(view) : null;
  };
  const known = /[.](gif|apng|webp|png)([?#]|$)|^data:image\\/(gif|apng|webp|png)/i;
  // A GIF is likelier to move than a PNG.
  const images = [...document.images]
    .filter((image) => image.naturalWidth > 1 && known.test(image.currentSrc))
    .sort((a, b) => /gif/i.test(b.currentSrc) - /gif/i.test(a.currentSrc))
    .slice(0, most);
  const found = await Promise.allSettled(images.map(read));
  return found
    .map(({ value }, number) => value && {
      ...value,
      node: window.__machikado.indexOf(images[number]),
      runs: value.runs === Infinity ? null : value.runs,
    })
    .filter((image) => image && image.frames > 1 && image.node >= 0);
}"""


def _run(page: Page) -> dict[str, Any]:
    """By the element's number: frames, seconds of one run, runs (None: for ever)."""
    limits = {"patience": _PATIENCE, "most": _MOST, "bytes": _BYTES}
    return {str(image["node"]): image for image in page.evaluate(_READ, limits)}


PROBE = Probe("animated-images", _run, needs_fresh_page=False)
