// SPDX-License-Identifier: MIT
// The keyboard, the two colour schemes, help.

const keyWords = [
  [["1", "…", "7"], "views, in the order of their tabs (8: targets)"], [["/"], "search"], [["f"], "focus on what is selected or searched for"],
  [["Enter"], "on a function: select it; in the search field: select all that match"], [["Shift"], "with a click or Enter: select one more"],
  [["Esc"], "close a menu, empty the search, clear the selection"], [["n", "p"], "graph: next, previous function"],
  [["+", "−", "0"], "graph: zoom in, out, show all"], [["←", "↑", "→", "↓"], "graph: move"], [["d"], "dark or light"], [["?"], "these keys"],
];

function showKeys() {
  openDialog("Keys", make("dl", {}, keyWords.flatMap(([keys, text]) =>
    [make("dt", {}, keys.map((key) => key === "…" ? "…" : make("kbd", {}, key))), make("dd", {}, text)])), closeButton());
}

const shortcuts = {
  "/": () => (views[place.view].focusSearch ?? (() => $("search").select()))(),
  f: () => { if (wanted()) go(refined("f", wanted())); },
  "?": showKeys,
  d: () => toggleTheme(),
};

function shortcut(key) {
  if (/^[1-8]$/.test(key)) {
    const view = shownTabs()[key - 1];
    return view && (() => go(tabLink(view)));
  }
  return shortcuts[key];
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || $("dialog").open || document.querySelector(".popup")) return;
  if (event.key === "Escape") {
    if (emptySearch() || clearSelection()) event.preventDefault();
    return;
  }
  if (event.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
  const action = shortcut(event.key);
  if (!action) return;
  event.preventDefault();
  action();
}

function emptySearch() {
  if (!$("search").value || views[place.view].expression) return false;
  $("search").value = "";
  views[place.view].find?.();
  return true;
}

// Shared with the page of the flame graph, which has the same switch.
const savedTheme = {
  get name() { try { return localStorage.getItem("kprofefe-theme"); } catch { return null; } },
  set name(name) { try { localStorage.setItem("kprofefe-theme", name); } catch { /* lost */ } },
};
const preferred = matchMedia("(prefers-color-scheme: dark)");
let dark = false;

function setDark(next) {
  dark = next;
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  $("theme").textContent = dark ? "Light" : "Dark";
}

function toggleTheme() {
  setDark(!dark);
  savedTheme.name = dark ? "dark" : "light";
  flameFrame()?.contentWindow.setDark?.(dark);
}
