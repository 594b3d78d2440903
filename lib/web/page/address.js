// SPDX-License-Identifier: MIT
// The address says what is shown: a view and its parameters, which have the names
// of `go tool pprof -http`. Links are real links; the browser keeps the history.

const views = {}; // by name, in the order of the tabs; each view's file adds its own
const tabOrder = ["top", "graph", "flamegraph", "peek", "source", "tags", "traces", "targets"];
const place = { view: "", params: new URLSearchParams() };

const filters = [
  { key: "f", name: "Focus", hint: "only stacks with a function that matches" },
  { key: "i", name: "Ignore", hint: "no stack with a function that matches" },
  { key: "h", name: "Hide", hint: "without the functions that match" },
  { key: "s", name: "Show", hint: "only the functions that match" },
  { key: "sf", name: "Show from", hint: "without what is above the first match" },
  { key: "prunefrom", name: "Prune from", hint: "without what is below a match" },
  { key: "tf", name: "Tag focus", hint: "only samples with a tag: key=regex, or a range like 4kb:1mb" },
  { key: "ti", name: "Tag ignore", hint: "no sample with a tag that matches" },
  { key: "ts", name: "Tag show", hint: "only tags whose keys match" },
  { key: "th", name: "Tag hide", hint: "no tags whose keys match" },
];

const granularities = ["functions", "filefunctions", "files", "lines", "addresses"];

// What the options menu offers; `values` make a list, `type` an input.
const options = [
  { key: "g", name: "Granularity", values: granularities },
  { key: "unit", name: "Unit", type: "text", hint: "minimum", list: ["minimum", "ns", "us", "ms", "s", "kB", "MB", "GB"] },
  { key: "sort", name: "Sort by", values: ["flat", "cum"] },
  { key: "n", name: "Functions at most", type: "number", hint: "default" },
  { key: "nf", name: "Smallest share of a function", type: "number", hint: "0.005" },
  { key: "ef", name: "Smallest share of an edge", type: "number", hint: "0.001" },
  { key: "trim", name: "Leave out what is small", on: true },
  { key: "calltree", name: "Call tree: a node for each path" },
  { key: "rel", name: "Percentages of what is shown" },
  { key: "noinlines", name: "Without inlined functions" },
  { key: "mean", name: "Mean of each event" },
  { key: "dropneg", name: "Without negative values" },
  { key: "compact", name: "Without the header" },
];
const settingKeys = [...filters, ...options].map(({ key }) => key);

const decode = (params, key) => params.get(key) ?? "";

function readPlace() {
  const view = location.pathname.replace(/^\/ui\/?/, "");
  place.view = views[view] ? view : "flamegraph";
  place.params = new URLSearchParams(location.search);
}

// An empty value takes a parameter away; but `base=` says that nothing shall be
// compared, where the program was started with a base.
function changed(changes, params = place.params) {
  const next = new URLSearchParams(params);
  for (const [key, value] of Object.entries(changes)) {
    if (value || (value === "" && key === "base" && session.base)) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

function linkTo(view, changes = {}, params = place.params) {
  const query = changed(changes, params).toString();
  return `/ui/${view}${query ? `?${query}` : ""}`;
}

const here = (changes) => linkTo(place.view, changes);

// Parameters that stay when all filters and options are taken back.
function bare() {
  const kept = new URLSearchParams();
  for (const key of ["profile", "base", "si", "norm"]) {
    if (place.params.has(key)) kept.set(key, place.params.get(key));
  }
  return kept;
}

function rememberScroll() {
  history.replaceState({ ...history.state, scroll: $("main").scrollTop }, "");
}

function go(href, { replace = false } = {}) {
  rememberScroll();
  if (replace) history.replaceState({}, "", href);
  else if (href !== location.pathname + location.search) history.pushState({}, "", href);
  closeMenu();
  show();
}

// A changed address without a new report.
function amend(changes) {
  const href = here(changes);
  history.replaceState(history.state, "", href);
  place.params = new URLSearchParams(location.search);
}

function onLink(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[href]");
  if (!link || link.target || link.hasAttribute("download")) return;
  const href = link.getAttribute("href");
  if (!href.startsWith("/ui/")) return;
  event.preventDefault();
  go(href);
}

// Go's and RE2's expressions, taken literally.
const quote = (name) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
const exactly = (names) => names.map((name) => `^${quote(name)}$`).join("|");

// The function of a row's name, which may begin with an address and end with a
// file and a line, depending on the granularity.
function functionOf(text) {
  const name = text.replace(/ \((?:partial-)?inline\)$/, "").replace(/^[0-9a-f]{16} /, "").replace(/ \S*[/.]\S*:\d+$/, "");
  return decode(place.params, "g") === "filefunctions" ? name.replace(/ \S+$/, "") : name;
}
