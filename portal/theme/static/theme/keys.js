// Single keys on pages that offer them: #keys is the list of them; nothing fires while somebody types.
"use strict";

const OFF = "zf-keys-off"; // remembered by the browser: WCAG 2.1.4 asks for a way to turn single keys off
const list = document.getElementById("keys");
const here = { place: -1 };

function typing(target) {
  if (target.isContentEditable) return true;
  if (target.matches?.("textarea, select")) return true;
  return Boolean(target.matches?.("input:not([type=radio]):not([type=checkbox]):not([type=button]):not([type=submit])"));
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function stops() {
  return [...document.querySelectorAll(list.dataset.stops)].filter((one) => one.checkVisibility());
}

function visit(places, number) {
  const stop = places[number];
  if (!stop) return;
  here.place = number;
  const field = list.dataset.into && stop.querySelector(list.dataset.into);
  if (!field && !stop.hasAttribute("tabindex")) stop.tabIndex = -1;
  (field || stop).focus({ preventScroll: true });
  stop.scrollIntoView({ block: "center" });
}

function follow(key) {
  const row = [...list.querySelectorAll("kbd[data-go]")].find((one) => one.textContent === key);
  const target = row && document.querySelector(row.dataset.go);
  if (!target) return false;
  if (target.matches("summary")) target.parentElement.open = true;
  target.focus();
  target.scrollIntoView({ block: "center" });
  return true;
}

function answer(key) {
  const places = stops();
  const held = places.findIndex((one) => one.contains(document.activeElement));
  const place = held >= 0 ? held : here.place;
  if (key === "?") list.showModal();
  else if (key === "j") visit(places, Math.min(place + 1, places.length - 1));
  else if (key === "k") visit(places, Math.max(place - 1, 0));
  else if (/^[1-9]$/.test(key)) visit(places, Number(key) - 1);
  else return follow(key);
  return true;
}

if (list) {
  const box = list.querySelector("[data-keys-off]");
  box.checked = isOff();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "1" : "0"));
  const opener = document.querySelector("[data-keys-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => list.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (list.open || isOff() || typing(event.target) || event.key.length !== 1) return;
    if (answer(event.key)) event.preventDefault();
  });
}
