"""What is in a page's audio and video: whether they load, how long they are, whether they sound."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from machikado.browser.probes.probe import Probe

_PATIENCE = 3_000
"""Milliseconds for all media of a page together."""
_MOST = 8
"""So many media of a page are opened."""
_BYTES = 12_000_000
"""A larger file is not read: whether it sounds stays unknown."""

# A medium that sounds has a sample that can be heard: -60 dB of full scale, 0.001.
_LISTEN = """async ({ patience, most, bytes }) => {
  const wait = (time) => new Promise((done) => setTimeout(() => done(null), time));
  const stop = new AbortController();
  const read = async (address) => {
    const answer = await fetch(address, { signal: stop.signal });
    if (!answer.ok || !answer.body) return null;
    const reader = answer.body.getReader(), parts = [];
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > bytes) { await reader.cancel(); return null; }
      parts.push(value);
    }
    return new Blob(parts).arrayBuffer();
  };
  const metadata = (medium) => new Promise((done) => {
    if (medium.readyState >= 1 || medium.error) return done();
    for (const type of ["loadedmetadata", "error"]) medium.addEventListener(type, () => done(), { once: true });
    medium.querySelector("source:last-of-type")?.addEventListener("error", () => done(), { once: true });
    if (medium.preload === "none") { medium.preload = "metadata"; medium.load(); }
  });
  const loudness = async (address) => {
    const data = await read(address);
    if (!data) return null;
    let sound;
    try {
      sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(data);
    } catch {
      return { sounds: false };
    }
    let peak = 0;
    for (let channel = 0; channel < sound.numberOfChannels; channel += 1) {
      for (const sample of sound.getChannelData(channel)) if (Math.abs(sample) > peak) peak = Math.abs(sample);
    }
    return { sounds: peak > 0.001 };
  };
  const tracksOf = async (medium) => {
    const tracks = [];
    for (const track of medium.querySelectorAll("track")) {
      let cues = null;
      try {
        const answer = await fetch(track.src, { signal: stop.signal });
        cues = answer.ok ? ((await answer.text()).match(/-->/g) ?? []).length : 0;
      } catch { cues = null; }
      tracks.push({ kind: track.kind, cues });
    }
    return tracks;
  };
  const media = [...document.querySelectorAll("audio, video")].slice(0, most);
  const answers = media.map(() => null);
  const ask = async (medium, number) => {
    const answer = { node: window.__machikado.indexOf(medium), loaded: false, duration: null, sounds: null, tracks: [] };
    answers[number] = answer;
    await metadata(medium);
    if (medium.readyState < 1) return;
    answer.loaded = true;
    answer.duration = Number.isFinite(medium.duration) ? medium.duration : null;
    answer.width = medium.videoWidth ?? 0;
    answer.tracks = await tracksOf(medium);
    try {
      answer.sounds = (await loudness(medium.currentSrc.replace(/#.*/, "")))?.sounds ?? null;
    } catch { answer.sounds = null; }
  };
  await Promise.race([Promise.allSettled(media.map(ask)), wait(patience)]);
  stop.abort();
  return answers.filter((answer) => answer && answer.node >= 0);
}"""


def _run(page: Page) -> dict[str, Any]:
    """By the element's number: loaded, duration (seconds), sounds (None: unknown), tracks."""
    limits = {"patience": _PATIENCE, "most": _MOST, "bytes": _BYTES}
    answers = page.evaluate(_LISTEN, limits) if _has_any(page) else []
    return {str(answer["node"]): answer for answer in answers}


def _has_any(page: Page) -> bool:
    return bool(page.evaluate("() => Boolean(document.querySelector('audio, video'))"))


PROBE = Probe("media", _run, needs_fresh_page=False)
