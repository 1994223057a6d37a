// What changes on the page by itself, and what its controls do about it.
async () => {
  const WAIT = 2600, AFTER = 1300, CONTROLS = 4, RESTS = 5000;
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const number = (element) => window.__machikado.indexOf(element);
  const isShown = (element) => element.isConnected && (element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true) &&
    element.getBoundingClientRect().width > 1;
  const words = /stop|pause|hide|halt|freeze|turn off|disable|停止|止め|一時|隠|非表示|オフ|解除/i;
  const nameOf = (element) => `${element.innerText ?? ""} ${element.value ?? ""} ${element.getAttribute("aria-label") ?? ""} ${
    element.title ?? ""} ${element.labels?.[0]?.innerText ?? ""} ${element.className ?? ""}`;
  const controls = () => [...document.querySelectorAll(
    "button,input[type=button],input[type=checkbox],input[type=radio],input[type=image],[role=button],[role=switch],[role=checkbox],select,a[href^='#'],a[href^='javascript:']")]
    .filter((control) => isShown(control) && !control.disabled)
    .sort((a, b) => words.test(nameOf(b)) - words.test(nameOf(a))).slice(0, 2 * CONTROLS);
  const press = (control) => { try { control.click(); } catch { /* its own affair */ } };

  /** How often a script changed an element's look, and what could be read in the part around it. */
  const styled = new Map(), shown = new WeakMap();
  /** The elements whose text changed in a time, with how often. */
  const changesIn = async (time) => {
    const changes = new Map();
    const texts = new WeakMap();
    const note = (element) => {
      if (!element || !isShown(element) || /script|style|title|input|textarea/.test(element.localName)) return;
      const text = element.textContent.trim();
      if (texts.get(element) === text) return;
      texts.set(element, text);
      changes.set(element, (changes.get(element) ?? 0) + 1);
    };
    for (const element of document.querySelectorAll("body *")) {
      if (texts && element.childElementCount < 3) texts.set(element, element.textContent.trim());
      if (changes.size > 5000) break;
    }
    const asked = new WeakMap();
    // Parts that are hidden and shown in turn change what can be read, too.
    const noteShown = (element) => {
      const now = performance.now();
      if (!element || element === document.documentElement || now - (asked.get(element) ?? -1000) < 150) return;
      asked.set(element, now);
      const text = element.innerText?.trim();
      if (text === undefined || text.length > 2000) return;
      if (shown.has(element) && shown.get(element) !== text) changes.set(element, (changes.get(element) ?? 0) + 1);
      shown.set(element, text);
    };
    const watch = new MutationObserver((records) => {
      const of = (isAttribute) => new Set(records.filter(({ type }) => (type === "attributes") === isAttribute)
        .map(({ target }) => (target.nodeType === 1 ? target : target.parentElement)));
      for (const target of of(false)) note(target);
      for (const target of of(true)) {
        styled.set(target, (styled.get(target) ?? 0) + 1);
        noteShown(target.parentElement);
      }
    });
    watch.observe(document.body, {
      characterData: true, childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "class", "style"],
    });
    await wait(time);
    watch.disconnect();
    return changes;
  };

  /** All that eyes can notice, as one string. */
  const looks = () => {
    let said = "";
    for (const element of [...document.querySelectorAll("body, body *")].slice(0, 3000)) {
      if (/script|style|pre/.test(element.localName) && !element.textContent.trim()) continue;
      said += `${element.className} ${element.getAttribute("style") ?? ""} ${element.value ?? ""} ${element.checked ?? ""}|`;
      if (!element.childElementCount) said += element.textContent;
    }
    return said;
  };
  const move = (sign) => {
    const turned = { alpha: 40 * sign, beta: 40 * sign, gamma: 40 * sign };
    const send = (type, make) => { for (const target of [window]) { try { target.dispatchEvent(make(type)); } catch { /* its own affair */ } } };
    const acceleration = { x: 25 * sign, y: 25 * sign, z: 25 * sign };
    send("deviceorientation", (type) => new DeviceOrientationEvent(type, turned));
    send("deviceorientationabsolute", (type) => new DeviceOrientationEvent(type, { ...turned, absolute: true }));
    send("devicemotion", (type) => new DeviceMotionEvent(type, {
      acceleration, accelerationIncludingGravity: acceleration, rotationRate: turned, interval: 16,
    }));
  };
  /** Whether shaking and turning the device changes anything. */
  const reacts = async () => {
    for (const sign of [1, -1]) {
      const before = looks();
      move(sign);
      await wait(60);
      if (looks() !== before) return true;
    }
    return false;
  };

  const answer = { changing: [], moving: [], motion: null };
  const listensToMotion = window.__machikado.typesOf(window).some((type) => /^device(motion|orientation)/.test(type));
  if (listensToMotion && await reacts()) {
    answer.motion = { disabled: false, control: false };
    const shown = (element) => element.innerText + [...element.querySelectorAll("input")].map(({ value }) => value).join();
    for (const control of controls()) {
      const before = shown(document.body);
      press(control);
      await wait(30);
      if (control.matches("button,a,input[type=button],[role=button]") && shown(document.body) !== before) answer.motion.control = true;
      if (!(await reacts())) { answer.motion.disabled = true; press(control); break; }
    }
    if (document.querySelector("input[type=range]:not(:disabled),input[type=number]:not(:disabled)")) answer.motion.control = true;
  }

  {
    const changes = await changesIn(WAIT);
    // What changed once may change again: a slide show takes its time.
    if ((changes.size || styled.size) && window.__machikado.timers.repeated && ![...changes.values()].some((times) => times >= 2)) {
      for (const [element, times] of await changesIn(2 * WAIT)) changes.set(element, times + (changes.get(element) ?? 0));
    }
    const changing = [...changes].filter(([element, times]) => times >= 2 && isShown(element)).slice(0, 10);
    if (changing.length) {
      const names = new Map(changing.map(([element, times]) => [element, { index: number(element), times, stopped: false }]));
      const end = performance.now() + AFTER * CONTROLS;
      for (const control of controls()) {
        if (performance.now() > end || [...names.values()].every(({ stopped }) => stopped)) break;
        if (/submit/.test(control.type) && control.form?.action) continue;
        press(control);
        await wait(20);
        const still = await changesIn(AFTER);
        for (const [element, told] of names) if (!still.has(element) || !isShown(element)) told.stopped = true;
      }
      // What comes to rest within five seconds may change (2.2.2).
      const lasting = [...names.values()].filter(({ stopped }) => !stopped);
      if (lasting.length) {
        await wait(Math.max(0, RESTS - performance.now()));
        const still = await changesIn(lasting.some(({ times }) => times < 4) ? 2 * WAIT : AFTER);
        for (const [element, told] of names) if (!still.has(element)) told.stopped = true;
      }
      answer.changing = [...names.values()].filter(({ index }) => index >= 0);
    }
  }

  const pushed = [...styled].filter(([element, times]) => times >= 15 && isShown(element)).slice(0, 5);
  if (pushed.length) {
    await wait(Math.max(0, RESTS - performance.now()));
    const places = () => pushed.map(([element]) => { const { left, top } = element.getBoundingClientRect(); return [left, top]; });
    const before = places();
    await wait(400);
    const after = places();
    for (const [place, [element]] of pushed.entries()) {
      const moved = Math.abs(before[place][0] - after[place][0]) + Math.abs(before[place][1] - after[place][1]);
      const box = element.getBoundingClientRect();
      if (moved > 3 && number(element) >= 0) {
        answer.moving.push({
          index: number(element), properties: ["left"], duration: 0, text: element.innerText?.trim().length ?? 0,
          area: box.width * box.height, canPause: controls().some((control) => words.test(nameOf(control))),
        });
      }
    }
  }

  const canPause = controls().some((control) => words.test(nameOf(control)));
  for (const animation of document.getAnimations?.() ?? []) {
    const { effect } = animation;
    const element = effect?.target;
    const timing = effect?.getComputedTiming?.();
    if (!element || !timing || answer.moving.length >= 10 || effect.pseudoElement) continue;
    if (timing.endTime < 5000 || !isShown(element)) continue;
    const frames = effect.getKeyframes?.() ?? [];
    const properties = [...new Set(frames.flatMap((frame) => Object.keys(frame)))].filter((name) =>
      !["offset", "easing", "composite", "computedOffset"].includes(name) && new Set(frames.map((frame) => frame[name])).size > 1);
    const box = element.getBoundingClientRect();
    answer.moving.push({
      index: number(element), properties, duration: Number(timing.duration), text: element.innerText?.trim().length ?? 0,
      area: box.width * box.height, canPause,
    });
  }
  return answer;
}
