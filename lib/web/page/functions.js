// SPDX-License-Identifier: MIT
// The selected functions: in every view a click selects, and the panel below leads
// to the same functions in the others.

const selection = new Map(); // name -> what is known of it, as text
let cameFrom = null; // what had the keyboard's focus

const functionViews = ["top", "graph", "flamegraph", "peek", "source"];

function select(name, facts = "", { add = false, focus = false } = {}) {
  if (add && selection.has(name)) {
    selection.delete(name);
  } else {
    if (!add) selection.clear();
    selection.set(name, facts);
  }
  selectionChanged();
  if (focus) {
    cameFrom = document.activeElement;
    $("function").querySelector("a")?.focus();
  }
}

function selectAll(entries) {
  selection.clear();
  for (const [name, facts] of entries) selection.set(name, facts);
  selectionChanged();
}

function clearSelection() {
  if (!selection.size) return false;
  selection.clear();
  selectionChanged();
  cameFrom?.focus();
  cameFrom = null;
  return true;
}

// Addresses have limits: of very many functions the links are left as they are.
function selectionChanged() {
  const names = exactly([...selection.keys()]);
  if (views[place.view]?.selects && names.length < 1500) amend({ p: names });
  showFunctions();
  showTabs();
  views[place.view]?.mark?.();
}

function functionLinks(expression) {
  return [...functionViews.map((view) => make("a", { href: linkTo(view, { p: expression }), "aria-current": view === place.view && "true" },
    views[view].short ?? views[view].title))];
}

function showFunctions() {
  const panel = $("function");
  panel.hidden = !selection.size;
  if (panel.hidden) return;
  const names = [...selection.keys()];
  const expression = exactly(names);
  const facts = names.length === 1 ? selection.get(names[0]) : names.slice(0, 4).join(", ");
  panel.replaceChildren(
    make("h2", {}, names.length === 1 ? names[0] : count(names.length, "function")),
    facts ? make("p", {}, facts) : "",
    make("div", { class: "links" },
      make("span", { class: "group", role: "group", "aria-label": "Show in" }, functionLinks(expression)),
      make("span", { class: "group", role: "group", "aria-label": "Refine" }, refineLinks(expression)),
      make("button", { onclick: () => navigator.clipboard?.writeText(names.join("\n")), title: "Copy the name" }, "Copy")),
    make("button", { class: "cross", "aria-label": "Clear the selection", title: "Clear (Escape)", onclick: clearSelection }, "×"));
  say(`selected: ${names.length === 1 ? names[0] : count(names.length, "function")}`);
}

// The same by a right click.
function functionMenu(event, name, facts = "") {
  event.preventDefault();
  if (!selection.has(name)) select(name, facts);
  const expression = exactly([...selection.keys()]);
  openMenu([make("p", { class: "about" }, make("code", {}, name)),
    make("div", { class: "items" }, functionLinks(expression), make("hr"), refineLinks(expression))],
  { x: event.clientX, y: event.clientY, label: name });
}

// A function's name in a report: a click selects it, the middle button opens it in
// a tab of its own.
function functionName(text, { facts = "", view = "peek", label = text } = {}) {
  const name = functionOf(text);
  return make("a", { class: "fn", href: linkTo(view, { p: exactly([name]) }), "data-name": name, "data-facts": facts }, label);
}

function onFunctionName(event) {
  const link = event.target.closest("a.fn");
  if (!link) return;
  const { name, facts } = link.dataset;
  if (event.type === "contextmenu") {
    functionMenu(event, name, facts);
  } else if (!event.ctrlKey && !event.metaKey && !event.button) {
    event.preventDefault();
    select(name, facts, { add: event.shiftKey, focus: event.detail === 0 });
  }
}
