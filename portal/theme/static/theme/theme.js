// Small comforts over pages that work without script: busy buttons, one submit per click, closing popovers.
"use strict";

const WAIT = 8000; // milliseconds; after that a button is usable again, for answers that leave the page standing (a download)
const contents = new WeakMap();

function wake(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[aria-busy]")) {
    button.replaceChildren(...contents.get(button));
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(wake, WAIT, form);
  const button = event.submitter;
  if (!button?.dataset.busy) return;
  contents.set(button, [...button.childNodes]);
  button.style.minWidth = `${button.offsetWidth}px`;
  button.setAttribute("aria-busy", "true");
  button.textContent = button.dataset.busy;
});

// A page taken back from the browser's memory must be usable at once.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
});

const POPOVERS = "details.zf-pop[open], details.zf-user[open], details.zf-drop[open]";

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest?.(POPOVERS);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(POPOVERS)) {
    if (!open.contains(event.target)) open.open = false;
  }
});
