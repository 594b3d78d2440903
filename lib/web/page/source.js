// SPDX-License-Identifier: MIT
// The source of functions, line by line with what each costs.

// Of the most expensive line: 0 to 1.
function heat(line, most) {
  return most ? Math.min(1, Math.max(Math.abs(line.flat ?? 0), Math.abs(line.cum ?? 0)) / most) : 0;
}

function sourceLine(line, most) {
  const row = make("tr", {}, make("td", { class: "number" }, String(line.number)), make("td", {}, line.flat_text || "."),
    make("td", {}, line.cum_text || "."), make("td", { class: "code" }, line.text));
  const share = heat(line, most);
  if (share) {
    row.className = "hot";
    row.style.setProperty("--heat", `${(6 + 34 * share).toFixed(1)}%`);
  }
  return row;
}

function routineBox(routine, i) {
  const { name, file, flat_text: flat, cum_text: cum, error, lines = [] } = routine;
  const most = Math.max(0, ...lines.map((line) => Math.max(Math.abs(line.flat ?? 0), Math.abs(line.cum ?? 0))));
  const facts = `flat ${flat} · cum ${cum}`;
  return make("details", { class: "routine", open: i < 20 },
    make("summary", {}, functionName(name, { facts, view: "source" }), make("small", {}, file), make("span", { class: "costs" }, facts)),
    error && make("p", { class: "notice" }, error),
    lines.length > 0 && make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": `Source of ${name}` },
      make("table", { class: "source" },
        make("thead", {}, make("tr", {}, ["Line", "Flat", "Cum", "Source"].map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, lines.map((line) => sourceLine(line, most))))));
}

function openAll(open) {
  for (const box of $("main").querySelectorAll("details.routine")) box.open = open;
}

views.source = {
  title: "Source", search: "Function: name or regular expression", expression: true,
  load: (signal, params) => askForFunction(signal, params, "source"),
  draw({ report, top }) {
    if (top) {
      $("main").replaceChildren(...suggestions(top, "source"));
      return;
    }
    const { routines, warnings } = report;
    $("main").replaceChildren(...[warningsBox(warnings)].filter(Boolean),
      routines.length > 1 ? make("p", { class: "buttons" }, count(routines.length, "function"), " ",
        make("button", { onclick: () => openAll(true) }, "Open all"), make("button", { onclick: () => openAll(false) }, "Close all")) : "",
      routines.length ? "" : make("p", { class: "notice" }, "No function with source lines matches."),
      ...routines.map(routineBox));
  },
};
