// Boxes on a canvas.

const rowHeight = 20;
const narrowest = 0.5; // narrower boxes, in pixels, are not drawn

const canvas = $("canvas");
const graph = $("graph");
const pen = canvas.getContext("2d", { alpha: false });
let rows = [];
let middle = 0; // the row of the root: callers may be above it
let pixels = 0; // the picture's width

const rowOf = (box) => middle + box.half * box.depth;

// What fills the picture's width. Zooming into a half leaves the other as it is.
const zoomOf = (half) => state.zoom.half === half ? state.zoom : state.root;

function leftOf(box) {
  const zoom = zoomOf(box.half);
  return box.depth > zoom.depth ? (box.start - zoom.start) / zoom.width * pixels : 0;
}

function spanOf(box) {
  const zoom = zoomOf(box.half);
  return box.depth > zoom.depth ? box.width / zoom.width * pixels : pixels;
}

// What is visible, row by row from the root on: the way to the frame that is zoomed
// to, and everything beyond it that is wide enough.
function rowsOf(half) {
  const found = [];
  for (let box = zoomOf(half); box; box = box.parent) found.unshift([box]);
  for (let row = found.at(-1); row.length; row = found.at(-1)) {
    const beyond = [];
    for (const box of row) {
      for (const kid of kidsOf(box, half)) {
        if (spanOf(kid) < narrowest) break; // the others are narrower still
        beyond.push(kid);
      }
    }
    found.push(beyond);
  }
  found.pop();
  return found;
}

function layOut() {
  pixels = graph.clientWidth;
  const above = state.pivot ? rowsOf(-1).slice(1).reverse() : [];
  middle = above.length;
  rows = [...above, ...rowsOf(1)];
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

// Where the frame that is zoomed to is well in view: three of its callers too, and
// of a sandwich as much of both halves as there is room for.
function zoomedTop() {
  const { half, depth } = state.zoom;
  const y = rowOf(state.zoom) * rowHeight;
  if (!middle || (depth && half > 0)) return Math.max(y - 3 * rowHeight, 0);
  const room = graph.clientHeight;
  const wanted = depth ? y + 4 * rowHeight - room : y - 0.45 * room;
  return Math.max(0, Math.min(Math.round(wanted), rows.length * rowHeight - room));
}

// Of more rows than a canvas can hold, those around the zoom.
const printedTop = () => middle ? Math.max(rowOf(state.zoom) * rowHeight - 4000, 0) : zoomedTop();

// Only the rows in view: a deep stack may be higher than any canvas.
function paint(printing = false) {
  const top = printing ? printedTop() : graph.scrollTop;
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
  for (let row = Math.floor(top / rowHeight); row < last; ++row) {
    for (const box of rows[row]) paintBox(box, row * rowHeight - top, character, style.color);
  }
  placeItem();
}

function paintBox(box, y, character, ink) {
  const span = spanOf(box);
  const x = leftOf(box);
  pen.globalAlpha = box.depth < zoomOf(box.half).depth ? 0.55 : 1;
  pen.fillStyle = colourOf(box);
  pen.fillRect(x, y, span > 2.5 ? span - 1 : span, rowHeight - 1);
  pen.globalAlpha = 1;
  if (state.pivot && !box.parent) {
    pen.strokeStyle = ink;
    pen.strokeRect(x + 0.5, y + 0.5, span - 2, rowHeight - 2);
  }
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
    const left = leftOf(box);
    return x >= left && x < left + spanOf(box);
  }) ?? null;
}

// What has the keyboard's focus is an element, for assistive technology.
let itemNumber = 0;

function placeItem() {
  const item = $("items").firstElementChild;
  const box = state.focus;
  if (!item || !box) return;
  item.style.top = `${rowOf(box) * rowHeight}px`;
  item.style.left = `${leftOf(box)}px`;
  item.style.width = `${Math.max(spanOf(box) - 1, 3)}px`;
  item.style.height = `${rowHeight - 1}px`;
}

function describe(box) {
  const part = state.pivot ? `, ${box.parent ? (isCaller(box) ? "caller" : "callee") : "in the middle"}` : "";
  const text = `${nameOf(box)}${part}, ${inWords(box.value)}, ${percent(box.value, data.types[state.type].whole)}`;
  return data.compares ? `${text}, ${change(box.value, box.base)}` : text;
}

// A new element each time: an element that only changes is not read out.
function focusOn(box) {
  state.focus = box;
  const item = document.createElement("div");
  const siblings = box.parent ? kidsOf(box.parent, box.half) : [box];
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
  const top = rowOf(box) * rowHeight;
  if (top < graph.scrollTop) graph.scrollTop = top;
  const below = top + rowHeight - graph.clientHeight;
  if (below > graph.scrollTop) graph.scrollTop = below;
}

function blurFrame() {
  state.focus = null;
  $("items").replaceChildren();
  graph.removeAttribute("aria-activedescendant");
}
