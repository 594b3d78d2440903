// SPDX-License-Identifier: MIT
// Filters and options: their menus, and the chips that show what is set.

// What the filters of the menu are made of: the selected functions, else what is
// written in the search field.
const wanted = () => selection.size ? exactly([...selection.keys()]) : $("search").value.trim();

// As in pprof: what is left out adds up, what is shown is replaced.
function refined(key, expression) {
  const old = decode(place.params, key);
  const adds = (key === "i" || key === "h") && old && old !== expression;
  return here({ [key]: adds ? `${old}|${expression}` : expression, p: "" });
}

const quickFilters = filters.slice(0, 5);

function refineLinks(expression) {
  return quickFilters.map(({ key, name, hint }) => expression
    ? make("a", { href: refined(key, expression), title: hint }, name)
    : make("button", { disabled: true, title: hint }, name));
}

function refineMenu() {
  const expression = wanted();
  const about = selection.size ? [...selection.keys()].join(", ") : expression;
  return [
    make("p", { class: "about" }, about ? make("code", {}, about)
      : "Select functions or write in the search field, or set any filter:"),
    make("div", { class: "items" }, refineLinks(expression),
      make("hr"),
      make("button", { onclick: () => { closeMenu(); filterDialog(); } }, "All filters…"),
      make("a", { href: linkTo(place.view, {}, bare()) }, "Reset")),
  ];
}

function filterDialog(focused = "f") {
  const fields = filters.map(({ key, name, hint }) => make("label", {}, make("span", {}, name),
    make("input", { name: key, value: decode(place.params, key), placeholder: hint, title: hint,
      autofocus: key === focused, spellcheck: "false", autocomplete: "off" })));
  const form = make("form", { method: "dialog", class: "fields" }, ...fields,
    make("p", { class: "buttons" }, make("button", { class: "main" }, "Apply"),
      make("button", { type: "button", onclick: closeDialog }, "Cancel")));
  form.onsubmit = () => go(here(Object.fromEntries(new FormData(form))));
  openDialog("Filters", make("p", { class: "about" }, "Regular expressions, as in pprof."), form);
}

function optionField({ key, name, values, type, list, hint, on }) {
  const value = decode(place.params, key);
  const change = (next) => go(here({ [key]: next }));
  if (values) {
    return make("label", {}, make("span", {}, name), make("select",
      { onchange: (event) => change(event.target.value === values[0] ? "" : event.target.value) },
      values.map((each) => make("option", { value: each, selected: each === (value || values[0]) }, each))));
  }
  if (type) {
    return make("label", {}, make("span", {}, name), make("input",
      { type, value, placeholder: hint, step: "any", min: "0", list: list && `list-${key}`, onchange: (event) => change(event.target.value.trim()) }),
    list && make("datalist", { id: `list-${key}` }, list.map((each) => make("option", { value: each }))));
  }
  const checked = value ? value === "t" : Boolean(on);
  return make("label", { class: "switch" }, make("input",
    { type: "checkbox", checked, onchange: () => change(checked === Boolean(on) ? (on ? "f" : "t") : "") }), ` ${name}`);
}

const optionsMenu = () => make("div", { class: "fields" }, options.map(optionField));

function chipText({ key, name, values, type }) {
  const value = decode(place.params, key);
  if (!value) return "";
  if (values || type || filters.some((filter) => filter.key === key)) return `${name}: ${value}`;
  return value === "t" ? name : `Not: ${name}`;
}

function chip(text, key) {
  const isFilter = filters.some((filter) => filter.key === key);
  return make("li", {},
    isFilter ? make("button", { title: text, onclick: () => filterDialog(key) }, text) : make("span", { title: text }, text),
    make("a", { href: here({ [key]: "" }), "aria-label": `Remove ${text}` }, "×"));
}

function showChips() {
  const chips = [...filters, ...options].map((each) => [chipText(each), each.key]).filter(([text]) => text);
  if (place.view === "flamegraph" && place.params.get("p")) chips.unshift([`Sandwich: ${place.params.get("p")}`, "p"]);
  const list = $("chips");
  list.hidden = !chips.length || place.view === "targets";
  list.replaceChildren(...chips.map(([text, key]) => chip(text, key)),
    ...(chips.length > 1 ? [make("li", { class: "all" }, make("a", { href: linkTo(place.view, {}, bare()) }, "Reset"))] : []));
}
