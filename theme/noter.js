// Notes and references open where they are mentioned. Without this script, or without popovers, their marks are links.
(function () {
  if (!("popover" in HTMLElement.prototype)) return;
  const MARKS = ".footnote-ref, .citation a";
  const references = document.getElementById("henvisninger"); // a template: of what this page cites
  const words = document.documentElement.lang === "en"
    ? { note: "Note", reference: "Reference", notes: "Go to the notes", list: "See the list of references" }
    : { note: "Note", reference: "Referanse", notes: "Gå til notene", list: "Se referanselisten" };
  const box = document.createElement("span");
  let closed = 0, opener;

  /** The text that a mark leads to, without what leads back, or nothing when it is not on this page. */
  function told(link) {
    const id = decodeURIComponent(link.hash.slice(1));
    const found = document.getElementById(id) ?? references?.content.getElementById(id);
    if (!found) return null;
    const copy = document.createElement("span");
    copy.append(...[...found.cloneNode(true).childNodes]);
    copy.querySelectorAll(".footnote-back").forEach((back) => back.remove());
    copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    return copy;
  }

  function open(link, text) {
    const note = link.matches(".footnote-ref"), title = document.createElement("strong"), more = document.createElement("a");
    title.textContent = note ? `${words.note} ${link.textContent.trim()}` : words.reference;
    more.href = link.href;
    more.textContent = note ? words.notes : words.list;
    box.replaceChildren(title, " ", text, " ", more);
    box.ariaLabel = title.textContent;
    (link.closest(".citation") ?? link).after(box);
    opener?.removeAttribute("aria-expanded");
    opener?.style.removeProperty("anchor-name");
    opener = link;
    link.style.setProperty("anchor-name", "--note");
    link.setAttribute("aria-expanded", "true");
    box.showPopover({ source: link });
    box.focus({ preventScroll: true });
  }

  Object.assign(box, { id: "her", className: "forklaring note", tabIndex: -1, popover: "auto" });
  box.setAttribute("role", "note");
  box.addEventListener("beforetoggle", (event) => {
    if (event.newState === "closed") { closed = performance.now(); opener.setAttribute("aria-expanded", "false"); }
  });
  box.addEventListener("click", (event) => { if (event.target.closest("a")) box.hidePopover(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(MARKS);
    if (!link || box.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const text = told(link);
    if (!text) return;
    event.preventDefault();
    if (link !== opener || performance.now() - closed > 300) open(link, text); // a second click has closed it already
  });
})();
