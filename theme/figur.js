// What a figure can do beyond being read: be explored, and have its link copied. Nothing is fetched before it is asked for.
(function () {
  const here = document.currentScript.src;
  const SAID = document.documentElement.lang === "en" ? {
    explore: "Explore the figure", back: "Back to the picture", loading: "Loading …", name: "Explore", keys: "Use the arrow keys",
    use: "Point at the figure, or use the arrow keys.", failed: "The figure cannot be explored now. The picture and the numbers are still here.",
    copied: "The link is copied", address: "The link stands in the address field",
  } : {
    explore: "Utforsk figuren", back: "Tilbake til bildet", loading: "Laster …", name: "Utforsk", keys: "Bruk piltastene",
    use: "Pek på figuren, eller bruk piltastene.", failed: "Figuren kan ikke utforskes nå. Bildet og tallene er her fortsatt.",
    copied: "Lenken er kopiert", address: "Lenken står i adressefeltet",
  };
  const shown = new WeakMap(); // button -> what takes the explored chart away again
  const quiet = Object.fromEntries(["level", "error", "warn", "info", "debug"].map((name) => [name, () => quiet])); // of settings that a chart does not need
  let loading;

  function make(tag, name, text, parent) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return parent.appendChild(element);
  }

  /** Vega, from the site itself; again when it could not be fetched. */
  function vega() {
    return loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL("vega.js", here);
      script.onload = () => done(globalThis.rapportVega);
      script.onerror = () => { loading = undefined; script.remove(); failed(new Error("vega.js")); };
      document.head.append(script);
    });
  }

  /** The published specification with the page's colours, as wide as the drawing, and a name for each mark. */
  async function specification(figure, drawing, roles) {
    const answer = await fetch(figure.querySelector('a[href$=".vl.json"]').href);
    if (!answer.ok) throw new Error(answer.status);
    const spec = JSON.parse((await answer.text()).replace(/"(#[0-9a-f]{6})"/gi, (all, hex) => JSON.stringify(roles[hex.toLowerCase()] ?? hex)));
    spec.width = Number(drawing.dataset.bredde);
    Object.assign(spec.config, { aria: true, axis: { ...spec.config.axis, aria: false } });
    for (const { mark, encoding } of spec.layer) {
      if (encoding.tooltip) encoding.description = encoding.tooltip; else mark.aria = false;
      delete encoding.tooltip;
    }
    return spec;
  }

  async function draw(figure, drawing, surface) {
    const { parse, View, compile, expressionInterpreter: expr, roles } = await vega();
    const runtime = parse(compile(await specification(figure, drawing, roles), { logger: quiet }).spec, null, { ast: true });
    const view = new View(runtime, { expr, renderer: "svg", container: surface, hover: false });
    return view.runAsync();
  }

  /** What can be pointed at, from the left and from above: all that is drawn of one value is one place. */
  function places(svg) {
    const found = new Map();
    for (const mark of svg.querySelectorAll("[role='graphics-symbol']")) {
      const text = mark.getAttribute("aria-label"), { left, top } = mark.getBoundingClientRect();
      const place = found.get(text) ?? { text, marks: [], left, top };
      place.left = Math.min(place.left, left);
      place.marks.push(mark);
      found.set(text, place);
    }
    return [...found.values()].sort((a, b) => Math.abs(a.left - b.left) > 2 ? a.left - b.left : a.top - b.top);
  }

  /** How well a mark stands for its place: what is drawn before what is written. */
  function area(mark) {
    const { width, height } = mark.getBoundingClientRect();
    return mark.tagName === "text" ? 0 : width * height;
  }

  /** One stop for the keyboard a place, named as it is; the rest of the drawing is silent. */
  function name(svg, all) {
    for (const part of [svg, ...svg.querySelectorAll("*")]) {
      for (const key of ["role", "aria-label", "aria-roledescription"]) part.removeAttribute(key);
      if (part.tagName === "text") part.setAttribute("aria-hidden", "true");
    }
    all.forEach((place, i) => {
      place.stop = place.marks.reduce((best, mark) => area(mark) > area(best) ? mark : best);
      place.marks.forEach((mark) => mark.classList.add("merke"));
      place.stop.removeAttribute("aria-hidden");
      Object.entries({ role: "img", "aria-label": place.text, tabindex: i ? -1 : 0 }).forEach(([key, value]) => place.stop.setAttribute(key, value));
    });
  }

  function move(element, sides) {
    for (const [side, length] of Object.entries(sides)) element.style[side] = `${length}px`;
  }

  /** Shows a ring around a place and its sentence above; without a place nothing is shown. */
  function pointer(surface, ring, bubble) {
    return (place) => {
      surface.querySelectorAll(".pekt").forEach((mark) => mark.classList.remove("pekt"));
      surface.classList.toggle("peker", Boolean(place));
      ring.hidden = bubble.hidden = !place;
      if (!place) return;
      place.marks.forEach((mark) => mark.classList.add("pekt"));
      bubble.textContent = place.text;
      const around = surface.getBoundingClientRect(), boxes = place.marks.map((mark) => mark.getBoundingClientRect());
      const left = Math.min(...boxes.map((box) => box.left)) - around.left - 4, top = Math.min(...boxes.map((box) => box.top)) - around.top - 3;
      const right = Math.max(...boxes.map((box) => box.right)) - around.left + 4, bottom = Math.max(...boxes.map((box) => box.bottom)) - around.top + 3;
      move(ring, { left, top, width: right - left, height: bottom - top });
      const middle = (left + right - bubble.offsetWidth) / 2;
      move(bubble, { left: Math.max(0, Math.min(around.width - bubble.offsetWidth, middle)), top: top - bubble.offsetHeight - 6 });
    };
  }

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  function listen(surface, all, show) {
    const of = (target) => all.find((place) => place.marks.includes(target));
    surface.addEventListener("pointerover", (event) => { if (of(event.target)) show(of(event.target)); });
    surface.addEventListener("pointerleave", () => show(of(document.activeElement)));
    surface.addEventListener("focusin", (event) => show(of(event.target)));
    surface.addEventListener("focusout", () => show());
    surface.addEventListener("keydown", (event) => {
      const at = all.indexOf(of(event.target));
      const next = { Home: 0, End: all.length - 1 }[event.key] ?? (event.key in STEPS ? at + STEPS[event.key] : -1);
      if (event.key === "Escape") show();
      if (at < 0 || !all[next]) return;
      event.preventDefault();
      all[at].stop.setAttribute("tabindex", -1);
      all[next].stop.setAttribute("tabindex", 0);
      all[next].stop.focus();
    });
  }

  async function explore(figure, button) {
    const drawing = [...figure.querySelectorAll(".diagram")].find((part) => part.getClientRects().length);
    const surface = document.createElement("div");
    const view = await draw(figure, drawing, surface);
    surface.className = "diagram utforsket";
    surface.setAttribute("role", "group");
    surface.setAttribute("aria-label", `${SAID.name}: ${figure.querySelector("figcaption").textContent.trim()}. ${SAID.keys}.`);
    drawing.before(surface);
    drawing.hidden = true;
    const svg = surface.querySelector("svg"), all = places(svg);
    const ring = make("div", "ring", "", surface), bubble = make("p", "boble", "", surface);
    bubble.setAttribute("aria-hidden", "true"); // the mark that has focus is named the same
    name(svg, all);
    listen(surface, all, pointer(surface, ring, bubble));
    ring.hidden = bubble.hidden = true;
    shown.set(button, () => { view.finalize(); surface.remove(); drawing.hidden = false; });
    all[0]?.stop.focus({ preventScroll: true });
  }

  async function toggle(button) {
    const figure = button.closest("[id^='fig-']"), said = button.nextElementSibling;
    if (button.ariaBusy === "true") return;
    if (shown.has(button)) {
      shown.get(button)();
      shown.delete(button);
      button.textContent = SAID.explore;
      return;
    }
    button.ariaBusy = "true";
    said.textContent = SAID.loading;
    try {
      await explore(figure, button);
      button.textContent = SAID.back;
      said.textContent = SAID.use;
    } catch (error) {
      console.error(error);
      said.textContent = SAID.failed;
    }
    button.ariaBusy = "false";
  }

  async function copy(button) {
    const link = button.parentElement.querySelector("a"), said = button.parentElement.querySelector("[role=status]");
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(link.href);
      said.textContent = SAID.copied;
    } catch {
      location.hash = link.hash;
      said.textContent = SAID.address;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.utforsk, button.kopier");
    if (button) (button.className === "kopier" ? copy : toggle)(button);
  });
})();
