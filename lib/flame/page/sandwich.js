// A sandwich: a function in the middle, its callers above, what it calls below, over
// all stacks that it is in. An expression like pprof's `p` chooses it, or several.

const visited = []; // what was seen before each sandwich

// The function's name alone: a frame may be a line or an address of it.
function functionOf(frame) {
  const name = data.names[frame].replace(/^[0-9a-f]{16} /, "");
  const end = name.lastIndexOf(` ${data.files[data.fileOf[frame]]}`);
  return end > 0 && data.files[data.fileOf[frame]] ? name.slice(0, end) : name;
}

// As Go's regexp reads it, as far as the browser's is the same.
function expressionMatcher(text) {
  const [, flags, rest] = /^(?:\(\?([ims]+)\))?([^]*)$/.exec(text);
  try {
    const regex = new RegExp(rest, flags);
    return (name) => regex.test(name);
  } catch {
    return (name) => name.includes(text);
  }
}

const exactly = (name) => `^${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`;

// The functions that an expression chooses; null: none.
function makePivot(expression) {
  const matches = expressionMatcher(expression);
  const names = new Set();
  const found = [];
  data.names.forEach((name, frame) => {
    const plain = functionOf(frame);
    if (!matches(plain) && !matches(name)) return;
    names.add(plain);
    found.push(frame);
  });
  if (!found.length) return null;
  return { expression, name: names.size === 1 ? [...names][0] : `${names.size} functions`,
    frame: found.length === 1 ? found[0] : -1, ...callsOf(new Set(found)) };
}

// As pprof, the outermost call of a stack is the middle: calls of itself are among
// its callees, so that no value counts twice. `inside` has the nodes of such stacks.
function callsOf(frames) {
  const { count, parent, frame } = data.nodes;
  const inside = new Uint8Array(count);
  const calls = [];
  for (let i = 1; i < count; ++i) {
    inside[i] = inside[parent[i]] || frames.has(frame[i]);
    if (inside[i] && !inside[parent[i]]) calls.push(i);
  }
  return { inside, calls };
}

function makeMiddle({ frame, calls }) {
  const middle = makeBox(null, frame);
  for (const node of calls) {
    if (width[node] > 0) addNode(middle, node);
  }
  middle.next = middle.at.map((node) => data.nodes.parent[node]);
  if (frame < 0) middle.self = middle.selfBase = 0; // its members have it
  return middle;
}

// Below the middle of several functions come these, before what they call.
const isGroup = (box) => Boolean(state.pivot) && box.frame < 0;

function membersOf(middle) {
  const found = new Map();
  for (const node of middle.at) addNode(among(found, middle, data.nodes.frame[node]), node);
  return found;
}

const shownExpression = () => state.pivot?.expression ?? "";

// Another sandwich or, without an expression, everything. What was seen just before
// comes back as it was. The page around calls it, too: false as long as there is no
// picture.
function turnTo(expression) {
  if (!state.root || expression === shownExpression()) return Boolean(state.root);
  if (missing) {
    withWhole(() => turnTo(expression));
    return true;
  }
  const back = visited.at(-1)?.expression === expression ? visited.pop() : null;
  if (!back) {
    visited.push({ expression: shownExpression(), zoom: pathTo(state.zoom),
      focus: state.focus && pathTo(state.focus), top: graph.scrollTop });
  }
  state.pivot = expression ? makePivot(expression) : null;
  rebuild(back?.zoom ?? []);
  if (back) graph.scrollTop = back.top;
  if (document.activeElement === graph) focusOn(back?.focus ? follow(back.focus) : state.zoom);
  showMode(expression);
  return true;
}

function showMode(expression) {
  const { pivot } = state;
  $("back").hidden = !pivot;
  $("invert").disabled = Boolean(pivot);
  graph.ariaLabel = pivot ? `Sandwich of ${pivot.name}: callers above, callees below` : "Flame graph";
  if (expression && !pivot) $("details").append(element("p", `No function matches ${expression}.`));
}

// What the reader does is told to the page around, or is in the address.
function turn(expression) {
  turnTo(expression);
  if (window.parent !== window) {
    window.parent.postMessage({ kind: "profefe-pivot", expression }, location.origin);
  } else {
    rememberPivot(expression);
  }
  graph.focus();
}

function sandwich(box) {
  if (box.frame >= 0 && !isNarrow(box)) turn(exactly(functionOf(box.frame)));
}

const goBack = () => turn(visited.at(-1)?.expression ?? "");

function showAll() {
  visited.splice(visited.findLastIndex(({ expression }) => !expression) + 1);
  turn("");
}

const askedPivot = () => new URLSearchParams(location.search).get("p") ?? "";

function rememberPivot(expression) {
  const url = new URL(location.href);
  if (expression) url.searchParams.set("p", expression);
  else url.searchParams.delete("p");
  try {
    history.pushState(null, "", url);
  } catch { /* a browser may forbid it to a file */ }
}
