// Marks the section that is being read in the contents beside the text. Without it the contents are only links.
(function () {
  const links = new Map([...document.querySelectorAll(".ramme > .pa-siden a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  let waiting = false;
  function mark() {
    waiting = false;
    const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 4);
    links.forEach((link) => link.removeAttribute("aria-current"));
    if (passed.length) links.get(passed.at(-1).id)?.setAttribute("aria-current", "true");
  }
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
  mark();
})();
