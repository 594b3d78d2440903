// SPDX-License-Identifier: MIT
// Peek and traces: pprof's text, in which functions are links.

const blocksAtOnce = 300;

// `p` is what peek and source are about.
function askForFunction(signal, params, path) {
  if (params.get("p")) return ask(path, { signal, params }).then((report) => ({ report }));
  const query = new URLSearchParams(params);
  query.set("n", "15");
  return ask("top", { signal, params: query }).then((top) => ({ top }));
}

function suggestions(top, view) {
  return [make("p", { class: "notice" }, "Write a function's name or a regular expression above and press Enter, or choose one of these:"),
    make("ul", { class: "suggestions" }, top.rows.map((row) => make("li", {},
      make("a", { href: linkTo(view, { p: exactly([functionOf(row.name)]) }) }, row.name), make("small", {}, rowFacts(row)))))];
}

// ` |  name` or `| name (inline)` at the end of a row of peek.
function peekLine(line) {
  const found = /^(.*\| +)(\S.*)$/.exec(line);
  if (!found) return make("span", { class: "rule" }, line, "\n");
  const own = /^\s*\S+\s+\S+%\s+\S+%\s/.test(line);
  const name = functionName(found[2]);
  return [found[1], own ? make("b", {}, name) : name, "\n"];
}

views.peek = {
  title: "Peek", search: "Function: name or regular expression", expression: true,
  load: (signal, params) => askForFunction(signal, params, "peek"),
  draw({ report, top }) {
    if (top) {
      $("main").replaceChildren(...suggestions(top, "peek"));
      return;
    }
    const [head, ...rest] = report.split(/^(?=-+\+-+\n +flat )/m);
    $("main").replaceChildren(...[factsBox(head.trim().split("\n"))].filter(Boolean),
      make("pre", { class: "report", tabindex: "0", "aria-label": "Callers and callees" }, rest.join("").split("\n").flatMap(peekLine)));
  },
};

const traces = { head: "", blocks: [], most: blocksAtOnce };

function traceLine(line) {
  const found = /^( *\S+ {3}| {13})(\S.*)$/.exec(line);
  return found && !/^ +\S+: {2}/.test(line) ? [found[1], functionName(found[2]), "\n"] : `${line}\n`;
}

function fillTraces() {
  const matches = matcher($("search").value.trim());
  const found = traces.blocks.filter(matches);
  const shown = found.slice(0, traces.most);
  $("found").textContent = $("search").value ? `${found.length} of ${traces.blocks.length}` : "";
  const rest = found.length - shown.length;
  $("main").replaceChildren(...[factsBox(traces.head)].filter(Boolean),
    shown.length ? "" : make("p", { class: "notice" }, "No trace matches."),
    make("div", { class: "traces" }, shown.map((block) => make("pre", { class: "report" }, block.split("\n").flatMap(traceLine)))),
    make("p", { class: "more", hidden: !rest && "hidden" },
      make("button", { onclick: () => { traces.most += blocksAtOnce; fillTraces(); } }, "More"), ` ${shown.length} of ${count(found.length, "trace")}`));
}

views.traces = {
  title: "Traces", search: "Filter traces", load: (signal, params) => ask("traces", { signal, params }),
  draw(text) {
    const [head, ...blocks] = text.split(/^-+\+-+\n/m);
    traces.head = head.trim().split("\n").filter(Boolean);
    traces.blocks = blocks.map((block) => block.trimEnd()).filter(Boolean);
    traces.most = blocksAtOnce;
    fillTraces();
  },
  find: fillTraces,
};
