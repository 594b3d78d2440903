// Boxes on a canvas.

const rowHeight = 20;
const narrowest = 0.5; // narrower boxes, in pixels, are not drawn

const canvas = $("canvas");
const graph = $("graph");
const pen = canvas.getContext("2d", { alpha: false });
let rows = [];
let pixels = 0; // the picture's width

const leftOf = (box) => (box.start - state.zoom.start) / state.zoom.width * pixels;
const spanOf = (box) => box.depth < state.zoom.depth ? pixels : box.width / state.zoom.width * pixels;

// What is visible, row by row: the callers of the frame that is zoomed to, and
// everything below it that is wide enough.
function layOut() {
  pixels = graph.clientWidth;
  rows = [];
  for (let box = state.zoom; box; box = box.parent) rows.unshift([box]);
  for (let row = rows.at(-1); row.length; row = rows.at(-1)) {
    const below = [];
    for (const box of row) {
      for (const kid of kidsOf(box)) {
        if (spanOf(kid) < narrowest) break; // the others are narrower still
        below.push(kid);
      }
    }
    rows.push(below);
  }
  rows.pop();
  paint();
}

function sizeCanvas(height) {
  const density = window.devicePixelRatio || 1;
  const size = [Math.round(pixels * density), Math.round(height * density)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) {
    [canvas.width, canvas.height] = size;
    canvas.style.height = `${height}px`;
  }
  pen.setTransform(density, 0, 0, density, 0, 0);
}

// Of a long way to the frame that is zoomed to, three callers stay in view.
const zoomedTop = () => Math.max(state.zoom.depth - 3, 0) * rowHeight;

// Only the rows in view: a deep stack may be higher than any canvas.
function paint(printing = false) {
  const top = printing ? zoomedTop() : graph.scrollTop;
  const height = printing ? Math.min(rows.length * rowHeight - top, 8000) : graph.clientHeight;
  const all = Math.max(rows.length * rowHeight, zoomedTop() + graph.clientHeight);
  $("items").style.height = `${all}px`;
  sizeCanvas(height);
  const style = getComputedStyle(canvas);
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, pixels, height);
  pen.font = `11.5px ${style.getPropertyValue("--mono")}`;
  pen.textBaseline = "middle";
  const character = pen.measureText("0").width;
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight));
  for (let depth = Math.floor(top / rowHeight); depth < last; ++depth) {
    for (const box of rows[depth]) paintBox(box, depth * rowHeight - top, character, style.color);
  }
  placeItem();
}

function paintBox(box, y, character, ink) {
  const span = spanOf(box);
  const x = Math.max(leftOf(box), 0);
  pen.globalAlpha = box.depth < state.zoom.depth ? 0.55 : 1;
  pen.fillStyle = colourOf(box);
  pen.fillRect(x, y, span > 2.5 ? span - 1 : span, rowHeight - 1);
  pen.globalAlpha = 1;
  const text = label(nameOf(box), Math.floor((span - 8) / character));
  if (text) {
    pen.fillStyle = ink;
    pen.fillText(text, x + 4, y + rowHeight / 2, span - 7);
  }
}

// A Go package's path goes first when there is no room for all of a name.
function label(name, room) {
  if (room < 3) return "";
  if (name.length <= room) return name;
  const path = name.split(/[[( ]/, 1)[0];
  const short = name.slice(path.lastIndexOf("/") + 1);
  return short.length <= room ? short : `${short.slice(0, room - 1)}…`;
}

function boxAt(event) {
  const area = canvas.getBoundingClientRect();
  const row = rows[Math.floor((event.clientY - area.top + graph.scrollTop) / rowHeight)];
  const x = event.clientX - area.left;
  return row?.find((box) => {
    const left = Math.max(leftOf(box), 0);
    return x >= left && x < left + spanOf(box);
  }) ?? null;
}

// What has the keyboard's focus is an element, for assistive technology.
let itemNumber = 0;

function placeItem() {
  const item = $("items").firstElementChild;
  const box = state.focus;
  if (!item || !box) return;
  item.style.top = `${box.depth * rowHeight}px`;
  item.style.left = `${Math.max(leftOf(box), 0)}px`;
  item.style.width = `${Math.max(spanOf(box) - 1, 3)}px`;
  item.style.height = `${rowHeight - 1}px`;
}

function describe(box) {
  const text = `${nameOf(box)}, ${inWords(box.value)}, ${percent(box.value, data.types[state.type].whole)}`;
  return data.compares ? `${text}, ${change(box.value, box.base)}` : text;
}

// A new element each time: an element that only changes is not read out.
function focusOn(box) {
  state.focus = box;
  const item = document.createElement("div");
  const siblings = box.parent ? kidsOf(box.parent) : [box];
  item.id = `frame-${++itemNumber}`;
  item.role = "treeitem";
  item.ariaLabel = describe(box);
  item.ariaLevel = box.depth + 1;
  item.ariaSetSize = siblings.length;
  item.ariaPosInSet = siblings.indexOf(box) + 1;
  item.ariaExpanded = kidsOf(box).length ? "true" : null;
  item.ariaSelected = "true";
  $("items").replaceChildren(item);
  graph.setAttribute("aria-activedescendant", item.id);
  placeItem();
  scrollTo(box);
  showDetails(box);
}

function scrollTo(box) {
  const top = box.depth * rowHeight;
  if (top < graph.scrollTop) graph.scrollTop = top;
  const below = top + rowHeight - graph.clientHeight;
  if (below > graph.scrollTop) graph.scrollTop = below;
}

function blurFrame() {
  state.focus = null;
  $("items").replaceChildren();
  graph.removeAttribute("aria-activedescendant");
}
