// What is seen of the data: boxes, made as far as they are seen.

const $ = (id) => document.getElementById(id);

let data;
const state = {
  type: 0, side: "both", inverted: false, query: "", dark: false,
  root: null, zoom: null, focus: null, hover: null,
};
let flat, flatBase, weight; // of the nodes, for the chosen type and side
let cum, cumBase, width;
let kids; // kids[first[i]] to kids[first[i + 1]]: the children of node i
let first;
let totals = null;

function indexChildren({ count, parent }) {
  first = new Uint32Array(count + 1);
  for (let i = 1; i < count; ++i) ++first[parent[i] + 1];
  for (let i = 0; i < count; ++i) first[i + 1] += first[i];
  const next = first.slice();
  kids = new Uint32Array(count - 1);
  for (let i = 1; i < count; ++i) kids[next[parent[i]]++] = i;
}

function spread(column) {
  const all = new Float64Array(data.nodes.count);
  if (column) data.places.forEach((node, i) => { all[node] = column[i]; });
  return all;
}

function cumulated(values) {
  const sums = values.slice();
  const parent = data.nodes.parent;
  for (let i = sums.length - 1; i > 0; --i) sums[parent[i]] += sums[i];
  return sums;
}

function chooseValues() {
  flat = spread(data.values[state.type]);
  flatBase = spread(data.base[state.type]);
  cum = cumulated(flat);
  cumBase = cumulated(flatBase);
  // Without signs, so that children always fit into their parent.
  const used = { new: [flat], base: [flatBase], both: [flat, flatBase] };
  weight = new Float64Array(flat.length);
  for (const values of used[state.side]) {
    for (let i = 0; i < weight.length; ++i) weight[i] += Math.abs(values[i]);
  }
  width = cumulated(weight);
  totals = null;
}

// A frame of the picture. `at` is the node behind it or, inverted, the leaves
// whose stacks pass here, and `next` the callers that come after it.
function makeBox(parent, frame, at, next, sums) {
  const depth = parent ? parent.depth + 1 : 0;
  return { parent, frame, at, next, depth, start: 0, kids: null, ...sums };
}

function makeRoot() {
  const sums = { width: width[0], value: cum[0], base: cumBase[0], self: flat[0] };
  if (!state.inverted) return makeBox(null, -1, 0, null, sums);
  const leaves = Array.from(data.places).filter((node) => weight[node] > 0);
  return makeBox(null, -1, leaves, leaves, { ...sums, self: 0 });
}

function calleesOf(box) {
  const found = [];
  for (let k = first[box.at]; k < first[box.at + 1]; ++k) {
    const node = kids[k];
    if (width[node] > 0) {
      found.push(makeBox(box, data.nodes.frame[node], node, null, {
        width: width[node], value: cum[node], base: cumBase[node], self: flat[node],
      }));
    }
  }
  return found;
}

function callersOf(box) {
  const { parent, frame } = data.nodes;
  const found = new Map();
  box.at.forEach((leaf, i) => {
    const node = box.next[i];
    if (node === 0) return;
    let caller = found.get(frame[node]);
    if (!caller) {
      caller = makeBox(box, frame[node], [], [], { width: 0, value: 0, base: 0, self: 0 });
      found.set(frame[node], caller);
    }
    caller.at.push(leaf);
    caller.next.push(parent[node]);
    caller.width += weight[leaf];
    caller.value += flat[leaf];
    caller.base += flatBase[leaf];
    if (caller.depth === 1) caller.self = caller.value;
  });
  return [...found.values()];
}

function kidsOf(box) {
  if (!box.kids) {
    box.kids = state.inverted ? callersOf(box) : calleesOf(box);
    box.kids.sort((a, b) => b.width - a.width);
    let start = box.start;
    for (const kid of box.kids) {
      kid.start = start;
      start += kid.width;
    }
  }
  return box.kids;
}

// What each function has over all stacks; a recursive one counts once.
function functionTotals() {
  if (totals) return totals;
  const { count, parent, frame } = data.nodes;
  const sums = () => new Float64Array(data.names.length);
  totals = { flat: sums(), cum: sums(), flatBase: sums(), cumBase: sums() };
  const onStack = new Uint32Array(data.names.length);
  const stack = [0];
  for (let i = 1; i < count; ++i) {
    while (stack.at(-1) !== parent[i]) --onStack[frame[stack.pop()]];
    const name = frame[i];
    totals.flat[name] += flat[i];
    totals.flatBase[name] += flatBase[i];
    if (onStack[name]++ === 0) {
      totals.cum[name] += cum[i];
      totals.cumBase[name] += cumBase[i];
    }
    stack.push(i);
  }
  return totals;
}
