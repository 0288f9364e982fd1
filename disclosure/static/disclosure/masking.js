// Keys of the masking desk: J and K move, Enter hides, H adds the selected words. The page works without it.
"use strict";

(() => {
  const items = () => [...document.querySelectorAll("[data-span]")];

  function current() {
    return document.querySelector("[data-span].zf-now") ?? items()[0];
  }

  function goTo(item) {
    for (const other of items()) {
      other.classList.toggle("zf-now", other === item);
      other.toggleAttribute("aria-current", other === item);
    }
    for (const mark of document.querySelectorAll("mark.now")) mark.classList.remove("now");
    const mark = document.querySelector(`[data-original] [data-mark="${item.dataset.span}"]`);
    mark?.classList.add("now");
    mark?.scrollIntoView({ block: "center" });
    item.querySelector("[data-hide]")?.focus();
  }

  function move(step) {
    const all = items();
    if (all.length) goTo(all[(all.indexOf(current()) + step + all.length) % all.length]);
  }

  // Offset of a place within a field's own text: the small numbers behind the marks do not count.
  function offsetIn(field, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(field);
    range.setEnd(node, offset);
    const copy = range.cloneContents();
    for (const number of copy.querySelectorAll("sup")) number.remove();
    return copy.textContent.length;
  }

  function addSelection() {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed) return false;
    const range = selection.getRangeAt(0);
    const field = range.startContainer.parentElement?.closest("[data-original] [data-field]");
    if (!field || !field.contains(range.endContainer)) return false;
    const copy = range.cloneContents();
    for (const number of copy.querySelectorAll("sup")) number.remove();
    const box = document.getElementById("add");
    box.open = true;
    box.querySelector("[name=field]").value = field.dataset.field;
    box.querySelector("[name=text]").value = copy.textContent;
    // The server counts code points, the browser counts UTF-16 units.
    const before = offsetIn(field, range.startContainer, range.startOffset);
    const whole = field.cloneNode(true);
    for (const number of whole.querySelectorAll("sup")) number.remove();
    box.querySelector("[data-start]").value = [...whole.textContent.slice(0, before)].length;
    box.querySelector("[name=kind]").focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "h" && addSelection()) event.preventDefault();
    else if (key === "enter" && event.target === document.body) current()?.querySelector("[data-hide]")?.click();
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("#add [name=text]")) document.querySelector("#add [data-start]").value = "";
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "masking") return;
    const problem = document.getElementById("problem");
    if (problem) problem.focus();
    else if (items().length) goTo(items()[0]);
    else document.querySelector("#masking form.zf-maskbar button")?.focus();
  });
})();
