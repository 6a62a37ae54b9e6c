// Light or dark by the reader's choice, remembered on this machine; without a choice the pages follow the system.
// Runs before anything is drawn, so that no page shows in the wrong colours first.
(function () {
  const root = document.documentElement, key = "tema", dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = (choice) => { try { localStorage.setItem(key, choice); } catch { /* The choice holds for this page. */ } };
  const use = (choice) => { if (choice === "lys" || choice === "mork") root.dataset.tema = choice; };
  const isDark = () => (root.dataset.tema ? root.dataset.tema === "mork" : dark.matches);
  use(stored());
  const add = (title) => {
    const button = document.createElement("button");
    const words = root.lang === "en" ? ["Light appearance", "Dark appearance"] : ["Lyst utseende", "Mørkt utseende"];
    const name = () => { button.textContent = words[isDark() ? 0 : 1]; };
    button.type = "button";
    button.className = "tema";
    button.addEventListener("click", () => { use(isDark() ? "lys" : "mork"); store(root.dataset.tema); name(); });
    dark.addEventListener("change", name);
    name();
    title.after(button);
  };
  // As soon as its place is there: added when the whole page has come, it would move what is drawn by then.
  const watch = new MutationObserver(() => {
    const title = document.querySelector(".topplinje .navn");
    if (title) add(title);
    if (title || document.readyState !== "loading") watch.disconnect();
  });
  watch.observe(root, {childList: true, subtree: true});
})();
