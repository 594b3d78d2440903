// SPDX-License-Identifier: MIT
// Where the graph's nodes and edges go: dagre's layers, with boxes as wide as what
// is written in them.

const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const longestLabel = 44; // characters; a generic function's name has hundreds
const pen = document.createElement("canvas").getContext("2d");

function textWidth(text, size) {
  pen.font = `${size}px ${fontFamily}`;
  return pen.measureText(text).width;
}

function shortened(text) {
  if (text.length <= longestLabel) return text;
  const half = Math.floor((longestLabel - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

function boxOf(lines, size, padding) {
  const texts = lines.map(shortened);
  const width = Math.max(...texts.map((text) => textWidth(text, size)), 12) + 2 * padding;
  return { texts, size, width: Math.ceil(width), height: Math.ceil(texts.length * size * 1.2 + padding * 1.4) };
}

// pprof's sizes go from 8 to 24; the smallest could hardly be read.
const legible = (size) => Math.round(10 + (size - 8) * 0.75);

function edgeLabel(text) {
  const lines = (text ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
  if (!lines.length) return { texts: [], width: 0, height: 0 };
  return boxOf(lines, 11, 3);
}

// In which layer each node goes: dagre's own network simplex takes half of the time
// of a whole layout. Here every node first goes as high as its callers allow; then
// each moves, a few times, to the end of its room where heavy edges are short.
function rankNodes(graph) {
  const nodes = new Map(graph.nodes().map((id) => [id, { label: graph.node(id), rank: 0, above: [], below: [], waits: 0 }]));
  for (const edge of graph.edges()) {
    const { minlen, weight } = graph.edge(edge);
    const from = nodes.get(edge.v);
    const to = nodes.get(edge.w);
    from.below.push({ node: to, minlen, weight });
    to.above.push({ node: from, minlen, weight });
    ++to.waits;
  }
  const order = [...nodes.values()].filter((node) => !node.waits);
  for (const node of order) {
    for (const { node: other, minlen } of node.below) {
      other.rank = Math.max(other.rank, node.rank + minlen);
      if (!--other.waits) order.push(other);
    }
  }
  for (let round = 0; round < 8; ++round) {
    for (const node of order.reverse()) pull(node);
  }
  for (const { label, rank } of nodes.values()) label.rank = rank;
}

function pull(node) {
  const lowest = node.above.reduce((most, { node: other, minlen }) => Math.max(most, other.rank + minlen), -Infinity);
  const highest = node.below.reduce((least, { node: other, minlen }) => Math.min(least, other.rank - minlen), Infinity);
  const sum = (edges) => edges.reduce((total, { weight }) => total + weight, 0);
  const down = sum(node.below) > sum(node.above);
  if (down && highest < Infinity) node.rank = highest;
  else if (!down && lowest > -Infinity) node.rank = lowest;
}

// In which order the nodes of a layer stand, so that few edges cross: as dagre does
// it, by the mean place of each node's neighbours, layer by layer down and up. On
// plain arrays, for this would be most of the rest of the time.
function orderNodes(graph) {
  const nodes = new Map(graph.nodes().map((id) => [id, { label: graph.node(id), at: 0, above: [], below: [] }]));
  for (const edge of graph.edges()) {
    const { weight } = graph.edge(edge);
    nodes.get(edge.v).below.push({ node: nodes.get(edge.w), weight });
    nodes.get(edge.w).above.push({ node: nodes.get(edge.v), weight });
  }
  const layers = firstOrder([...nodes.values()]);
  let best = { crossings: Infinity, layers: [] };
  for (let round = 0, since = 0; since < 4 && round < 24; ++round, ++since) {
    const crossings = layers.slice(1).reduce((sum, layer) => sum + countCrossings(layer), 0);
    if (crossings < best.crossings) {
      best = { crossings, layers: layers.map((layer) => [...layer]) };
      since = 0;
    }
    const sweep = round % 2 ? [...layers].reverse() : layers;
    for (const layer of sweep) sortLayer(layer, round % 2 ? "below" : "above", round % 4 > 1);
  }
  for (const layer of best.layers) layer.forEach(({ label }, i) => { label.order = i; });
}

// Callees next to each other, from the top on.
function firstOrder(nodes) {
  const layers = [];
  const seen = new Set();
  const visit = (node) => {
    if (seen.has(node)) return;
    seen.add(node);
    const layer = layers[node.label.rank] ??= [];
    node.at = layer.length;
    layer.push(node);
    for (const { node: callee } of node.below) visit(callee);
  };
  for (const node of [...nodes].sort((a, b) => a.label.rank - b.label.rank)) visit(node);
  return Array.from(layers, (layer) => layer ?? []);
}

function sortLayer(layer, direction, tiesTurn) {
  for (const node of layer) {
    let weights = 0;
    let sum = 0;
    for (const { node: other, weight } of node[direction]) {
      weights += weight;
      sum += weight * other.at;
    }
    node.mean = weights ? sum / weights : node.at;
  }
  layer.sort((a, b) => a.mean - b.mean || (tiesTurn ? b.at - a.at : a.at - b.at));
  layer.forEach((node, i) => { node.at = i; });
}

// Of the edges between a layer and the one above it, each by its weight: the ends
// below, in the order of the ends above, are summed up in a tree.
function countCrossings(layer) {
  const edges = layer.flatMap((node) => node.above.map(({ node: other, weight }) => ({ top: other.at, end: node.at, weight })));
  edges.sort((a, b) => a.top - b.top || a.end - b.end);
  const size = layer.length;
  const tree = new Float64Array(size + 1);
  let crossings = 0;
  let passed = 0;
  for (const { end, weight } of edges) {
    let before = 0;
    for (let i = end + 1; i > 0; i -= i & -i) before += tree[i];
    crossings += weight * (passed - before);
    for (let i = end + 1; i <= size; i += i & -i) tree[i] += weight;
    passed += weight;
  }
  return crossings;
}

function addEdge(graph, edges, edge, ends, label) {
  const made = { ...edge, from: ends[0], to: ends[1], label: edgeLabel(label) };
  if (!edge.isStraight) {
    graph.setEdge(...ends, { minlen: edge.minlen ?? 1, weight: edge.weight ?? 1, width: 0, height: 0, labelpos: "c" }, String(edges.length));
  }
  edges.push(made);
}

// An edge that passes many layers costs a place in each. Of a graph with so many
// edges that nobody could follow them, the heaviest decide where the nodes stand, and
// at least one into each node; the others are straight lines.
const mostRoutedEdges = 240;

function markStraight(edges) {
  const byWeight = edges.filter(({ from, to }) => from !== to).sort((a, b) => (b.weight ?? 1) - (a.weight ?? 1));
  const reached = new Set();
  const heaviestInto = byWeight.filter(({ to }) => !reached.has(to) && reached.add(to));
  const routed = new Set([...new Set([...heaviestInto, ...byWeight])].slice(0, mostRoutedEdges));
  return edges.map((edge) => ({ ...edge, isStraight: !routed.has(edge) }));
}

// Where the line from a box's middle to a point leaves the box.
function borderPoint({ x, y, width, height }, to) {
  const wide = Math.abs(to.x - x) / (width / 2);
  const high = Math.abs(to.y - y) / (height / 2);
  const reach = Math.max(wide, high) || 1;
  return { x: x + (to.x - x) / reach, y: y + (to.y - y) / reach };
}

// A number hangs at the box of its label, when that has one.
function addTags(graph, nodes, edges, node) {
  const ids = new Set((node.tags ?? []).map(({ id }) => id));
  (node.tags ?? []).forEach((tag, i) => {
    const made = { id: tag.id ?? `${node.id}/${i}`, tooltip: tag.tooltip, tag: true, ...boxOf(tag.label, 10, 5) };
    const parent = ids.has(tag.parent) ? tag.parent : String(node.id);
    nodes.push(made);
    graph.setNode(made.id, made);
    addEdge(graph, edges, { weight: tag.weight ?? 100, style: tag.edge_style, tooltip: tag.tooltip, tag: true },
      [parent, made.id], tag.edge_label ?? tag.value_text);
  });
}

// The nodes, boxes of tags and edges of an answer, each with its place.
let library = null; // dagre, which only this view needs

function loadLibrary() {
  library ??= new Promise((resolve, reject) => {
    document.head.append(make("script", { src: "/assets/dagre.js", onload: resolve, onerror: () => {
      library = null;
      reject(new Refusal(0, "the program does not answer"));
    } }));
  });
  return library;
}

function layOutGraph(answer) {
  const began = performance.now();
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 18, edgesep: 12, ranksep: 56, marginx: 12, marginy: 12, ranker: rankNodes });
  const nodes = [];
  const edges = [];
  for (const node of answer.nodes) {
    const made = { ...node, id: String(node.id), ...boxOf(node.label, legible(node.fontsize), 6) };
    nodes.push(made);
    graph.setNode(made.id, made);
    addTags(graph, nodes, edges, node);
  }
  for (const edge of markStraight(answer.edges)) {
    if (edge.from !== edge.to) addEdge(graph, edges, edge, [String(edge.from), String(edge.to)], edge.label);
  }
  dagre.layout(graph, { customOrder: orderNodes });
  edges.forEach((edge, i) => {
    const [from, to] = [graph.node(edge.from), graph.node(edge.to)];
    edge.points = edge.isStraight ? [borderPoint(from, to), borderPoint(to, from)] : graph.edge(edge.from, edge.to, String(i)).points;
  });
  for (const edge of answer.edges) {
    if (edge.from === edge.to) edges.push(loopEdge(edge, graph.node(String(edge.from))));
  }
  placeLabels(nodes, edges);
  performance.measure("layout", { start: began });
  const { width, height } = graph.graph();
  return { nodes, edges, width: Math.max(width, ...edges.map((edge) => edge.right ?? 0)) || 1, height: height || 1 };
}

// Where the curve comes nearest to its bends.
const smoothed = (points) => points.map((point, i) => {
  const before = points[i - 1];
  const after = points[i + 1];
  return before && after ? { x: (before.x + 4 * point.x + after.x) / 6, y: (before.y + 4 * point.y + after.y) / 6 } : point;
});

// The point of a line at a share of its length, along its bends.
function pointAt(points, share) {
  const lengths = points.slice(1).map((point, i) => Math.hypot(point.x - points[i].x, point.y - points[i].y));
  let rest = share * lengths.reduce((a, b) => a + b, 0);
  for (let i = 0; i < lengths.length; ++i) {
    if (rest <= lengths[i] || i === lengths.length - 1) {
      const part = lengths[i] ? rest / lengths[i] : 0;
      return { x: points[i].x + (points[i + 1].x - points[i].x) * part, y: points[i].y + (points[i + 1].y - points[i].y) * part };
    }
    rest -= lengths[i];
  }
  return points[0];
}

function overlap(a, b) {
  const wide = Math.min(a.x + a.width / 2, b.x + b.width / 2) - Math.max(a.x - a.width / 2, b.x - b.width / 2);
  const high = Math.min(a.y + a.height / 2, b.y + b.height / 2) - Math.max(a.y - a.height / 2, b.y - b.height / 2);
  return wide > 0 && high > 0 ? wide * high : 0;
}

const labelShares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.82];

// Beside its line, where it covers least of the nodes and of other labels: those of
// heavy edges choose first.
function placeLabels(nodes, edges) {
  const taken = [...nodes];
  const byWeight = edges.filter((edge) => edge.label.texts.length).sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  for (const { label, points, loop } of byWeight) {
    const line = smoothed(points);
    let best = null;
    for (const share of loop ? [0.5] : labelShares) {
      const { x, y } = pointAt(line, share);
      const place = { ...label, x: x + label.width / 2 + 2, y };
      const covers = taken.reduce((sum, other) => sum + overlap(place, other), 0);
      if (!best || covers < best.covers) best = { ...place, covers };
      if (!covers) break;
    }
    Object.assign(label, best);
    taken.push(label);
  }
}

// A function that calls itself: a bow at its right side.
function loopEdge(edge, node) {
  const right = node.x + node.width / 2;
  const out = right + 26;
  const high = node.y - node.height / 4;
  const low = node.y + node.height / 4;
  const label = edgeLabel(edge.label);
  return { ...edge, label, loop: true, right: out + label.width + 4,
    points: [{ x: right, y: high }, { x: out, y: high }, { x: out, y: low }, { x: right, y: low }] };
}

// A smooth line (a uniform cubic B-spline) through the bends that dagre chose.
function curve(points) {
  if (points.length < 3) return `M${points.map(at).join("L")}`;
  const mix = (a, b, share) => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });
  let path = `M${at(points[0])}L${at(mix(points[0], points[1], 1 / 6))}`;
  for (let i = 1; i < points.length - 1; ++i) {
    const before = mix(points[i], points[i - 1], 1 / 3);
    const after = mix(points[i], points[i + 1], 1 / 3);
    const into = mix(points[i - 1], points[i], 1 / 3);
    path += `C${at(into)} ${at(before)} ${at(mix(before, after, 0.5))}`;
  }
  const last = points.at(-1);
  const before = points.at(-2);
  return `${path}C${at(mix(before, last, 1 / 3))} ${at(mix(before, last, 2 / 3))} ${at(last)}`;
}

const at = ({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`;

// A triangle at the end of an edge, in the direction it comes from.
function arrowHead(points, width) {
  const end = points.at(-1);
  const from = points.at(-2);
  const length = Math.hypot(end.x - from.x, end.y - from.y) || 1;
  const x = (end.x - from.x) / length;
  const y = (end.y - from.y) / length;
  const size = 7 + width * 1.4;
  const half = size * 0.42;
  return `M${at(end)}L${at({ x: end.x - x * size - y * half, y: end.y - y * size + x * half })}` +
    `L${at({ x: end.x - x * size + y * half, y: end.y - y * size - x * half })}Z`;
}
