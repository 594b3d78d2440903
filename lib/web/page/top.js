// SPDX-License-Identifier: MIT
// The table of functions.

const pageOfRows = 500;

const columns = [
  { key: "flat", name: "Flat", text: "flat_text", share: "flat_percent", title: "in the function itself" },
  { key: "flat_percent", name: "Flat %", percent: true, minor: true },
  { key: "sum_percent", name: "Sum %", percent: true, minor: true, title: "of this row and those above" },
  { key: "cum", name: "Cum", text: "cum_text", share: "cum_percent", title: "in the function and what it calls" },
  { key: "cum_percent", name: "Cum %", percent: true, minor: true },
  { key: "name", name: "Function" },
];

const percentText = (share) => `${share.toFixed(2)}%`;
const rowFacts = (row) => `flat ${row.flat_text} (${percentText(row.flat_percent)}) · cum ${row.cum_text} (${percentText(row.cum_percent)})`;

const topTable = { rows: [], order: null, most: pageOfRows, answer: null, largest: {} };

function sortRows() {
  const { key, down } = topTable.order;
  const size = (row) => key === "name" ? row.name : Math.abs(row[key]);
  const sign = down ? -1 : 1;
  topTable.rows.sort((a, b) => sign * (size(a) < size(b) ? -1 : size(a) > size(b) ? 1 : 0));
}

// With rows that were not sent, the program sorts: others may come to the front.
function orderBy(key) {
  const same = topTable.order.key === key;
  topTable.order = { key, down: same ? !topTable.order.down : key !== "name" };
  const sorts = key === "flat" || key === "cum";
  if (sorts && decode(place.params, "sort") !== (key === "cum" ? "cum" : "")) {
    const sort = key === "cum" ? "cum" : "";
    if (topTable.answer.more_rows) {
      go(here({ sort }), { replace: true });
      return;
    }
    amend({ sort });
    showChips();
  }
  sortRows();
  fillTable();
  $("main").querySelector(`th[data-key="${key}"] button`)?.focus();
}

function headCell({ key, name, title, minor }) {
  const { key: sorted, down } = topTable.order;
  return make("th", { "data-key": key, scope: "col", class: minor && "minor", "aria-sort": sorted === key ? (down ? "descending" : "ascending") : "none" },
    make("button", { title, onclick: () => orderBy(key) }, name));
}

function cell(row, column) {
  if (column.key === "name") {
    return make("td", { class: "name" }, functionName(row.name, { facts: rowFacts(row) }),
      row.inlined && make("small", {}, row.inlined === "(partial-inline)" ? "partly inlined" : "inlined"));
  }
  if (column.percent) return make("td", { class: "minor" }, percentText(row[column.key]));
  const made = make("td", { class: column.share && "bar" }, row[column.text]);
  made.style.setProperty("--share", `${(100 * Math.abs(row[column.key]) / topTable.largest[column.key]).toFixed(1)}%`);
  if (row[column.key] < 0) made.classList.add("shrank");
  else if (row[column.key] > 0 && baseProfile()) made.classList.add("grew");
  return made;
}

function fillTable() {
  const matches = matcher($("search").value.trim());
  const found = topTable.rows.filter((row) => matches(row.name));
  const shown = found.slice(0, topTable.most);
  const table = $("main").querySelector("table");
  table.tHead.replaceChildren(make("tr", {}, columns.map(headCell)));
  table.tBodies[0].replaceChildren(...shown.map((row) => make("tr", {}, columns.map((column) => cell(row, column)))));
  const all = topTable.rows.length + (topTable.answer.more_rows ?? 0);
  $("found").textContent = $("search").value ? `${found.length} of ${topTable.rows.length}` : "";
  const rest = found.length - shown.length || (topTable.answer.more_rows ?? 0);
  const more = $("main").querySelector(".more");
  more.hidden = !rest;
  more.replaceChildren(make("button", { onclick: () => moreRows(found.length > shown.length) }, "More"),
    ` ${shown.length.toLocaleString("en")} of ${all.toLocaleString("en")} functions`);
  $("main").querySelector(".none").hidden = found.length > 0;
  markRows();
}

function moreRows(isHere) {
  topTable.most += pageOfRows;
  if (isHere) fillTable();
  else go(here({ n: String(topTable.rows.length + pageOfRows) }), { replace: true });
}

function markRows() {
  for (const link of $("main").querySelectorAll("td.name a.fn")) {
    link.closest("tr").classList.toggle("selected", selection.has(link.dataset.name));
  }
}

// A click beside the name counts, too.
function onRow(event) {
  const row = event.target.closest("tbody tr");
  if (!row || event.target.closest("a, button") || getSelection().toString()) return;
  const { name, facts } = row.querySelector("a.fn").dataset;
  select(name, facts, { add: event.shiftKey || event.ctrlKey || event.metaKey });
}

// The function that a link names: `p` selects its rows and shows the first.
function selectByAddress(entries) {
  const wantedNow = decode(place.params, "p");
  if (!wantedNow) return;
  let regex;
  try {
    regex = new RegExp(wantedNow);
  } catch {
    return;
  }
  const found = entries.filter(([name]) => regex.test(name)).slice(0, 200);
  if (found.length) {
    selection.clear();
    for (const [name, facts] of found) selection.set(name, facts);
    showFunctions();
  }
}

views.top = {
  title: "Top", selects: true, search: "Filter functions", load: (signal, params) => ask("top", { signal, params }),
  draw(answer) {
    topTable.answer = answer;
    topTable.rows = [...answer.rows];
    const largest = (key) => Math.max(1e-9, ...topTable.rows.map((row) => Math.abs(row[key])));
    topTable.largest = { flat: largest("flat"), cum: largest("cum") };
    topTable.most = Math.max(pageOfRows, Number(decode(place.params, "n")) || 0);
    topTable.order = { key: decode(place.params, "sort") === "cum" ? "cum" : "flat", down: true };
    $("main").replaceChildren(...[warningsBox(answer.warnings), factsBox(answer.header)].filter(Boolean),
      make("table", { class: "rows", onclick: onRow, "aria-label": "Functions" }, make("thead"), make("tbody")),
      make("p", { class: "none notice" }, "No function matches."), make("p", { class: "more" }));
    selectByAddress(topTable.rows.map((row) => [functionOf(row.name), rowFacts(row)]));
    fillTable();
    if (selection.size) $("main").querySelector("tr.selected")?.scrollIntoView({ block: "center" });
  },
  find: fillTable,
  mark: markRows,
  enter() {
    const matches = matcher($("search").value.trim());
    selectAll(topTable.rows.filter((row) => matches(row.name)).slice(0, 200).map((row) => [functionOf(row.name), rowFacts(row)]));
  },
};
