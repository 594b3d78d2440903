// What is said about a box, and what a search finds.

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function fact(term, value, base, whole) {
  const row = element("div", "");
  row.append(element("dt", term), element("dd", `${inWords(value)} (${percent(value, whole)})`));
  if (data.compares && value !== base) {
    row.append(element("dd", `was ${inWords(base)}`),
      element("dd", change(value, base), value > base ? "grew" : "shrank"));
  }
  return row;
}

// In the page of `kubectl profefe web` the same function has other views.
function askForViews(name) {
  window.parent.postMessage({ kind: "profefe-function", name }, location.origin);
}

function headOf(box) {
  const head = element("div", "", "head");
  const act = (text, title, onclick) => head.append(Object.assign(element("button", text), { title, onclick }));
  head.append(element("h2", nameOf(box)));
  if (box.frame < 0 || isNarrow(box)) return head;
  if (box !== state.root) act("Sandwich", "Its callers above, its callees below (s)", () => sandwich(box));
  if (window.parent !== window) act("Other views", "Of this function", () => askForViews(nameOf(box)));
  return head;
}

// How much of the function in the middle.
function partOfMiddle(box) {
  const row = element("div", "");
  row.append(element("dt", `of ${label(nameOf(state.root), 40)}`), element("dd", percent(box.value, state.root.value)));
  return row;
}

function overallFacts(frame, whole) {
  const all = functionTotals();
  return [fact("flat overall", all.flat[frame], all.flatBase[frame], whole),
    fact("cum overall", all.cum[frame], all.cumBase[frame], whole)];
}

function showDetails(box) {
  state.shown = box;
  const { whole } = data.types[state.type];
  const list = element("dl", "");
  list.append(fact(box.frame < 0 ? "total" : "cum here", box.value, box.base, whole));
  if (state.pivot && box.parent) list.append(partOfMiddle(box));
  const parts = [headOf(box), list];
  if (box.frame < 0) {
    parts.push(element("p", state.pivot?.expression ?? "Click a frame to zoom, hover over one for its numbers; ? lists the keys."));
    if (missing) parts.push(element("p", "Frames too narrow to be seen come when you zoom, search or turn the picture."));
  } else {
    if (!isCaller(box)) list.append(fact("flat here", box.self, box.selfBase, whole));
    if (!missing) list.append(...overallFacts(box.frame, whole));
    parts.push(element("p", data.files[data.fileOf[box.frame]]));
  }
  $("details").replaceChildren(...parts);
}

let matches = null; // by frame; null: no search

// A function's name is seldom a regular expression for itself: `(*conn).serve`
// shall be found too, so the plain text counts as well.
function matcher(query) {
  const plain = query.toLowerCase();
  let regex = null;
  try {
    regex = new RegExp(query, "i");
  } catch { /* not finished, or meant as text */ }
  return (name) => name.toLowerCase().includes(plain) || Boolean(regex?.test(name));
}

function search() {
  const query = state.query;
  matches = query ? Uint8Array.from(data.names, matcher(query)) : null;
  $("share").textContent = !query ? "" : missing ? "…" : `${percent(matchedWidth(), wholeWidth())} matched`;
  paint();
  if (query && missing) withWhole();
}

// That of the picture and of what was filtered out of it.
function wholeWidth() {
  const { whole, baseWhole } = data.types[state.type];
  return { new: whole, base: baseWhole, both: whole + baseWhole }[state.side];
}

// Of a stack with several matches, each value once; of a sandwich, its own stacks.
function matchedWidth() {
  const { count, parent, frame } = data.nodes;
  const inside = new Uint8Array(count);
  let sum = 0;
  for (let i = 1; i < count; ++i) {
    inside[i] = inside[parent[i]] | matches[frame[i]];
    if (inside[i] && (!state.pivot || state.pivot.inside[i])) sum += weight[i];
  }
  return sum;
}

function stepMatch(step) {
  const found = matches ? rows.flat().filter((box) => matches[box.frame]) : [];
  if (!found.length) return;
  const widest = found.reduce((a, b) => b.width > a.width ? b : a);
  const at = found.indexOf(state.focus);
  focusOn(at < 0 ? widest : found[(at + step + found.length) % found.length]);
}
