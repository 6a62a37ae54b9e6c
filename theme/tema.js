// Light or dark by the reader's choice, remembered on this machine; without a choice the pages follow the system.
// Runs before anything is drawn, so that no page shows in the wrong colours first.
(function () {
  const root = document.documentElement, key = "tema", dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = (choice) => { try { localStorage.setItem(key, choice); } catch { /* The choice holds for this page. */ } };
  const use = (choice) => { if (choice === "lys" || choice === "mork") root.dataset.tema = choice; };
  const isDark = () => (root.dataset.tema ? root.dataset.tema === "mork" : dark.matches);
  use(stored());
  document.addEventListener("DOMContentLoaded", () => {
    const title = document.querySelector(".topplinje .navn"), button = document.createElement("button");
    if (!title) return;
    const words = root.lang === "en" ? ["Light appearance", "Dark appearance"] : ["Lyst utseende", "Mørkt utseende"];
    const name = () => { button.textContent = words[isDark() ? 0 : 1]; };
    button.type = "button";
    button.className = "tema";
    button.addEventListener("click", () => { use(isDark() ? "lys" : "mork"); store(root.dataset.tema); name(); });
    dark.addEventListener("change", name);
    name();
    title.after(button);
  });
})();
