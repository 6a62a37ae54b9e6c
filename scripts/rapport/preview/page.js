// Follows the builds of `rapport preview`: reloads this page when it changed, where it was being read, and shows what went
// wrong. Served with every page of a preview, and part of no built site.
(function () {
  const served = document.currentScript.dataset.tag, key = "preview:" + location.pathname;
  let events, box, building, leaving = false;

  // Where the reader is: the last named place above the middle of the window, and how far from the top it stands.
  const places = () => [...document.querySelectorAll("main [id]:not(svg *)")].filter((part) => part.getClientRects().length);
  function keep() {
    const place = places().filter((part) => part.getBoundingClientRect().top < innerHeight / 2).at(-1);
    const opened = [...document.querySelectorAll("details")].map((part) => part.open);
    const where = { x: scrollX, y: scrollY, id: place?.id, top: place?.getBoundingClientRect().top, opened };
    try { sessionStorage.setItem(key, JSON.stringify(where)); } catch { /* The browser's own memory of the place will do. */ }
  }
  function kept() {
    try {
      const where = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
      return where;
    } catch { return null; }
  }
  function back(where) {
    const parts = [...document.querySelectorAll("details")], place = where.id && document.getElementById(where.id);
    if (parts.length === where.opened.length) parts.forEach((part, at) => { part.open = where.opened[at]; });
    const top = place ? scrollY + place.getBoundingClientRect().top - where.top : where.y;
    scrollTo({ left: where.x, top: where.y && top, behavior: "instant" });
  }
  function reload() {
    events.close();
    keep();
    leaving = true;
    history.scrollRestoration = "manual";
    location.reload();
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text; // never as HTML: an error may quote a cell
    return made;
  }
  function show(failure) {
    box?.remove();
    box = null;
    if (!failure) return;
    box = element("section", "preview-failure", "");
    box.lang = "en";
    box.setAttribute("role", "alert");
    const hide = element("button", "", "Hide"), text = element("pre", "", failure);
    hide.type = "button";
    hide.addEventListener("click", () => { box.hidden = true; });
    text.tabIndex = 0; // so that it scrolls with the keys
    box.append(element("h2", "", "The last change could not be built"), hide, text,
      element("p", "", served ? "This page is the last good one. It is renewed as soon as the change is mended." : ""));
    document.body.append(box);
  }
  function wait(on) {
    building?.remove();
    building = on ? element("p", "preview-building", "Building …") : null;
    if (building) { building.lang = "en"; document.body.append(building); }
  }

  function follow() {
    events = new EventSource("/__preview__/events?page=" + encodeURIComponent(location.pathname));
    events.onmessage = (event) => {
      const { tag, building: on, failure } = JSON.parse(event.data);
      if (tag !== served) return reload();
      wait(on);
      if (!on) show(failure);
    };
  }
  // A page that nobody sees holds no connection: browsers allow six to one server.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) events.close(); else if (events.readyState === EventSource.CLOSED) follow();
  });
  // A reload by the reader is the browser's own affair; told earlier, it would scroll away again.
  addEventListener("beforeunload", () => { if (!leaving) history.scrollRestoration = "auto"; });
  const where = kept();
  if (where) {
    back(where);
    addEventListener("load", () => back(where), { once: true });
  }
  follow();
})();
