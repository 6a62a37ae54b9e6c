// The search page. Pagefind and its index are fetched when there is something to search for.
// The list below the results, which also serves readers without scripts, gives sections and figures their names.
const form = document.querySelector("main form"), field = form.elements.q;
const status = document.getElementById("svar"), results = document.getElementById("treff");
const names = new Map([...document.querySelectorAll(".oversikt a")].map((link) => [new URL(link.href).href, link]));
const SHOWN = 12, PLACES = 3, BEFORE = 8, WORDS = 30;
let engine, latest = 0;

function make(tag, text, parent) {
  const element = document.createElement(tag);
  element.append(text);
  return parent.appendChild(element);
}

/** Sections and figures of a page that hold hits: a figure when the hit is in its title, else the section. */
function places(data, page) {
  const known = data.anchors.map((anchor) => ({ ...anchor, link: names.get(`${page}#${anchor.id}`) })).filter((a) => a.link);
  const found = new Map();
  for (const location of data.locations) {
    const before = known.filter((anchor) => anchor.location <= location);
    const place = before.findLast((anchor) => anchor.element === "section"
      || location < anchor.location + anchor.link.textContent.split(/\s+/).length);
    const entry = found.get(place) ?? { place, locations: [], figure: place && place.element !== "section" };
    entry.locations.push(location);
    found.set(place, entry);
  }
  return [...found.values()].sort((a, b) => b.figure - a.figure || b.locations.length - a.locations.length).slice(0, PLACES);
}

function excerpt(words, locations, parent) {
  const start = Math.max(0, locations[0] - BEFORE), text = make("p", start ? "… " : "", parent), hits = new Set(locations);
  words.slice(start, start + WORDS).forEach((word, i) => {
    if (hits.has(start + i)) make("mark", word, text); else text.append(word);
    text.append(" ");
  });
  text.append("…");
}

function show(data) {
  const page = new URL(data.url.replace(/^\//, ""), new URL(".", location.href)).href;
  const words = (data.raw_content ?? data.content).split(/[\r\n\s]+/), item = make("li", "", results);
  make("p", data.meta.title, item).className = "kapittel";
  for (const { place, locations } of places(data, page)) {
    const link = make("a", place ? place.link.textContent : data.meta.title, make("h2", "", item));
    link.href = place ? place.link.href : page;
    excerpt(words, locations, item);
  }
}

async function search(words) {
  const asked = ++latest;
  results.replaceChildren();
  status.textContent = words ? "Søker …" : "";
  if (!words) return;
  try {
    engine ??= await import(new URL("pagefind/pagefind.js", location.href).href);
    const found = (await engine.search(words)).results, data = await Promise.all(found.slice(0, SHOWN).map((hit) => hit.data()));
    if (asked !== latest) return;
    status.textContent = found.length === 1 ? "Treff på én side" : found.length ? `Treff på ${found.length} sider` : `Ingen treff på «${words}»`;
    data.forEach(show);
  } catch {
    status.textContent = "Søket kunne ikke lastes. Bruk oversikten nedenfor.";
  }
}

let timer;
field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => search(field.value.trim()), 250); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = field.value.trim();
  history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : "sok.html");
  search(words);
});
field.value = new URLSearchParams(location.search).get("q") ?? "";
search(field.value.trim());
