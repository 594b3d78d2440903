// SPDX-License-Identifier: MIT
// The call graph: drawn as SVG, moved and zoomed.

const picture = { nodes: [], width: 1, height: 1, scale: 1, x: 0, y: 0, pointers: new Map(), moved: false };

// pprof's colours are for white paper. On a dark page light and dark change places.
function bothSchemes(colour) {
  const channels = /^#(..)(..)(..)$/.exec(colour ?? "")?.slice(1).map((hex) => parseInt(hex, 16) / 255);
  if (!channels) return colour || "currentColor";
  const high = Math.max(...channels);
  const low = Math.min(...channels);
  const light = (high + low) / 2;
  const target = 0.1 + 0.82 * (1 - light);
  const dark = channels.map((channel) => Math.round(255 * Math.max(0, Math.min(1, target + (channel - light) * (light > 0.6 ? 1.6 : 0.75)))));
  return `light-dark(${colour}, rgb(${dark.join(" ")}))`;
}

function drawTexts(texts, size, x, y, name) {
  const top = y - (texts.length - 1) * size * 0.6;
  return texts.map((text, i) => makeSvg("text", { x, y: (top + i * size * 1.2 + size * 0.35).toFixed(1), "font-size": size, class: name }, text));
}

function drawEdge(edge) {
  const group = makeSvg("g", { class: `edge${edge.tag ? " of-tag" : ""}` }, makeSvg("title", {}, edge.tooltip ?? ""));
  const width = edge.penwidth ?? 1;
  const end = edge.points.at(-1);
  const before = edge.points.at(-2);
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const back = Math.min(6, length - 1);
  const line = [...edge.points.slice(0, -1), { x: end.x - (end.x - before.x) / length * back, y: end.y - (end.y - before.y) / length * back }];
  const path = makeSvg("path", { d: curve(line), class: "line", "stroke-width": width });
  const head = makeSvg("path", { d: arrowHead(edge.points, width), class: "head" });
  path.style.stroke = head.style.fill = bothSchemes(edge.color);
  if (edge.style === "dotted") path.setAttribute("stroke-dasharray", "2 3.5");
  group.append(path, head);
  return group;
}

function drawNode(node) {
  const { x, y, width, height, texts, size } = node;
  const left = x - width / 2;
  const top = y - height / 2;
  const group = makeSvg("g", { class: node.tag ? "tag" : "node", tabindex: node.tag ? null : "-1", role: node.tag ? null : "button",
    "aria-label": node.tag ? null : node.tooltip ?? node.name }, makeSvg("title", {}, node.tooltip ?? node.name ?? ""));
  if (node.tag) {
    group.append(makeSvg("path", { d: `M${left},${top + 3}l4,-3h${width - 4}v${height - 3}l-4,3M${left + width},${top}l-4,3`, class: "depth" }),
      makeSvg("rect", { x: left, y: top + 3, width: width - 4, height: height - 3 }));
  } else {
    const box = makeSvg("rect", { x: left, y: top, width, height, rx: 3 });
    box.style.fill = bothSchemes(node.fill);
    box.style.stroke = bothSchemes(node.color);
    group.append(box);
    group.dataset.name = functionOf(node.name);
    group.dataset.facts = node.label.slice(-2).join(" ");
  }
  group.append(...drawTexts(texts, size, node.tag ? x - 2 : x, node.tag ? y + 1.5 : y));
  node.element = group;
  return group;
}

function drawPicture(layout) {
  const { nodes, edges } = layout;
  const labels = edges.map(({ label }) => label).filter(({ texts }) => texts.length)
    .map(({ texts, x, y }) => makeSvg("g", { class: "label" }, drawTexts(texts, 11, x, y)));
  const sheet = makeSvg("g", { class: "sheet" }, edges.map(drawEdge), labels, nodes.map(drawNode));
  Object.assign(picture, layout, { sheet });
  return makeSvg("svg", { class: "graph", role: "group", tabindex: "0", "aria-roledescription": "call graph",
    "aria-label": `Call graph of ${count(nodes.filter((node) => !node.tag).length, "function")}. Arrow keys move it, plus and minus zoom, ` +
      "n and p step through the functions, Enter selects." }, sheet);
}

function placeSheet() {
  const { sheet, x, y, scale } = picture;
  sheet.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`);
}

const frameOf = () => $("main").querySelector("svg.graph").getBoundingClientRect();

// All of it; or, if that could not be read, its upper end, where the roots are.
function fitPicture({ smallest = 0 } = {}) {
  const frame = frameOf();
  const whole = Math.min(frame.width / picture.width, frame.height / picture.height, 1);
  picture.scale = Math.max(whole, smallest);
  const root = picture.nodes.filter((node) => !node.tag).reduce((a, b) => !a || b.y < a.y - 1 || (Math.abs(b.y - a.y) <= 1 && b.width > a.width) ? b : a, null);
  const fits = picture.width * picture.scale <= frame.width;
  picture.x = fits ? (frame.width - picture.width * picture.scale) / 2
    : Math.min(0, Math.max(frame.width - picture.width * picture.scale, frame.width / 2 - (root?.x ?? 0) * picture.scale));
  picture.y = picture.height * picture.scale <= frame.height ? Math.min(24, (frame.height - picture.height * picture.scale) / 2) : 0;
  placeSheet();
}

function zoomAt(factor, x, y) {
  const scale = Math.max(0.05, Math.min(8, picture.scale * factor));
  picture.x = x - (x - picture.x) * scale / picture.scale;
  picture.y = y - (y - picture.y) * scale / picture.scale;
  picture.scale = scale;
  placeSheet();
}

function zoomMiddle(factor) {
  const { width, height } = frameOf();
  zoomAt(factor, width / 2, height / 2);
}

function movePicture(x, y) {
  picture.x += x;
  picture.y += y;
  placeSheet();
}

function bringIntoView(node) {
  const { width, height } = frameOf();
  const x = node.x * picture.scale + picture.x;
  const y = node.y * picture.scale + picture.y;
  if (x > 40 && x < width - 40 && y > 30 && y < height - 30) return;
  movePicture(width / 2 - x, height / 2 - y);
}

const inFrame = (event) => {
  const { left, top } = frameOf();
  return [event.clientX - left, event.clientY - top];
};

// One pointer moves the sheet, two of them zoom it.
function onGraphPointer(event) {
  const { pointers } = picture;
  if (event.type === "pointerdown") {
    if (event.button) return;
    if (!pointers.size) picture.moved = false;
    pointers.set(event.pointerId, inFrame(event));
    return;
  }
  const old = pointers.get(event.pointerId);
  if (!old) return;
  if (event.type !== "pointermove") {
    pointers.delete(event.pointerId);
    return;
  }
  const now = inFrame(event);
  if (!picture.moved && Math.hypot(now[0] - old[0], now[1] - old[1]) < 4) return;
  if (!picture.moved) event.currentTarget.setPointerCapture(event.pointerId);
  picture.moved = true;
  const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) {
    const distance = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
    zoomAt(distance(now) / distance(old), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  } else {
    movePicture(now[0] - old[0], now[1] - old[1]);
  }
  pointers.set(event.pointerId, now);
}

function onGraphClick(event) {
  if (picture.moved) return;
  const node = event.target.closest(".node");
  if (node) select(node.dataset.name, node.dataset.facts, { add: event.shiftKey || event.ctrlKey || event.metaKey });
  else clearSelection();
}

function stepNode(step) {
  const nodes = picture.nodes.filter((node) => !node.tag && !node.element.classList.contains("dim"));
  if (!nodes.length) return;
  const index = nodes.findIndex((node) => node.element === document.activeElement);
  const node = nodes[index < 0 ? 0 : (index + step + nodes.length) % nodes.length];
  node.element.focus({ preventScroll: true });
  bringIntoView(node);
}

const graphKeys = {
  ArrowLeft: () => movePicture(60, 0), ArrowRight: () => movePicture(-60, 0),
  ArrowUp: () => movePicture(0, 60), ArrowDown: () => movePicture(0, -60),
  "+": () => zoomMiddle(1.25), "=": () => zoomMiddle(1.25), "-": () => zoomMiddle(0.8), 0: () => fitPicture(),
  n: () => stepNode(1), p: () => stepNode(-1),
};

function onGraphKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const node = event.target.closest(".node");
  if (node && (event.key === "Enter" || event.key === " ")) {
    select(node.dataset.name, node.dataset.facts, { add: event.shiftKey, focus: true });
  } else if (graphKeys[event.key]) {
    graphKeys[event.key]();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function listenToGraph(svg) {
  for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) svg.addEventListener(type, onGraphPointer);
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    zoomAt(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)), ...inFrame(event));
  }, { passive: false });
  svg.addEventListener("click", onGraphClick);
  svg.addEventListener("keydown", onGraphKey);
  svg.addEventListener("contextmenu", (event) => {
    const node = event.target.closest(".node");
    if (node) functionMenu(event, node.dataset.name, node.dataset.facts);
  });
}

// What is searched for stands out.
function findNodes() {
  const query = $("search").value.trim();
  const matches = matcher(query);
  let found = 0;
  for (const { tag, name, element } of picture.nodes) {
    const hit = query && !tag && matches(name);
    element.classList.toggle("hit", Boolean(hit));
    element.classList.toggle("dim", Boolean(query) && !hit);
    found += hit ? 1 : 0;
  }
  $("found").textContent = query ? count(found, "match", "matches") : "";
}

const graphButtons = () => make("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
  make("button", { "aria-label": "Zoom in", title: "Zoom in (+)", onclick: () => zoomMiddle(1.25) }, "+"),
  make("button", { "aria-label": "Zoom out", title: "Zoom out (−)", onclick: () => zoomMiddle(0.8) }, "−"),
  make("button", { title: "Show all of it (0)", onclick: () => fitPicture() }, "Fit"));

views.graph = {
  title: "Graph", selects: true, fills: true, search: "Highlight functions",
  load: async (signal, params) => (await Promise.all([ask("graph", { signal, params }), loadLibrary()]))[0],
  draw(answer) {
    const parts = [warningsBox(answer.warnings), factsBox(answer.legend)].filter(Boolean);
    if (!answer.nodes.length) {
      picture.nodes = [];
      $("main").replaceChildren(...parts, make("p", { class: "notice" }, "There is no node to draw: no sample has a value."));
      return;
    }
    const svg = drawPicture(layOutGraph(answer));
    listenToGraph(svg);
    $("main").replaceChildren(...parts, make("div", { class: "stage" }, svg, graphButtons()));
    fitPicture({ smallest: 0.7 });
    selectByAddress(picture.nodes.filter((node) => !node.tag).map((node) => [functionOf(node.name), node.label.slice(-2).join(" ")]));
    findNodes();
    this.mark();
    const first = picture.nodes.find((node) => node.element.classList.contains("selected"));
    if (first) bringIntoView(first);
  },
  find: findNodes,
  mark() {
    for (const { tag, element } of picture.nodes) {
      if (tag) continue;
      const chosen = selection.has(element.dataset.name);
      element.classList.toggle("selected", chosen);
      element.setAttribute("aria-pressed", String(chosen));
    }
  },
  enter() {
    const hits = picture.nodes.filter((node) => node.element.classList.contains("hit"));
    selectAll(hits.map(({ element }) => [element.dataset.name, element.dataset.facts]));
    if (hits.length) bringIntoView(hits[0]);
  },
};
