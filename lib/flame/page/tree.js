// What is seen of the data: boxes, made as far as they are seen.

const $ = (id) => document.getElementById(id);

let data;
const state = {
  type: 0, side: "both", inverted: false, pivot: null, query: "", dark: false,
  root: null, zoom: null, focus: null, hover: null, shown: null,
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

function takeData(bytes) {
  data = readData(bytes);
  hues.length = 0;
  indexChildren(data.nodes);
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

// A frame of the picture, above (-1) or below (1) its parent. `at` are the nodes
// behind it or, of callers, those whose stacks pass here, and `next` the callers
// that come after it.
function makeBox(parent, frame, half = 1) {
  const depth = parent ? parent.depth + 1 : 0;
  return { parent, frame, half, depth, at: [], next: [], start: 0, width: 0, value: 0,
    base: 0, self: 0, selfBase: 0, callees: null, callers: null };
}

function addNode(box, node) {
  box.at.push(node);
  box.width += width[node];
  box.value += cum[node];
  box.base += cumBase[node];
  box.self += flat[node];
  box.selfBase += flatBase[node];
}

function makeRoot() {
  if (state.pivot) return makeMiddle(state.pivot);
  const root = makeBox(null, -1);
  addNode(root, 0);
  if (state.inverted) root.at = root.next = Array.from(data.places).filter((node) => weight[node] > 0);
  return root;
}

// The box of that function among those found, or a new one.
function among(found, parent, frame, half = 1) {
  let box = found.get(frame);
  if (!box) found.set(frame, box = makeBox(parent, frame, half));
  return box;
}

function calleesOf(box) {
  const found = new Map();
  for (const node of box.at) {
    for (let k = first[node]; k < first[node + 1]; ++k) {
      if (width[kids[k]] > 0) addNode(among(found, box, data.nodes.frame[kids[k]]), kids[k]);
    }
  }
  return found;
}

// Of an inverted picture a leaf brings its own value; of a sandwich a call of the
// function in the middle brings all that is below it.
function callersOf(box, half) {
  const { parent, frame } = data.nodes;
  const [wide, value, base] = state.pivot ? [width, cum, cumBase] : [weight, flat, flatBase];
  const found = new Map();
  box.at.forEach((end, i) => {
    const node = box.next[i];
    if (node === 0) return;
    const caller = among(found, box, frame[node], half);
    caller.at.push(end);
    caller.next.push(parent[node]);
    caller.width += wide[end];
    caller.value += value[end];
    caller.base += base[end];
  });
  return found;
}

const isCaller = ({ half }) => half < 0 || (state.inverted && !state.pivot);

function findKids(box, half) {
  if (isCaller({ half })) return callersOf(box, half);
  return isGroup(box) ? membersOf(box) : calleesOf(box);
}

// The widest first. Only the middle of a sandwich has some in both halves.
function kidsOf(box, half = box.half) {
  const name = half < 0 ? "callers" : "callees";
  if (!box[name]) {
    box[name] = [...findKids(box, half).values()].sort((a, b) => b.width - a.width);
    let start = box.start;
    for (const kid of box[name]) {
      kid.start = start;
      start += kid.width;
    }
  }
  return box[name];
}

// From the root; the same frames may be found in another tree.
function pathTo(box) {
  const path = [];
  for (; box?.parent; box = box.parent) path.unshift(box);
  return path;
}

// The same stack in the tree of now, as far as it is there.
function follow(path) {
  let box = state.root;
  for (const { frame, half } of path) box = kidsOf(box, half).find((kid) => kid.frame === frame) ?? box;
  return box;
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
